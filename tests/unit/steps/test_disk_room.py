"""A step that would fill the disk is refused before it writes; with room it goes on."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_home import DAY, ORDERS, SmallHome, make_home

from regulars.domain.errors import DiskFull
from regulars.engines import open_warehouse
from regulars.steps import disk_room
from regulars.steps.ingest_sales import load_sources
from regulars.steps.runtime import Run, start

RESERVE = 1_000_000_000
ROW = "1,S1,2025-01-10 12:00,dine_in,paid,25.00,\n"
SetFree = Callable[[int], None]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallHome:
    monkeypatch.delenv("REGULARS_DISK_RESERVE", raising=False)
    return make_home(tmp_path, monkeypatch)


@pytest.fixture
def beyond_reserve(monkeypatch: pytest.MonkeyPatch) -> SetFree:
    """Let so many bytes be free beside the reserve."""

    def set_free(size: int) -> None:
        usage = SimpleNamespace(free=RESERVE + size)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    return set_free


def fits_exactly(step: Callable[[], object], size: int, beyond_reserve: SetFree) -> bool:
    """Whether a step begins with so many bytes free, and not with one less."""
    beyond_reserve(size - 1)
    with pytest.raises(DiskFull):
        step()
    beyond_reserve(size)
    step()
    return True


def test_a_dropped_file_needs_half_its_size_before_it_is_landed(
    home: SmallHome, beyond_reserve: SetFree
):
    size = home.drop("orders_2025-01-10.csv", ORDERS + ROW).stat().st_size
    beyond_reserve(size // 2 - 1)
    with pytest.raises(DiskFull, match=r"^landing: about \d+ bytes are needed .* for 1 files"):
        home.ingest()
    assert home.receipts() == {}
    beyond_reserve(size // 2)
    assert home.ingest()["read_files"] == 1


def test_a_landed_file_needs_four_times_its_size_before_it_is_loaded(
    home: SmallHome, beyond_reserve: SetFree
):
    home.drop("orders_2025-01-10.csv", ORDERS + ROW)
    receipt = home.ingest()
    landed = sum(file.stat().st_size for file in home.settings().landing_folder.rglob("*.parquet"))

    def load() -> None:
        load_sources([receipt], DAY.isoformat())

    beyond_reserve(4 * landed - 1)
    with pytest.raises(DiskFull, match=r"^loading: .* for raw rows"):
        load()
    assert home.rows("select count(*) as n from raw_orders") == [{"n": 0}]
    beyond_reserve(4 * landed)
    load()
    assert home.rows("select count(*) as n from raw_orders") == [{"n": 1}]
    beyond_reserve(-RESERVE)
    load()  # All is loaded: nothing is written, nothing needed.


def test_building_needs_what_the_warehouse_lacks_and_a_quarter_of_it(
    home: SmallHome, beyond_reserve: SetFree
):
    run = _run_with(home, landed=1_000, warehouse=4_000)
    assert fits_exactly(lambda: disk_room.room_to_build(run), 8_000 + 1_000, beyond_reserve)
    run = _run_with(home, landed=1_000, warehouse=40_000)
    assert fits_exactly(lambda: disk_room.room_to_build(run), 10_000, beyond_reserve)


def test_publishing_needs_what_the_copies_lack_and_a_quarter_of_them(
    home: SmallHome, beyond_reserve: SetFree
):
    run = _run_with(home, landed=1_000, warehouse=4_000)
    _file(home.settings().published_folder / "fct_orders.parquet", 6_000)
    assert fits_exactly(lambda: disk_room.room_to_publish(run), 10_000 + 1_500, beyond_reserve)


def test_exporting_needs_twice_the_largest_day_or_20_mb_for_the_first(
    home: SmallHome, beyond_reserve: SetFree
):
    run = start(DAY.isoformat())
    assert fits_exactly(lambda: disk_room.room_to_export(run), 20_000_000, beyond_reserve)
    for day, size in (("2025-01-08", 700), ("2025-01-09", 300)):
        _file(home.settings().exports_folder / day / "actions.csv", size)
    assert fits_exactly(lambda: disk_room.room_to_export(run), 1_400, beyond_reserve)


def test_snapshots_need_3_kb_for_each_customer_on_each_date(
    home: SmallHome, beyond_reserve: SetFree
):
    dates = [date(2025, 1, 9), DAY]
    with open_warehouse(home.settings().warehouse_uri) as warehouse:
        warehouse.build("int_customers", "select 1 as n union all select 2 as n")
        run = start(DAY.isoformat())
        assert fits_exactly(
            lambda: disk_room.room_for_snapshots(run, warehouse, dates), 12_000, beyond_reserve
        )


def test_a_warehouse_on_a_server_asks_for_no_room_here(
    home: SmallHome, beyond_reserve: SetFree, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("REGULARS_WAREHOUSE", "postgresql://db/regulars")
    beyond_reserve(-RESERVE)
    disk_room.room_to_build(_run_with(home, landed=1_000, warehouse=0))


def test_the_reserve_can_be_set(home: SmallHome, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REGULARS_DISK_RESERVE", "2.5GB")
    with pytest.raises(DiskFull, match=r"2\.5 GB are kept in reserve"):
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2_500_000_000))
        disk_room.room_to_export(start(DAY.isoformat()))


def _run_with(home: SmallHome, landed: int, warehouse: int) -> Run:
    settings = home.settings()
    _file(settings.landing_folder / "till" / "a.parquet", landed)
    _file(settings.root / "warehouse.duckdb", warehouse)
    return start(DAY.isoformat())


def _file(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
