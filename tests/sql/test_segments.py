"""One segment a day for everybody: each row of the decision table has a guest who lives it."""

from typing import Any

import pytest
from kitchen import DAY, Kitchen
from town import REVIEWS, WEEKS

SEGMENTS = {"not_profiled", "prospect", "unproven", "loss_maker", "lapsed", "wavering", "loyal",
            "steady"}  # fmt: skip
Guests = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def guests(town: Kitchen) -> Guests:
    """Everybody as he stands on the last day."""
    rows = town.taste(f"select * from snap_customer_tiers where snapshot_date = date '{DAY}'")
    return {row["customer_key"]: row for row in rows}


@pytest.mark.parametrize(
    ("who", "segment", "list_name"),
    [
        ("hidden", "not_profiled", None),
        ("hidden_member", "not_profiled", None),
        ("lead", "prospect", "activate"),
        ("member", "prospect", "activate"),
        ("fresh", "prospect", "activate"),
        ("fresh_costly", "unproven", None),
        ("twice_long_ago", "unproven", None),
        ("giant_once", "unproven", None),
        ("loser", "loss_maker", "deprioritise"),
        ("consoled", "loss_maker", "deprioritise"),
        ("griper", "steady", None),
        ("young_loser", "steady", None),
        ("gone", "lapsed", "activate"),
        ("gone_costly", "lapsed", None),
        ("weekly", "wavering", "incentivise"),
        ("monthly", "steady", "activate"),
        ("star", "loyal", "reward"),
        ("specials", "steady", None),
    ],
)
def test_each_row_of_the_table_has_its_guest_and_its_list(
    guests: Guests, who: str, segment: str, list_name: str | None
):
    assert (guests[who]["segment"], guests[who]["list_name"]) == (segment, list_name)


def test_everybody_known_has_exactly_one_segment_a_day(town: Kitchen):
    assert town.inspect("audit_one_segment").failures == 0
    rows = town.taste("select distinct segment from snap_customer_tiers")
    assert {row["segment"] for row in rows} == SEGMENTS


def test_who_will_only_be_heard_of_tomorrow_is_nobody_today(guests: Guests):
    assert "tomorrow" not in guests


def test_a_costly_guest_with_an_open_complaint_is_never_deprioritised(town: Kitchen):
    rows = town.taste("select list_name from snap_customer_tiers where customer_key = 'griper'")
    assert len(rows) == WEEKS
    assert "deprioritise" not in {row["list_name"] for row in rows}


def test_nobody_is_called_a_loss_before_two_reviews_say_so(town: Kitchen):
    rows = town.taste("select segment from snap_customer_tiers where customer_key = 'loser'"
                      " order by snapshot_date")  # fmt: skip
    assert rows[0]["segment"] != "loss_maker"
    young = town.taste("select distinct segment from snap_customer_tiers where"
                       " segment = 'loss_maker' and age_days < 180")  # fmt: skip
    assert young == []


@pytest.mark.parametrize("who", ["giant_once", "giant_among_small"])
def test_one_giant_order_never_makes_a_loyal_guest(town: Kitchen, who: str):
    rows = town.taste(f"select tier, segment from snap_customer_tiers where customer_key = '{who}'")
    assert not {"gold", "platinum"} & {row["tier"] for row in rows}
    assert "loyal" not in {row["segment"] for row in rows}


def test_the_giant_among_small_orders_has_the_profit_and_lacks_the_proof(town: Kitchen):
    rows = town.taste(f"select * from snap_customer_scores where snapshot_date = date '{DAY}'")
    found = {row["customer_key"]: row for row in rows}
    assert found["giant_among_small"]["tier_profit_minor"] > found["star"]["tier_profit_minor"]
    assert not found["giant_among_small"]["is_big_proven"]
    assert found["star"]["is_big_proven"]


def test_the_best_guest_rose_step_by_step_to_platinum(town: Kitchen):
    rows = town.taste("select tier, snapshot_date from snap_customer_tiers"
                      " where customer_key = 'star' order by snapshot_date")  # fmt: skip
    first = {tier: next(row["snapshot_date"] for row in rows if row["tier"] == tier)
             for tier in ("lead", "iron", "gold", "platinum")}  # fmt: skip
    assert list(first) == sorted(first, key=first.__getitem__)
    assert (first["gold"] - first["iron"]).days >= 56
    assert (first["platinum"] - first["gold"]).days >= 56


def test_a_hidden_guest_is_on_no_list_on_any_day(town: Kitchen):
    rows = town.taste("select list_name from snap_customer_tiers where segment = 'not_profiled'")
    assert rows and all(row["list_name"] is None for row in rows)


def test_the_stage_follows_the_cycle(guests: Guests):
    assert guests["lead"]["stage"] == guests["fresh"]["stage"] == "establish"
    assert guests["gone"]["stage"] == "establish"
    assert guests["monthly"]["stage"] == "stabilise"


def test_judging_the_same_dates_again_changes_nothing(town: Kitchen):
    before = town.taste("select * from snap_customer_tiers order by customer_key, snapshot_date")
    town.judge(REVIEWS[-2:])
    after = town.taste("select * from snap_customer_tiers order by customer_key, snapshot_date")
    assert after == before
