"""Corrected rows: checked again by the same suite, and against the other rows of their file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from regulars.domain.records import RECORDS, fields_of

if TYPE_CHECKING:
    from regulars.checks.context import CheckContext
    from regulars.checks.decisions import Decision

_ROW = "source_row"
_CONFLICT = "conflicting_key"


@dataclass(frozen=True)
class Corrected:
    """What became of the released rows of an entity of one file.

    rows and contacts may be loaded, aliases are their hashes under two keys; `failing` are those
    that are still refused, with the reasons of today (each a decision that no longer holds).
    """

    rows: pa.Table
    contacts: pa.Table | None
    aliases: pa.Table | None
    failing: tuple[tuple["Decision", str], ...]


def correct(
    entity: str,
    sha256: str,
    decisions: Sequence["Decision"],
    loaded: pa.Table,
    context: "CheckContext",
) -> Corrected:
    """Check the released rows among the decisions; `loaded` are the file's rows without them.

    A corrected row that repeats the key and revision of another row of its file is refused: which
    of the two is right is for the person who corrects to say.
    """
    from regulars.checks.decisions import corrected_rows
    from regulars.checks.verdict import check

    released = [one for one in decisions if one.verdict == "released"]
    rows = corrected_rows(entity, sha256, released)
    # Rows made of one row of a file share its number: their places tell them apart.
    at = rows.column_names.index(_ROW)
    places = pa.array(range(rows.num_rows), pa.int64())
    verdict = check(entity, rows.set_column(at, _ROW, places), context)
    faults = dict(
        zip(verdict.quarantined[_ROW].tolist(), verdict.quarantined["reason"].tolist(), strict=True)
    )
    kept = verdict.rows[_ROW].to_pylist()
    clashing = {kept[at] for at in _clashes(entity, verdict.rows, loaded)}
    repeated = set(range(rows.num_rows)) - set(kept) - set(faults)
    faults |= dict.fromkeys(sorted(clashing | repeated), _CONFLICT)
    return Corrected(
        rows=_numbered(verdict.rows, faults, released),
        contacts=verdict.contacts and _numbered(verdict.contacts, faults, released),
        aliases=verdict.aliases,
        failing=tuple((released[place], faults[place]) for place in sorted(faults)),
    )


def _numbered(rows: pa.Table, faults: dict[int, str], released: Sequence["Decision"]) -> pa.Table:
    """The rows that may be loaded, under the numbers they have in their file."""
    places = rows[_ROW].to_pylist()
    kept = rows.filter(pa.array([place not in faults for place in places], pa.bool_()))
    numbers = [released[place].source_row for place in kept[_ROW].to_pylist()]
    at = kept.column_names.index(_ROW)
    numbered = kept.set_column(at, kept.schema.field(at), pa.array(numbers, pa.int64()))
    return numbered.sort_by([(_ROW, "ascending")])


def _clashes(entity: str, rows: pa.Table, loaded: pa.Table) -> list[int]:
    """Places of rows whose key and revision another row of the file has."""
    names = [field.stored_name for field in fields_of(entity) if field.name in RECORDS[entity].key]
    names += ["revision"] if "revision" in rows.column_names else []
    known = set(_keys(loaded, names))
    return [place for place, key in enumerate(_keys(rows, names)) if key in known]


def _keys(rows: pa.Table, names: Sequence[str]) -> list[tuple[object, ...]]:
    frame: pd.DataFrame = rows.select(names).to_pandas()
    if "revision" in frame:
        frame["revision"] = frame["revision"].fillna(0).astype("int64")
    return [tuple(key) for key in frame.itertuples(index=False)]
