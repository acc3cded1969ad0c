"""The export of a business date: four lists, each for machines and for people, all or nothing."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from regulars.sinks.columns import MACHINE_NAMES, SUPPRESSED_NAMES
from regulars.sinks.day_folder import publish_day, recover_day
from regulars.sinks.delta import DELTA_NAMES, DeltaBase, compare_rows, find_base
from regulars.sinks.inspection import (
    UNSAFE_REFERENCE,
    blank_unsafe_references,
    inspect_actions,
    inspect_suppressed,
)
from regulars.sinks.machine_files import csv_file, machine_rows, machine_texts, parquet_file
from regulars.sinks.manifest import (
    MANIFEST,
    DayManifest,
    ExportFile,
    ExportStamp,
    describe_day,
    manifest_bytes,
)
from regulars.sinks.wording import LISTS
from regulars.sinks.workbook import PeopleList, workbook_file

Suppressed = dict[str, Counter[str]]
"""How many were left out: list -> guardrail -> customers."""


def export_day(
    folder: Path, actions: pa.Table, suppressed: pa.Table, stamp: ExportStamp
) -> DayManifest:
    """Write `<folder>/<date>/` with every list and, last, its manifest; swap it in whole.

    `actions` has one row per customer, `suppressed` one per list and guardrail. The same inputs
    give the same bytes, and a day that already holds them is left untouched. Member numbers
    that are not plain references leave blank and are counted under `unsafe_reference`.
    Raises BadInput, with nothing written, when a value may not leave.
    """
    recover_day(folder, stamp.business_date)
    inspected, unsafe = blank_unsafe_references(inspect_actions(actions, stamp))
    counts = _count_suppressed(inspect_suppressed(suppressed), unsafe)
    found = find_base(folder, stamp)
    files: dict[str, ExportFile] = {}
    for name in LISTS:
        listed = inspected.filter(pc.equal(inspected["list_name"], name))
        files |= _list_files(name, listed, counts[name], found, stamp)
    manifest = describe_day(files, stamp, found.manifest.business_date if found else None)
    contents = {path: file.content for path, file in files.items()}
    folder.mkdir(parents=True, exist_ok=True)
    publish_day(folder, stamp.business_date, contents | {MANIFEST: manifest_bytes(manifest)})
    return manifest


def _list_files(
    name: str,
    actions: pa.Table,
    suppressed: Mapping[str, int],
    found: DeltaBase | None,
    stamp: ExportStamp,
) -> dict[str, ExportFile]:
    """The files of one list, by their path within the day's folder."""
    texts = machine_texts(actions)
    rows = machine_rows(texts)
    delta = compare_rows(found.rows(name) if found else [], rows, stamp)
    people = PeopleList(
        name=name,
        rows=actions.append_column("offer_amount", texts["offer_amount"]).to_pylist(),
        suppressed=suppressed,
        operations=Counter(row["operation"] for row in delta),
    )
    return {
        f"{name}/actions_full.csv": csv_file(MACHINE_NAMES, rows),
        f"{name}/actions_full.parquet": parquet_file(texts),
        f"{name}/actions_delta.csv": csv_file(DELTA_NAMES, delta),
        f"{name}/actions.xlsx": workbook_file(people, stamp),
        f"{name}/suppressed_counts.csv": _suppressed_file(name, suppressed, stamp),
    }


def _suppressed_file(name: str, counts: Mapping[str, int], stamp: ExportStamp) -> ExportFile:
    rows = [
        {
            "business_date": stamp.business_date.isoformat(),
            "list_name": name,
            "guardrail": guardrail,
            "suppressed_count": str(count),
        }
        for guardrail, count in sorted(counts.items())
    ]
    return csv_file(SUPPRESSED_NAMES, rows)


def _count_suppressed(suppressed: pa.Table, unsafe: Mapping[str, int]) -> Suppressed:
    counts: Suppressed = {name: Counter() for name in LISTS}
    for row in suppressed.to_pylist():
        counts[row["list_name"]][row["guardrail"]] += row["suppressed_count"]
    for name, count in unsafe.items():
        counts[name][UNSAFE_REFERENCE] += count
    return counts
