"""What stands behind a run's figures: rows accounted for, days missing, files not taken."""

from regulars.engines import Warehouse
from regulars.reports.run_report import AccountingRow, FreshnessRow, MissingDay, RefusedFileRow
from regulars.sources.discovery import missing_days
from regulars.sources.landing import read_receipts
from regulars.steps.bringing_in import find_files
from regulars.steps.runtime import Run


def account_for_rows(warehouse: Warehouse) -> tuple[AccountingRow, ...]:
    """What became of the rows of every source and kind of record."""
    names = ("read", "loaded", "quarantined", "duplicate", "summary", "out_of_scope")
    sums = ", ".join(f"cast(sum({name}_count) as bigint) as {name}" for name in names)
    rows = warehouse.query(
        f"select source_system as source, entity, {sums} from audit_loads"  # noqa: S608
        " group by source_system, entity order by source_system, entity"
    ).to_pylist()
    return tuple(AccountingRow(**row) for row in rows)


def find_missing_days(run: Run) -> tuple[MissingDay, ...]:
    """The days of the window for which a daily source dropped no orders."""
    return tuple(
        MissingDay(source=source.name, business_date=day)
        for source in run.policy.sources
        for day in missing_days(
            source,
            find_files(run.settings, source, run.first_date, run.business_date),
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
        found = find_files(run.settings, source, run.first_date, run.business_date)
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
