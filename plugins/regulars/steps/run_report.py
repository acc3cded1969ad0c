"""The run's report: figures read from the published tables, drawn as a page and as text."""

import math
from typing import Any

from regulars.actions.reasons import REASONS
from regulars.actions.vocabulary import ActionList
from regulars.engines import Warehouse
from regulars.models import AuditResult
from regulars.reports.board_rows import WhalePoint
from regulars.reports.run_report import AuditRow, ReasonRow, RunReport, StoreRow
from regulars.steps.board_report import gather_boards
from regulars.steps.days import find_built_days
from regulars.steps.judgement_report import gather_judgement
from regulars.steps.profit_evidence import find_restated, not_costed
from regulars.steps.run_evidence import (
    account_for_rows,
    count_anonymous,
    find_freshness,
    find_missing_days,
    find_refused_files,
)
from regulars.steps.runtime import Run, fingerprint

_POINTS = 180


def run_key(warehouse: Warehouse, run: Run) -> str:
    """What this run was made from: every built day up to it, and the policy."""
    built = find_built_days(warehouse)
    days = sorted((day, mark) for day, mark in built.items() if day <= run.business_date)
    return fingerprint(run.business_date, run.policy.version, days)


def gather(warehouse: Warehouse, run: Run, audits: tuple[AuditResult, ...]) -> RunReport:
    """All figures of the business date, in the group's currency."""
    day = {"day": run.business_date}
    board = _one(
        warehouse.query(
            "select * from fct_concentration where scope = 'group'"
            " and snapshot_date = :day and currency_code = :code",
            code=run.policy.group.currency_code,
            **day,
        ).to_pylist()
    )
    ledger = warehouse.query(
        "select store_name, cast(sum(order_count) as bigint) as orders,"
        " cast(sum(paid_order_count) as bigint) as paid,"
        " cast(sum(anonymous_order_count) as bigint) as anonymous,"
        " cast(sum(identified_minor + unidentified_minor + unallocated_minor) as bigint)"
        " as net_sales_minor, cast(sum(cm2_minor) as bigint) as cm2_minor,"
        " cast(sum(recon_delta_minor) as bigint) as recon_delta_minor"
        " from fct_reconciliation"
        " inner join dim_stores on fct_reconciliation.store_id = dim_stores.store_id"
        " where business_date >= :first and business_date <= :day"
        " group by dim_stores.store_id, store_name order by dim_stores.store_id",
        first=run.first_date,
        **day,
    ).to_pylist()
    paid = sum(int(row["paid"]) for row in ledger)
    curve = _curve(warehouse, run)
    restated, restated_count = find_restated(warehouse, run)
    return RunReport(
        business_date=run.business_date,
        first_date=run.first_date,
        group_name=f"{run.policy.group.name} ‖ {run.policy.group.name_zh}",
        policy_version=run.policy.version,
        run_key=run_key(warehouse, run),
        currency_code=run.policy.group.currency_code,
        customers=int(board.get("customer_count", 0)),
        orders=sum(int(row["orders"]) for row in ledger),
        net_sales_minor=sum(row["net_sales_minor"] for row in ledger),
        cm2_minor=sum(row["cm2_minor"] for row in ledger),
        anonymous_share=sum(int(row["anonymous"]) for row in ledger) / paid if paid else 0.0,
        whale=_whale(curve),
        k80_share=board.get("k80_ratio"),
        peak_share=_peak_share(curve),
        erosion_minor=int(board.get("erosion_minor", 0)),
        below_zero_share=float(board.get("below_zero_ratio", 0)),
        tiers=_counts(warehouse, "tier", run),
        segments=_counts(warehouse, "segment", run),
        stages=_counts(warehouse, "stage", run),
        **gather_judgement(warehouse, run),
        lists=dict.fromkeys(ActionList, 0)
        | _counts(warehouse, "list_name", run, "fct_actions", "business_date"),
        suppressed=_suppressed(warehouse, run),
        stores=tuple(_store(row) for row in ledger),
        anonymity=count_anonymous(warehouse, run.business_date),
        accounting=account_for_rows(warehouse),
        audits=tuple(
            AuditRow(name=one.name, severity=one.severity, failures=one.failures) for one in audits
        ),
        missing_days=find_missing_days(run),
        refused_files=find_refused_files(run),
        freshness=find_freshness(warehouse, run),
        reasons=_reasons(warehouse, run),
        **gather_boards(warehouse, run),
        restated=restated,
        restated_count=restated_count,
        not_costed=not_costed(run.newest_policy),
    )


