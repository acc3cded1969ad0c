"""Correction files: refused rows as a table that a person corrects and gives back.

One row per refused row: the template's columns as the file had them, then what says which row it
is, and two cells to fill in: who corrected it, and why. Personal: for its owner's eyes alone.
"""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from regulars.checks.decisions import mark_of
from regulars.checks.quarantine import put_private
from regulars.domain.errors import BadInput
from regulars.domain.records import RECORDS, fields_of

_PLACE = ("source_system", "entity", "source_file_sha256", "source_row", "row_mark")
_FILLED_IN = ("who", "why")
_TOLD = ("refused_because", "as_written")
# A cell that begins so would be a formula to a spreadsheet; a quote before it keeps it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class RefusedRow:
    """A row in quarantine: which one it is, why, and how it was written (personal)."""

    source: str
    entity: str
    sha256: str
    source_row: int
    reason: str
    raw_json: str


@dataclass(frozen=True)
class Correction:
    """A row as a person gives it back, by template column."""

    source: str
    entity: str
    sha256: str
    source_row: int
    mark: str
    cells: dict[str, str]
    who: str
    why: str


def write_corrections(path: Path, entity: str, rows: Iterable[RefusedRow]) -> Path:
    """Write refused rows of one entity for correction, for their owner alone (0600)."""
    names = [field.name for field in fields_of(entity)]
    stream = io.StringIO()
    writer = csv.DictWriter(
        stream, [*names, *_FILLED_IN, *_TOLD, *_PLACE], restval="", lineterminator="\n"
    )
    writer.writeheader()
    for row in rows:
        cells = cells_of(entity, row.raw_json)
        written = {name: _guard(cells.get(name, "")) for name in names}
        written |= {
            "refused_because": row.reason, "as_written": "" if cells else _guard(row.raw_json),
            "source_system": row.source, "entity": row.entity, "source_file_sha256": row.sha256,
            "source_row": str(row.source_row), "row_mark": mark_of(row.raw_json),
        }  # fmt: skip
        writer.writerow(written)
    return put_private(path, stream.getvalue().encode())


def read_corrections(path: Path) -> list[Correction]:
    """The corrected rows. Raises BadInput naming the line where the file is not such a file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, "it cannot be read as UTF-8 text") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise _wrong(path, f"line {reader.line_num} cannot be cut into cells") from error
    if missing := {*_PLACE, *_FILLED_IN} - set(reader.fieldnames or ()):
        raise _wrong(path, f"it has no column {', '.join(sorted(missing))}")
    return [_read_row(path, number, row) for number, row in enumerate(rows, start=2)]


def cells_of(entity: str, raw_json: str) -> dict[str, str]:
    """The cells of a refused row by template column; none where it was not cut into them."""
    try:
        found = json.loads(raw_json)
    except ValueError:
        return {}
    names = {field.name for field in fields_of(entity)}
    if not isinstance(found, dict) or not set(found) <= names:
        return {}
    return {str(name): str(text) for name, text in found.items()}


def _read_row(path: Path, number: int, row: dict[str, str]) -> Correction:
    entity = row["entity"]
    if entity not in RECORDS or not row["source_row"].isdecimal():
        raise _wrong(path, f"line {number} does not say which row it is")
    if blank := [name for name in _FILLED_IN if not (row[name] or "").strip()]:
        raise _wrong(path, f"line {number} does not say {' and '.join(blank)}")
    names = [field.name for field in fields_of(entity)]
    return Correction(
        source=row["source_system"],
        entity=entity,
        sha256=row["source_file_sha256"],
        source_row=int(row["source_row"]),
        mark=row["row_mark"],
        cells={name: _unguard(row.get(name) or "") for name in names},
        who=row["who"].strip(),
        why=row["why"].strip(),
    )


def _guard(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _unguard(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def _wrong(path: Path, problem: str) -> BadInput:
    return BadInput(
        problem, where=path.name,
        next_move="correct the file that `quarantine fix` wrote, and keep its last columns",
    )  # fmt: skip
