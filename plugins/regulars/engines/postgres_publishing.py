"""Publishing a set of tables on PostgreSQL: in one transaction, and no more than has changed.

Rows are deleted and inserted, never swapped: a reader whose snapshot is older goes on seeing the
rows of its own run, views that people built stay, and nobody waits for anybody. Only a column that
changes its type, or a key, has the table made again.
"""

# ruff: noqa: S608  (names are checked identifiers, values are literals of the syntax tree)

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from regulars.engines.errors import StatementFailed
from regulars.engines.names import quoted, quoted_list
from regulars.engines.postgres_ddl import TableDDL, added_columns, month_part
from regulars.engines.postgres_roles import reader_grants
from regulars.engines.postgres_standing import RECORD, Standing, standing_of
from regulars.engines.postgres_views import Rows, Run, dependents_kept, views_upon
from regulars.engines.published import MART, PARTS, PublishedTable, Window
from regulars.engines.published_schema import key_of, parted_by
from regulars.engines.statements import within_days

_LOCK_TIMEOUT = "55P03"
_PATIENCE_SECONDS, _ATTEMPTS = 2, 60
log = logging.getLogger("regulars")


@dataclass(frozen=True)
class Server:
    """A session on the server: statements, rows and transactions, and who reads there."""

    run: Run
    rows: Rows
    transaction: Callable[[], AbstractContextManager[None]]
    readers: frozenset[str]
    home: str

    def run_all(self, statements: Iterable[str], where: str) -> None:
        """Run statements without parameters and without rows, in one call."""
        if body := "; ".join(statements):
            self.run(f"do $published$ begin {body}; end $published$", where)

    def between_readers(self, statement: str, where: str) -> None:
        """Within a transaction: run what needs a table alone, without making readers queue long."""
        self.run(f"set local lock_timeout = '{_PATIENCE_SECONDS}s'", where)
        for _ in range(_ATTEMPTS):
            self.run("savepoint between_readers", where)
            try:
                self.run(statement, where)
            except StatementFailed as error:
                if error.sqlstate != _LOCK_TIMEOUT:
                    raise
                self.run("rollback to savepoint between_readers", where)
                log.info("%s: waiting for its readers", where)
            else:
                self.run("set local lock_timeout = 0", where)
                return
        raise StatementFailed(
            "a reader has held the table for two minutes, and its columns have to change",
            where=where,
            next_move="look into pg_stat_activity, end that session, run the step again",
        )


