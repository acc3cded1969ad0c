"""The few statements that are written here and not in a model; every name goes through a check."""

# ruff: noqa: S608  (names are checked identifiers, values are literals of the syntax tree)

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from regulars.engines.literals import literal, text_literal
from regulars.engines.names import checked, quoted, quoted_list

RELATIONS = """
select table_name, table_type
from information_schema.tables
where table_schema = current_schema() and table_catalog = current_database()
"""


def no_rows_of(table: str) -> str:
    """A select that tells the columns of a table and reads nothing."""
    return f"select * from {quoted(table)} limit 0"


def sorted_rows(table: str, columns: Sequence[str], order: Sequence[str]) -> str:
    """All rows in an order that does not depend on the engine's place for nulls."""
    terms = ", ".join(f"{quoted(name)} nulls last" for name in order)
    return f"select {quoted_list(columns)} from {quoted(table)} order by {terms}"


def current_settings(names: Sequence[str]) -> str:
    """What settings of the session are, as text, each under its name."""
    terms = (
        f"cast(current_setting('{checked(name)}') as text) as {quoted(name)}" for name in names
    )
    return f"select {', '.join(terms)}"


def copy_of(table: str, source: str) -> str:
    """A table made of all rows of another."""
    return f"create table {quoted(table)} as select * from {quoted(source)}"


def replacement(table: str, select: str) -> str:
    """A table made of the rows of a select, in the place of the old one (DuckDB)."""
    return f"create or replace table {quoted(table)} as {select}"


def deletion(table: str, condition: str) -> str:
    """Remove the rows that a condition names."""
    return f"delete from {quoted(table)} where {condition}"


def insertion(table: str, columns: Sequence[str], source: str) -> str:
    """Add all rows of another table, column by column."""
    names = quoted_list(columns)
    return f"insert into {quoted(table)} ({names}) select {names} from {quoted(source)}"


def insertion_from_files(table: str, paths: Sequence[Path]) -> str:
    """Add all rows of Parquet files, column by column; one that a file lacks stays blank (DuckDB).

    Signs that would make a path a pattern stand for themselves.
    """
    exact = (re.sub(r"([*?\[])", r"[\1]", str(path)) for path in paths)
    names = ", ".join(text_literal(path, "duckdb") for path in exact)
    source = f"read_parquet([{names}], union_by_name = true, hive_partitioning = false)"
    return f"insert into {quoted(table)} by name select * from {source}"


def count_unless(table: str, condition: str) -> str:
    """How many rows do not meet a condition, or leave it open."""
    return f"select count(*) from {quoted(table)} where coalesce({condition}, false) = false"


def within_slices(column: str, source: str) -> str:
    """The condition that a column's value occurs in another table."""
    return f"{quoted(column)} in (select {quoted(column)} from {quoted(source)})"


def among(column: str, values: Sequence[str], dialect: str) -> str:
    """The condition that a column's text is one of the values."""
    return f"{quoted(column)} in ({', '.join(text_literal(one, dialect) for one in values)})"


def within_days(column: str, first: date, last: date, dialect: str) -> str:
    """The condition that a day lies in a window, both ends included."""
    start, end = (literal("day", day).sql(dialect) for day in (first, last))
    return f"{quoted(column)} between {start} and {end}"
