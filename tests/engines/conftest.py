"""Every engine test runs once per engine: the contract is one, the engines are several."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from adbc_driver_postgresql import dbapi

from postgres_server import postgres_server as postgres_server
from regulars.engines import Warehouse, open_warehouse
from sail_server import sail_server as sail_server
from spark_server import spark_server as spark_server

ENGINES = [
    "duckdb",
    pytest.param("postgres", marks=pytest.mark.postgres),
    "sail",
    pytest.param("spark", marks=pytest.mark.spark),
]
_schemas = count(1)


@pytest.fixture(params=ENGINES)
def uri(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A warehouse with nothing in it: a file of its own, or a schema of its own."""
    if request.param == "duckdb":
        return f"duckdb:///{tmp_path / 'warehouse.duckdb'}?threads=1"
    if request.param == "spark":
        server = request.getfixturevalue("spark_server")
        schema = f"test_{tmp_path.parent.name}_{next(_schemas)}".replace("-", "_")
        places = f"location={tmp_path / 'lake'}&staging={tmp_path / 'stage'}"
        return f"{server}?schema={schema}&format=parquet&{places}"
    if request.param == "sail":
        server = request.getfixturevalue("sail_server")
        return f"{server}?location={tmp_path / 'lake'}&staging={tmp_path / 'stage'}"
    server = request.getfixturevalue("postgres_server")
    schema = f"test_{next(_schemas)}"
    with dbapi.connect(server, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(f"create schema {schema}")
    return f"{server}&options=-csearch_path%3D{schema}"


@pytest.fixture
def warehouse(uri: str) -> Iterator[Warehouse]:
    with open_warehouse(uri) as opened:
        yield opened


@pytest.fixture
def reader(uri: str, warehouse: Warehouse) -> Iterator[Warehouse]:
    """A second connection to the same warehouse; on Spark in a session of its own."""
    with open_warehouse(
        f"{uri}&shuffle_partitions=4" if "format=parquet" in uri else uri
    ) as opened:
        yield opened


@pytest.fixture
def rows_of(warehouse: Warehouse) -> Callable[[str], list[dict[str, Any]]]:
    def read(sql: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = warehouse.query(sql).to_pylist()
        return rows

    return read
