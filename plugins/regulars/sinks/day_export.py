"""The export of a business date: four lists, each for machines and for people, all or nothing."""

import hashlib
from collections import Counter
from collections.abc import Container, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from regulars.sinks.breaker import ListChange, Past, find_holds, hold_for_missing_sources
from regulars.sinks.columns import MACHINE_NAMES, SUPPRESSED_NAMES
from regulars.sinks.day_folder import publish_day, recover_day
from regulars.sinks.delta import DELTA_NAMES, FULL_CSV, Editions, ListEdition, compare_rows
from regulars.sinks.excel_csv import excel_csv_file
from regulars.sinks.inspection import (
    EXPIRED,
    UNSAFE_REFERENCE,
    blank_unsafe_references,
    drop_expired,
    inspect_actions,
    inspect_suppressed,
)
from regulars.sinks.machine_files import (
    MachineRow,
    csv_file,
    machine_rows,
    machine_texts,
    parquet_file,
)
from regulars.sinks.manifest import (
    MANIFEST,
    DayManifest,
    EditionMark,
    ExportFile,
    ExportStamp,
    ListState,
    describe_day,
    manifest_bytes,
)
from regulars.sinks.wording import LISTS
from regulars.sinks.workbook import PeopleList, workbook_file

RESTING = "contact_cap"
"""The guardrail of those who were contacted lately and come back to the list by themselves."""
APPROVED_CSV = "actions_approved.csv"
"""The rows that had waited for a person: all that a reader of the first edition still needs."""
Suppressed = dict[str, Counter[str]]
"""How many were left out: list -> guardrail -> customers."""


def export_day(
    folder: Path,
    actions: pa.Table,
    suppressed: pa.Table,
    stamp: ExportStamp,
    past: Past | None = None,
    approved: Container[str] = (),
) -> DayManifest:
    """Write `<folder>/<date>/` with every list and, last, its manifest; swap it in whole.

    `actions` has one row per customer, `suppressed` one per list and guardrail. The same inputs
    give the same bytes, and a day that already holds them is left untouched. Member numbers
    that are not plain references leave blank and are counted under `unsafe_reference`; actions
    that ran out stay here, counted under `expired_offer`. A list that the breaker holds is
    written all the same: its manifest says so. Without a `past`, the earlier days of the folder
    are what was delivered. The rows of the `approved` customers, who had to wait, stand in a file
    of their own as well.
    Raises BadInput, with nothing written, when a value may not leave.
    """
    past = past or Past(Editions(folder))
    recover_day(folder, stamp.business_date)
    valid, expired = drop_expired(inspect_actions(actions, stamp), stamp)
    inspected, unsafe = blank_unsafe_references(valid)
    counts = _count_suppressed(
        inspect_suppressed(suppressed), {UNSAFE_REFERENCE: unsafe, EXPIRED: expired}
    )
    files: dict[str, ExportFile] = {}
    lists: dict[str, ListState] = {}
    for name in LISTS:
        listed = inspected.filter(pc.equal(inspected["list_name"], name))
        texts = machine_texts(listed)
        base = past.editions.newest(name, stamp.business_date)
        delta = compare_rows(base.rows() if base else [], machine_rows(texts), stamp)
        lists[name] = _state(texts.num_rows, counts[name][RESTING], delta, base, past)
        people = PeopleList(
            name=name,
            rows=listed.append_column("offer_amount", texts["offer_amount"]).to_pylist(),
            suppressed=counts[name],
            state=lists[name],
        )
        files |= _list_files(people, texts, delta, stamp)
        if late := [row for row in machine_rows(texts) if row["customer_key"] in approved]:
            files[f"{name}/{APPROVED_CSV}"] = csv_file(MACHINE_NAMES, late)
    manifest = describe_day(files, stamp, lists, None)
    manifest = manifest.model_copy(update={"supersedes": _superseded(past, manifest)})
    contents = {path: file.content for path, file in files.items()}
    folder.mkdir(parents=True, exist_ok=True)
    publish_day(folder, stamp.business_date, contents | {MANIFEST: manifest_bytes(manifest)})
    return manifest


def _state(
    rows: int, resting: int, delta: list[MachineRow], base: ListEdition | None, past: Past
) -> ListState:
    """The list in short, and why it has to wait, if it has to."""
    operations = Counter(row["operation"] for row in delta)
    change = (
        ListChange(base.state.rows, base.state.resting, rows, resting, operations["remove"])
        if base
        else None
    )
    return ListState(
        rows=rows,
        resting=resting,
        delta_against=base.manifest.business_date if base else None,
        added=operations["add"],
        changed=operations["change"],
        removed=operations["remove"],
        holds=(
            *hold_for_missing_sources(past.missing_sources, past.limits),
            *find_holds(change, past.limits),
        ),
    )


def _list_files(
    people: PeopleList, texts: pa.Table, delta: list[MachineRow], stamp: ExportStamp
) -> dict[str, ExportFile]:
    """The files of one list, by their path within the day's folder."""
    name = people.name
    return {
        f"{name}/{FULL_CSV}": csv_file(MACHINE_NAMES, machine_rows(texts)),
        f"{name}/actions_full.parquet": parquet_file(texts),
        f"{name}/actions_delta.csv": csv_file(DELTA_NAMES, delta),
        f"{name}/actions.xlsx": workbook_file(people, stamp),
        f"{name}/actions_excel.csv": excel_csv_file(people.rows),
        f"{name}/suppressed_counts.csv": _suppressed_file(name, people.suppressed, stamp),
    }


def _superseded(past: Past, manifest: DayManifest) -> EditionMark | None:
    """The edition before: that of the day before what a person approved, else of a day before.

    Only an approval makes a second edition that names the first: a day that is restated has to end
    in the same bytes, in whichever order days were run.
    """
    own = past.editions.on(manifest.business_date) if _has_approved(manifest) else None
    if own and _full_lists(own) == _full_lists(manifest):
        return own.supersedes
    before = own or past.editions.newest_day(manifest.business_date)
    if before is None:
        return None
    digest = hashlib.sha256(manifest_bytes(before)).hexdigest()
    return EditionMark(business_date=before.business_date, sha256=digest)


def _has_approved(manifest: DayManifest) -> bool:
    return any(one.path.endswith(APPROVED_CSV) for one in manifest.files)


def _full_lists(manifest: DayManifest) -> dict[str, str]:
    return {one.path: one.sha256 for one in manifest.files if one.path.endswith(FULL_CSV)}


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


def _count_suppressed(suppressed: pa.Table, more: Mapping[str, Mapping[str, int]]) -> Suppressed:
    counts: Suppressed = {name: Counter() for name in LISTS}
    for row in suppressed.to_pylist():
        counts[row["list_name"]][row["guardrail"]] += row["suppressed_count"]
    for guardrail, by_list in more.items():
        for name, count in by_list.items():
            counts[name][guardrail] += count
    return counts
