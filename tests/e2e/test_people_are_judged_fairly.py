"""The lists against the true kinds of customers, which the pipeline never sees."""

from collections import Counter

import pytest
from chain_home import KEY, Home, Row
from group_sample import Sample

from regulars.identity.keys import customer_key
from regulars.samples.true_segments import (
    CONSTANT,
    count_flips,
    precision,
    recall,
    true_segments,
)


@pytest.fixture(scope="module")
def everybody(judged: Home, people: Sample) -> list[Row]:
    """Every customer with the truth and the judgement of the last day."""
    tiers = {
        row["customer_key"]: row
        for row in judged.rows(
            "select * from snap_customer_tiers where snapshot_date ="
            " (select max(snapshot_date) from snap_customer_tiers)"
        )
    }
    told = people.told("customers")
    keys = [customer_key(row["customer_ref"], KEY.encode(), "k1", "sample_group") for row in told]
    return [row | tiers[key] for row, key in zip(told, keys, strict=True) if key in tiers]


@pytest.fixture(scope="module")
def pairs(everybody: list[Row], people: Sample) -> list[tuple[str, str]]:
    """The true and the judged segment of everybody who may be judged."""
    last = everybody[0]["snapshot_date"]
    truth = true_segments(people.told("customers"), people.told("orders"), last)
    return [(truth[row["customer_ref"]], row["segment"]) for row in everybody
            if row["segment"] != "not_profiled"]  # fmt: skip


def test_every_customer_is_judged(everybody: list[Row]):
    assert len(everybody) == 1200
    assert all(row["segment"] and row["tier"] for row in everybody)


def test_nobody_who_brings_profit_is_told_off(everybody: list[Row]):
    """False kills: a guest with true profit whose promotions would be paused."""
    listed = [row for row in everybody if row["list_name"] == "deprioritise"]
    regulars = [row for row in listed if row["true_class"] == "regular"]
    killed = [row for row in listed if row["true_profit_minor"] > 0]
    assert not [row for row in regulars if row["true_profit_minor"] > 0]
    good = sum(row["true_profit_minor"] > 0 for row in everybody)
    assert len(killed) / good < 0.01, f"{len(killed)} of {good} profitable guests"


def test_loss_makers_are_found(everybody: list[Row]):
    losing = [row for row in everybody if row["true_class"] == "loss_maker"]
    found = sum(row["list_name"] == "deprioritise" for row in losing)
    recall = found / len(losing)
    assert recall > 0.5, f"{found} of {len(losing)} loss-makers found: recall {recall:.2f}"


def test_the_upper_tiers_bring_more_than_the_lower(everybody: list[Row]):
    profit, heads = Counter[str](), Counter[str]()
    for row in everybody:
        profit[row["tier"]] += row["true_profit_minor"]
        heads[row["tier"]] += 1
    means = [profit[tier] / heads[tier] for tier in ("platinum", "gold", "iron", "lead")]
    assert means == sorted(means, reverse=True), means


def test_one_giant_order_makes_nobody_gold_or_platinum(everybody: list[Row]):
    giants = [row for row in everybody if row["true_class"] == "one_off_giant"]
    assert giants
    assert not [row for row in giants if row["tier"] in ("gold", "platinum")]


def test_the_gone_are_not_thanked_for_coming_faithfully(everybody: list[Row]):
    lapsed = [row for row in everybody if row["true_class"] == "lapsed"]
    thanked = [row for row in lapsed if row["list_name"] == "reward"]
    assert len(thanked) / len(lapsed) < 0.05, f"{len(thanked)} of {len(lapsed)}"


def test_who_comes_faithfully_is_mostly_kept_off_the_win_back_list(everybody: list[Row]):
    faithful = [row for row in everybody if row["true_class"] in ("regular", "household")]
    proven = [row for row in faithful if row["is_proven"]]
    lapsed = [row for row in proven if row["segment"] == "lapsed"]
    assert len(lapsed) / len(proven) < 0.05, f"{len(lapsed)} of {len(proven)}"


# What a segment must reach on people whose truth is known. Loyal is the strictest: the truth takes
# the best by what they brought in all, the judgement those who have been big for four weeks.
REACHED = {
    "prospect": (0.95, 0.9), "unproven": (0.95, 0.95), "loss_maker": (0.95, 0.85),
    "lapsed": (0.9, 0.9), "wavering": (0.2, 0.25), "loyal": (0.6, 0.6), "steady": (0.85, 0.85),
}  # fmt: skip


@pytest.mark.parametrize("segment", REACHED)
def test_a_segment_holds_who_belongs_there_and_finds_most_of_them(
    pairs: list[tuple[str, str]], segment: str
):
    held, found = precision(pairs, segment) or 0, recall(pairs, segment) or 0
    assert held >= REACHED[segment][0], f"precision {held:.2f}"
    assert found >= REACHED[segment][1], f"recall {found:.2f}"


def test_nobody_of_constant_value_is_moved_to_and_fro(judged: Home, everybody: list[Row]):
    constant = {row["customer_key"]: row for row in everybody if row["true_class"] in CONSTANT}
    moves = [row for row in judged.rows("select * from fct_tier_moves")
             if row["customer_key"] in constant]  # fmt: skip
    years = sum(min(row["age_days"] or 0, 365) for row in constant.values()) / 365
    flips = count_flips(moves)
    assert moves
    assert flips / years < 0.4, f"{flips} flips in {years:.0f} customer-years"


def test_the_published_figures_say_what_the_moves_and_the_truth_say(
    judged: Home, everybody: list[Row]
):
    """The SQL's flips, counted a second time from the moves; its false kills, from the orders."""
    last = everybody[0]["snapshot_date"]
    (row,) = judged.rows(f"select * from fct_judgement_quality where snapshot_date = date '{last}'")
    assert row["flip_count"] == count_flips(judged.rows("select * from fct_tier_moves"))
    assert row["flips_per_year"] < 0.4
    assert row["false_kill_count"] <= 0.01 * len(everybody)
    assert row["once_listed_count"] > 0
    assert row["tier_move_count"] == len(
        judged.rows(f"select * from fct_tier_moves where business_date = date '{last}'")
    )
    assert row["unproven_count"] == sum(one["segment"] == "unproven" for one in everybody)
