"""Parts of a landing that a first reading and a later release have in common."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from regulars.sources.check_notes import SetAside
from regulars.sources.landing import DecisionNote, EntityReceipt, RowCounts, land
from regulars.steps.raw_tables import CONTACT_TABLE
from regulars.steps.runtime import Run

if TYPE_CHECKING:
    from regulars.checks.decisions import Decision

_EXAMPLES = 5


def land_rows(run: Run, source: str, sha256: str, entity: str, rows: pa.Table) -> str:
    """Land an entity's rows of one file; the path within the landing folder."""
    folder = run.settings.landing_folder
    path = land(rows, entity, source, sha256, folder)
    if entity == CONTACT_TABLE:
        path.chmod(0o600)
    return path.relative_to(folder).as_posix()


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
