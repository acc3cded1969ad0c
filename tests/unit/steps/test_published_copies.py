"""A table kept by day is a folder of Parquet parts; a publication writes those that changed."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.engines import Warehouse, open_warehouse
from regulars.models import Model, read_model
from regulars.steps.published_copies import write_copies
from regulars.steps.published_parts import part_named, part_of, stale_parts
from regulars.steps.unpublished import ALL_DAYS

SALES = """/*
grain: one row per sale
kind: days
inputs: [raw_sales]
unique: [sale_id]
params: [first_date, last_date]
publish: true
describe: Sales. ‖ 销售。
*/
with final as (
    select sale_id, business_date
    from raw_sales
    where business_date >= :first_date and business_date <= :last_date
)

select * from final
"""
NEW_YEAR = date(2026, 1, 1)


def files(folder: Path) -> dict[str, tuple[list[int], int]]:
    """Of every file its sales, and when it was last written."""
    return {
        path.stem: (pq.read_table(path)["sale_id"].to_pylist(), path.stat().st_mtime_ns)
        for path in sorted(folder.glob("*.parquet"))
    }


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(f"duckdb:///{tmp_path / 'w.duckdb'}") as opened:
        yield opened


@pytest.fixture
def model(tmp_path: Path) -> Model:
    (tmp_path / "marts").mkdir()
    path = tmp_path / "marts" / "fct_sales.sql"
    path.write_text(SALES, encoding="utf-8")
    return read_model(path)


def sell(warehouse: Warehouse, *days: int) -> None:
    """One sale on each of these days after New Year, the last day first."""
    dates = [NEW_YEAR + timedelta(days=day) for day in reversed(days)]
    sales = {"sale_id": pa.array([*reversed(days)], pa.int64()), "business_date": dates}
    warehouse.load("fct_sales", pa.table(sales))


def test_the_first_publication_writes_every_month_and_what_holds_the_columns(
    warehouse: Warehouse, model: Model, tmp_path: Path
):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "fct_sales.parquet").touch()  # as an earlier release left it
    sell(warehouse, 0, 5, 31, 40)
    (folder,) = write_copies(warehouse, [model], {}, tmp_path / "out")
    assert {name: sales for name, (sales, _) in files(folder).items()} == {
        "2026-01": [0, 5], "2026-02": [31, 40], "no_rows": [],
    }  # fmt: skip
    assert pq.read_table(folder)["sale_id"].to_pylist() == [0, 5, 31, 40]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["fct_sales"]


def test_a_further_day_writes_its_month_and_no_other(
    warehouse: Warehouse, model: Model, tmp_path: Path
):
    sell(warehouse, 0, 31)
    (folder,) = write_copies(warehouse, [model], {}, tmp_path / "out")
    before = files(folder)
    sell(warehouse, 0, 31, 32)
    day = NEW_YEAR + timedelta(days=32)
    write_copies(warehouse, [model], {"business_date": [(day, day)]}, tmp_path / "out")
    after = files(folder)
    assert after["2026-01"] == before["2026-01"]
    assert after["2026-02"][0] == [31, 32]


def test_a_month_that_lost_its_rows_loses_its_file_and_others_stay(
    warehouse: Warehouse, model: Model, tmp_path: Path
):
    sell(warehouse, 0, 31)
    (folder,) = write_copies(warehouse, [model], {}, tmp_path / "out")
    sell(warehouse, 31)
    write_copies(warehouse, [model], {"business_date": [(NEW_YEAR, NEW_YEAR)]}, tmp_path / "out")
    assert [*files(folder)] == ["2026-02", "no_rows"]


def test_dates_of_one_month_are_read_at_once_and_one_between_them_is_left_alone(
    warehouse: Warehouse, tmp_path: Path
):
    (tmp_path / "actions").mkdir()
    path = tmp_path / "actions" / "fct_sales.sql"
    path.write_text(SALES, encoding="utf-8")
    by_date = read_model(path)
    sell(warehouse, 1, 2, 4)
    (folder,) = write_copies(warehouse, [by_date], {}, tmp_path / "out")
    before = files(folder)
    sell(warehouse, 2, 4)
    gone, last = (NEW_YEAR + timedelta(days=day) for day in (1, 4))
    changed = {"business_date": [(gone, gone), (last, last)]}
    write_copies(warehouse, [by_date], changed, tmp_path / "out")
    after = files(folder)
    assert [*after] == ["2026-01-03", "2026-01-05", "no_rows"]
    assert after["2026-01-03"] == before["2026-01-03"]
    assert after["2026-01-05"][0] == [4]
    assert after["2026-01-05"] != before["2026-01-05"]


def test_a_folder_that_was_cut_short_is_written_whole(
    warehouse: Warehouse, model: Model, tmp_path: Path
):
    sell(warehouse, 0, 31)
    (folder,) = write_copies(warehouse, [model], {}, tmp_path / "out")
    (folder / "no_rows.parquet").unlink()
    (folder / "2026-01.parquet").unlink()
    write_copies(warehouse, [model], {}, tmp_path / "out")
    assert [*files(folder)] == ["2026-01", "2026-02", "no_rows"]


def test_parts_are_named_by_their_dates():
    assert part_of(date(2024, 2, 29), by_date=False) == (
        "2024-02", date(2024, 2, 1), date(2024, 2, 29)
    )  # fmt: skip
    assert part_named("2024-02-03") == ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3))


def test_after_a_rebuild_every_part_that_is_there_is_stale():
    there = ["2025-11", "2026-01"]
    names = [part.name for part in stale_parts([NEW_YEAR], there, [ALL_DAYS], by_date=False)]
    assert names == there
