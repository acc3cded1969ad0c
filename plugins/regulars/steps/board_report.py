"""The 80/20 board of a business date for the run's report, read from the published tables."""

from itertools import groupby
from typing import Any

from regulars.engines import Warehouse
from regulars.reports.board_rows import (
    BoardRow,
    DriverRow,
    ScenarioRow,
    SourceRow,
    StepRow,
    WhalePoint,
)
from regulars.reports.wording import KINDS
from regulars.steps.runtime import Run

_SCOPES = ("group", "kind", "store")
_SCENARIOS = ("low", "base", "hard")
_GROUP = "Group ‖ 集团"


def gather_boards(warehouse: Warehouse, run: Run) -> dict[str, Any]:
    """Boards, scenarios, waterfall, drivers and sources, in the group's currency."""
    return {
        "boards": _boards(warehouse, run),
        "scenarios": _scenarios(warehouse, run),
        "waterfall": _waterfall(warehouse, run),
        "drivers": _drivers(warehouse, run),
        "sources": _sources(warehouse, run),
    }


def _of_the_day(warehouse: Warehouse, run: Run, select: str, rest: str = "") -> list[Any]:
    """The rows of the business date in the group's currency."""
    rows = warehouse.query(
        f"{select} where snapshot_date = :day and currency_code = :code {rest}",
        day=run.business_date,
        code=run.policy.group.currency_code,
    )
    return list(rows.to_pylist())


def _boards(warehouse: Warehouse, run: Run) -> tuple[BoardRow, ...]:
    rows = _of_the_day(warehouse, run, "select * from fct_concentration")
    rows.sort(key=lambda row: (_SCOPES.index(row["scope"]), row["scope_id"]))
    return tuple(
        BoardRow(
            name=_board_name(run, row["scope"], row["scope_id"]),
            customers=row["customer_count"],
            true_profit_minor=row["true_profit_minor"],
            k80_share=row["k80_ratio"],
            peak_minor=row["peak_minor"],
            erosion_minor=row["erosion_minor"],
            below_zero=row["below_zero_count"],
            gini=row["gini_ratio"],
            effective_customers=row["effective_customer_count"],
            top_1_share=row["top_1_ratio"],
            top_5_share=row["top_5_ratio"],
            without_top_5_minor=row["without_top_5_minor"],
        )
        for row in rows
    )


def _board_name(run: Run, scope: str, scope_id: str) -> str:
    if scope == "group":
        return _GROUP
    if scope == "kind":
        return KINDS.get(scope_id, scope_id)
    store = run.policy.store(scope_id)
    return store.store_name if store else scope_id or "No store ‖ 无门店"


def _scenarios(warehouse: Warehouse, run: Run) -> tuple[ScenarioRow, ...]:
    group = "and scope = 'group'"
    boards = _of_the_day(warehouse, run, "select * from fct_whale_scenarios", group)
    points = _of_the_day(
        warehouse,
        run,
        "select * from fct_scenario_curves",
        f"{group} order by scenario, customer_percent",
    )
    curves = {
        name: tuple(_point(row) for row in rows)
        for name, rows in groupby(points, key=lambda row: str(row["scenario"]))
    }
    boards.sort(key=lambda row: _SCENARIOS.index(row["scenario"]))
    return tuple(
        ScenarioRow(
            scenario=row["scenario"],
            true_profit_minor=row["true_profit_minor"],
            k80_share=row["k80_ratio"],
            peak_minor=row["peak_minor"],
            peak_share=row["peak_customer_ratio"],
            erosion_minor=row["erosion_minor"],
            below_zero_share=row["below_zero_ratio"],
            curve=curves.get(row["scenario"], ()),
        )
        for row in boards
    )


def _point(row: dict[str, Any]) -> WhalePoint:
    return WhalePoint(
        customer_share=row["customer_rank"] / row["customer_count"],
        cumulative_profit_minor=row["cumulative_profit_minor"],
    )


def _waterfall(warehouse: Warehouse, run: Run) -> tuple[StepRow, ...]:
    rows = _of_the_day(
        warehouse,
        run,
        "select * from fct_profit_waterfalls",
        "and scope = 'group' order by step_number",
    )
    return tuple(
        StepRow(
            step=row["step_code"],
            is_subtotal=row["is_subtotal"],
            change_minor=row["step_minor"],
            level_minor=row["level_minor"],
        )
        for row in rows
    )


def _drivers(warehouse: Warehouse, run: Run) -> tuple[DriverRow, ...]:
    """What customers below zero cost beyond their peers, by reason."""
    rows = _of_the_day(
        warehouse,
        run,
        "select driver_code as driver, cast(count(*) as bigint) as customers,"
        " cast(sum(excess_minor) as bigint) as excess_minor from fct_profit_drivers",
        "and is_drag and true_profit_minor < 0 group by driver_code order by driver_code",
    )
    return tuple(DriverRow(**row) for row in rows)


def _sources(warehouse: Warehouse, run: Run) -> tuple[SourceRow, ...]:
    rows = _of_the_day(
        warehouse, run, "select * from fct_acquisition_sources", "order by acquisition_source"
    )
    return tuple(
        SourceRow(
            source=row["acquisition_source"],
            won=row["new_customer_count"],
            winning_minor=row["winning_per_customer_minor"],
            kept=row["kept_customer_count"],
            keeping_minor=row["keeping_per_customer_minor"],
            cost_multiple=row["cost_multiple"],
            is_measured=row["is_measured"],
        )
        for row in rows
    )
