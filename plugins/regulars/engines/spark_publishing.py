"""How a write becomes visible on Spark, which has no transactions: by what the tables can do."""

# ruff: noqa: S608  (names are checked identifiers, values are literals of the syntax tree)

from collections.abc import Mapping, Sequence
from typing import Protocol

from regulars.engines.errors import StatementFailed
from regulars.engines.spark_abilities import Abilities, Run
from regulars.engines.spark_statements import columns_of, ticked, unless

_NULLABLE = (
    "select written.* from (select 1 as one where rand() < -1) as nobody"
    " full join ({}) as written on nobody.one = 2"
)


class Publishing(Protocol):
    """How tables and views are exchanged while others read them.

    `was` is what had the name before: "table", "view" or None.
    """

    def visible(self, relations: Mapping[str, str]) -> dict[str, str]:
        """What each name is for those who use the warehouse."""

    def whole(self, table: str, select: str, was: str | None) -> None:
        """Let the table be the rows of a select."""

    def part(
        self, table: str, select: str, columns: Sequence[str], key: str, condition: str
    ) -> None:
        """Let the select's rows take the place of those the condition names.

        The select gives the table's columns in their order; `key` is the condition's column.
        """

    def delete(self, table: str, condition: str) -> None:
        """Remove the rows that the condition names."""

    def view(self, view: str, select: str, was: str | None) -> None:
        """Let the view be a select."""

    def drop(self, table: str) -> None:
        """Remove a table."""


class ReplaceWhere:
    """Delta and Iceberg: each write is one commit of the format, and a running query keeps the
    version it began with.

    `location` is where tables lie that the server's catalogue would not remember; without it they
    lie where the catalogue puts them.
    """

    def __init__(
        self, run: Run, table_format: str, abilities: Abilities, location: str = ""
    ) -> None:
        self._run, self._format, self._abilities = run, table_format, abilities
        self._location = location

    def visible(self, relations: Mapping[str, str]) -> dict[str, str]:
        """The names as they are."""
        return dict(relations)

    def whole(self, table: str, select: str, was: str | None) -> None:
        """One statement, also when the columns change or the select reads the table itself."""
        if was == "view":
            self._run(f"drop view {ticked(table)}", table)
        self._create(table, select)

    def part(
        self, table: str, select: str, columns: Sequence[str], key: str, condition: str
    ) -> None:
        """One statement. Iceberg replaces whole files only, which takes a partition per key: a
        table that was written whole is cut by its key at its first replacement.
        """
        try:
            statement = f"insert into {ticked(table)} replace where {condition} {select}"
            self._run(statement, table)
        except StatementFailed:
            if self._format != "iceberg":
                raise
            kept = f"select {columns_of(columns)} from {ticked(table)} where {unless(condition)}"
            self._create(table, f"{select} union all {kept}", cut_by=key)

    def delete(self, table: str, condition: str) -> None:
        """One statement."""
        self._run(f"delete from {ticked(table)} where {condition}", table)

    def view(self, view: str, select: str, was: str | None) -> None:
        """One statement; altering has no moment without a view, where the server can."""
        if was == "table":
            self.drop(view)
        exchange = (
            "alter" if was == "view" and self._abilities.alters_views else "create or replace"
        )
        self._run(f"{exchange} view {ticked(view)} as {select}", view)

    def drop(self, table: str) -> None:
        """One statement; where the catalogue does not keep the tables, the files stay."""
        self._run(f"drop table {ticked(table)}", table)

    def _create(self, table: str, select: str, cut_by: str = "") -> None:
        rows = _NULLABLE.format(select) if self._abilities.keeps_not_null else select
        place = f" location '{self._location}/{table}'" if self._location else ""
        cut = f" partitioned by ({ticked(cut_by)})" if cut_by else ""
        self._run(
            f"create or replace table {ticked(table)} using {self._format}{cut}{place}"
            f" options ('overwriteSchema'='true') as {rows}",
            table,
        )
