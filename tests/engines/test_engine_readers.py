"""A reader sees a table before or after a write, never between."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from regulars.engines import Warehouse

ROUNDS = 15
DAY = date(2025, 3, 1)
STATE = "select count(*) as n, min(version) as oldest, max(version) as newest from {}"
NUMBERS = """
    select cast(:day as date) as business_date, cast(:version as bigint) as version
    from raw_rows
"""


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


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    import pyarrow as pa

    warehouse.load("raw_rows", pa.table({"n": list(range(2_000))}))
    _build(warehouse, 0)
    warehouse.create_view("all_rows", "select version from fct_rows")
    warehouse.create_view("some_rows", "select version from all_rows")
    return warehouse


@pytest.mark.parametrize("table", ["fct_rows", "some_rows"])
@pytest.mark.parametrize("write", [_build, _replace])
def test_a_reader_never_sees_a_torn_table(
    filled: Warehouse, reader: Warehouse, table: str, write: Callable[[Warehouse, int], None]
):
    with polling(reader, table) as states:
        for version in range(1, ROUNDS + 1):
            write(filled, version)
    assert states
    for state in states:
        assert state["n"] == 2_000
        assert state["oldest"] == state["newest"]
    assert [state["newest"] for state in states] == sorted(state["newest"] for state in states)


def test_what_one_connection_wrote_the_other_reads(filled: Warehouse, reader: Warehouse):
    reader.build("fct_other", "select 1 as n")
    _build(filled, 7)
    assert filled.query("select n from fct_other").to_pylist() == [{"n": 1}]
    assert reader.query("select max(version) as v from fct_rows").to_pylist() == [{"v": 7}]
