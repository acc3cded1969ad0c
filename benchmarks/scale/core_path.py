"""The product's own road: plain SQL models of this work, run through its engine layer.

The models beside this module (`sql/`, and `one_day/` for the step from yesterday) are written in
the product's portable dialect and run by its runner, so that a figure here is a figure of its
engines: prepared beside and published in a transaction, on DuckDB, PostgreSQL or Spark.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

from benchmarks.scale.contestants import RESULT
from regulars.engines import Warehouse
from regulars.models import Model, ModelKind, load_catalog, load_dictionary, run_models
from regulars.models.model import read_model
from regulars.steps.runtime import SQL_FOLDER

HERE = Path(__file__).parent
WINDOW_DAYS = 92
"""History is built a quarter at a time: customer-days never cross days, and memory stays small."""
_SMALL = {
    "raw_guests": "guests", "ref_item_costs": "item_costs", "ref_channel_fees": "channel_fees",
}  # fmt: skip


def load(warehouse: Warehouse, folder: Path) -> int:
    """Load the generated files, one month of lines after the other; returns the lines."""
    for table, name in _SMALL.items():
        warehouse.load(table, pq.read_table(folder / f"{name}.parquet"))
    count = 0
    for path in sorted((folder / "order_lines").glob("*.parquet")):
        rows = pq.read_table(path, partitioning=None)
        month = pa.array([path.stem] * rows.num_rows).dictionary_encode().cast(pa.string())
        warehouse.load_slices("raw_order_lines", rows.append_column("month", month), "month")
        count += rows.num_rows
    return count


def forget(warehouse: Warehouse) -> None:
    """Drop what was built, so that the next history is the first."""
    for model in load_catalog(HERE / "sql").models:
        warehouse.drop(model.name)


def stands_on(warehouse: Warehouse, day: date) -> bool:
    """Whether the standing of a day is there."""
    if not warehouse.has_table("snap_customer_features"):
        return False
    found = warehouse.query(
        "select count(*) as n from snap_customer_features where snapshot_date = :day", day=day
    )
    return bool(found["n"][0].as_py())


def build_history(warehouse: Warehouse, first: date, day: date) -> None:
    """Everything from the first day on, and the standing of every customer as of the day."""
    by_day, standing = _split(load_catalog(HERE / "sql").models)
    _run(warehouse, by_day, windows(first, day))
    _run(warehouse, standing, [(day, day)])


def add_day(warehouse: Warehouse, day: date) -> None:
    """One further day: its slice of the rollup, then the standing from that of the day before.

    Yesterday's standing has to be there. Running it again gives the same.
    """
    _run(warehouse, one_day_models(), [(day, day)])


def standings(warehouse: Warehouse, day: date) -> pa.Table:
    """The result to compare, ordered by customer."""
    columns = [f"tiers.{name}" if name == "customer_no" else name for name in RESULT]
    return warehouse.query(
        f"select {', '.join(columns)} from snap_customer_tiers as tiers"
        " inner join snap_customer_features as features"
        " on tiers.customer_no = features.customer_no"
        " and tiers.snapshot_date = features.snapshot_date"
        " where tiers.snapshot_date = :day order by tiers.customer_no",
        day=day,
    )


def windows(first: date, last: date) -> list[tuple[date, date]]:
    """The days from first to last, a quarter at a time."""
    return list(_windows(first, last))


def one_day_models() -> tuple[Model, ...]:
    """The models of the history, but what has a text for one day in that text."""
    texts = {path.stem: read_model(path) for path in (HERE / "one_day").glob("*.sql")}
    return tuple(texts.get(model.name, model) for model in load_catalog(HERE / "sql").models)


def _windows(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        end = min(first + timedelta(days=WINDOW_DAYS - 1), last)
        yield first, end
        first = end + timedelta(days=1)


def _split(models: Sequence[Model]) -> tuple[list[Model], list[Model]]:
    by_day = [model for model in models if model.kind is ModelKind.DAYS]
    return by_day, [model for model in models if model not in by_day]


def _run(warehouse: Warehouse, models: Sequence[Model], spans: Sequence[tuple[date, date]]) -> None:
    dictionary = load_dictionary(SQL_FOLDER / "dictionary.yaml")
    run_models(warehouse, models, dictionary, windows=spans, progress=lambda _: None)
