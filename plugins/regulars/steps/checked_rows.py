"""What a check let through, cut into the files it came from, and the counts of each file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regulars.sources.files import FileContents
from regulars.sources.landing import RowCounts

if TYPE_CHECKING:
    from regulars.checks.verdict import FileCounts, Verdict

FILE = "source_file_sha256"
_ROW = "source_row"
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Checked:
    """The outcome of a check by file: counts, loadable rows, contacts, and rows set aside."""

    accounting: Mapping[str, "FileCounts"]
    rows: Mapping[str, pa.Table]
    contacts: Mapping[str, pa.Table]
    aside: Mapping[str, pd.Series]
    nothing: pa.Table


def cut_by_file(verdict: "Verdict") -> Checked:
    """A verdict on the rows of many files, file by file."""
    contacts = {} if verdict.contacts is None else _by_file(verdict.contacts)
    aside = {str(file): rows for file, rows in verdict.quarantined.groupby(FILE)[_ROW]}
    nothing = verdict.rows.schema.empty_table()
    return Checked(verdict.accounting, _by_file(verdict.rows), contacts, aside, nothing)


def count_records(contents: FileContents, found: Checked, is_first: bool) -> RowCounts:
    """Records of an entity; what was kept out before the check counts with the file's first one."""
    counts = found.accounting.get(contents.dropped.sha256)
    rejected = len(contents.rejected) if is_first else 0
    summary = contents.summary_rows if is_first else 0
    out_of_scope = contents.out_of_scope_rows if is_first else 0
    checked = (counts.read, counts.loaded, counts.quarantined, counts.duplicate) if counts else ()
    read_rows, loaded, quarantined, duplicate = checked or (0, 0, 0, 0)
    return RowCounts(
        read=read_rows + rejected + summary + out_of_scope,
        loaded=loaded,
        quarantined=quarantined + rejected,
        duplicate=duplicate,
        summary=summary,
        out_of_scope=out_of_scope,
    )


def count_file_rows(contents: FileContents, found: Sequence[Checked]) -> RowCounts:
    """The file's own rows, each once, by what came of the records made of it.

    `found` are the checks of its batches. A row is quarantined if any record of it was, else
    loaded if any was; what is left repeats another row. A row that joined another row's record
    shares its fate. Raises ValueError where a row got lost on the way.
    """
    if len(found) == 1 and not contents.joined:
        return count_records(contents, found[0], is_first=True)
    sha256 = contents.dropped.sha256
    made = [batch.frame[_ROW].to_numpy(dtype=np.int64) for batch in contents.batches]
    aside = [one.aside[sha256].to_numpy(dtype=np.int64) for one in found if sha256 in one.aside]
    loaded = [one.rows.get(sha256, one.nothing)[_ROW].to_numpy() for one in found]
    quarantined = _with_joined(contents, aside)
    taken = np.setdiff1d(_with_joined(contents, loaded), quarantined)
    gone = np.union1d(quarantined, taken)
    return RowCounts(
        read=contents.rows_read,
        loaded=len(taken),
        quarantined=len(quarantined) + len(contents.rejected),
        duplicate=len(np.setdiff1d(_with_joined(contents, made), gone)),
        summary=contents.summary_rows,
        out_of_scope=contents.out_of_scope_rows,
    )


def _with_joined(contents: FileContents, parts: Sequence[Rows]) -> Rows:
    """All of these rows, and those that joined a record of theirs; each once."""
    rows = np.unique(np.concatenate([np.array([], dtype=np.int64), *parts]))
    if not contents.joined:
        return rows
    known = set(rows.tolist())
    behind = [row for row, first in contents.joined.items() if first in known]
    return np.union1d(rows, np.array(behind, dtype=np.int64))


def _by_file(rows: pa.Table) -> dict[str, pa.Table]:
    """The rows of each file; they are sorted by file, so that every file is one slice."""
    tables, offset = {}, 0
    for run in pc.value_counts(rows[FILE].combine_chunks()).to_pylist():
        tables[run["values"]] = rows.slice(offset, run["counts"])
        offset += run["counts"]
    return tables
