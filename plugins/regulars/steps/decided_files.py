"""What follows from decisions on a file's refused rows: landed corrections, quarantine, receipt.

All of it is a function of the decisions and of what the file brought, and may be done again.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from regulars.domain.errors import BadInput
from regulars.sources.check_notes import FileChecks, read_checks, write_checks
from regulars.sources.landing import (
    EntityReceipt,
    FileReceipt,
    RowCounts,
    read_receipts,
    write_receipt,
)
from regulars.steps.correcting import Corrected, correct
from regulars.steps.landed_parts import contact_receipt, land_rows, notes_on, reasons_of
from regulars.steps.raw_tables import CONTACT_TABLE, raw_schema_of
from regulars.steps.runtime import Run

if TYPE_CHECKING:
    from regulars.checks.decisions import Decision


def receipt_of(run: Run, source: str, file: str, entity: str) -> FileReceipt:
    """The receipt of an accepted file, by its name or the beginning of its sha256.

    Raises BadInput where none or several fit, or where the file has no such entity.
    """
    found = [
        receipt
        for receipt in read_receipts(run.settings.landing_folder)
        if receipt.source_system == source
        and receipt.status == "accepted"
        and (receipt.file_name == file or receipt.sha256.startswith(file))
        and entity in {one.entity for one in receipt.entities}
    ]
    if len(found) == 1:
        return found[0]
    what = "several files are" if found else f"no file with {entity} is"
    raise BadInput(
        f"{what} known as {file!r}",
        where=source,
        next_move="name it as `python -m regulars quarantine list` does, or by its whole sha256",
    )


def loaded_rows(run: Run, receipt: FileReceipt, entity: str) -> pa.Table:
    """The rows of an entity that a file brought without corrections."""
    one = _entity(receipt, entity)
    if one is None or one.landed_file is None:
        return raw_schema_of(entity).empty_table()
    return pq.read_table(run.settings.landing_folder / one.landed_file)


def finish_decisions(run: Run, source: str) -> int:
    """Finish what was decided on files of a source and cut short; returns for how many."""
    from regulars.checks.decisions import read_decisions

    folder = run.settings.quarantine_folder
    unfinished = 0
    for path in sorted((folder / source).glob("*/decided/*.parquet")):
        entity, sha256 = path.parent.parent.name, path.stem
        decisions = read_decisions(folder, source, entity, sha256)
        for receipt in _receipts(run, source, sha256):
            told = [note for note in receipt.decisions if note.entity == entity]
            if _entity(receipt, entity) and told != list(notes_on(entity, decisions)):
                settle(run, source, entity, sha256)
                unfinished += 1
    return unfinished


def settle(run: Run, source: str, entity: str, sha256: str) -> None:
    """Let landed corrections, quarantine, note and receipt of a file follow from the decisions.

    A correction that the rules of today refuse loses its decision: its row stays in quarantine.
    """
    from regulars.checks.decisions import read_decisions, write_decisions
    from regulars.steps.landing_files import check_context

    folder = run.settings.quarantine_folder
    decisions = read_decisions(folder, source, entity, sha256)
    for receipt in _receipts(run, source, sha256):
        context = check_context(run, run.policy.source(source))
        loaded = loaded_rows(run, receipt, entity)
        corrected = correct(entity, sha256, decisions, loaded, context)
        failing = [decision for decision, _ in corrected.failing]
        holding = [one for one in decisions if one not in failing]
        if failing:
            write_decisions(folder, source, entity, sha256, holding)
        _settle_quarantine(run, receipt, entity, holding)
        _settle_receipt(run, receipt, entity, holding, corrected)


def _receipts(run: Run, source: str, sha256: str) -> list[FileReceipt]:
    return [
        receipt
        for receipt in read_receipts(run.settings.landing_folder)
        if (receipt.source_system, receipt.sha256) == (source, sha256)
    ]


def _settle_quarantine(
    run: Run, receipt: FileReceipt, entity: str, decisions: Sequence["Decision"]
) -> None:
    """Take the decided rows out of the quarantine, and out of the note on what was checked."""
    from regulars.checks.quarantine import read_quarantine, write_quarantine

    folder, source, sha256 = (
        run.settings.quarantine_folder,
        receipt.source_system,
        receipt.sha256,
    )
    kept = _undecided(read_quarantine(folder, source, entity, sha256), decisions)
    write_quarantine(folder, source, entity, kept, [sha256])
    landing = run.settings.landing_folder
    for checks in read_checks(landing, source, [(receipt.file_name, sha256)]):
        entities = tuple(
            one.model_copy(update={"set_aside": reasons_of(kept)}) if one.entity == entity else one
            for one in checks.entities
        )
        write_checks(landing, FileChecks(**{**dict(checks), "entities": entities}))


def _undecided(rows: pd.DataFrame, decisions: Sequence["Decision"]) -> pd.DataFrame:
    from regulars.checks.decisions import mark_of

    left = Counter((one.source_row, one.mark) for one in decisions)
    kept = []
    for row, text in zip(rows["source_row"].tolist(), rows["raw_json"].tolist(), strict=True):
        key = (row, mark_of(text))
        kept.append(left[key] == 0)
        left[key] -= not kept[-1]
    return rows[kept].reset_index(drop=True)


def _settle_receipt(
    run: Run,
    receipt: FileReceipt,
    entity: str,
    decisions: Sequence["Decision"],
    corrected: Corrected,
) -> None:
    released = [one for one in decisions if one.verdict == "released"]
    path = _land(run, receipt, entity, corrected.rows) if released else None
    changed = {
        entity: _recount(_entity(receipt, entity), len(released), len(decisions), path),
        CONTACT_TABLE: _contacts(run, receipt, corrected) if entity == "customers" else None,
    }
    entities = [changed.pop(one.entity, None) or one for one in receipt.entities]
    entities += [one for one in changed.values() if one and one not in entities]
    others = tuple(note for note in receipt.decisions if note.entity != entity)
    write_receipt(
        run.settings.landing_folder,
        receipt.model_copy(
            update={
                "entities": tuple(entities),
                "rows": entities[0].rows,
                "decisions": (*others, *notes_on(entity, decisions)),
            }
        ),
    )


def _recount(
    one: EntityReceipt | None, released: int, decided: int, path: str | None
) -> EntityReceipt | None:
    """The receipt after decisions: a released row is loaded instead of quarantined."""
    if one is None:
        return None
    more = released - one.released
    rows = one.rows.model_dump()
    rows |= {"loaded": one.rows.loaded + more, "quarantined": one.rows.quarantined - more}
    return EntityReceipt(
        entity=one.entity,
        rows=RowCounts(**rows),
        landed_file=one.landed_file,
        released=released,
        dismissed=decided - released,
        corrected_file=path,
    )


def _contacts(run: Run, receipt: FileReceipt, corrected: Corrected) -> EntityReceipt | None:
    before = _entity(receipt, CONTACT_TABLE)
    if corrected.contacts is None or (before is None and not corrected.contacts.num_rows):
        return before
    own = before.rows.loaded - before.released if before else 0
    count = corrected.contacts.num_rows
    path = _land(run, receipt, CONTACT_TABLE, corrected.contacts) if count else None
    return contact_receipt(before.landed_file if before else None, own, path, count)


def _land(run: Run, receipt: FileReceipt, entity: str, rows: pa.Table) -> str:
    return land_rows(run, receipt.source_system, receipt.sha256, entity, rows)


def _entity(receipt: FileReceipt, entity: str) -> EntityReceipt | None:
    return next((one for one in receipt.entities if one.entity == entity), None)
