"""How a write becomes visible on Spark, which has no transactions: by what the tables can do."""

# ruff: noqa: S608  (names are checked identifiers, values are literals of the syntax tree)

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from regulars.engines.errors import StatementFailed
from regulars.engines.spark_statements import columns_of, ticked, unless

Run = Callable[[str, str], None]
_ONE_DAY_NULL = (
    "select written.* from (select 1 as one where rand() < -1) as nobody"
    " full join ({}) as written on nobody.one = 2"
)


class Publishing(Protocol):
    """How a table is replaced, whole or in part, while others read it."""

    def visible(self, relations: Mapping[str, str]) -> dict[str, str]:
        """What each name is for those who use the warehouse."""

    def whole(self, table: str, select: str) -> None:
        """Let the table be the rows of a select, in one step for its readers."""

    def part(
        self, table: str, select: str, columns: Sequence[str], key: str, condition: str
    ) -> None:
        """Let the select's rows take the place of those the condition names, in one step.

        The select gives the table's columns in their order; `key` is the condition's column.
        """

    def delete(self, table: str, columns: Sequence[str], condition: str) -> None:
        """Remove the rows that the condition names, in one step."""

    def drop(self, table: str) -> None:
        """Remove the table."""


class ReplaceWhere:
    """Delta and Iceberg: the format itself commits a write as a whole, and keeps the version
    that a running query reads.

    `location` is where tables lie that the server's catalogue would not remember; without it they
    lie where the catalogue puts them. `keeps_not_null`: the server takes a column that happens to
    hold no null for one that never may, so its selects are written as nullable.
    """

    def __init__(self, run: Run, table_format: str, location: str, keeps_not_null: bool) -> None:
        self._run, self._format, self._location = run, table_format, location
        self._keeps_not_null = keeps_not_null

    def visible(self, relations: Mapping[str, str]) -> dict[str, str]:
        """The names as they are."""
        return dict(relations)

    def whole(self, table: str, select: str) -> None:
        """One statement, also when the columns change or the select reads the table itself."""
        self._create(table, select)

    def part(
        self, table: str, select: str, columns: Sequence[str], key: str, condition: str
    ) -> None:
        """One statement; on Iceberg the table is rewritten once, cut by its key.

        Iceberg replaces whole files only, which needs a partition per key value.
        """
        try:
            statement = f"insert into {ticked(table)} replace where {condition} {select}"
            self._run(statement, table)
        except StatementFailed:
            if self._format != "iceberg":
                raise
            kept = f"select {columns_of(columns)} from {ticked(table)} where {unless(condition)}"
            self._create(table, f"{select} union all {kept}", cut_by=key)

    def delete(self, table: str, columns: Sequence[str], condition: str) -> None:
        """One statement."""
        self._run(f"delete from {ticked(table)} where {condition}", table)

    def drop(self, table: str) -> None:
        """One statement; where the catalogue does not keep the tables, the files stay."""
        self._run(f"drop table {ticked(table)}", table)

    def _create(self, table: str, select: str, cut_by: str = "") -> None:
        rows = _ONE_DAY_NULL.format(select) if self._keeps_not_null else select
        place = f" location '{self._location}/{table}'" if self._location else ""
        cut = f" partitioned by ({ticked(cut_by)})" if cut_by else ""
        self._run(
            f"create or replace table {ticked(table)} using {self._format}{cut}{place}"
            f" options ('overwriteSchema'='true') as {rows}",
            table,
        )
