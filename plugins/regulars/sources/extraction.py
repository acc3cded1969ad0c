"""Extraction: what a query gives for a span of its cursor, as a Parquet file of exact text.

An extract is read in chunks of rows, in the order of cursor and key, each chunk over a connection
of its own. A chunk is kept on disk as soon as it is whole: after a cut, and in a later run as well,
reading goes on behind the last one. The extract gets its name when it is complete.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import Select

from regulars.domain.errors import BadInput
from regulars.patience import Patience, keep_trying
from regulars.policy import SourcePolicy
from regulars.sources.cell_texts import cell_text
from regulars.sources.chunk_queries import ChunkQuery
from regulars.sources.databases import ConnectionLost, Database
from regulars.sources.extract_parts import Parts
from regulars.sources.layouts import Layout
from regulars.sources.queries import QueryLayout
from regulars.sources.spans import Extract, plan_numbers, plan_times, point_of, read_spans

CHUNK_ROWS = 20_000
REVISION = "revision"
Window = tuple[date, date]


@dataclass(frozen=True)
class Extraction:
    """How the queries of a source are read into a private folder; `tell` is told of progress."""

    source: SourcePolicy
    database: Database
    folder: Path
    tell: Callable[[str], None]
    patience: Patience = field(default_factory=Patience)
    chunk_rows: int = CHUNK_ROWS

    def extract_all(self, layout: Layout, window: Window) -> list[Extract]:
        """Bring every table up to the end of the window; returns the extracts that were missing.

        Raises ConnectionError where the database does not answer in the end, BadInput where it
        refuses a query. What was whole by then stays.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        made = []
        for table, query in layout.queries.items():
            for extract in self._plan(table, query, window):
                self._extract(extract, query, window)
                made.append(extract)
        return made

    def _plan(self, table: str, query: QueryLayout, window: Window) -> list[Extract]:
        """The extracts of a table that are not there yet."""
        covered = read_spans(self.folder, table)
        if query.cursor is None:
            snapshot = Extract(table, window[1], window[1])
            return [] if (self.folder / snapshot.name).exists() else [snapshot]
        if query.cursor_kind == "number":
            asked = ChunkQuery(table, query, window, self.database.dialect).highest()
            ((highest,),) = self._read(asked)[1]
            return plan_numbers(table, window, highest, covered)
        now = keep_trying(self.patience, ConnectionLost)(self.database.read_clock)
        return plan_times(table, query, self.source, window, now, covered)

    def _extract(self, extract: Extract, query: QueryLayout, window: Window) -> None:
        """Read an extract to its end, from where it was left, and give it its name."""
        asked = ChunkQuery(extract.table, query, window, self.database.dialect, extract.span)
        parts = Parts(self.folder / f".{extract.name}.parts")
        while True:
            names, rows = self._read(asked.next_rows(parts.last_row(), self.chunk_rows))
            if rows or not parts.count:
                parts.keep(to_text(extract.table, query, names, rows))
            if len(rows) < self.chunk_rows:
                break
            self.tell(f"{self.source.name}: {extract.table}: {parts.count} chunks read")
        count = parts.join(self.folder / extract.name)
        self.tell(f"{self.source.name}: {extract.name}: {count} rows")

    def _read(self, asked: Select[Any]) -> tuple[list[str], list[Sequence[Any]]]:
        """Names and rows that the database answers with, tried again where it was cut off."""

        def read() -> tuple[list[str], list[Sequence[Any]]]:
            with self.database.reading() as connection:
                result = connection.execute(asked)
                return list(result.keys()), [tuple(row) for row in result]

        return keep_trying(self.patience, ConnectionLost)(read)


def to_text(
    table: str, query: QueryLayout, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> pa.Table:
    """Rows as text, with the revision that their cursor stands for. Raises BadInput."""
    texts = {name: _texts(table, name, [row[at] for row in rows]) for at, name in enumerate(names)}
    if query.cursor:
        texts[REVISION] = [_revision(one, query.cursor_kind) for one in texts[query.cursor]]
    return pa.table({name: pa.array(column, pa.string()) for name, column in texts.items()})


def _texts(table: str, name: str, values: list[Any]) -> list[str | None]:
    try:
        return [cell_text(value) for value in values]
    except TypeError as error:
        raise BadInput(
            f"the column {name} of the query {table} has no text form ({error})",
            next_move="leave it out of the query, or cast it to text",
        ) from None


def _revision(cursor: str | None, kind: str) -> str:
    """A row written later has a greater revision, so that a corrected one wins."""
    if cursor is None or kind == "number":
        return cursor or ""
    return str(point_of(datetime.fromisoformat(cursor).replace(tzinfo=None)))
