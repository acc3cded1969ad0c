"""Snapshots: what was known of every customer on a date, and the weekly reviews of the tiers."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

import pyarrow as pa

from regulars.engines import Warehouse
from regulars.models.tiers import Door, Evidence, Pyramid, Standing, review_all
from regulars.policy import TierPolicy
from regulars.steps.days import Window
from regulars.steps.raw_tables import TIER_REVIEWS
from regulars.steps.runtime import Run

TierPolicyOn = Callable[[date], TierPolicy]
_NO_EVIDENCE: tuple[Evidence, ...] = ()


def snapshot_dates(
    run_window: Window, stale_from: date, existing: Iterable[date], policy_on: TierPolicyOn
) -> list[date]:
    """The dates to take: the reviews of the window, its end, and all later ones that it restates.

    A snapshot looks back only, so that nothing before the first stale day can change.
    """
    first, last = run_window
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    reviews = {day for day in days if is_review(day, policy_on(day))}
    restated = {day for day in existing if day >= stale_from}
    return sorted(reviews | restated | {last})


def by_policy(run: Run, dates: list[date]) -> list[tuple[Run, Window]]:
    """The dates cut where another version of the policy comes into force, each with its run."""
    runs = {day: run.judging(day) for day in dates}
    cut = groupby(dates, key=lambda day: runs[day].policy.version)
    stretches = [list(days) for _, days in cut]
    return [(runs[days[-1]], (days[0], days[-1])) for days in stretches]


def is_review(day: date, policy: TierPolicy) -> bool:
    """Whether the tiers are reviewed on this day of the week."""
    return day.isoweekday() == policy.review_weekday


def pyramid_of(policy: TierPolicy) -> Pyramid:
    """The doors of the policy as the reviews read them."""
    bands = {"iron": policy.iron, "gold": policy.gold, "platinum": policy.platinum}
    doors = {tier: Door(band.promote, band.demote) for tier, band in bands.items()}
    return Pyramid(doors, policy.dwell_days, policy.notice_days)


def review_tiers(warehouse: Warehouse, dates: list[date], policy_on: TierPolicyOn) -> int:
    """Replay the reviews of these dates on the standings before them; returns rows written.

    Each review follows the policy in force on its date.
    """
    standings = _standings_before(warehouse, dates[0])
    evidence = _evidence_by_date(warehouse, dates[0], dates[-1])
    tables = []
    for day in dates:
        policy = policy_on(day)
        if is_review(day, policy):
            seen = evidence.get(day, _NO_EVIDENCE)
            standings = review_all(standings, seen, day, pyramid_of(policy))
        tables.append(_as_table(standings.values(), day))
    rows = pa.concat_tables(tables)
    warehouse.load_slices("ops_tier_reviews", rows, "snapshot_date")
    return int(rows.num_rows)


def _standings_before(warehouse: Warehouse, first: date) -> dict[str, Standing]:
    rows = warehouse.query(
        "select * from ops_tier_reviews where snapshot_date = ("
        "select max(snapshot_date) from ops_tier_reviews where snapshot_date < :first)",
        first=first,
    ).to_pylist()
    return {
        row["customer_key"]: Standing(
            row["customer_key"],
            row["tier"],
            row["tier_since_on"],
            row["above_review_count"],
            row["loss_review_count"],
            row["has_moved_before"],
            row["downgrade_notice_on"],
            row["big_since_on"],
        )
        for row in rows
    }


def _evidence_by_date(warehouse: Warehouse, first: date, last: date) -> dict[date, list[Evidence]]:
    scores = warehouse.query(
        "select snapshot_date, customer_key, value_percentile, is_big_proven, is_loss_making,"
        " coalesce(jitter_tier, 'lead') as jitter_tier from snap_customer_scores"
        " where snapshot_date >= :first and snapshot_date <= :last"
        " order by snapshot_date, customer_key",
        first=first,
        last=last,
    )
    rows: Iterator[tuple[date, str, float, bool, bool, str]] = zip(
        *(column.to_pylist() for column in scores.columns), strict=True
    )
    return {
        day: [Evidence(*row[1:]) for row in group]
        for day, group in groupby(rows, key=lambda row: row[0])
    }


def _as_table(standings: Iterable[Standing], day: date) -> pa.Table:
    ordered = list(standings)
    columns = list(zip(*ordered, strict=True)) or [()] * len(Standing._fields)
    return pa.table([*columns, [day] * len(ordered)], TIER_REVIEWS)
