"""A warehouse: what every engine does the same way. The engines add only their differences.

Rows are prepared in a table of their own and then published in one transaction: a reader sees
a table before or after a write, never between, and a write that fails leaves it as it was.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Self

import pyarrow as pa

from regulars.domain.errors import BadInput
from regulars.engines.errors import SchemaChanged, StatementFailed
from regulars.engines.literals import text_literal
from regulars.engines.names import checked, next_of, quoted
from regulars.engines.parquet_export import write_parquet
from regulars.engines.published import PublishedTable, Window
from regulars.engines.rendering import binds_of, render
from regulars.engines.session import Session
from regulars.engines.statements import (
    among,
    copy_of,
    count_unless,
    deletion,
    insertion,
    sorted_rows,
    within_days,
    within_slices,
)
from regulars.engines.storable import column_changes, to_storable

MART = "mart"


class Warehouse(Session):
    """An open warehouse; a context manager. Tables are named without a schema.

    Methods raise BadInput for what a person wrote wrongly, SchemaChanged when a table has
    other columns than its new rows, and StatementFailed with the engine's own words.
    """

    @classmethod
    @abstractmethod
    def open(cls, uri: str) -> Self:
        """Open by URI. Raises WarehouseBusy or WarehouseUnreachable."""

    def render(self, sql: str, **params: object) -> str:
        """The select as this engine reads it, with its named binds filled in."""
        return render(sql, self.dialect, params)

    def query(self, sql: str, **params: object) -> pa.Table:
        """The rows of a select. Its binds are the keyword arguments."""
        return pa.Table.from_batches(*self._read(self.render(sql, **params), where="query"))

    def tables(self) -> tuple[str, ...]:
        """The names of all tables and views, in order."""
        return tuple(sorted(self._kinds()))

    def has_table(self, table: str) -> bool:
        """Whether there is a table or view of this name."""
        return checked(table) in self._kinds()

    def drop(self, table: str) -> None:
        """Remove a table or view if it is there, and the views upon it."""
        if kind := self._kinds().get(checked(table)):
            self._run(f"drop {kind} {quoted(table)} cascade", where=table)
            self._remembered = None

    def load(self, table: str, rows: pa.Table) -> None:
        """Replace the whole table by these rows; with no rows it is an empty table."""
        stored = to_storable(table, rows)
        with self._prepared(table) as stage:
            self._ingest(stage, stored)
            self._publish(table)
        self._settle(table)

    def load_slices(self, table: str, rows: pa.Table, key: str) -> None:
        """Replace every slice whose key value occurs in the rows; other slices stay.

        Creates the table when it is absent. Raises BadInput when a row has no key.
        """
        if key not in rows.column_names or rows.column(key).null_count:
            raise BadInput(f"every row needs a {key}: it names the slice", where=table)
        stored = to_storable(table, rows)
        with self._prepared(table) as stage:
            self._ingest(stage, stored, temporary=True)
            self._merge(table, within_slices(key, stage), "load the whole table again")
        self._settle(table)

    def delete_slices(self, table: str, key: str, values: Sequence[str]) -> None:
        """Remove every slice whose key is among the values, which need not be there."""
        if values:
            self._run(deletion(table, among(key, values, self.dialect)), where=table)

    def build(self, table: str, sql: str, **params: object) -> None:
        """Replace the whole table by the rows of a select."""
        select = self.render(sql, **params)
        with self._prepared(table) as stage:
            self._run(f"create table {quoted(stage)} as {select}", where=table)
            self._publish(table)
        self._settle(table)

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
        inside = within_days(column, first, last, self.dialect)
        with self._prepared(table) as stage:
            self._run(f"create temp table {quoted(stage)} as {select}", where=table)
            self._refuse_rows_outside(table, inside)
            self._merge(table, inside, "rebuild with full history: python -m regulars rebuild")
        self._settle(table, day_column=column)

    def create_view(self, view: str, sql: str) -> None:
        """Create a view, or replace the view or table of this name; views upon it stay."""
        select = self.render(sql)
        if self._known.get(checked(view)) != "table":
            self._replace_view(quoted(view), select)
        else:
            with self._transaction(), self._dependents_kept(quoted(view)):
                self._drop_relation(view)
                self._run(f"create view {quoted(view)} as {select}", where=view)
        self._known[view] = "view"

    def publish(
        self, tables: Sequence[PublishedTable], changed: Mapping[str, Sequence[Window]]
    ) -> None:
        """Give readers these tables, in the schema `mart`: here as described views.

        Engines that keep the published rows themselves publish the set in one transaction. They
        touch the `changed` windows of the tables that are kept by that day column, and whatever
        differs in the others; a table that is published for the first time is written whole.
        """
        self._run(f"create schema if not exists {MART}", where=MART)
        for table in tables:
            self._describe_view(table)

    def _describe_view(self, table: PublishedTable) -> None:
        name = f"{MART}.{quoted(table.name)}"
        self._replace_view(name, self.render(self._at_home(table)))
        targets = {f"view {name}": table.description}
        targets |= {f"column {name}.{quoted(one)}": text for one, text in table.columns.items()}
        with self._transaction():
            for target, meaning in targets.items():
                text = text_literal(meaning, self.dialect)
                self._run(f"comment on {target} is {text}", where=table.name)

    def _at_home(self, table: PublishedTable) -> str:
        """The select of a published table, reading the warehouse's own tables."""
        return table.select.replace(":home", quoted(self._schema()))

    def export_parquet(self, table: str, path: Path, order_by: Sequence[str]) -> None:
        """Write a table as Parquet, sorted; the same rows give the same bytes on any engine.

        The columns that are not named in `order_by` break its ties.
        """
        columns = list(self._types_of(table))
        self._refuse_unknown(table, order_by, columns)
        order = [*order_by, *(name for name in columns if name not in order_by)]
        batches, schema = self._read(sorted_rows(table, columns, order), where=table)
        parts = (pa.Table.from_batches([batch], schema) for batch in batches)
        write_parquet(path, schema, parts)

    @abstractmethod
    def _replace_view(self, name: str, select: str) -> None:
        """Create or replace a view by its quoted name, in one transaction."""

    @abstractmethod
    def _dependents_kept(self, name: str) -> AbstractContextManager[None]:
        """Let a relation be dropped and created again without losing the views upon it."""

    @abstractmethod
    def _settle(self, table: str, day_column: str | None = None) -> None:
        """After a write: whatever the engine needs to read the table fast."""

    @abstractmethod
    def _publish(self, table: str) -> None:
        """Let the prepared rows become the whole table, in one transaction."""

    def _schema(self) -> str:
        return str(self._rows("select current_schema() as name", where="schema")[0]["name"])

    @contextmanager
    def _prepared(self, table: str) -> Iterator[str]:
        """The name for the next state of a table, free before the block and after it."""
        stage = next_of(table)
        self._run(f"drop table if exists {quoted(stage)}", where=table)
        try:
            yield stage
        finally:
            with suppress(StatementFailed):
                self._run(f"drop table if exists {quoted(stage)}", where=table)

    def _swap(self, table: str) -> None:
        """The prepared table takes the place of the old one."""
        with self._transaction(), self._dependents_kept(quoted(table)):
            self._drop_relation(table)
            stage = quoted(next_of(table))
            self._run(f"alter table {stage} rename to {quoted(table)}", where=table)
        self._known[table] = "table"

    def _merge(self, table: str, replaced: str, next_move: str) -> None:
        """Put the prepared rows in the place of the rows that the condition `replaced` names."""
        if self._known.get(table) == "table":
            self._refuse_other_columns(table, next_move)
            self._refill(table, replaced)
        else:
            with self._transaction(), self._dependents_kept(quoted(table)):
                self._drop_relation(table)
                self._run(copy_of(table, next_of(table)), where=table)
            self._known[table] = "table"

    def _refill(self, table: str, replaced: str) -> None:
        columns = list(self._types_of(table))
        with self._transaction():
            self._run(deletion(table, replaced), where=table)
            self._run(insertion(table, columns, next_of(table)), where=table)

    def _refuse_rows_outside(self, table: str, inside: str) -> None:
        counted = count_unless(next_of(table), inside)
        if outside := next(iter(self._rows(counted, where=table)[0].values())):
            raise BadInput(
                f"{outside} rows are not within {inside}",
                where=table,
                next_move="restrict the last step of the select to :first_date and :last_date",
            )

    def _refuse_other_columns(self, table: str, next_move: str) -> None:
        changes = column_changes(self._types_of(table), self._types_of(next_of(table)))
        if changes:
            raise SchemaChanged("; ".join(changes), where=table, next_move=next_move)

    def _refuse_unknown(self, table: str, named: Sequence[str], known: Sequence[str]) -> None:
        if unknown := [name for name in named if name not in known]:
            next_move = f"use one of: {', '.join(known)}"
            raise BadInput(f"there is no column {unknown[0]}", where=table, next_move=next_move)
