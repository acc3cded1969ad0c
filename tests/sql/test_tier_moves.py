"""Who moved, why, and how long the tier before was held; and the history without a gap."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from kitchen import DAY, Kitchen

from regulars.steps.raw_tables import TIER_REVIEWS

WEEKS = [DAY - timedelta(weeks=week) for week in (2, 1, 0)]
SINCE = date(2024, 12, 2)
# Name: tiers at the three reviews, the tier's age, notice before the last review, last score.
MOVES: dict[str, tuple[str, date | None, dict[str, Any]]] = {
    "riser": ("iron iron gold", None, {"score": 80.0, "value_percentile": 84.0}),
    "faller": ("gold gold iron", WEEKS[0], {"score": 60.0, "value_percentile": 66.0}),
    "capped": ("gold gold iron", WEEKS[0],
               {"score": 50.0, "value_percentile": 60.0, "is_floored": True}),
    "silent": ("iron iron lead", WEEKS[0], {"value_percentile": 0.0}),
    "steady": ("gold gold gold", None, {"score": 70.0, "value_percentile": 75.0}),
}  # fmt: skip


@pytest.fixture(scope="module")
def moved(counter: Kitchen) -> Kitchen:
    """Three reviews of five customers, the last of which moved four of them."""
    tiers, reviews, scores = [], [], []
    for who, (path, notice_on, score) in MOVES.items():
        for day, tier in zip(WEEKS, path.split(), strict=True):
            key = {"customer_key": who, "snapshot_date": day}
            is_new = tier != path.split()[0]
            state = {"segment": "steady", "stage": "stabilise", "customer_kind": "consumer"}
            tiers.append({**key, **state, "tier": tier})
            reviews.append(
                {**dict.fromkeys(TIER_REVIEWS.names), **key, "tier": tier,
                 "tier_since_on": day if is_new else SINCE,
                 "downgrade_notice_on": None if is_new else notice_on}
            )  # fmt: skip
            scores.append({"is_floored": False, **key, **score})
    counter.serve("snap_customer_tiers", *tiers).serve("snap_customer_scores", *scores)
    counter.warehouse.load("ops_tier_reviews", pa.Table.from_pylist(reviews, TIER_REVIEWS))
    return counter.build("fct_tier_moves", "dim_customers_history")


def test_every_move_has_its_reason_and_the_days_before_it(moved: Kitchen):
    rows = {row["customer_key"]: row for row in moved.taste("select * from fct_tier_moves")}
    told = {
        who: (row["tier_before"], row["tier"], row["move_reason_code"], row["downgrade_notice_on"])
        for who, row in rows.items()
    }
    assert told == {
        "riser": ("iron", "gold", "above_door_twice", None),
        "faller": ("gold", "iron", "below_door_after_notice", WEEKS[0]),
        "capped": ("gold", "iron", "below_floor_after_notice", WEEKS[0]),
        "silent": ("iron", "lead", "no_visit_after_notice", WEEKS[0]),
    }
    assert {row["held_days"] for row in rows.values()} == {91}
    assert {row["tier_before_since_on"] for row in rows.values()} == {SINCE}
    assert {row["business_date"] for row in rows.values()} == {DAY}
    assert rows["faller"]["value_percentile"] == 66


def test_the_history_says_the_same_without_a_gap(moved: Kitchen):
    assert moved.inspect("audit_history_contiguous").failures == 0
    rows = moved.taste("select * from dim_customers_history where customer_key = 'faller'"
                       " order by valid_from_on")  # fmt: skip
    assert [(row["tier"], row["valid_from_on"], row["is_current"]) for row in rows] == [
        ("gold", WEEKS[0], False), ("iron", DAY, True),
    ]  # fmt: skip
    assert rows[0]["valid_to_on"] == DAY - timedelta(days=1)
