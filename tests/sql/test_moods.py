"""What customers said of us, on one scale, as far as it was said by the date."""

from datetime import timedelta
from typing import Any

import pytest
from diary import PLACED, day_of, rows_of
from kitchen import DAY, Kitchen

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