class Publication:
    """One table to be published: what it shall be, what it is, and what of it changed."""

    def __init__(self, server: Server, table: PublishedTable, select: str) -> None:
        self.table, self.ddl = table, TableDDL(table)
        self.name = f"{MART}.{quoted(table.name)}"
        self.fingerprint = self.ddl.fingerprint(server.home)
        self.standing: Standing = standing_of(server.rows, table, self.fingerprint)
        self._server, self._select = server, select
        self._columns = quoted_list(list(table.types))
        self._touched: set[str] = set()

    def prepare(self) -> None:
        """Add new columns ahead: that keeps readers waiting for a moment, filling them does not."""
        for statement in added_columns(self.table, self.standing.missing):
            self._patiently(statement)

    def write(self, changed: Mapping[str, Sequence[Window]]) -> None:
        """Within the transaction of the set: bring the rows up to date."""
        day = self.table.day_column
        if self.standing.is_made_anew:
            self._make_again()
        elif not self.standing.is_current:
            self._replace("true")
            self._define()
        elif day is None:
            self._apply_difference()
        elif windows := changed.get(day):
            self._replace(" or ".join(within_days(day, *one, "postgres") for one in windows))

    def finish(self) -> list[str]:
        """After the transaction: drop what is gone, remember what was made; the touched tables."""
        before = views_upon(self.name, self._server.rows) if self.standing.obsolete else {}
        for column in self.standing.obsolete:
            self._patiently(f"alter table {self.name} drop column {quoted(column)} cascade")
        if before:
            left = views_upon(self.name, self._server.rows)
            self._tell_lost([name for oid, name in before.items() if oid not in left])
        if not self.standing.is_current:
            self._server.run_all(self._remembering(), self.table.name)
        return sorted(self._touched)

    def _remembering(self) -> list[str]:
        name, digest = self.table.name, self.fingerprint
        return [
            f"delete from {RECORD} where name = '{name}'",
            f"insert into {RECORD} (name, fingerprint) values ('{name}', '{digest}')",
        ]

    def _make_again(self) -> None:
        with dependents_kept(self.name, self._server.run, self._server.rows) as lost:
            if self.standing.kind:
                self._server.run(f"drop {self.standing.kind} {self.name} cascade", self.table.name)
            self._server.run(self.ddl.create, self.table.name)
            self._insert("true")
            self._define()
        self._tell_lost(lost)

    def _define(self) -> None:
        """Keys, rules, indexes, meanings and grants, as far as they are not there yet."""
        known = set() if self.standing.is_made_anew else self.standing.constraints
        wanted = self.ddl.constraints
        grants = reader_grants(self.table.name, self.table.is_for_marketing, self._server.readers)
        missing = [text for name, text in wanted.items() if name not in known]
        statements = [*missing, *self.ddl.indexes, *self.ddl.comments, *grants]
        self._server.run_all(statements, self.table.name)

    def _replace(self, condition: str) -> None:
        self._server.run(f"delete from {self.name} where {condition}", self.table.name)
        self._insert(condition)

    def _insert(self, condition: str) -> None:
        fresh = f"({self._select}) as fresh where {condition}"
        if day := parted_by(self.table):
            self._make_parts(day, fresh)
        else:
            self._touched.add(self.name)
        self._server.run(
            f"insert into {self.name} ({self._columns}) select {self._columns} from {fresh}",
            self.table.name,
        )

    def _make_parts(self, day: str, fresh: str) -> None:
        months = self._server.rows(
            f"select distinct date_trunc('month', {quoted(day)})::date as month from {fresh}"
            " order by month",
            self.table.name,
        )
        for month in (row["month"] for row in months):
            part, statements = month_part(self.table.name, month)
            there = f"select to_regclass('{part}') is not null as is_there"
            if not self._server.rows(there, self.table.name)[0]["is_there"]:
                self._server.run_all(statements, self.table.name)
                # The planner's figures for the whole table are made anew once a month.
                self._touched.add(self.name)
            self._touched.add(part)

    def _apply_difference(self) -> None:
        """Delete the rows that are gone or changed, insert those that are new or changed."""
        stage = quoted(f"{self.table.name}__fresh")
        self._server.run(
            f"create temp table {stage} on commit drop as select {self._columns}"
            f" from ({self._select}) as fresh",
            self.table.name,
        )
        ours, theirs = (f"select {self._columns} from {one}" for one in (self.name, stage))
        same = " and ".join(f"old.{quoted(k)} = gone.{quoted(k)}" for k in key_of(self.table))
        self._server.run(
            f"delete from {self.name} as old using ({ours} except {theirs}) as gone where {same}",
            self.table.name,
        )
        self._server.run(
            f"insert into {self.name} ({self._columns}) ({theirs} except {ours})", self.table.name
        )
        self._touched.add(self.name)

    def _patiently(self, statement: str) -> None:
        with self._server.transaction():
            self._server.between_readers(statement, self.name)

    def _tell_lost(self, views: Sequence[str]) -> None:
        if views:
            log.warning(
                "%s has other columns: these views upon it are lost, create them again: %s",
                self.name,
                ", ".join(views),
            )


def publish_set(
    server: Server,
    tables: Sequence[tuple[PublishedTable, str]],
    changed: Mapping[str, Sequence[Window]],
) -> None:
    """Publish tables, each with its select as the server reads it, in one transaction."""
    _make_schemas(server)
    publications = [Publication(server, table, select) for table, select in tables]
    for one in publications:
        one.prepare()
    with server.transaction():
        _lock_those_made_anew(server, publications)
        for one in publications:
            log.info("publishing %s", one.table.name)
            one.write(changed)
    touched = [name for one in publications for name in one.finish()]
    if touched:
        server.run(f"vacuum (analyze) {', '.join(touched)}", MART)


def _lock_those_made_anew(server: Server, publications: Iterable[Publication]) -> None:
    """All at once, before any work: readers that hold one and want the other would deadlock."""
    anew = [one.name for one in publications if one.standing.kind and one.standing.is_made_anew]
    if anew:
        names = ", ".join(anew)
        server.between_readers(f"lock table {names} in access exclusive mode", names)


def _make_schemas(server: Server) -> None:
    """Who runs the pipeline need not be allowed to make schemas where the owner made them."""
    for schema in (MART, PARTS):
        there = f"select to_regnamespace('{schema}') is not null as is_there"
        if not server.rows(there, schema)[0]["is_there"]:
            server.run(f"create schema {schema}", schema)
    server.run(
        f"create table if not exists {RECORD} (name text primary key, fingerprint text not null)",
        PARTS,
    )
