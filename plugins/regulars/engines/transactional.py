"""Writing with transactions: rows are prepared in a table of their own, then published in one.

A reader sees a table before or after a write, never between, and a write that fails leaves it
as it was.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress

from regulars.domain.errors import LimitReached
from regulars.engines.errors import StatementFailed, engine_errors
from regulars.engines.names import checked, next_of, quoted
from regulars.engines.parts import Days, Part, Source
from regulars.engines.statements import (
    RELATIONS,
    among,
    copy_of,
    count_unless,
    deletion,
    insertion,
    within_days,
    within_slices,
)
from regulars.engines.warehouse import Warehouse, rows_outside


class TransactionalWarehouse(Warehouse):
    """A warehouse whose engine can create, drop and rename tables within a transaction."""

    @abstractmethod
    def _replace_view(self, name: str, select: str) -> None:
        """Create or replace a view by its quoted name, in one transaction."""

    @abstractmethod
    def _dependents_kept(self, name: str) -> AbstractContextManager[None]:
        """Let a relation be dropped and created again without losing the views upon it."""

    @abstractmethod
    def _settle(self, table: str, day_column: str | None = None) -> None:
        """After a write: whatever the engine needs to read the table fast."""

    def _write_part(self, table: str, source: Source, part: Part, next_move: str) -> None:
        with self._prepared(table, source) as stage:
            if isinstance(part, Days):
                replaced = within_days(part.column, part.first, part.last, self.dialect)
                self._refuse_rows_outside(table, replaced)
            else:
                replaced = within_slices(part.column, stage)
                if part.emptied:
                    emptied = among(part.column, part.emptied, self.dialect)
                    replaced = f"({replaced} or {emptied})"
            self._merge(table, replaced, next_move)
        self._settle(table, day_column=part.column if isinstance(part, Days) else None)

    def _delete(self, table: str, key: str, values: Sequence[str]) -> None:
        self._run(deletion(table, among(key, values, self.dialect)), where=table)

    def _write_view(self, view: str, select: str) -> None:
        if self._known.get(view) != "table":
            self._replace_view(quoted(view), select)
        else:
            with self._transaction(), self._dependents_kept(quoted(view)):
                self._drop_relation(view)
                self._run(f"create view {quoted(view)} as {select}", where=view)

    def _drop(self, table: str, kind: str) -> None:
        self._run(f"drop {kind} {quoted(table)} cascade", where=table)

    def _kinds(self) -> dict[str, str]:
        self._remembered = {
            row["table_name"]: "view" if row["table_type"] == "VIEW" else "table"
            for row in self._rows(RELATIONS, where="tables")
        }
        return self._remembered

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._run("begin", where="begin")
        try:
            yield
            self._run("commit", where="commit")
        except BaseException:
            self._remembered = None
            with suppress(StatementFailed, LimitReached):
                self._run("rollback", where="rollback")
            raise

    @contextmanager
    def _prepared(self, table: str, source: Source) -> Iterator[str]:
        """A table of this session with the rows to be written; it is gone after the block."""
        stage = next_of(table)
        try:
            if isinstance(source, str):
                self._run(f"create temp table {quoted(stage)} as {source}", where=table)
            else:
                with engine_errors(stage), self._connection.cursor() as cursor:
                    cursor.adbc_ingest(stage, source, mode="create", temporary=True)
            yield stage
        finally:
            with suppress(StatementFailed, LimitReached):
                self._run(f"drop table if exists {quoted(stage)}", where=table)

    def _drop_relation(self, table: str) -> None:
        if kind := self._known.get(checked(table)):
            self._run(f"drop {kind} {quoted(table)}", where=table)
            del self._known[table]

    def _merge(self, table: str, replaced: str, next_move: str) -> None:
        """Put the prepared rows in the place of the rows that the condition `replaced` names."""
        if self._known.get(table) == "table":
            old, fresh = self._types_of(table), self._types_of(next_of(table))
            self._refuse_other_columns(table, old, fresh, next_move)
            self._refill(table, replaced, list(old))
        else:
            self._copy(table)

    def _copy(self, table: str) -> None:
        """A copy of the prepared table takes the place of the old one."""
        with self._transaction(), self._dependents_kept(quoted(table)):
            self._drop_relation(table)
            self._run(copy_of(table, next_of(table)), where=table)
        self._known[table] = "table"

    def _refill(self, table: str, replaced: str, columns: Sequence[str]) -> None:
        with self._transaction():
            self._run(deletion(table, replaced), where=table)
            self._run(insertion(table, columns, next_of(table)), where=table)

    def _refuse_rows_outside(self, table: str, inside: str) -> None:
        counted = count_unless(next_of(table), inside)
        if outside := next(iter(self._rows(counted, where=table)[0].values())):
            raise rows_outside(table, outside, inside)
