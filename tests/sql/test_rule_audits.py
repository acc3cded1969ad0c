"""Dropped cost rules that contradict each other, leave a hole, or have run out: all are told."""

from datetime import date

from kitchen import DAY, Kitchen

SPRING, SUMMER, AUTUMN = date(2024, 3, 1), date(2024, 6, 1), date(2024, 9, 1)
END_OF_SPRING = date(2024, 5, 31)


def told(kitchen: Kitchen, audit: str) -> list[dict[str, object]]:
    return [*kitchen.stage().inspect(f"audit_rule_{audit}").sample]


def test_two_rules_of_one_scope_and_priority_overlap(kitchen):
    kitchen.rule("packaging", "per_order", amount_minor=100, valid_from=SPRING)
    kitchen.rule("packaging", "per_order", amount_minor=90, valid_from=SUMMER)
    kitchen.rule("packaging", "per_order", amount_minor=80, valid_from=SUMMER, channel="takeaway")
    kitchen.rule("packaging", "per_order", amount_minor=70, valid_from=SUMMER, priority=1)
    kitchen.rule("packaging", "per_line", amount_minor=70, valid_from=SUMMER)
    (overlap,) = told(kitchen, "overlaps")
    assert (overlap["rule_id"], overlap["other_rule_id"]) == ("r0", "r1")
    assert overlap["overlaps_on"] == SUMMER


def test_a_hole_between_two_rules_of_a_scope_is_a_gap(kitchen):
    kitchen.rule("commission", rate_bps=1800, valid_from=SPRING, valid_to=END_OF_SPRING,
                 platform="meiwei")  # fmt: skip
    kitchen.rule("commission", rate_bps=2000, valid_from=AUTUMN, platform="meiwei")
    (gap,) = told(kitchen, "gaps")
    assert (gap["platform"], gap["gap_on"]) == ("meiwei", SUMMER)


def test_what_follows_without_a_day_between_or_lies_under_a_wider_rule_is_no_gap(kitchen):
    for platform, begins in (("meiwei", SUMMER), ("kuaisong", AUTUMN)):
        kitchen.rule("commission", rate_bps=1800, valid_from=SPRING, valid_to=END_OF_SPRING,
                     platform=platform)  # fmt: skip
        kitchen.rule("commission", rate_bps=2000, valid_from=begins, platform=platform)
    kitchen.rule("commission", rate_bps=1500, valid_from=SPRING)
    assert told(kitchen, "gaps") == []


def test_a_wider_rule_that_ends_inside_the_hole_leaves_a_gap_from_there_on(kitchen):
    kitchen.rule("payment", rate_bps=60, valid_from=SPRING, valid_to=END_OF_SPRING, tender="card")
    kitchen.rule("payment", rate_bps=60, valid_from=AUTUMN, tender="card")
    kitchen.rule("payment", rate_bps=50, valid_from=SPRING, valid_to=date(2024, 7, 31))
    (gap,) = told(kitchen, "gaps")
    assert (gap["tender"], gap["gap_on"]) == ("card", date(2024, 8, 1))


def test_a_rule_that_has_run_out_is_told_as_long_as_its_kind_of_sale_goes_on(kitchen):
    for channel in ("dine_in", "catering"):
        kitchen.rule("packaging", "per_order", amount_minor=100, valid_from=SPRING,
                     valid_to=END_OF_SPRING, channel=channel)  # fmt: skip
    kitchen.rule("packaging", "per_order", amount_minor=80, valid_from=SPRING,
                 valid_to=END_OF_SPRING, store_id="S1")  # fmt: skip
    kitchen.rule("packaging", "per_line", amount_minor=10, valid_from=SPRING, valid_to=SUMMER)
    kitchen.rule("packaging", "per_line", amount_minor=20, valid_from=AUTUMN)
    kitchen.order("o1").line("o1", 1, 3000).order("o2").line("o2", 1, 3000).cook(DAY, DAY)
    found = kitchen.inspect("audit_expired_rules").sample
    assert sorted((row["rule_id"], row["order_count"]) for row in found) == [("r0", 2), ("r2", 2)]
    assert kitchen.order_figures("o1")["packaging_cost_minor"] == 20
