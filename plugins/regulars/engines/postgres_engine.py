"""PostgreSQL: the warehouse on a server, with many readers at any time."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self

import pyarrow as pa
from adbc_driver_postgresql import dbapi

from regulars.engines.errors import (
    StatementFailed,
    WarehouseUnreachable,
    in_plain_words,
)
from regulars.engines.names import next_of, quoted
from regulars.engines.parts import Source
from regulars.engines.postgres_publishing import Server, publish_set
from regulars.engines.postgres_roles import CONTACTS, PRIVACY, READERS, ROLE_OF_THE_RUN
from regulars.engines.postgres_views import dependents_kept
from regulars.engines.published import PublishedTable, Window
from regulars.engines.transactional import TransactionalWarehouse

_OTHER_COLUMNS = "42P16"
_SESSION = ("set timezone to 'UTC'", "set standard_conforming_strings to on")
_MEMORY = """
select name, set_config(name, case name when 'work_mem' then '64MB' else '256MB' end, false)
from pg_settings
where name in ('work_mem', 'maintenance_work_mem') and source = 'default'
"""
_SCHEMA_OF = """
select nspname::text as name
from pg_class join pg_namespace on pg_namespace.oid = relnamespace
where pg_class.oid = to_regclass('{name}')
"""
_BYTE_ORDER = "select 'B' < 'a' and 'a b' < 'aa' and '_a' < 'aa' as is_byte_order"


class PostgresWarehouse(TransactionalWarehouse):
    """`postgresql://user@host/database`; the schema is the first one of the search path."""

    dialect: ClassVar[str] = "postgres"
    limit_settings: ClassVar[tuple[str, ...]] = (
        "work_mem", "maintenance_work_mem", "temp_file_limit",
    )  # fmt: skip

    @classmethod
    def open(cls, uri: str) -> Self:
        """Connect. Refuses a database that does not sort text by code point."""
        try:
            connection: Any = dbapi.connect(uri, autocommit=True)
        except dbapi.Error as error:
            raise WarehouseUnreachable(
                in_plain_words(str(error)), next_move="check REGULARS_WAREHOUSE and the server"
            ) from error
        warehouse = cls(connection)
        for setting in _SESSION:
            warehouse._run(setting, where="session")
        # One writer who sorts much; what somebody chose for server, role or URI stays.
        warehouse._rows(_MEMORY, where="session")
        warehouse._refuse_language_order()
        warehouse._settle_in()
        return warehouse

    def publish(
        self, tables: Sequence[PublishedTable], changed: Mapping[str, Sequence[Window]]
    ) -> None:
        """Keep the tables' rows in `mart`, with keys and indexes; the set in one transaction.

        Slices that changed are replaced, other tables are compared: readers see one run or the
        next, also across tables.
        """
        readers = frozenset(self._roles_there())
        server = Server(self._run, self._rows, self._transaction, readers, self._schema())
        publish_set(server, self._at_home(tables), changed)

    def schema_of(self, table: str) -> str | None:
        """The schema of this session in which a table of this name is found."""
        found = self._rows(_SCHEMA_OF.format(name=quoted(table)), where=table)
        return str(found[0]["name"]) if found else None

    def run_together(self, statements: Sequence[str]) -> None:
        """Run statements that are not SQL of the models, all in one transaction."""
        with self._transaction():
            for statement in statements:
                self._run(statement, where="statement")

    def _replace_view(self, name: str, select: str) -> None:
        """In place while the columns stay; else dropped and created with the views upon it."""
        try:
            self._run(f"create or replace view {name} as {select}", where=name)
        except StatementFailed as error:
            if error.sqlstate != _OTHER_COLUMNS:
                raise
            with self._transaction(), self._dependents_kept(name):
                self._run(f"drop view {name}", where=name)
                self._run(f"create view {name} as {select}", where=name)

    @contextmanager
    def _dependents_kept(self, name: str) -> Iterator[None]:
        with dependents_kept(name, self._run, self._rows):
            yield
        # A view that does not fit the new columns is gone.
        self._remembered = None

    def _write_whole(self, table: str, source: Source) -> None:
        """Prepared in a temporary table, which is not logged: half the time of another one."""
        with self._prepared(table, source):
            self._publish(table)
        self._settle(table)

    def _publish(self, table: str) -> None:
        """The same columns: the rows are exchanged. Other columns: the table is made anew.

        That is not invisible here: a reader whose snapshot is older would find the new table
        empty. So it is left to the runs that change a table's columns.
        """
        old = self._types_of(table) if self._known.get(table) == "table" else {}
        if list(old.items()) == list(self._types_of(next_of(table)).items()):
            self._refill(table, "true", list(old))
        else:
            self._copy(table)

    def _settle(self, table: str, day_column: str | None = None) -> None:
        """Room for the next run, fresh statistics, and an index on the day it will replace."""
        if day_column:
            index = quoted(f"{table[:50]}__by_day")
            day = quoted(day_column)
            self._run(f"create index if not exists {index} on {quoted(table)} ({day})", table)
        if table == CONTACTS:
            self._grant_to_privacy()
        self._run(f"vacuum (analyze) {quoted(table)}", where=table)

    def _grant_to_privacy(self) -> None:
        """The contact details may be a new table: a default privilege cannot name one table."""
        if PRIVACY in self._roles_there():
            self._run(f"grant select on {quoted(CONTACTS)} to {PRIVACY}", where=CONTACTS)

    def _roles_there(self) -> set[str]:
        """Those of the readers' roles that were made here and may use one of our schemas."""
        return {row["role"] for row in self._rows(READERS, where="roles")}

    def _readable(self, batch: pa.RecordBatch, where: str) -> pa.RecordBatch:
        pairs = zip(batch.schema, batch.columns, strict=True)
        columns = [self._exact(field, column, where) for field, column in pairs]
        return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)

    def _exact(self, field: pa.Field, column: pa.Array, where: str) -> pa.Array:
        """The column; the decimals of a NUMERIC, which the driver hands over as text."""
        if not _is_numeric(field):
            return column
        exact = self._type_of(field)
        if not pa.types.is_decimal(exact):
            raise StatementFailed(
                f"column {field.name} is a NUMERIC without precision",
                where=where,
                next_move="cast it to bigint or double in the select",
            )
        return column.storage.cast(exact)

    def _type_of(self, field: pa.Field) -> pa.DataType:
        modifier = int((field.metadata or {}).get(b"POSTGRESQL:typmod", b"-1")) - 4
        if not _is_numeric(field) or modifier < 0:
            return field.type
        return pa.decimal128(modifier >> 16, modifier & 0x7FF)

    def _settle_in(self) -> None:
        """Work in one schema only, as the role of the pipeline where the schema is run by it.

        Names without a schema would otherwise fall through to the published tables.
        """
        for row in self._rows(ROLE_OF_THE_RUN, where="session"):
            self._run(f"set role {row['role']}", where="session")
        self._run(
            "select set_config('search_path', quote_ident(current_schema()), false)"
            " where current_schema() is not null",
            where="session",
        )

    def _refuse_language_order(self) -> None:
        """Sorting by language rules would rank, tie-break and export differently."""
        if not self._rows(_BYTE_ORDER, where="session")[0]["is_byte_order"]:
            raise WarehouseUnreachable(
                "the database sorts text by the rules of a language",
                next_move="create it with: create database regulars"
                " template template0 encoding 'UTF8' locale 'C.UTF-8'",
            )


def _is_numeric(field: pa.Field) -> bool:
    return (field.metadata or {}).get(b"POSTGRESQL:type") == b"numeric"
