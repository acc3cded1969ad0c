"""The lists against the true kinds of customers, which the pipeline never sees."""

from collections import Counter

import pytest
from chain_home import KEY, Home, Row
from group_sample import Sample

from regulars.identity.keys import customer_key


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
