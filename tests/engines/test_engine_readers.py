"""A reader sees a table before or after a write, never between."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from regulars.engines import Warehouse
from regulars.engines.published import PublishedTable

ROUNDS, MOST_ROUNDS, ROWS = 8, 400, 2_000
DAY = date(2025, 3, 1)
STATE = "select count(*) as n, min(version) as oldest, max(version) as newest from {}"
NUMBERS = """
    select n, cast(:day as date) as business_date, cast(:version as bigint) as version
    from raw_rows
"""
PUBLISHED = PublishedTable(
    name="shown_rows",
    select="select n, business_date, version from :home.fct_rows",
    description="Rows",
    columns={"n": "Number", "business_date": "Day", "version": "Version"},
    types={"n": "bigint", "business_date": "date", "version": "bigint"},
    unique=("n",),
    day_column="business_date",
)


@contextmanager
def polling(reader: Warehouse, table: str) -> Iterator[list[dict[str, Any]]]:
    """Read the state of a table again and again, from its first reading until the block ends."""
    states: list[dict[str, Any]] = []
    failures: list[Exception] = []
    started, done = threading.Event(), threading.Event()

    def poll() -> None:
        try:
            while not done.is_set():
                states.extend(reader.query(STATE.format(table)).to_pylist())
                started.set()
        except Exception as error:  # noqa: BLE001  (handed to the test's own thread)
            failures.append(error)
            started.set()

    thread = threading.Thread(target=poll)
    thread.start()
    started.wait(timeout=60)
    try:
        yield states
    finally:
        done.set()
        thread.join(timeout=60)
    if failures:
        raise failures[0]


def _build(warehouse: Warehouse, version: int) -> None:
    warehouse.build("fct_rows", NUMBERS, day=DAY, version=version)


def _replace(warehouse: Warehouse, version: int) -> None:
    warehouse.replace_days("fct_rows", NUMBERS, DAY, DAY, day=DAY, version=version)


def _rows(version: int) -> pa.Table:
    return pa.table({"n": range(ROWS), "business_date": [DAY] * ROWS, "version": [version] * ROWS})


def _load(warehouse: Warehouse, version: int) -> None:
    warehouse.load("fct_rows", _rows(version))


def _load_slices(warehouse: Warehouse, version: int) -> None:
    warehouse.load_slices("fct_rows", _rows(version), "business_date")


def _create_view(warehouse: Warehouse, version: int) -> None:
    select = f"select cast({version} as bigint) as version from raw_rows"
    warehouse.create_view("all_rows", select)


def _publish(warehouse: Warehouse, version: int) -> None:
    _replace(warehouse, version)
    warehouse.publish([PUBLISHED], {"business_date": [(DAY, DAY)]})


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    warehouse.load("raw_rows", pa.table({"n": range(ROWS)}))
    _build(warehouse, 0)
    warehouse.create_view("all_rows", "select version from fct_rows")
    warehouse.create_view("some_rows", "select version from all_rows")
    warehouse.publish([PUBLISHED], {})
    return warehouse


@pytest.mark.parametrize(
    ("write", "table"),
    [
        (_build, "fct_rows"),
        (_build, "some_rows"),
        (_replace, "fct_rows"),
        (_replace, "some_rows"),
        (_load, "fct_rows"),
        (_load_slices, "fct_rows"),
        (_create_view, "some_rows"),
        (_publish, "mart.shown_rows"),
    ],
)
def test_a_reader_never_sees_a_torn_table(
    filled: Warehouse, reader: Warehouse, write: Callable[[Warehouse, int], None], table: str
):
    with polling(reader, table) as states:
        for version in range(1, MOST_ROUNDS):
            write(filled, version)
            if version >= ROUNDS and len({state["newest"] for state in states}) > 1:
                break
    for state in states:
        assert state["n"] == ROWS
        assert state["oldest"] == state["newest"]
    seen = [state["newest"] for state in states]
    assert seen == sorted(seen)
    assert len(set(seen)) > 1, "the reader saw one state only: nothing was shown"


def test_what_one_connection_wrote_the_other_reads(filled: Warehouse, reader: Warehouse):
    reader.build("fct_other", "select 1 as n")
    _build(filled, 7)
    assert filled.query("select n from fct_other").to_pylist() == [{"n": 1}]
    assert reader.query("select max(version) as v from fct_rows").to_pylist() == [{"v": 7}]
