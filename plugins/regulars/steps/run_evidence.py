"""What stands behind a run's figures: rows accounted for, anonymous trade, what is missing."""

from datetime import date, timedelta
from typing import Any

from regulars.engines import Warehouse
from regulars.reports.run_report import (
    AccountingRow,
    AnonymityRow,
    FreshnessRow,
    MissingDay,
    RefusedFileRow,
)
from regulars.sources.discovery import discover, missing_days
from regulars.sources.landing import read_receipts
from regulars.steps.runtime import Run

_TRAILING_DAYS = 28


def account_for_rows(warehouse: Warehouse) -> tuple[AccountingRow, ...]:
    """What became of the rows of every source and kind of record."""
    names = ("read", "loaded", "quarantined", "duplicate", "summary", "out_of_scope")
    sums = ", ".join(f"cast(sum({name}_count) as bigint) as {name}" for name in names)
    rows = warehouse.query(
        f"select source_system as source, entity, {sums} from audit_loads"  # noqa: S608
        " group by source_system, entity order by source_system, entity"
    ).to_pylist()
    return tuple(AccountingRow(**row) for row in rows)


def count_anonymous(warehouse: Warehouse, day: date) -> tuple[AnonymityRow, ...]:
    """What is nobody's of every store's trade in its currency: on the day, and in 28 days."""
    figures = {
        "orders": "paid_order_count",
        "anonymous": "anonymous_order_count",
        "unknown": "unidentified_minor",
        "sales": "identified_minor + unidentified_minor",
    }
    sums = ", ".join(
        f"cast(coalesce(sum({term}) filter (where business_date >= :{since}), 0) as bigint)"
        f" as {since}_{name}"
        for since in ("day", "trailing")
        for name, term in figures.items()
    )
    rows = warehouse.query(
        f"select store_name, {sums} from fct_reconciliation"  # noqa: S608
        " inner join dim_stores on fct_reconciliation.store_id = dim_stores.store_id"
        " and fct_reconciliation.currency_code = dim_stores.currency_code"
        " where business_date >= :trailing and business_date <= :day"
        " group by dim_stores.store_id, store_name order by dim_stores.store_id",
        day=day,
        trailing=day - timedelta(days=_TRAILING_DAYS - 1),
    ).to_pylist()
    return tuple(_anonymity(row) for row in rows)


def _anonymity(row: dict[str, Any]) -> AnonymityRow:
    return AnonymityRow(
        store_name=row["store_name"],
        day_orders=row["day_orders"],
        day_share=_share(row["day_anonymous"], row["day_orders"]),
        day_sales_share=_share(row["day_unknown"], row["day_sales"]),
        trailing_orders=row["trailing_orders"],
        trailing_share=_share(row["trailing_anonymous"], row["trailing_orders"]),
        trailing_sales_share=_share(row["trailing_unknown"], row["trailing_sales"]),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole > 0 else None


def find_missing_days(run: Run) -> tuple[MissingDay, ...]:
    """The days of the window for which a daily source dropped no orders."""
    return tuple(
        MissingDay(source=source.name, business_date=day)
        for source in run.policy.sources
        for day in missing_days(
            source,
            discover(source, run.settings.drop_folder, run.first_date, run.business_date),
            run.first_date,
            run.business_date,
        )
    )


def find_refused_files(run: Run) -> tuple[RefusedFileRow, ...]:
    """The files of the window that lie there and were not taken."""
    refused = {
        (receipt.source_system, receipt.sha256): receipt
        for receipt in read_receipts(run.settings.landing_folder)
        if receipt.status == "refused"
    }
    rows = []
    for source in run.policy.sources:
        found = discover(source, run.settings.drop_folder, run.first_date, run.business_date)
        rows += [(source.name, one.file, one.reason_code.value) for one in found.refused]
        rows += [
            (source.name, file.name, refused[source.name, file.sha256].reason_code)
            for file in found.files
            if (source.name, file.sha256) in refused
        ]
    return tuple(
        RefusedFileRow(source=name, file=file, reason=reason) for name, file, reason in rows
    )


def find_freshness(warehouse: Warehouse, run: Run) -> tuple[FreshnessRow, ...]:
    """How fresh every source was on the business date; nothing before it was built."""
    if not warehouse.has_table("fct_freshness"):
        return ()
    rows = warehouse.query(
        "select source_system as source, store_id, last_business_date,"
        " behind_day_count as behind_days, is_expected, is_late, file_name as file"
        " from fct_freshness where business_date = :day order by source_system, store_id",
        day=run.business_date,
    ).to_pylist()
    return tuple(FreshnessRow(**row) for row in rows)
