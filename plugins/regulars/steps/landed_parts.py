"""Parts of a landing that a first reading and a later release have in common."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from regulars.sources.check_notes import SetAside
from regulars.sources.landing import DecisionNote, EntityReceipt, RowCounts, land
from regulars.steps.raw_tables import CONTACT_TABLE
from regulars.steps.rotating import ALIAS_FOLDER
from regulars.steps.runtime import Run

if TYPE_CHECKING:
    from regulars.checks.decisions import Decision

FILE = "source_file_sha256"
_EXAMPLES = 5


def rows_by_file(rows: pa.Table) -> dict[str, pa.Table]:
    """The rows of each file; they are sorted by file, so that every file is one slice."""
    tables, offset = {}, 0
    for run in pc.value_counts(rows[FILE].combine_chunks()).to_pylist():
        tables[run["values"]] = rows.slice(offset, run["counts"])
        offset += run["counts"]
    return tables


def land_rows(run: Run, source: str, sha256: str, entity: str, rows: pa.Table) -> str:
    """Land an entity's rows of one file; the path within the landing folder."""
    folder = run.settings.landing_folder
    path = land(rows, entity, source, sha256, folder)
    if entity == CONTACT_TABLE:
        path.chmod(0o600)
    return path.relative_to(folder).as_posix()


def land_aliases(run: Run, source: str, sha256: str, aliases: pa.Table | None) -> None:
    """Land both hashes of everything in a file, while two identity keys are held."""
    if aliases is not None and aliases.num_rows:
        land_rows(run, source, sha256, ALIAS_FOLDER, aliases)


def contact_receipt(
    landed_file: str | None, rows: int, corrected_file: str | None, released: int
) -> EntityReceipt:
    """The receipt of the contact details of one file, which are landed by themselves."""
    counts = RowCounts(read=rows + released, loaded=rows + released)
    return EntityReceipt(
        entity=CONTACT_TABLE,
        rows=counts,
        landed_file=landed_file,
        released=released,
        corrected_file=corrected_file,
    )


def reasons_of(aside: pd.DataFrame) -> tuple[SetAside, ...]:
    """Why the rows of one file are set aside: a row with several reasons counts for each."""
    pairs = sorted(
        (reason, row)
        for reasons, row in zip(aside["reason"].tolist(), aside["source_row"].tolist(), strict=True)
        for reason in reasons.split("; ")
    )
    found = {
        reason: [row for _, row in rows] for reason, rows in groupby(pairs, lambda one: one[0])
    }
    return tuple(
        SetAside(reason=reason, rows=len(rows), examples=tuple(rows[:_EXAMPLES]))
        for reason, rows in found.items()
    )


def notes_on(entity: str, decisions: Iterable["Decision"]) -> tuple[DecisionNote, ...]:
    """The decisions of a file as its receipt tells them: counted, without the rows."""
    told = sorted((one.verdict, one.decided_by, one.decided_on, one.why) for one in decisions)
    return tuple(
        DecisionNote(
            entity=entity, verdict=verdict, rows=len(list(same)),
            decided_by=decided_by, decided_on=decided_on, why=why,
        )
        for (verdict, decided_by, decided_on, why), same in groupby(told)
    )  # fmt: skip
