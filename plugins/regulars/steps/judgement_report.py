"""How everybody stands, who moved, and how good the judgement is: figures for the run's report."""

from typing import Any

from regulars.engines import Warehouse
from regulars.reports.judgement_rows import (
    CalibrationRow,
    CalibrationSum,
    MigrationRow,
    MoveRow,
    QualityRow,
    StandingRow,
)
from regulars.steps.fairness_rows import find_fairness
from regulars.steps.runtime import Run

_STANDINGS = (
    "select segment, tier, count(*) as customers,"
    " cast(sum(tier_profit_minor) as bigint) as profit_minor from snap_customer_tiers"
    " where snapshot_date = :day group by segment, tier order by segment, tier"
)
_MOVES = (
    "select tier_before, tier, count(*) as customers from fct_tier_moves"
    " where business_date = :day group by tier_before, tier order by tier_before, tier"
)
_CALIBRATIONS = (
    "select return_decile as decile, customer_count as customers, calibration_status as status,"
    " expected_return_ratio as expected_share, returned_ratio as returned_share,"
    " auc_ratio as auc, brier_score as brier from fct_calibrations"
    " where snapshot_date = :day order by return_decile"
)
_MIGRATIONS = (
    "select stage_before, stage, cast(sum(customer_count) as bigint) as customers,"
    " cast(cast(sum(customer_count) as double) / nullif(sum(before_count), 0) as double) as share,"
    " min(goal_bound) as goal_bound, min(goal_ratio) as goal_share from fct_stage_migrations"
    " where month_starts_on = (select max(month_starts_on) from fct_stage_migrations"
    " where month_starts_on <= :day) and stage_before <> 'new'"
    " group by stage_before, stage order by stage_before, stage"
)
_BOUNDS = {"at_least": float.__ge__, "at_most": float.__le__}


def gather_judgement(warehouse: Warehouse, run: Run) -> dict[str, Any]:
    """The fields of the report on standings, moves, quality, calibration and migrations."""
    calibrations = _rows(warehouse, run, "fct_calibrations", _CALIBRATIONS)
    return {
        "standings": tuple(
            StandingRow(**row) for row in _rows(warehouse, run, "snap_customer_tiers", _STANDINGS)
        ),
        "moves": tuple(
            MoveRow(**row) for row in _rows(warehouse, run, "fct_tier_moves", _MOVES)
        ),
        "quality": _quality(warehouse, run),
        "fairness": tuple(find_fairness(warehouse, run.business_date)),
        "calibration": next((_whole(row) for row in calibrations if row["decile"] == 0), None),
        "calibrations": tuple(_tenth(row) for row in calibrations if row["decile"] > 0),
        "migrations": tuple(
            _migration(row) for row in _rows(warehouse, run, "fct_stage_migrations", _MIGRATIONS)
        ),
    }  # fmt: skip


def _rows(warehouse: Warehouse, run: Run, table: str, sql: str) -> list[dict[str, Any]]:
    """The rows of the business date; none before the table was built."""
    if not warehouse.has_table(table):
        return []
    return list(warehouse.query(sql, day=run.business_date).to_pylist())


def _quality(warehouse: Warehouse, run: Run) -> QualityRow | None:
    sql = "select * from fct_judgement_quality where snapshot_date = :day"
    rows = _rows(warehouse, run, "fct_judgement_quality", sql)
    if not rows:
        return None
    row, aims = rows[0], run.policy.quality
    return QualityRow(
        flips_per_year=row["flips_per_year"],
        max_flips_per_year=aims.max_flips_per_year,
        false_kills=row["false_kill_count"],
        once_listed=row["once_listed_count"],
        max_false_kill_share=aims.max_false_kill_share,
        moves=row["tier_move_count"],
        move_share=row["tier_move_ratio"],
        max_move_share=aims.max_move_share,
        is_move_alarm=row["is_move_alarm"],
        unproven=row["unproven_count"],
        unproven_share=row["unproven_ratio"],
        unproven_profit_minor=row["unproven_profit_minor"],
        anonymous_order_share=row["anonymous_order_ratio"],
        anonymous_sales_share=row["anonymous_net_sales_ratio"],
        borderline_share=row["borderline_ratio"],
        notice_share=row["notice_ratio"],
        loss_maker_share=row["loss_maker_ratio"],
    )


def _whole(row: dict[str, Any]) -> CalibrationSum:
    return CalibrationSum(**{name: row[name] for name in CalibrationSum.model_fields})


def _tenth(row: dict[str, Any]) -> CalibrationRow:
    return CalibrationRow(**{name: row[name] for name in CalibrationRow.model_fields})


def _migration(row: dict[str, Any]) -> MigrationRow:
    """The goal is for all customers together: consumers and businesses are added up."""
    holds = _BOUNDS.get(row["goal_bound"])
    is_known = holds is not None and row["share"] is not None
    is_met = holds(row["share"], row["goal_share"]) if holds and is_known else None
    return MigrationRow(**row, is_goal_met=is_met)
