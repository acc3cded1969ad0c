"""Queries of a layout: what is asked of a database, and that it only ever reads."""

import re
from typing import Annotated, Literal

import sqlglot
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlglot import exp

from regulars.domain.errors import BadInput

BINDS = frozenset({"cursor", "first_date", "last_date"})
Identifier = Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]{0,62}$")]
_WRITES = (
    exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter, exp.Command,
    exp.Into, exp.Lock,
)  # fmt: skip
_GRAMMARS = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql", "sqlite": "sqlite",
             "mssql": "tsql", "oracle": "oracle"}  # fmt: skip
_BIND = re.compile(r"(?<![:\w]):([A-Za-z_]\w*)")


class QueryLayout(BaseModel):
    """A query that fills a table.

    sql: one `select`; it may use `:cursor` (from where on rows are wanted), `:first_date` and
    `:last_date` (the window). key: a column that is unique among its rows and orders them.
    cursor: the column that grows whenever a row is written (`write_date`), or grows with every
    row (`id`); without one, everything is read anew for every business date. cursor_kind: what it
    is; cursor_clock: whose clock a time is of, UTC or the source's own. overlap_minutes: so much
    is read again, for rows that were written before but committed after. starts: `beginning` reads
    the whole history with the first extract, for tables whose old rows are still needed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    sql: str
    key: Identifier
    key_kind: Literal["number", "text"] = "number"
    cursor: Identifier | None = None
    cursor_kind: Literal["time", "number"] = "time"
    cursor_clock: Literal["utc", "source"] = "utc"
    overlap_minutes: Annotated[int, Field(ge=0)] = 60
    starts: Literal["window", "beginning"] = "window"

    @model_validator(mode="after")
    def _only_reads(self) -> "QueryLayout":
        if unknown := sorted(self.binds - BINDS):
            raise ValueError(f"the query binds {unknown}; it may use {sorted(BINDS)}")
        return self

    @property
    def binds(self) -> frozenset[str]:
        """The names that the query binds."""
        return frozenset(_BIND.findall(self.sql))


def check_query(table: str, query: QueryLayout, dialect: str) -> str:
    """The query's text, if it is one statement that only reads. Raises BadInput."""
    sql = query.sql.strip().rstrip(";")
    try:
        statements = sqlglot.parse(sql, read=_GRAMMARS.get(dialect))
    except sqlglot.errors.ParseError as error:
        raise _refused(table, "cannot be read as SQL") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise _refused(table, "is not one select statement")
    if statements[0].find(*_WRITES):
        raise _refused(table, "does more than read")
    return sql


def _refused(table: str, problem: str) -> BadInput:
    return BadInput(
        f"the query {table} {problem}", next_move="correct `sql` in the layout: one plain select"
    )
