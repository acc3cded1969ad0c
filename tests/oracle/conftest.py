"""Stoves on which histories are cooked: one on DuckDB, one on a PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from adbc_driver_postgresql import dbapi

from oracle.kitchen_table import SHOPS
from oracle.town_terms import POLICY
from postgres_server import postgres_server as postgres_server
from regulars.engines import open_warehouse
from regulars.settings import Settings
from regulars.steps.runtime import Run
from sql.kitchen import DAY, Kitchen, make_policy


def _stove(uri: str, home: Path) -> Iterator[Kitchen]:
    run = Run(DAY, DAY, Settings(home=home))
    run.__dict__.update(policy=make_policy(stores=SHOPS, **POLICY))
    with open_warehouse(uri) as warehouse:
        yield Kitchen(warehouse, run)


@pytest.fixture(scope="module")
def stove(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kitchen]:
    """An empty kitchen with two stores in two currencies."""
    home = tmp_path_factory.mktemp("stove")
    yield from _stove(f"duckdb:///{home / 'history.duckdb'}", home)


@pytest.fixture(scope="module")
def server_stove(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kitchen]:
    """The same kitchen on a server."""
    with dbapi.connect(postgres_server, autocommit=True) as server, server.cursor() as cursor:
        cursor.execute("create schema oracle")
    uri = f"{postgres_server}&options=-csearch_path%3Doracle"
    yield from _stove(uri, tmp_path_factory.mktemp("server_stove"))