def _one(rows: list[dict[str, object]]) -> dict[str, Any]:
    return dict(rows[0]) if rows else {}


def _whale(curve: list[int]) -> tuple[WhalePoint, ...]:
    """The curve thinned to the chart's width; its peak and its end are always kept."""
    count = len(curve)
    if not count:
        return ()
    step = math.ceil(count / _POINTS)
    peak = max(range(count), key=lambda rank: curve[rank])
    kept = sorted({*range(0, count, step), peak, count - 1})
    return tuple(
        WhalePoint(customer_share=(rank + 1) / count, cumulative_profit_minor=curve[rank])
        for rank in kept
    )


def _curve(warehouse: Warehouse, run: Run) -> list[int]:
    rows = warehouse.query(
        "select cumulative_profit_minor from fct_whale_curve"
        " where scope = 'group' and snapshot_date = :day and currency_code = :code"
        " order by customer_rank",
        day=run.business_date,
        code=run.policy.group.currency_code,
    )
    return list(rows["cumulative_profit_minor"].to_pylist())


def _peak_share(curve: list[int]) -> float:
    if not curve or max(curve) <= 0:
        return 0.0
    return (curve.index(max(curve)) + 1) / len(curve)


def _counts(
    warehouse: Warehouse,
    column: str,
    run: Run,
    table: str = "snap_customer_tiers",
    day_column: str = "snapshot_date",
) -> dict[str, int]:
    if not warehouse.has_table(table):
        return {}
    rows = warehouse.query(
        f"select {column} as name, count(*) as customers from {table}"  # noqa: S608
        f" where {day_column} = :day and {column} is not null group by {column} order by {column}",
        day=run.business_date,
    ).to_pylist()
    return {row["name"]: int(row["customers"]) for row in rows}


def _suppressed(warehouse: Warehouse, run: Run) -> dict[str, int]:
    if not warehouse.has_table("act_suppressions"):
        return {}
    rows = warehouse.query(
        "select guardrail, cast(sum(suppressed_count) as bigint) as customers from act_suppressions"
        " where business_date = :day group by guardrail order by guardrail",
        day=run.business_date,
    ).to_pylist()
    return {row["guardrail"]: int(row["customers"]) for row in rows}


def _store(row: dict[str, Any]) -> StoreRow:
    paid = int(row["paid"])
    return StoreRow(
        store_name=row["store_name"],
        orders=int(row["orders"]),
        net_sales_minor=row["net_sales_minor"],
        cm2_minor=row["cm2_minor"],
        anonymous_share=int(row["anonymous"]) / paid if paid else 0.0,
        recon_delta_minor=row["recon_delta_minor"],
    )


def _reasons(warehouse: Warehouse, run: Run) -> tuple[ReasonRow, ...]:
    """The first reason of every action, counted by list."""
    if not warehouse.has_table("fct_actions"):
        return ()
    rows = warehouse.query(
        "select list_name, reason_1_code, count(*) as customers from fct_actions"
        " where business_date = :day group by list_name, reason_1_code"
        " order by customers desc, list_name, reason_1_code",
        day=run.business_date,
    ).to_pylist()
    return tuple(
        ReasonRow(
            list_name=row["list_name"],
            reason=REASONS[row["reason_1_code"]].name,
            reason_zh=REASONS[row["reason_1_code"]].name_zh,
            customers=int(row["customers"]),
        )
        for row in rows
    )
