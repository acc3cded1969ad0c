"""A warehouse: what steps may ask of every engine, and what all engines do alike.

How a write becomes visible is the engines' own: in a transaction where there are some, by
formats and views where there are none. On every engine a reader sees a table before or after
a write, never between, and a write that fails leaves it as it was.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, Self

import pyarrow as pa
import pyarrow.parquet as pq

from regulars.domain.errors import BadInput
from regulars.engines.errors import SchemaChanged
from regulars.engines.names import checked, quoted
from regulars.engines.parquet_export import write_parquet
from regulars.engines.parts import Days, Part, Slices, Source
from regulars.engines.published import PublishedTable, Window
from regulars.engines.rendering import binds_of, render
from regulars.engines.session import Session
from regulars.engines.statements import current_settings, no_rows_of, sorted_rows
from regulars.engines.storable import column_changes, to_storable

_LOAD_AGAIN = "load the whole table again"
_REBUILD = "rebuild with full history: python -m regulars rebuild"


class Warehouse(Session):
    """An open warehouse; a context manager. Tables are named without a schema.

    Methods raise BadInput for what a person wrote wrongly, SchemaChanged when a table has
    other columns than its new rows, and StatementFailed with the engine's own words.
    """

    limit_settings: ClassVar[tuple[str, ...]] = ()
    """The settings in which the engine states its limits."""

    @classmethod
    @abstractmethod
    def open(cls, uri: str) -> Self:
        """Open by URI. Raises WarehouseBusy or WarehouseUnreachable."""

    def render(self, sql: str, **params: object) -> str:
        """The select as this engine reads it, with its named binds filled in."""
        return render(sql, self.dialect, params)

    def limits(self) -> dict[str, str]:
        """The engine's limits of memory and temporary files in force, by setting."""
        if not self.limit_settings:
            return {}
        return self._rows(current_settings(self.limit_settings), where="limits")[0]

    def query(self, sql: str, **params: object) -> pa.Table:
        """The rows of a select. Its binds are the keyword arguments."""
        return pa.Table.from_batches(*self._read(self.render(sql, **params), where="query"))

    def tables(self) -> tuple[str, ...]:
        """The names of all tables and views, in order."""
        return tuple(sorted(self._kinds()))

    def has_table(self, table: str) -> bool:
        """Whether there is a table or view of this name; from memory where it is known."""
        return checked(table) in self._known or table in self._kinds()

    def drop(self, table: str) -> None:
        """Remove a table or view if it is there, and the views upon it."""
        if kind := self._kinds().get(checked(table)):
            self._drop(table, kind)
            self._remembered = None

    def load(self, table: str, rows: pa.Table) -> None:
        """Replace the whole table by these rows; with no rows it is an empty table."""
        self._write_whole(checked(table), to_storable(table, rows))

    def load_slices(self, table: str, rows: pa.Table, key: str) -> None:
        """Replace every slice whose key value occurs in the rows; other slices stay.

        Creates the table when it is absent. Raises BadInput when a row has no key.
        """
        if key not in rows.column_names or rows.column(key).null_count:
            raise BadInput(f"every row needs a {key}: it names the slice", where=table)
        stored = to_storable(table, rows)
        self._write_part(checked(table), stored, Slices(key), _LOAD_AGAIN)

    def load_files(
        self, table: str, schema: pa.Schema, files: Mapping[str, Sequence[Path]], key: str
    ) -> None:
        """Replace each of these slices by the rows of its Parquet files; without rows it is gone.

        The table is there, with the columns of `schema`; one that a file does not have is blank.
        """
        slices = {
            value: pa.concat_tables(
                [schema.empty_table(), *(pq.read_table(path) for path in paths)],
                promote_options="default",
            )
            for value, paths in files.items()
        }
        emptied = tuple(value for value, rows in slices.items() if not rows.num_rows)
        if len(emptied) == len(slices):
            self.delete_slices(table, key, emptied)
        else:
            stored = to_storable(table, pa.concat_tables(slices.values()))
            self._write_part(checked(table), stored, Slices(key, emptied), _LOAD_AGAIN)

    def delete_slices(self, table: str, key: str, values: Sequence[str]) -> None:
        """Remove every slice whose key is among the values, which need not be there."""
        if values:
            self._delete(checked(table), checked(key), values)

    def build(self, table: str, sql: str, **params: object) -> None:
        """Replace the whole table by the rows of a select."""
        self._write_whole(checked(table), self.render(sql, **params))

    def replace_days(
        self,
        table: str,
        sql: str,
        first: date,
        last: date,
        column: str = "business_date",
        **params: object,
    ) -> None:
        """Replace the days from first to last (both included) by the rows of a select.

        The select may use the binds `:first_date` and `:last_date`; a row outside the window
        is an error, or the same run twice would count it twice. Creates an absent table.
        """
        window = {"first_date": first, "last_date": last}
        used = {name: day for name, day in window.items() if name in binds_of(sql)}
        select = self.render(sql, **params, **used)
        self._write_part(checked(table), select, Days(column, first, last), _REBUILD)

    def create_view(self, view: str, sql: str) -> None:
        """Create a view, or replace the view or table of this name; views upon it stay."""
        self._write_view(checked(view), self.render(sql))
        self._known[view] = "view"

    @abstractmethod
    def publish(
        self, tables: Sequence[PublishedTable], changed: Mapping[str, Sequence[Window]]
    ) -> None:
        """Give readers these tables, in the schema `mart`: as tables, or as described views.

        Engines that keep the published rows themselves publish the set in one transaction. They
        touch the `changed` windows of the tables that are kept by that day column, and whatever
        differs in the others; a table that is published for the first time is written whole.
        """

    def export_parquet(self, table: str, path: Path, order_by: Sequence[str]) -> None:
        """Write a table as Parquet, sorted; the same rows give the same bytes on any engine.

        The columns that are not named in `order_by` break its ties.
        """
        columns = list(self._types_of(table))
        self._refuse_unknown(table, order_by, columns)
        order = [*order_by, *(name for name in columns if name not in order_by)]
        batches, schema = self._read(self.render(sorted_rows(table, columns, order)), where=table)
        parts = (pa.Table.from_batches([batch], schema) for batch in batches)
        write_parquet(path, schema, parts)

    @abstractmethod
    def _write_whole(self, table: str, source: Source) -> None:
        """Let the source be the whole table, whatever had its name before."""

    @abstractmethod
    def _write_part(self, table: str, source: Source, part: Part, next_move: str) -> None:
        """Let the source take the place of a part of the table; creates an absent table.

        Raises SchemaChanged, with the next move, when the source has other columns.
        """

    @abstractmethod
    def _delete(self, table: str, key: str, values: Sequence[str]) -> None:
        """Remove the rows whose key is among the values."""

    @abstractmethod
    def _write_view(self, view: str, select: str) -> None:
        """Let the view be this select, whatever had its name before."""

    @abstractmethod
    def _drop(self, table: str, kind: str) -> None:
        """Remove a table or view that is there."""

    def _at_home(self, tables: Sequence[PublishedTable]) -> list[tuple[PublishedTable, str]]:
        """Published tables, each with its select as it reads the warehouse's own tables."""
        home = quoted(self._schema())
        return [(one, self.render(one.select.replace(":home", home))) for one in tables]

    def _schema(self) -> str:
        return str(self._rows("select current_schema() as name", where="schema")[0]["name"])

    def _types_of(self, table: str) -> dict[str, pa.DataType]:
        return self._types(self.render(no_rows_of(table)), where=table)

    def _refuse_other_columns(
        self,
        table: str,
        old: Mapping[str, pa.DataType],
        fresh: Mapping[str, pa.DataType],
        next_move: str,
    ) -> None:
        if changes := column_changes(old, fresh):
            raise SchemaChanged("; ".join(changes), where=table, next_move=next_move)

    def _refuse_unknown(self, table: str, named: Sequence[str], known: Sequence[str]) -> None:
        if unknown := [name for name in named if name not in known]:
            next_move = f"use one of: {', '.join(known)}"
            raise BadInput(f"there is no column {unknown[0]}", where=table, next_move=next_move)


def rows_outside(table: str, outside: int, inside: str) -> BadInput:
    """What is said when a select has rows of other days than it was asked for."""
    return BadInput(
        f"{outside} rows are not within {inside}",
        where=table,
        next_move="restrict the last step of the select to :first_date and :last_date",
    )
