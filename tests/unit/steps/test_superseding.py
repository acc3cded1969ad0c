"""Superseded rows are found for changed files only, and are what looking at everything finds."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.checks.schemas import raw_schema
from regulars.engines import Warehouse, open_warehouse
from regulars.steps.raw_tables import RECEIPTS, ensure_tables
from regulars.steps.superseding import supersede

RAW = raw_schema("order_lines")
Row = tuple[str, int | None]
"""An order and its revision: one line of it."""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = tmp_path_factory.mktemp("home")
    with open_warehouse(f"duckdb:///{home / 'w.duckdb'}") as opened:
        ensure_tables(opened)
        yield opened


def hold(warehouse: Warehouse, files: dict[str, tuple[Row, ...]]) -> None:
    """Let the warehouse hold exactly these files; the same name with other rows was read again."""
    rows = [
        {"store_id": "S1", "order_id": order, "line_no": 1, "revision": revision,
         "source_system": "pos", "source_file_sha256": name, "source_row": number}
        for name, lines in files.items() for number, (order, revision) in enumerate(lines)
    ]  # fmt: skip
    receipts: list[dict[str, Any]] = [
        {"source_system": "pos", "source_file_sha256": name, "entity": "order_lines",
         "landed_file": f"{name}-{lines}"} for name, lines in files.items()
    ]  # fmt: skip
    warehouse.load("raw_order_lines", pa.Table.from_pylist(rows, RAW))
    warehouse.load("raw_file_receipts", pa.Table.from_pylist(receipts, RECEIPTS))


def superseded(warehouse: Warehouse) -> list[tuple[str, str, int]]:
    rows = warehouse.query(
        "select order_id, source_file_sha256, source_row from ops_superseded_order_lines"
        " order by order_id, source_file_sha256, source_row"
    ).to_pylist()
    return [(row["order_id"], row["source_file_sha256"], row["source_row"]) for row in rows]


def lost(files: dict[str, tuple[Row, ...]]) -> list[tuple[str, str, int]]:
    """The same by hand: all rows of an order but its highest revision, smallest file, row."""
    by_order: dict[str, list[tuple[int, str, int]]] = {}
    for name, lines in files.items():
        for number, (order, revision) in enumerate(lines):
            by_order.setdefault(order, []).append((-(revision or 0), name, number))
    return sorted((o, name, n) for o, rows in by_order.items() for _, name, n in sorted(rows)[1:])


def test_a_correction_supersedes_and_when_its_file_goes_the_first_row_counts_again(
    warehouse: Warehouse,
):
    first, correction = {"a": (("o1", None), ("o2", 0))}, {"b": (("o1", 1),)}
    hold(warehouse, first | correction)
    supersede(warehouse)
    assert superseded(warehouse) == [("o1", "a", 0)]
    hold(warehouse, first)
    supersede(warehouse)
    assert superseded(warehouse) == []


def test_only_keys_of_changed_files_are_looked_at_again(warehouse: Warehouse):
    hold(warehouse, {"a": (("o1", 0), ("o2", 0)), "b": (("o1", 1),)})
    supersede(warehouse)
    # A mark on a row that no changed file concerns is still there afterwards: nobody looked.
    marked = warehouse.query("select * from ops_superseded_order_lines").set_column(
        4, "source_row", pa.array([77], pa.int64())
    )
    warehouse.load("ops_superseded_order_lines", marked)
    hold(warehouse, {"a": (("o1", 0), ("o2", 0)), "b": (("o1", 1),), "c": (("o2", 1),)})
    supersede(warehouse)
    assert superseded(warehouse) == [("o1", "a", 77), ("o2", "a", 1)]


ROWS = st.lists(
    st.tuples(st.sampled_from(["o1", "o2", "o3"]), st.sampled_from([None, 0, 1, 2])),
    max_size=3, unique_by=lambda row: (row[0], row[1] or 0),
).map(tuple)  # fmt: skip
FILES = st.dictionaries(st.sampled_from("abcd"), ROWS, max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FILES, min_size=2, max_size=3))
def test_files_that_come_change_and_go_in_any_order_leave_what_a_look_at_all_rows_finds(
    warehouse: Warehouse, history: list[dict[str, tuple[Row, ...]]]
):
    for files in history:
        hold(warehouse, files)
        supersede(warehouse)
        assert superseded(warehouse) == lost(files)
