"""The schema of the readers as SQLAlchemy metadata: types, keys, rules, indexes and comments.

DDL is derived from it. What a table is comes from its model and the dictionary: nothing twice.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from regulars.engines.published import MART, PublishedTable

_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "bigint": sa.BigInteger(),
    "text": sa.Text(),
    "date": sa.Date(),
    "timestamp": sa.DateTime(),
    "boolean": sa.Boolean(),
    "double": sa.Double(),
}  # fmt: skip
_DECIMAL = re.compile(r"decimal\((\d+), (\d+)\)")
_ONE_ROW_EACH = {"order_key", "customer_key", "customer_rank"}
"""A table kept by day with a row per order or customer grows fast enough to be parted by month."""
_SURE = {
    ("currency_code", "text"): "char_length({}) = 3",
    ("_count", "bigint"): "{} >= 0",
    ("_rank", "bigint"): "{} >= 1",
}
"""Rules that hold by how a name ends and its type. Ratios have none: a part may exceed it."""


def metadata_of(tables: Iterable[PublishedTable]) -> sa.MetaData:
    """All published tables, described, with constraints and the indexes that BI asks for."""
    metadata = sa.MetaData(schema=MART)
    for table in tables:
        _describe(table, metadata)
    return metadata


def parted_by(table: PublishedTable) -> str | None:
    """The day by whose month the table is parted, if it grows fast enough for that to pay."""
    return table.day_column if _ONE_ROW_EACH & set(table.unique) else None


def key_of(table: PublishedTable) -> tuple[str, ...]:
    """The primary key: a parted table's has the day in it, or no index could prove it."""
    day = parted_by(table)
    return table.unique if day is None or day in table.unique else (*table.unique, day)


def _describe(table: PublishedTable, metadata: sa.MetaData) -> sa.Table:
    key, day = key_of(table), parted_by(table)
    described = sa.Table(
        table.name,
        metadata,
        *(
            sa.Column(name, type_of(kind), nullable=name not in key, comment=table.columns[name])
            for name, kind in table.types.items()
        ),
        sa.PrimaryKeyConstraint(*key, name=f"{table.name[:58]}_pkey"),
        *_checks(table),
        comment=table.description,
        postgresql_partition_by=f"RANGE ({day})" if day else None,
    )
    for columns in _indexed(table, key):
        name = f"{table.name}__{'_'.join(columns)}"[:63]
        sa.Index(name, *(described.c[column] for column in columns))
    return described


def type_of(kind: str) -> sa.types.TypeEngine[Any]:
    """A type of the portable dialect as SQLAlchemy says it."""
    if decimal := _DECIMAL.fullmatch(kind):
        return sa.Numeric(int(decimal[1]), int(decimal[2]))
    return _TYPES[kind]


def _checks(table: PublishedTable) -> Iterator[sa.CheckConstraint]:
    for column in table.types:
        for (ending, kind), rule in _SURE.items():
            if column.endswith(ending) and table.types[column] == kind:
                name = f"{column[:57]}_check"
                yield sa.CheckConstraint(rule.replace("{}", f'"{column}"'), name=name)


def _indexed(table: PublishedTable, key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What BI asks for: a customer's rows, a store's days, a day. The key serves its own start."""
    if "customer_key" in table.types and key[0] != "customer_key":
        yield ("customer_key",)
    days = [name for name in ("business_date", "snapshot_date") if name in table.types]
    if "store_id" in table.types and days and key[:2] != ("store_id", days[0]):
        yield ("store_id", days[0])
    if table.day_column and not parted_by(table) and key[0] != table.day_column:
        yield (table.day_column,)
