"""What the score learns from its own past, snapshot by snapshot, kept beside the snapshots."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from regulars.engines import Warehouse
from regulars.models.score_blend import Blend, learn_blend
from regulars.policy.sections import ScorePolicy
from regulars.steps.raw_tables import SCORE_BLENDS

SCORES = ("snap_score_histories", "snap_score_paces", "snap_customer_decays", "snap_plain_scores")
"""The models that the blends learn from, in running order."""
PREDICTIONS = (
    "snap_score_parameters", "snap_cut_predictions", "snap_customer_predictions",
    "snap_judged_predictions", "fct_calibrations",
)  # fmt: skip
"""The models that read the blends, in running order."""
_OF_CUTS = (
    "snap_score_histories", "snap_customer_decays", "snap_plain_scores", "snap_cut_predictions",
    "snap_judged_predictions",
)  # fmt: skip
ScorePolicyOn = Callable[[date], ScorePolicy]
_LEARNED_FROM = {0: (1, 2), 1: (2, 3)}
"""The cuts, in horizons back, that teach the cut of today, and that of one horizon ago."""
_LESSON = ("return_ratio", "expected_visits", "log_visit_size", "later_visit_count")
_NOTHING = Blend(*[None] * len(Blend._fields))  # type: ignore[arg-type]


def learn_blends(warehouse: Warehouse, dates: list[date], policy_on: ScorePolicyOn) -> int:
    """Learn the blends of these snapshot dates from the plain scores of earlier cuts.

    Returns how many dates have one. A cut teaches only what had happened by the cut that learns
    from it, so that a past date is scored as it was scored then.
    """
    scores = warehouse.query(
        "select snapshot_date, horizons_back, return_ratio, expected_visits, log_visit_size,"
        " later_visit_count from snap_plain_scores where horizons_back > 0"
        " and snapshot_date >= :first and snapshot_date <= :last"
        " order by snapshot_date, horizons_back, customer_key",
        first=dates[0],
        last=dates[-1],
    )
    rows = [row for day in dates for row in _blends_of(scores, day, policy_on(day))]
    warehouse.load_slices(
        "ops_score_blends", pa.Table.from_pylist(rows, SCORE_BLENDS), "snapshot_date"
    )
    live = [row for row in rows if row["cut_on"] == row["snapshot_date"]]
    return sum(row["visits_slope"] is not None for row in live)


def forget_cuts(warehouse: Warehouse, keep: date) -> None:
    """Drop the customers of the cuts of all snapshots but one.

    They are many times the customers themselves, and nobody reads them again: the predictions, the
    parameters and the calibration of every snapshot stay.
    """
    for table in _OF_CUTS:
        found = warehouse.query(f"select distinct snapshot_date from {table}")  # noqa: S608
        days = sorted(str(day) for day in found["snapshot_date"].to_pylist() if day != keep)
        warehouse.delete_slices(table, "snapshot_date", days)


def _blends_of(scores: pa.Table, day: date, policy: ScorePolicy) -> Iterator[dict[str, Any]]:
    of_day = scores.filter(pc.equal(scores["snapshot_date"], pa.scalar(day)))
    for back, teachers in _LEARNED_FROM.items():
        known = of_day.filter(pc.is_in(of_day["horizons_back"], pa.array(teachers)))
        chance, visits, size, later = (known[name].to_numpy() for name in _LESSON)
        blend = None
        if policy.blend == "auto":
            blend = learn_blend(chance, visits, size, later, policy.blend_returns)
        yield {
            "example_count": len(later),
            "example_return_count": int((later > 0).sum()),
            **(blend or _NOTHING)._asdict(),
            "cut_on": day - timedelta(days=back * policy.horizon_days),
            "snapshot_date": day,
        }
