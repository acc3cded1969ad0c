"""Is there room for what a step is about to write? Estimates from what lies on the disks now.

The factors were measured on the sample group and are stated in docs/howto/limits.md; each is
rounded up, for a refusal costs a look at the disk and a full disk costs the morning.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from regulars.engines import Warehouse
from regulars.limits import Need, require_room, size_of
from regulars.settings import Settings
from regulars.sources.files import DroppedFile
from regulars.sources.landing import FileReceipt
from regulars.steps.runtime import Run

LANDED_PER_DROPPED = {".csv": 0.5, ".xlsx": 2.0, ".parquet": 2.0}
"""Landed bytes, and refused rows beside them, for each byte of a dropped file of this kind."""
LANDED_PER_OTHER = 1.0
LOADED_PER_LANDED = 4
"""Bytes of raw tables in the warehouse for each landed byte."""
BUILT_PER_LANDED = 12
"""Bytes of a warehouse with lines, orders and customer-days for each landed byte."""
SNAPSHOT_BYTES = 3_000
"""All that the snapshots of one date say of one customer."""
PUBLISHED_PER_LANDED = 16
"""Bytes of the Parquet copies for each landed byte."""
REWRITTEN = 4
"""A run writes about a quarter of what is there beside it, before the old is given free."""
FIRST_EXPORT = 20_000_000


def room_to_land(run: Run, files: Iterable[DroppedFile]) -> None:
    """Before landing: the dropped files' sizes, by what each kind of file becomes."""
    sizes = [(Path(file.name).suffix.lower(), file.size_bytes) for file in files]
    landed = sum(int(size * LANDED_PER_DROPPED.get(kind, LANDED_PER_OTHER)) for kind, size in sizes)
    _require(run, "landing", Need(run.settings.landing_folder, landed, f"{len(sizes)} files"))


def room_to_load(run: Run, warehouse: Warehouse, landed: Iterable[FileReceipt]) -> None:
    """Before loading: what the landed files that are not loaded yet become in the warehouse."""
    rows = warehouse.query("select landed_file from raw_file_receipts")
    loaded = set(rows["landed_file"].to_pylist())
    names = {one.landed_file for receipt in landed for one in receipt.entities} - loaded
    size = sum(size_of(run.settings.landing_folder / name) for name in names if name)
    _require(run, "loading", *_warehouse(run.settings, size * LOADED_PER_LANDED, "raw rows"))


def room_to_build(run: Run) -> None:
    """Before building: what the warehouse lacks of its size, and a quarter of what it is."""
    settings = run.settings
    present = size_of(settings.warehouse_file) if settings.warehouse_file else 0
    lacking = max(size_of(settings.landing_folder) * BUILT_PER_LANDED - present, 0)
    _require(run, "building", *_warehouse(settings, lacking + present // REWRITTEN, "built tables"))


def room_for_snapshots(run: Run, warehouse: Warehouse, dates: Sequence[date]) -> None:
    """Before snapshots: so many dates, so many customers, at most as many on each date."""
    customers = warehouse.query("select count(*) as n from int_customers")["n"][0].as_py()
    size = len(dates) * int(customers) * SNAPSHOT_BYTES
    _require(run, "snapshots", *_warehouse(run.settings, size, f"{len(dates)} snapshot dates"))


def room_to_publish(run: Run) -> None:
    """Before publishing: what the copies lack of their size, and a quarter of what they are."""
    folder = run.settings.published_folder
    present = size_of(folder)
    lacking = max(size_of(run.settings.landing_folder) * PUBLISHED_PER_LANDED - present, 0)
    _require(run, "publishing", Need(folder, lacking + present // REWRITTEN, "Parquet copies"))


def room_to_export(run: Run) -> None:
    """Before exporting: twice what the largest day took, or 20 MB for the first."""
    folder = run.settings.exports_folder
    days = [size_of(day) for day in folder.iterdir()] if folder.exists() else []
    needed = 2 * max(days, default=FIRST_EXPORT // 2)
    _require(run, "exporting", Need(folder, needed, "the day's lists"))


def _warehouse(settings: Settings, size: int, purpose: str) -> list[Need]:
    """Nothing where the warehouse is on a server: its disk cannot be seen from here."""
    file = settings.warehouse_file
    return [Need(file.parent, size, purpose)] if file else []


def _require(run: Run, step: str, *needs: Need) -> None:
    settings = run.settings
    may_go = (
        settings.exports_folder, settings.profiles_folder, settings.reports_folder,
        settings.root / "airflow" / "logs",
    )  # fmt: skip
    require_room(step, needs, settings.reserve, may_go)
