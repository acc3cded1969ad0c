"""The published schema as PostgreSQL's DDL, statement by statement."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import (
    AddConstraint,
    CreateColumn,
    CreateIndex,
    CreateTable,
    SetColumnComment,
    SetTableComment,
)

from regulars.engines.names import quoted
from regulars.engines.published import MART, PARTS, PublishedTable
from regulars.engines.published_schema import metadata_of, type_of

# Named parameters: with the others a percent sign in a comment would be written twice.
_DIALECT = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]


class TableDDL:
    """The statements that make one published table, from its metadata."""

    def __init__(self, table: PublishedTable) -> None:
        self.table = table
        self._described = metadata_of([table]).tables[f"{MART}.{table.name}"]

    @property
    def create(self) -> str:
        """The table with its columns alone: rows are loaded before they are proven and indexed."""
        bare = sa.Table(
            self.table.name,
            sa.MetaData(schema=MART),
            *(sa.Column(c.name, c.type, nullable=c.nullable) for c in self._described.columns),
            postgresql_partition_by=self._described.dialect_options["postgresql"]["partition_by"],
        )
        return _text(CreateTable(bare))

    @property
    def constraints(self) -> dict[str, str]:
        """The primary key and the rules, by their names."""
        named = [self._described.primary_key, *self._checks()]
        return {str(one.name): _text(AddConstraint(one)) for one in named}

    @property
    def indexes(self) -> list[str]:
        """The indexes that BI asks for."""
        ordered = sorted(self._described.indexes, key=lambda index: str(index.name))
        return [_text(CreateIndex(index, if_not_exists=True)) for index in ordered]

    @property
    def comments(self) -> list[str]:
        """What the table and each column mean."""
        columns = [_text(SetColumnComment(column)) for column in self._described.columns]
        return [_text(SetTableComment(self._described)), *columns]

    def fingerprint(self, home: str) -> str:
        """A digest of all that the published rows and their table are made from."""
        made = [home, self.table.select, self.create, *self.constraints.values(), *self.indexes]
        return sha256("\x1f".join([*made, *self.comments]).encode()).hexdigest()[:32]

    def _checks(self) -> list[sa.CheckConstraint]:
        found = [c for c in self._described.constraints if isinstance(c, sa.CheckConstraint)]
        return sorted(found, key=lambda check: str(check.name))


def column_types(types: Mapping[str, str]) -> dict[str, str]:
    """Column types as PostgreSQL's `format_type` says them."""
    spoken = {"TIMESTAMP WITHOUT TIME ZONE": "timestamp without time zone"}
    texts = {name: type_of(kind).compile(_DIALECT) for name, kind in types.items()}
    return {n: spoken.get(text, text.lower().replace(", ", ",")) for n, text in texts.items()}


def added_columns(table: PublishedTable, names: Iterable[str]) -> list[str]:
    """Statements that add columns; they are null until the next rows come."""
    return [
        f"alter table {MART}.{quoted(table.name)} add column if not exists "
        + str(CreateColumn(sa.Column(name, type_of(table.types[name]))).compile(dialect=_DIALECT))
        for name in names
    ]


def month_part(table: str, month: date) -> tuple[str, list[str]]:
    """The name of a month's part of a table, and the statements that make it.

    It is made beside and attached: that does not keep readers waiting, as making it in place would.
    """
    part = f"{PARTS}.{quoted(f'{table}_{month:%Y_%m}')}"
    whole = f"{MART}.{quoted(table)}"
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    bounds = f"from ('{month}') to ('{following}')"
    return part, [
        f"create table {part} (like {whole} including all)",
        f"alter table {whole} attach partition {part} for values {bounds}",
    ]


def _text(statement: sa.schema.ExecutableDDLElement) -> str:
    return str(statement.compile(dialect=_DIALECT)).strip()
