"""The product figures: how steady the tiers are, and how often somebody was wronged."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from kitchen import DAY, Kitchen

from regulars.steps.raw_tables import TIER_REVIEWS

CLIMBS, FALLS, STAYS = "climbs", "falls", "stays"


def _ago(days: int) -> date:
    return DAY - timedelta(days=days)


def _review(who: str, tier: str, ago: int, moved: bool = True) -> dict[str, Any]:
    return {
        "customer_key": who, "tier": tier, "tier_since_on": _ago(ago), "above_review_count": 0,
        "loss_review_count": 0, "has_moved_before": moved, "snapshot_date": _ago(ago),
    }  # fmt: skip


REVIEWS = [
    _review(CLIMBS, "lead", 370, moved=False),
    _review(CLIMBS, "iron", 300),
    _review(CLIMBS, "gold", 200),
    _review(CLIMBS, "platinum", 0),
    _review(FALLS, "iron", 366),
    _review(FALLS, "gold", 364),
    _review(FALLS, "iron", 200),
    _review(FALLS, "gold", 100),
    _review(FALLS, "iron", 0),
    {**_review(STAYS, "iron", 0), "tier_since_on": _ago(500)},
]


def _judged(who: str, segment: str, ago: int = 0, **figures: Any) -> dict[str, Any]:
    typical = {"visit_count": 5, "age_days": 100, "curve_profit_minor": 1000, "tier": "iron"}
    return {"customer_key": who, "segment": segment, "snapshot_date": _ago(ago), **typical,
            **figures}  # fmt: skip


JUDGED = [
    _judged(CLIMBS, "loyal", age_days=900, is_borderline=True),
    _judged(FALLS, "steady", age_days=364, is_borderline=True, downgrade_notice_on=DAY),
    _judged(STAYS, "unproven", age_days=2, curve_profit_minor=300),
    _judged("told", "prospect", visit_count=0, age_days=None, curve_profit_minor=0),
    _judged("wronged", "loss_maker", 90),
    _judged("wronged", "steady", age_days=1),
    _judged("right", "loss_maker", 120),
    _judged("gone", "loss_maker", 364),
    _judged("long_ago", "loss_maker", 365),
    _judged("just_now", "loss_maker", 89),
]
BROUGHT = [("wronged", 90, -900), ("wronged", 89, 3), ("wronged", 0, -2), ("right", 119, 0),
           ("just_now", 1, 500), ("long_ago", 1, 500)]  # fmt: skip
LEDGER = [(0, 10, 4, 900, 100), (179, 30, 6, 500, 500), (180, 99, 99, 0, 7)]


@pytest.fixture(scope="module")
def figures(counter: Kitchen) -> dict[str, Any]:
    """The row of the day."""
    counter.warehouse.load("ops_tier_reviews", pa.Table.from_pylist(REVIEWS, TIER_REVIEWS))
    counter.serve("snap_customer_tiers", *JUDGED)
    counter.serve("fct_customer_days", *(
        {"customer_key": who, "business_date": _ago(ago), "true_profit_minor": profit,
         "currency_code": "CNY"} for who, ago, profit in BROUGHT
    ))  # fmt: skip
    counter.serve("fct_reconciliation", *(
        {"business_date": _ago(ago), "paid_order_count": paid, "anonymous_order_count": nobody,
         "identified_minor": known, "unidentified_minor": unknown, "currency_code": "CNY"}
        for ago, paid, nobody, known, unknown in LEDGER
    ))  # fmt: skip
    counter.measure([DAY], "snap_tier_stability", "snap_false_kills", "fct_judgement_quality")
    (row,) = counter.taste("select * from fct_judgement_quality")
    return row


def test_a_first_climb_is_no_flip_and_what_follows_a_fall_is(figures: dict[str, Any]):
    # climbs: three moves in the year, none a flip; falls: gold, then three flips; stays: none
    assert (figures["year_move_count"], figures["flip_count"]) == (7, 3)
    # watched: 365 (a year at most) + 364 + 2 days, and one of the wronged's; a lead is not watched
    assert figures["flips_per_year"] == pytest.approx(3 * 365 / (365 + 364 + 2 + 1))


def test_more_moves_than_the_policy_holds_for_likely_are_an_alarm(figures: dict[str, Any]):
    assert (figures["tier_move_count"], figures["customer_count"]) == (2, 5)
    assert figures["tier_move_ratio"] == 0.4
    assert figures["is_move_alarm"]


def test_who_was_listed_ninety_days_ago_and_brought_profit_since_was_wronged(
    figures: dict[str, Any],
):
    assert (figures["once_listed_count"], figures["false_kill_count"]) == (3, 1)
    assert figures["false_kill_ratio"] == pytest.approx(1 / 3)


def test_the_unknown_are_counted_with_their_money(figures: dict[str, Any]):
    assert (figures["unproven_count"], figures["unproven_profit_minor"]) == (1, 300)
    assert figures["unproven_ratio"] == 0.2
    assert (figures["borderline_ratio"], figures["notice_ratio"]) == (0.4, 0.2)
    assert figures["anonymous_order_ratio"] == 10 / 40
    assert figures["anonymous_net_sales_ratio"] == 600 / 2000


def test_without_a_past_there_is_no_rate_to_tell(counter: Kitchen, figures: dict[str, Any]):
    counter.warehouse.load("ops_tier_reviews", TIER_REVIEWS.empty_table())
    counter.serve("snap_customer_tiers", JUDGED[3])
    counter.measure([DAY], "snap_tier_stability", "snap_false_kills", "fct_judgement_quality")
    (row,) = counter.taste("select * from fct_judgement_quality")
    assert (row["flips_per_year"], row["false_kill_ratio"]) == (None, None)
    assert (row["tier_move_count"], row["is_move_alarm"]) == (0, False)
