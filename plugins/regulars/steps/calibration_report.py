"""The published calibration of the business date as the rows of its report."""

from typing import Any

from regulars.engines import Warehouse
from regulars.reports.run_report import CalibrationRow
from regulars.steps.runtime import Run


def find_calibration(warehouse: Warehouse, run: Run) -> tuple[CalibrationRow, ...]:
    """How right the predictions were: all customers first, then by tenth of their chance."""
    rows = warehouse.query(
        "select * from fct_calibrations where snapshot_date = :day order by return_decile",
        day=run.business_date,
    ).to_pylist()
    return tuple(_calibration(row) for row in rows)


def _calibration(row: dict[str, Any]) -> CalibrationRow:
    return CalibrationRow(
        tenth=row["return_decile"],
        status=row["calibration_status"],
        customers=row["customer_count"],
        said_share=row["expected_return_ratio"],
        returned_share=row["returned_ratio"],
        said_visits=row["expected_visits"] or 0,
        visits=row["later_visit_count"] or 0,
        said_profit_minor=row["expected_value_minor"] or 0,
        profit_minor=row["later_profit_minor"] or 0,
        auc=row["auc_ratio"],
        top_profit_share=row["top_fifth_profit_ratio"],
    )
