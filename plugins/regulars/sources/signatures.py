"""Signatures: a file is known by its columns, whatever its name says.

Every table of every layout has a signature: the headers it cannot do without, and those it knows.
A file whose columns are another table's is refused under that table's name; one that fits several
equally well is refused under all their names. Nothing is guessed.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from regulars.domain.errors import BadInput
from regulars.sources.files import FileRefused, Reason
from regulars.sources.headers import fold
from regulars.sources.layouts import (
    CANONICAL,
    LAYOUTS,
    EntityLayout,
    Layout,
    ReaderLayout,
    load_layout,
    required_columns,
)

_HALF = 2


@dataclass(frozen=True)
class Signature:
    """A table's headers, folded. Each of `required` is one column by all its names."""

    layout: str
    table: str
    title: str
    required: tuple[frozenset[str], ...]
    known: frozenset[str]

    def fits(self, headers: frozenset[str]) -> bool:
        """Whether a file of these headers has all that the table cannot do without."""
        return bool(self.required) and all(names & headers for names in self.required)

    def explains(self, headers: frozenset[str]) -> frozenset[str]:
        """Those of the headers that the table knows."""
        return headers & self.known


def signatures_of(layout: Layout) -> tuple[Signature, ...]:
    """The signatures of a layout's tables, in its order."""
    names = (*layout.entities, *layout.tables)
    return tuple(_signature(layout, name, layout.table(name)) for name in names)


def all_signatures(folder: Path = LAYOUTS) -> tuple[Signature, ...]:
    """The signatures of every layout of a folder, by layout name; one that is broken has none."""
    contents = tuple(sorted((path.stem, path.read_bytes()) for path in folder.glob("*.yaml")))
    return _read_all(folder, contents)


@lru_cache(maxsize=8)
def _read_all(folder: Path, contents: tuple[tuple[str, bytes], ...]) -> tuple[Signature, ...]:
    found: list[Signature] = []
    for name, _ in contents:
        # A layout that nobody uses must not stop the files of the others.
        with suppress(BadInput):
            found += signatures_of(load_layout(name, folder))
    return tuple(found)


def check_slot(file: str, layout: Layout, table: str, headers: Iterable[str]) -> None:
    """Refuse a file whose columns are those of another table than the one it is named as.

    Raises FileRefused with the name of what it is (`wrong_template`), or with all names where
    several fit equally well (`ambiguous_file`). Columns that nobody knows pass: what is missing
    is told by who reads them.
    """
    seen = fold_all(headers)
    own = _signature(layout, table, layout.table(table))
    rivals = [one for one in _others(own, layout) if _outdoes(one, own, seen)]
    if rivals:
        raise _refusal(file, own.title, own.layout, _best(rivals, seen))


def name_rows(file: str, layout: Layout, table: str, rows: Iterable[Sequence[str]]) -> None:
    """Refuse a file without the expected header under the name of what one of its rows is.

    Raises FileRefused as `check_slot` does; returns where no row is the header of anything.
    """
    own = _signature(layout, table, layout.table(table))
    for row in rows:
        seen = fold_all(row)
        if found := [one for one in _others(own, layout) if _outdoes(one, own, seen)]:
            raise _refusal(file, own.title, own.layout, _best(found, seen))


def fold_all(headers: Iterable[str]) -> frozenset[str]:
    """Headers without case, width and space; blank ones are none."""
    return frozenset(fold(header) for header in headers) - {""}


def _others(own: Signature, layout: Layout) -> list[Signature]:
    """All other tables: those of the file's own layout, and those of every layout there is."""
    known = all_signatures()
    if layout.name not in {one.layout for one in known}:
        known = (*known, *signatures_of(layout))
    return [one for one in known if (one.layout, one.table) != (own.layout, own.table)]


def _outdoes(rival: Signature, own: Signature, seen: frozenset[str]) -> bool:
    """Whether the file is the rival's rather than its own table's.

    A table that has all it needs keeps its file unless the rival explains all that it explains and
    more; a table of another layout must also explain twice as much, for layouts may be variants of
    each other. A table that lacks a column loses to whoever explains more, and at least half.
    """
    if not rival.fits(seen):
        return False
    mine, theirs = own.explains(seen), rival.explains(seen)
    if not own.fits(seen):
        return len(theirs) > len(mine) and len(theirs) * _HALF >= len(seen)
    is_near = rival.layout == own.layout
    return mine < theirs and (is_near or len(theirs) >= len(mine) * _HALF)


def _best(rivals: Sequence[Signature], seen: frozenset[str]) -> list[Signature]:
    """Those that explain most of what the file has."""
    most = max(len(one.explains(seen)) for one in rivals)
    return [one for one in rivals if len(one.explains(seen)) == most]


def _refusal(file: str, named: str, layout: str, found: Sequence[Signature]) -> FileRefused:
    titles = sorted({one.title for one in found})
    if len(titles) > 1:
        return FileRefused(
            file, Reason.AMBIGUOUS_FILE,
            f"it is taken for {named}, but its columns fit {' and '.join(titles)} equally well",
            "drop the right file; if this is one of them, give it the columns only that one has",
        )  # fmt: skip
    (other,) = {one.layout for one in found}
    move = (
        f"name it {found[0].table}" if other == layout
        else f"drop it in the folder of a source whose layout is {other}"
    )  # fmt: skip
    return FileRefused(
        file, Reason.WRONG_TEMPLATE,
        f"it is named {named}, but its columns are those of {titles[0]}",
        f"{move}, or drop the right file",
    )  # fmt: skip


def _signature(layout: Layout, table: str, rules: EntityLayout | ReaderLayout) -> Signature:
    columns = {name: fold_all(headers) for name, headers in rules.columns.items()}
    marks = [fold_all([name]) for name in rules.header]
    needed = rules.required if isinstance(rules, ReaderLayout) else required_columns(table, rules)
    ignored = fold_all(rules.ignored if isinstance(rules, ReaderLayout) else ())
    return Signature(
        layout.name,
        table,
        _title(layout, table),
        required=(*(columns[name] for name in needed), *marks),
        known=ignored.union(*columns.values(), *marks),
    )


def _title(layout: Layout, table: str) -> str:
    """What people call the table: `orders`, or `sales of the layout x (…)` for a named layout."""
    if layout.name == CANONICAL:
        return table
    words = layout.describe.split("‖")[0].strip().rstrip(".")
    return f"{table} of the layout {layout.name} ({words})"
