"""What is asked of the database for one chunk: a layout's query, bounded and in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, Subquery, and_, bindparam, column, literal_column, or_, select, text

from regulars.sources.queries import QueryLayout, check_query
from regulars.sources.spans import BEGINNING, Span, moment_of

After = Mapping[str, str] | None


@dataclass(frozen=True)
class ChunkQuery:
    """A query of a layout for a window and, where it has a cursor, for a span of it."""

    table: str
    query: QueryLayout
    window: tuple[date, date]
    dialect: str
    span: Span | None = None

    def next_rows(self, after: After, limit: int) -> Select[Any]:
        """The rows behind one, in the order of cursor and key. Raises BadInput for a bad query."""
        rows = self._rows()
        key = rows.c[self.query.key]
        wanted: Select[Any] = select(literal_column("*")).select_from(rows).limit(limit)
        if self.query.cursor is None or self.span is None:
            wanted = wanted.order_by(key)
            return wanted.where(key > self._key(after)) if after else wanted
        cursor = rows.c[self.query.cursor]
        wanted = wanted.where(cursor >= self._lowest(self.span), cursor < self._at(self.span.stop))
        wanted = wanted.order_by(cursor, key)
        if not after:
            return wanted
        seen = self._seen(after[self.query.cursor])
        return wanted.where(or_(cursor > seen, and_(cursor == seen, key > self._key(after))))

    def highest(self) -> Select[Any]:
        """The highest value of the cursor."""
        highest: Select[Any] = select(literal_column(f"max({self.query.cursor})"))
        return highest.select_from(self._rows())

    def _rows(self) -> Subquery:
        names = [self.query.key, *([self.query.cursor] if self.query.cursor else [])]
        first, last = self.window
        values: dict[str, Any] = {"first_date": first, "last_date": last, "cursor": None}
        if self.query.cursor:
            values["cursor"] = self._lowest(self.span or Span(0, 0))
        binds: list[Any] = [bindparam(name, values[name]) for name in sorted(self.query.binds)]
        statement = text(check_query(self.table, self.query, self.dialect)).bindparams(*binds)
        return statement.columns(*(column(name) for name in names)).subquery("extract")

    def _lowest(self, span: Span) -> Any:
        """From where on an extract reads: a little before its span, for late writers."""
        if self.query.cursor_kind == "number" or span.start == BEGINNING:
            return self._at(span.start)
        return self._at(span.start - self.query.overlap_minutes * 60_000_000)

    def _at(self, point: int) -> Any:
        """A point as the database compares it; SQLite keeps times as text."""
        if self.query.cursor_kind == "number":
            return point
        moment = moment_of(point)
        return moment.isoformat(sep=" ") if self.dialect == "sqlite" else moment

    def _seen(self, cursor: str) -> Any:
        if self.query.cursor_kind == "number":
            return int(cursor)
        return cursor if self.dialect == "sqlite" else datetime.fromisoformat(cursor)

    def _key(self, row: Mapping[str, str]) -> Any:
        return int(row[self.query.key]) if self.query.key_kind == "number" else row[self.query.key]
