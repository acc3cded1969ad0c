"""Bare Parquet on Spark: a table is a view over pieces, each written once under a name of its own.

A folder of Parquet files has no commits: whoever overwrites it shows readers holes. So a write
makes another piece, and then alters the view, which is one step. The view's text is the only
record of which pieces count.
"""

# ruff: noqa: S608  (names are checked identifiers, values are literals of the syntax tree)

import re
from collections.abc import Callable, Mapping, Sequence
from uuid import uuid4

from regulars.engines.spark_abilities import Run
from regulars.engines.spark_statements import ticked, unless

TextOf = Callable[[str], str]
MOST_CONDITIONS = 16
_PIECE = re.compile(r"(?P<table>[a-z_][a-z0-9_]*)__(?P<token>[0-9a-f]{16})")
_BETWEEN, _EXCEPT = "\nunion all\n", "\nand "


class VersionedTables:
    """One piece and one altered view per write; a write of some days costs those days.

    Each branch of the view is one piece without the rows that later pieces replaced. When the
    oldest has been cut so often that reading would suffer, the next write makes one piece of all.
    Pieces are dropped when neither the view nor its text before names them, for a query may still
    be reading by that one.
    """

    def __init__(self, run: Run, text_of: TextOf) -> None:
        self._run, self._text_of = run, text_of
        self._branches: dict[str, list[str]] = {}
        self._pieces: dict[str, set[str]] = {}

    def visible(self, relations: Mapping[str, str]) -> dict[str, str]:
        """Tables and views without the pieces; a view that has pieces is a table."""
        self._pieces, self._branches = {}, {}
        for name, kind in relations.items():
            if kind == "table" and (piece := _PIECE.fullmatch(name)):
                self._pieces.setdefault(piece["table"], set()).add(name)
        hidden = {name for names in self._pieces.values() for name in names}
        return {
            name: "table" if name in self._pieces else kind
            for name, kind in relations.items()
            if name not in hidden
        }

    def whole(self, table: str, select: str, was: str | None) -> None:
        """A piece, the altered view, and a drop for each piece of the state before the last."""
        before = self._branches_of(table) if was == "table" else []
        self._show(table, [self._written(table, select)], before, was)

    def part(
        self, table: str, select: str, columns: Sequence[str], key: str, condition: str
    ) -> None:
        """The same: what the condition names is left out of the pieces so far."""
        before = self._branches_of(table)
        kept = [f"{branch}{_EXCEPT}{unless(condition)}" for branch in before]
        if before[0].count(_EXCEPT) < MOST_CONDITIONS:
            after = [*kept, self._written(table, select)]
        else:
            after = [self._written(table, _BETWEEN.join([*kept, select]))]
        self._show(table, after, before, "table")

    def delete(self, table: str, condition: str) -> None:
        """The altered view alone."""
        before = self._branches_of(table)
        after = [f"{branch}{_EXCEPT}{unless(condition)}" for branch in before]
        if before[0].count(_EXCEPT) >= MOST_CONDITIONS:
            after = [self._written(table, _BETWEEN.join(after))]
        self._show(table, after, before, "table")

    def view(self, view: str, select: str, was: str | None) -> None:
        """One statement; the pieces of a table of this name go."""
        self._alter(view, select, was)
        self._drop_pieces(view, keep=set())

    def drop(self, table: str) -> None:
        """The view first, so that nobody reads half of it."""
        self._run(f"drop view {ticked(table)}", table)
        self._drop_pieces(table, keep=set())

    def _written(self, table: str, select: str) -> str:
        """The branch of a piece that holds the rows of a select."""
        piece = f"{table}__{uuid4().hex[:16]}"
        self._run(f"create table `{piece}` using parquet as {select}", table)
        self._pieces.setdefault(table, set()).add(piece)
        return f"select * from `{piece}` where true"

    def _show(self, table: str, after: list[str], before: list[str], was: str | None) -> None:
        self._alter(table, _BETWEEN.join(after), was)
        self._branches[table] = after
        self._drop_pieces(table, keep=set(_named([*before, *after])))

    def _alter(self, view: str, select: str, was: str | None) -> None:
        exchange = "alter" if was else "create"
        self._run(f"{exchange} view {ticked(view)} as {select}", view)

    def _branches_of(self, table: str) -> list[str]:
        if table not in self._branches:
            self._branches[table] = self._text_of(table).split(_BETWEEN)
        return self._branches[table]

    def _drop_pieces(self, table: str, keep: set[str]) -> None:
        for piece in sorted(self._pieces.get(table, set()) - keep):
            self._run(f"drop table `{piece}`", table)
            self._pieces[table].discard(piece)


def _named(branches: list[str]) -> list[str]:
    """The pieces that these branches read."""
    return [branch.split("`", 2)[1] for branch in branches]
