"""The statements that are written for Spark and not in a model; names are checked, in backticks."""

# ruff: noqa: S608  (names are checked identifiers, values are literals of the syntax tree)

from collections.abc import Sequence

from regulars.engines.literals import literal, text_literal
from regulars.engines.names import checked
from regulars.engines.parts import Days, Part, Source

DIALECT = "spark"
NOTHING = "false"
"""The condition that names no rows."""


def ticked(name: str) -> str:
    """The checked name in backticks."""
    return f"`{checked(name)}`"


def text(value: str) -> str:
    """A text as Spark reads it, quotes included, on one line."""
    return text_literal(value, DIALECT).replace("\n", "\\n")


def columns_of(columns: Sequence[str]) -> str:
    """Names in backticks, with commas between."""
    return ", ".join(ticked(name) for name in columns)


def inside(part: Part, source: Source) -> str:
    """The condition that names the rows a write replaces; slices are named by their rows."""
    if isinstance(part, Days):
        first, last = (literal("day", day).sql(DIALECT) for day in (part.first, part.last))
        return f"{ticked(part.column)} between {first} and {last}"
    keys = set(part.emptied)
    if not isinstance(source, str):
        keys |= set(source.column(part.column).unique().to_pylist())
    if not keys:
        return NOTHING
    literals = (literal(part.column, key).sql(DIALECT) for key in sorted(keys))
    listed = ", ".join(one.replace("\n", "\\n") for one in literals)
    return f"{ticked(part.column)} in ({listed})"


def guarded(select: str, columns: Sequence[str], day: str, condition: str) -> str:
    """The select with its columns in this order, which fails at a row outside the condition.

    Checked in the same pass that writes the rows: a count beforehand would run the select twice.
    The check is on a column, where no optimizer moves it in front of a join.
    """
    terms = ", ".join(
        f"case when {condition} then {ticked(name)} else cast(raise_error('outside') as date) end"
        f" as {ticked(name)}"
        if name == day
        else ticked(name)
        for name in columns
    )
    return f"select {terms} from ({select}) as fresh"


def in_order(select: str, columns: Sequence[str]) -> str:
    """The select with its columns in this order."""
    return f"select {columns_of(columns)} from ({select}) as fresh"


def no_rows_of(select: str) -> str:
    """A select that tells the columns of another one and reads nothing."""
    return f"select * from ({select}) as fresh limit 0"


def outside_count(select: str, condition: str) -> str:
    """How many rows of a select do not meet a condition, or leave it open."""
    return f"select count(*) as outside from ({select}) as fresh where {unless(condition)}"


def staged_rows(path: str) -> str:
    """All rows of a Parquet file that the server sees under this path."""
    return f"select * from parquet.`{path}`"


def one_of(key: str, values: Sequence[str]) -> str:
    """The condition that a column's text is one of the values."""
    return f"{ticked(key)} in ({', '.join(text(one) for one in values)})"


def unless(condition: str) -> str:
    """The condition that another one does not hold, or is left open."""
    return f"case when {condition} then false else true end"
