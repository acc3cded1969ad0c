"""The published tables as Parquet, for readers that must not lock the warehouse.

A table that is kept by day is a folder of parts (`published_parts`), and a publication writes only
those in which days were rebuilt; any other table is one file. The same rows are the same bytes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.engines import Warehouse
from regulars.models import Model
from regulars.models.outputs import output_columns
from regulars.steps.published_parts import DAY_COLUMNS, Part, by_month, is_by_date, stale_parts
from regulars.steps.published_terms import AMOUNT_DECIMALS, minor_unit, published_name
from regulars.steps.unpublished import ALL_DAYS, Window

_AMOUNT = pa.decimal128(23, AMOUNT_DECIMALS)
_QUANTITY = pa.decimal128(22, 3)
Files = Iterator[tuple[Path, pa.Table | None]]


def write_copies(
    warehouse: Warehouse,
    models: Iterable[Model],
    changed: Mapping[str, Sequence[Window]],
    folder: Path,
) -> list[Path]:
    """Bring the copies of these tables up to date; returns the file or folder of each.

    `changed` names, by day column, the days that were rebuilt since the copies were last written.
    A folder that is not there, or that was cut short, is written whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    places = []
    with ThreadPoolExecutor(1) as writer:
        # One file is written while the rows of the next one are read.
        waiting = []
        for model in models:
            files = _parts if model.kind in DAY_COLUMNS else _whole_table
            places.append(folder / (model.name if files is _parts else f"{model.name}.parquet"))
            for path, rows in files(warehouse, model, changed, places[-1]):
                waiting.append(writer.submit(_write, rows, path))
        for one in waiting:
            one.result()
    return places


def _whole_table(
    warehouse: Warehouse, model: Model, _: Mapping[str, Sequence[Window]], path: Path
) -> Files:
    yield path, warehouse.query(f"select * from {model.name} order by {_order(model)}")  # noqa: S608


def _parts(
    warehouse: Warehouse, model: Model, changed: Mapping[str, Sequence[Window]], folder: Path
) -> Files:
    """The files of a folder that are to be written; a part that has no rows any more goes.

    The file without rows gives the columns while there is no day. It is written last: a folder
    that has it is whole.
    """
    column, empty = DAY_COLUMNS[model.kind], folder / "no_rows.parquet"
    windows = changed.get(column, ()) if empty.exists() else (ALL_DAYS,)
    folder.mkdir(exist_ok=True)
    there = [path.stem for path in folder.glob("*.parquet") if path != empty]
    days = _days_with_rows(warehouse, model.name, column, windows)
    order = f"{column}, {_order(model)}" if is_by_date(model) else _order(model)
    for parts in by_month(stale_parts(days, there, windows, is_by_date(model))):
        month = warehouse.query(
            f"select * from {model.name}"  # noqa: S608
            f" where {column} >= :first and {column} <= :last order by {order}",
            first=parts[0].first,
            last=parts[-1].last,
        )
        for part, rows in _cut(month, column, parts):
            yield folder / f"{part.name}.parquet", rows if rows.num_rows else None
    if ALL_DAYS in windows:
        # An earlier release wrote one file for the whole table.
        folder.with_name(f"{model.name}.parquet").unlink(missing_ok=True)
        yield empty, warehouse.query(f"select * from {model.name} limit 0")  # noqa: S608


def _cut(month: pa.Table, column: str, parts: Sequence[Part]) -> Iterator[tuple[Part, pa.Table]]:
    """The rows of each part: one takes all; where there are several, each is one of the dates."""
    if len(parts) == 1:
        yield parts[0], month
        return
    # The rows are in the order of the dates, and dates that are no part may lie between.
    dates = month[column].to_numpy()
    for part in parts:
        day = np.datetime64(part.first)
        start, end = np.searchsorted(dates, day, "left"), np.searchsorted(dates, day, "right")
        yield part, month.slice(start, end - start)


def _order(model: Model) -> str:
    return ", ".join(model.unique or output_columns(model))


def _days_with_rows(
    warehouse: Warehouse, table: str, column: str, windows: Sequence[Window]
) -> set[date]:
    days: set[date] = set()
    for first, last in windows:
        rows = warehouse.query(
            f"select distinct {column} as day from {table}"  # noqa: S608
            f" where {column} >= :first and {column} <= :last",
            first=first,
            last=last,
        )
        days |= set(rows["day"].to_pylist())
    return days


def _write(rows: pa.Table | None, path: Path) -> None:
    """Put the rows in the place of the file, by a rename."""
    if rows is None:
        path.unlink(missing_ok=True)
    else:
        # Readers of a folder pass over names that begin with a dot.
        partial = path.with_name(f".{path.stem}.part")
        pq.write_table(to_published(rows), partial, compression="zstd")
        partial.replace(path)


def to_published(rows: pa.Table) -> pa.Table:
    """Rows as they are published: amounts and quantities as exact decimals."""
    columns: dict[str, pa.ChunkedArray] = {}
    for name in rows.column_names:
        column = rows[name]
        if name.endswith("_minor"):
            column = pc.multiply(_whole(column), _units(rows["currency_code"])).cast(_AMOUNT)
        elif name.endswith("_milli"):
            thousandth = pa.scalar("0.001").cast(pa.decimal128(4, 3))
            column = pc.multiply(_whole(column), thousandth).cast(_QUANTITY)
        columns[published_name(name)] = column
    return pa.table(columns)


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.decimal128(19, 0))


def _units(currencies: pa.ChunkedArray) -> pa.Array:
    """The worth of one minor unit, row by row."""
    codes = pc.dictionary_encode(currencies.combine_chunks())
    if isinstance(codes, pa.ChunkedArray):
        codes = codes.combine_chunks()
    unit = pa.decimal128(5, AMOUNT_DECIMALS)
    worth = pa.array([minor_unit(str(code)) for code in codes.dictionary.to_pylist()]).cast(unit)
    return worth.take(codes.indices)
