"""Engines: one interface over DuckDB and PostgreSQL. The URI decides which one answers."""

from regulars.engines.errors import (
    SchemaChanged,
    StatementFailed,
    WarehouseBusy,
    WarehouseUnreachable,
)
from regulars.engines.opening import open_warehouse
from regulars.engines.published import PublishedTable
from regulars.engines.warehouse import Warehouse

__all__ = [
    "PublishedTable",
    "SchemaChanged",
    "StatementFailed",
    "Warehouse",
    "WarehouseBusy",
    "WarehouseUnreachable",
    "open_warehouse",
]
