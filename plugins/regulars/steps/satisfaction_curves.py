"""The satisfaction curves of the snapshot dates: fitted on the group's own ratings, per kind."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

import pyarrow as pa

from regulars.engines import Warehouse
from regulars.models.satisfaction import FOLDS, Curve, Tally, Thresholds, fit_curve
from regulars.policy import SatisfactionPolicy
from regulars.steps.raw_tables import SATISFACTION_CURVES

EVERYBODY = "all"
PolicyOn = Callable[[date], SatisfactionPolicy]
TallyKey = tuple[date, str]


def fit_satisfaction(warehouse: Warehouse, dates: Iterable[date], policy_on: PolicyOn) -> int:
    """Fit the curves of these dates and of every kind of customer rated; returns how many."""
    days = sorted(dates)
    tallies = _tallies(warehouse, days)
    wanted = {(day, EVERYBODY) for day in days} | set(tallies)
    rows = [
        _row(day, kind, policy_on(day), tallies.get((day, kind), []))
        for day, kind in sorted(wanted)
    ]
    table = pa.Table.from_pylist(rows, SATISFACTION_CURVES)
    warehouse.load_slices("ops_satisfaction_curves", table, "snapshot_date")
    return len(rows)


def _tallies(warehouse: Warehouse, days: list[date]) -> dict[TallyKey, list[Tally]]:
    found = warehouse.query(
        "select snapshot_date, customer_kind, satisfaction_milli, fold_code, rating_count,"
        " return_count from snap_satisfaction_tallies"
        " where snapshot_date >= :first and snapshot_date <= :last"
        " order by snapshot_date, customer_kind, satisfaction_milli, fold_code",
        first=days[0],
        last=days[-1],
    )
    tallies: dict[TallyKey, list[Tally]] = defaultdict(list)
    for day, kind, score, fold, ratings, returns in zip(
        *(column.to_pylist() for column in found.columns), strict=True
    ):
        one = Tally(score, int(fold, 16) % FOLDS, ratings, returns)
        tallies[day, kind].append(one)
        tallies[day, EVERYBODY].append(one)
    return tallies


def _row(
    day: date, kind: str, policy: SatisfactionPolicy, tallies: list[Tally]
) -> dict[str, object]:
    curve: Curve = fit_curve(tallies, Thresholds(policy.low, policy.high, policy.min_ratings))
    return {
        "curve_kind": kind,
        "rating_count": curve.rating_count,
        "low_threshold": policy.low,
        "high_threshold": policy.high,
        "return_days": policy.return_days,
        "base_return_ratio": curve.base,
        "low_slope": curve.low_slope,
        "high_slope": curve.high_slope,
        "line_base_ratio": curve.line_base,
        "line_slope": curve.line_slope,
        "curve_error": curve.curve_error,
        "line_error": curve.line_error,
        "is_curve_used": curve.is_used,
        "curve_reason_code": curve.reason,
        "snapshot_date": day,
    }
