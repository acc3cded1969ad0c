"""What customers said of us, on one scale, as far as it was said by the date."""

from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest
from diary import PLACED, day_of, rows_of
from kitchen import DAY, Kitchen

from regulars.steps.raw_tables import SATISFACTION_CURVES

MOODS = (*PLACED, "snap_customer_moods")


def _said(number: int, ago: int, **values: Any) -> dict[str, Any]:
    return {"feedback_id": f"f{number}", "store_id": "S1", "feedback_kind": "stars",
            "customer_key": "c1", "business_date": DAY - timedelta(days=ago), **values}  # fmt: skip


def _mood(kitchen: Kitchen, *said: dict[str, Any], **day: Any) -> dict[str, Any]:
    kitchen.rows.clear()
    for one in said:
        kitchen.put("feedback", **one)
    kitchen.stage().serve("snap_customer_peers")
    kitchen.serve("fct_customer_days", day_of("c1", 5, 100, **day)).measure([DAY], *MOODS)
    return rows_of(kitchen, "snap_customer_moods")["c1"]


@pytest.mark.parametrize(
    ("said", "count", "mean"),
    [
        ([{"score_milli": 4000, "scale": 5}], 1, 4000),
        ([{"score_milli": 8000, "scale": 10}], 1, 4000),
        ([{"score_milli": 9000, "feedback_kind": "nps"}], 1, 4500),
        ([{"score_milli": 4000}, {"score_milli": 1000}], 2, 2500),
        ([{"score_milli": 9000, "scale": 5}], 1, 5000),  # beyond its scale
        ([{"score_milli": None}], 0, None),
    ],
)
def test_ratings_of_every_scale_are_one_of_five(
    counter: Kitchen, said: list[dict[str, Any]], count: int, mean: int | None
):
    row = _mood(counter, *(_said(number, 3, **one) for number, one in enumerate(said)))
    assert (row["rating_count"], row["satisfaction_milli"]) == (count, mean)


def test_what_was_said_tomorrow_or_a_year_ago_is_not_counted(counter: Kitchen):
    row = _mood(counter, _said(1, -1, score_milli=1000), _said(2, 365, score_milli=1000),
                _said(3, 364, score_milli=3000))  # fmt: skip
    assert (row["rating_count"], row["satisfaction_milli"]) == (1, 3000)


def test_complaints_and_refunds_are_counted_apart_from_ratings(counter: Kitchen):
    complaint = _said(1, 3, feedback_kind="complaint", score_milli=1000)
    row = _mood(counter, complaint, order_count=4, refunded_order_count=1)
    assert (row["complaint_count"], row["rating_count"]) == (1, 0)
    assert row["refund_ratio"] == 0.25


@pytest.mark.parametrize(
    ("score", "bent", "straight"),
    [(2000, -300_000, 2000), (3000, 0, 3000), (4500, 0, 4500), (5000, 400_000, 5000)],
)
def test_a_rating_counts_by_the_curve_only_where_the_curve_beats_the_line(
    counter: Kitchen, score: int, bent: int, straight: int
):
    """0.3 of the share that comes back per point below 3.0, 0.8 per point above 4.5."""
    for is_used, worth in ((True, bent), (False, straight)):
        curve = {"curve_kind": "all", "low_threshold": 3.0, "high_threshold": 4.5,
                 "low_slope": 0.3, "high_slope": 0.8, "is_curve_used": is_used,
                 "snapshot_date": DAY}  # fmt: skip
        rows = pa.Table.from_pylist([curve], SATISFACTION_CURVES)
        counter.warehouse.load("ops_satisfaction_curves", rows)
        assert _mood(counter, _said(1, 3, score_milli=score))["satisfaction_worth"] == worth
    counter.warehouse.load("ops_satisfaction_curves", SATISFACTION_CURVES.empty_table())
