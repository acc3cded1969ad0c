"""What is known of the intake beside its rows: rows counted on disk, files seen, days expected."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from regulars.engines import Warehouse
from regulars.policy import Policy
from regulars.sources.landing import EntityReceipt, FileReceipt
from regulars.sources.seen import SeenWindow
from regulars.steps.raw_tables import CONTACT_TABLE, INTAKE
from regulars.steps.runtime import Run

Rows = Iterator[dict[str, object]]


def load_intake_tables(
    warehouse: Warehouse, run: Run, receipts: Iterable[FileReceipt], seen: Iterable[SeenWindow]
) -> None:
    """Write the four tables, whole: they are small, and the same facts give the same rows."""
    accepted = [receipt for receipt in receipts if receipt.status == "accepted"]
    first, last = run.calendar_span
    found = {
        "raw_file_counts": _count(run, accepted),
        "raw_seen_files": _seen(accepted, seen),
        "ref_expected_days": _expected_days(run.newest_policy, first, last),
        "ref_expected_stores": _expected_stores(run.newest_policy),
    }
    for table, rows in found.items():
        warehouse.load(table, pa.Table.from_pylist(list(rows), INTAKE[table]))


def _count(run: Run, receipts: Iterable[FileReceipt]) -> Rows:
    """The rows of every landed and quarantined file, counted in the files themselves."""
    from regulars.checks.decisions import read_decisions

    landing, quarantine = run.settings.landing_folder, run.settings.quarantine_folder
    for receipt in receipts:
        for one in receipt.entities:
            place = (receipt.source_system, one.entity, receipt.sha256)
            kept = 0
            if one.entity != CONTACT_TABLE:
                decided = read_decisions(quarantine, *place)
                kept = _rows_in(quarantine.joinpath(*place[:2], f"{place[2]}.parquet"))
                kept += sum(decision.verdict == "dismissed" for decision in decided)
            yield {
                "source_system": receipt.source_system,
                "source_file_sha256": receipt.sha256,
                "entity": one.entity,
                "landed_count": sum(_rows_in(path) for path in _landed(landing, one)),
                "kept_count": kept,
            }


def _landed(folder: Path, receipt: EntityReceipt) -> list[Path]:
    return [folder / name for name in (receipt.landed_file, receipt.corrected_file) if name]


def _rows_in(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows) if path.is_file() else 0


def _seen(receipts: Iterable[FileReceipt], seen: Iterable[SeenWindow]) -> Rows:
    """The order files that were seen and taken, each once, with the days they speak for."""
    taken = {(receipt.source_system, receipt.sha256) for receipt in receipts}
    files = {
        (window.source_system, file.file_name, file.first_day, file.last_day)
        for window in seen
        for file in window.files
        if "orders" in file.makes and (window.source_system, file.sha256) in taken
    }
    for source, name, first, last in sorted(files, key=str):
        yield {"source_system": source, "file_name": name, "first_day": first, "last_day": last}


def _expected_days(policy: Policy, first: date, last: date) -> Rows:
    for source in policy.sources:
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if source.is_expected_on(day):
                yield {"source_system": source.name, "business_date": day}


def _expected_stores(policy: Policy) -> Rows:
    """The stores that a daily source has to bring orders of."""
    for source in policy.sources:
        if source.expected == "daily":
            for store in policy.stores_of(source):
                yield {"source_system": source.name, "store_id": store.store_id}
