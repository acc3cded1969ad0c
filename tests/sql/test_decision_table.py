"""The decision table by itself: every row at its very threshold, every reason, every list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from decision_table import BIG, FITTING, LOSING, SITUATIONS, TYPICAL, is_losing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen

BUILT = ("snap_customer_segments", "snap_customer_tiers", "snap_segment_reasons",
         "snap_customer_reasons")  # fmt: skip
SETTLED = {"stage": "stabilise", "stage_reason_code": "settled"}
Changes = dict[str, Any]
Decide = Callable[..., dict[str, dict[str, Any]]]
VERDICTS: list[tuple[Changes, str, str | None]] = [
    ({}, "steady", None),
    ({"is_profiling_opt_out": True, "visit_count": 0}, "not_profiled", None),
    ({"is_profiling_opt_out": True, **LOSING}, "not_profiled", None),
    ({"visit_count": 0, "age_days": None, "overdue_ratio": None,
      "visit_profit_high_minor": None}, "prospect", "activate"),
    ({"visit_count": 2, "age_days": 60}, "prospect", "activate"),
    ({"visit_count": 2, "age_days": 61}, "unproven", None),
    ({"visit_count": 2, "age_days": 60, "is_screened_in": False}, "unproven", None),
    ({"visit_count": 3, "age_days": 60, **BIG}, "loyal", "reward"),
    (LOSING, "loss_maker", "deprioritise"),
    ({**LOSING, "overdue_ratio": 9.0}, "loss_maker", "deprioritise"),
    ({**LOSING, "visit_count": 3}, "steady", "activate"),
    ({**LOSING, "age_days": 179}, "steady", "activate"),
    ({**LOSING, "is_loss_making": False}, "steady", "activate"),
    ({**LOSING, "potential_minor": 5001}, "steady", "activate"),
    ({**LOSING, "loss_review_count": 1}, "steady", "activate"),
    ({**LOSING, "has_open_complaint": True}, "steady", "activate"),
    ({"overdue_ratio": 4.0}, "lapsed", "activate"),
    ({"overdue_ratio": 4.0, "tier": "platinum"}, "lapsed", "activate"),
    ({"overdue_ratio": 4.0, "value_minor": 0, "visit_profit_high_minor": 0}, "lapsed", None),
    ({"overdue_ratio": 3.99}, "wavering", "incentivise"),
    ({"overdue_ratio": 1.5, "tier": "platinum"}, "wavering", "incentivise"),
    ({"overdue_ratio": 1.5, "value_minor": 0}, "steady", None),
    ({"is_spend_falling": True}, "wavering", "incentivise"),
    ({**BIG, "is_spend_falling": True}, "wavering", "incentivise"),
    ({"is_spend_falling": True, "value_minor": 0}, "steady", None),
    ({"is_spend_falling": True, "overdue_ratio": 4.0}, "lapsed", "activate"),
    ({**BIG, "overdue_ratio": 1.49, "tier": "platinum"}, "loyal", "reward"),
    (BIG, "loyal", "reward"),
    ({**BIG, "big_since_on": DAY - timedelta(days=27)}, "steady", None),
    ({**BIG, "active_month_count": 3}, "steady", None),
    ({"potential_minor": 20}, "steady", "activate"),
    ({"potential_minor": 19}, "steady", None),
    ({"potential_minor": 9999, "is_specials_only": True}, "steady", None),
]  # fmt: skip
REASONS: list[tuple[Changes, str, str | None]] = [
    ({}, "on_rhythm", None),
    ({"overdue_ratio": 1.0}, "on_rhythm", "almost_slowing"),
    ({"is_profiling_opt_out": True, **LOSING}, "profiling_refused", None),
    ({"visit_count": 0, "age_days": None, "overdue_ratio": None}, "no_paid_visit", None),
    ({"visit_count": 2, "age_days": 60}, "promising_newcomer", "evidence_short"),
    ({"visit_count": 2, "age_days": 61}, "little_evidence", "newcomer_no_more"),
    ({"visit_count": 2, "age_days": 60, "is_screened_in": False}, "little_evidence",
     "not_promising"),
    (LOSING, "proven_loss", None),
    ({**LOSING, "visit_count": 3}, "on_rhythm", "loss_too_few_visits"),
    ({**LOSING, "age_days": 179}, "on_rhythm", "loss_too_young"),
    ({**LOSING, "potential_minor": 5001}, "on_rhythm", "loss_with_potential"),
    ({**LOSING, "loss_review_count": 1}, "on_rhythm", "loss_one_review"),
    ({**LOSING, "has_open_complaint": True}, "on_rhythm", "loss_complaint_open"),
    ({**LOSING, "is_loss_making": False}, "on_rhythm", "loss_in_idle_hours"),
    ({"curve_profit_minor": -1}, "on_rhythm", "loss_not_sure"),
    ({"overdue_ratio": 4.0}, "long_silent", None),
    ({**BIG, "overdue_ratio": 4.0}, "long_silent", "big_but_silent"),
    ({"overdue_ratio": 2.49}, "slowing", None),
    ({"overdue_ratio": 2.5}, "likely_lapsing", "almost_lapsed"),
    ({"overdue_ratio": 1.5, "value_minor": 0}, "slow_of_no_value", None),
    ({**BIG, "is_spend_falling": True}, "spending_less", "big_but_slowing"),
    ({**BIG, "overdue_ratio": 1.2}, "sustained_big", "almost_slowing"),
    ({**BIG, "big_since_on": DAY - timedelta(days=27)}, "on_rhythm", "big_too_lately"),
    ({**BIG, "active_month_count": 3}, "on_rhythm", "big_with_gaps"),
]  # fmt: skip
LISTS: dict[str, Changes] = {
    "thank": BIG, "win_now": {"overdue_ratio": 1.5}, "fewer_promotions": LOSING,
    "welcome": {"visit_count": 1, "age_days": 5}, "none_unproven": {"visit_count": 1},
    "none_refused": {"is_profiling_opt_out": True}, "win_back": {"overdue_ratio": 4.0},
    "none_rest": {"overdue_ratio": 4.0, "value_minor": 0, "curve_profit_minor": 0},
    "wake": {"potential_minor": 20}, "none_fine": {"potential_minor": 19},
    "none_specials_only": {"potential_minor": 20, "is_specials_only": True},
}  # fmt: skip


def _by_key(kitchen: Kitchen, table: str) -> dict[str, dict[str, Any]]:
    return {row["customer_key"]: row for row in kitchen.taste(f"select * from {table}")}


@pytest.fixture(scope="module")
def decide(counter: Kitchen) -> Decide:
    """What is decided of situations, with its reasons, by customer."""

    def _decide(*situations: Changes) -> dict[str, dict[str, Any]]:
        keys = [
            {name: one[name] for name in ("customer_key", "snapshot_date")} for one in situations
        ]
        counter.serve("snap_customer_stages", *({**key, **SETTLED} for key in keys))
        counter.serve("snap_customer_situations", *situations).serve("snap_customer_peers")
        counter.measure([DAY], *BUILT)
        tiers, reasons = (_by_key(counter, name) for name in BUILT[1::2])
        return {key: row | reasons[key] for key, row in tiers.items()}

    return _decide


@pytest.fixture(scope="module")
def told(decide: Decide) -> dict[str, dict[str, Any]]:
    """Every situation of the lists above, decided at once, by what makes it special."""
    special = [one for one, *_ in (*VERDICTS, *REASONS)] + [*LISTS.values()]
    named = {repr(one): one for one in special}
    return decide(*({**TYPICAL, **one, "customer_key": key} for key, one in named.items()))


@pytest.mark.parametrize(("changes", "segment", "list_name"), VERDICTS)
def test_the_first_rule_that_fits_wins_at_its_very_threshold(
    told: dict[str, dict[str, Any]], changes: Changes, segment: str, list_name: str | None
):
    row = told[repr(changes)]
    assert (row["segment"], row["list_name"]) == (segment, list_name)


@pytest.mark.parametrize(("changes", "decided", "nearly"), REASONS)
def test_every_segment_says_which_rule_decided_and_which_one_nearly_did(
    told: dict[str, dict[str, Any]], changes: Changes, decided: str, nearly: str | None
):
    row = told[repr(changes)]
    assert (row["segment_reason_code"], row["near_reason_code"]) == (decided, nearly)


@pytest.mark.parametrize("reason", LISTS)
def test_every_list_and_every_empty_hand_has_its_reason(
    told: dict[str, dict[str, Any]], reason: str
):
    assert told[repr(LISTS[reason])]["list_reason_code"] == reason


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SITUATIONS, min_size=40, max_size=80))
def test_the_table_is_total_and_exclusive_and_its_first_fitting_row_decides(
    decide: Decide, drawn: list[dict[str, Any]]
):
    crowd = {f"c{number}": one for number, one in enumerate(drawn)}
    found = decide(*({**TYPICAL, **one, "customer_key": key} for key, one in crowd.items()))
    assert set(found) == set(crowd)
    for key, one in crowd.items():
        assert found[key]["segment"] == next(name for name, fits in FITTING.items() if fits(one))
        assert all(
            found[key][f"{what}_reason_code"] for what in ("segment", "tier", "stage", "list")
        )
        near = found[key]["near_reason_code"] or ""
        assert near.startswith("loss_") == (
            is_losing(one) and found[key]["segment"] not in ("loss_maker", "not_profiled")
        )
        assert found[key]["list_name"] != "deprioritise" or not one["has_open_complaint"]
        assert found[key]["list_name"] is None or found[key]["segment"] != "not_profiled"
