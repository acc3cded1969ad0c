"""An export depends on the rows alone: not on the engine, the order of arrival or the run."""

from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.domain.errors import BadInput
from regulars.engines import Warehouse

ROWS = pa.table(
    {
        "name": ["b", "a", None, "B", "a"],
        "n": pa.array([2, 1, 5, 3, None], pa.int64()),
        "share": [0.5, None, 1.5, -2.0, 0.25],
    }
)


def _export(warehouse: Warehouse, rows: pa.Table, path: Path) -> bytes:
    warehouse.load("fct_rows", rows)
    warehouse.export_parquet("fct_rows", path, order_by=["name"])
    return path.read_bytes()


def test_the_file_is_sorted_with_nulls_last_and_ties_broken(warehouse: Warehouse, tmp_path: Path):
    _export(warehouse, ROWS, tmp_path / "out" / "rows.parquet")
    rows = pq.read_table(tmp_path / "out" / "rows.parquet").to_pylist()
    assert [(row["name"], row["n"]) for row in rows] == [
        ("B", 3),
        ("a", 1),
        ("a", None),
        ("b", 2),
        (None, 5),
    ]


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(5)))
def test_the_bytes_do_not_depend_on_the_order_of_arrival(
    warehouse: Warehouse, tmp_path: Path, order: list[int]
):
    expected = _export(warehouse, ROWS, tmp_path / "one.parquet")
    assert _export(warehouse, ROWS.take(order), tmp_path / "two.parquet") == expected


def test_the_bytes_are_the_same_on_every_engine(warehouse: Warehouse, tmp_path: Path):
    pq.write_table(_sorted(ROWS), tmp_path / "expected.parquet", compression="zstd")
    expected = (tmp_path / "expected.parquet").read_bytes()
    found = _export(warehouse, ROWS, tmp_path / "rows.parquet")
    assert sha256(found).hexdigest() == sha256(expected).hexdigest()


def test_many_rows_make_equal_row_groups(warehouse: Warehouse, tmp_path: Path):
    rows = pa.table({"name": ["x"] * 150_000, "n": list(range(150_000))})
    _export(warehouse, rows, tmp_path / "rows.parquet")
    file = pq.ParquetFile(tmp_path / "rows.parquet")
    groups = [file.metadata.row_group(index).num_rows for index in range(file.num_row_groups)]
    assert groups == [65_536, 65_536, 18_928]
    assert file.read().equals(rows)


def test_an_empty_table_makes_a_file_with_its_columns(warehouse: Warehouse, tmp_path: Path):
    _export(warehouse, ROWS.slice(0, 0), tmp_path / "rows.parquet")
    assert pq.read_table(tmp_path / "rows.parquet").schema == ROWS.schema


def test_an_export_that_fails_leaves_the_old_file_alone(warehouse: Warehouse, tmp_path: Path):
    before = _export(warehouse, ROWS, tmp_path / "rows.parquet")
    with pytest.raises(BadInput, match="there is no column nope"):
        warehouse.export_parquet("fct_rows", tmp_path / "rows.parquet", order_by=["nope"])
    assert (tmp_path / "rows.parquet").read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.parquet")] == ["rows.parquet"]


def _sorted(rows: pa.Table) -> pa.Table:
    keys = [(name, "ascending") for name in rows.column_names]
    return rows.sort_by(keys).combine_chunks()
