"""Order files of any size as a till exports them: mostly clean, some rows wrong, some repeated.

Every share is of rows, drawn with a fixed seed: the same size gives the same bytes.
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

STORES = tuple(f"S{number:02d}" for number in range(1, 13))
ITEMS, CUSTOMERS, DAYS = 240, 500_000, 730
LINES_PER_ORDER = 3
MEMBER_SHARE = 0.6
WRONG_SHARE, ODD_SHARE, REPEATED_SHARE, CLASHING_SHARE = 0.005, 0.005, 0.002, 0.0002
_SECONDS_OPEN = (10 * 3600, 14 * 3600)
_CHANNELS = ("dine_in", "takeaway", "delivery_own", "delivery_platform")
_CATEGORIES = ("mains", "sides", "drinks", "desserts", "None")
_TILL_EPOCH = np.datetime64("2023-01-01T00:00:00")
_CENT = Decimal("0.01")
Columns = dict[str, pa.Array]


def write_order_files(folder: Path, lines: int, kind: str, seed: int = 7) -> dict[str, Path]:
    """Write `orders` and `order_lines` with so many lines as `csv` or `parquet`; paths by name."""
    draw = np.random.default_rng(seed)
    orders = max(lines // LINES_PER_ORDER, 1)
    tables = {
        "orders": _orders(draw, orders, kind),
        "order_lines": _lines(draw, lines, orders, kind),
    }
    return {name: write_table(folder / f"{name}.{kind}", table) for name, table in tables.items()}


def write_toast_items(folder: Path, lines: int, kind: str, seed: int = 7) -> dict[str, Path]:
    """Write a Toast export of item selections, which a reader takes apart; paths by name."""
    draw = np.random.default_rng(seed)
    order = np.sort(draw.integers(0, max(lines // LINES_PER_ORDER, 1), lines))
    item = draw.integers(0, ITEMS, lines)
    cents, count = draw.integers(100, 9000, lines), draw.integers(1, 4, lines)
    texts = {
        "Location": _named(STORES, order % len(STORES)),
        "Order Id": _ids("7", order),
        "Sent Date": pc.strftime(_moments(draw, lines), "%m/%d/%y %I:%M %p"),
        "Item Selection Id": _ids("9", np.arange(lines)),
        "Item Id": _ids("5", item),
        "Menu Item": _named([f"Dish {number}" for number in range(ITEMS)], item),
        "Sales Category": _named(_CATEGORIES, item % len(_CATEGORIES)),
        "Gross Price": _amounts(cents * count),
        "Discount": _amounts(np.zeros(lines, np.int64)),
        "Net Price": _amounts(cents * count),
        "Qty": pa.array(count).cast(pa.string()),
        "Tax": _amounts(cents * count // 10),
        "Void?": _named(("false", "true"), (draw.random(lines) < 0.01).astype(int)),
    }
    texts["Qty"] = _spoil(draw, texts["Qty"], 0.001, "two")
    return {
        "items": write_table(folder / "20230101" / f"ItemSelectionDetails.{kind}", pa.table(texts))
    }


def write_table(path: Path, table: pa.Table) -> Path:
    """A table as CSV or as Parquet, by the ending of the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        # DuckDB quotes only the cells that need it, as tills do.
        duckdb.from_arrow(table).write_csv(str(path))
    else:
        pq.write_table(table, path, compression="zstd")
    return path


def _orders(draw: np.random.Generator, count: int, kind: str) -> pa.Table:
    number = np.arange(count)
    cents, discount = draw.integers(500, 30_000, count), draw.integers(0, 4, count) * 100
    member = draw.random(count) < MEMBER_SHARE
    customer = (draw.pareto(1.2, count) * 2_000).astype(np.int64) % CUSTOMERS
    columns = {
        "order_id": _ids("6", number),
        "store_id": _named(STORES, number % len(STORES)),
        "closed_at": _moments(draw, count),
        "channel": _named(_CHANNELS, draw.integers(0, len(_CHANNELS), count)),
        "status": _named(("paid", "voided"), (draw.random(count) < 0.01).astype(int)),
        "customer_ref": pc.if_else(pa.array(member), _ids("M", customer), None),
        "gross_amount": pa.array(cents),
        "discount_amount": pa.array(discount),
        "total_amount": pa.array(cents - discount),
    }
    return _as_written(draw, columns, kind, ("gross_amount", "discount_amount", "total_amount"))


def _lines(draw: np.random.Generator, count: int, orders: int, kind: str) -> pa.Table:
    order = np.minimum(np.arange(count) // LINES_PER_ORDER, orders - 1)
    item, quantity = draw.integers(0, ITEMS, count), draw.integers(1, 4, count)
    cents = draw.integers(200, 9_000, count)
    columns = {
        "order_id": _ids("6", order),
        "store_id": _named(STORES, order % len(STORES)),
        "line_no": pa.array(np.arange(count) - order * LINES_PER_ORDER + 1),
        "item_id": _ids("I", item),
        "item_name": _named([f"Dish {number}" for number in range(ITEMS)], item),
        "category": _named(_CATEGORIES, item % len(_CATEGORIES)),
        "quantity": pa.array(quantity),
        "gross_amount": pa.array(cents * quantity),
        "discount_amount": pa.array(draw.integers(0, 3, count) * 50),
        "tax_amount": pa.array(cents * quantity * 6 // 100),
    }
    return _as_written(draw, columns, kind, ("gross_amount", "discount_amount", "tax_amount"))


def _as_written(
    draw: np.random.Generator, columns: Columns, kind: str, money: tuple[str, ...]
) -> pa.Table:
    """The columns as this kind of file has them, with their share of wrong and repeated rows."""
    columns |= {name: _amounts(columns[name].to_numpy(), kind) for name in money}
    if kind == "csv":
        columns = {name: column.cast(pa.string()) for name, column in columns.items()}
        columns["gross_amount"] = _spoil(draw, columns["gross_amount"], ODD_SHARE, "1,149.00")
        columns["gross_amount"] = _spoil(draw, columns["gross_amount"], WRONG_SHARE / 3, "1O.50")
    columns["store_id"] = _spoil(draw, columns["store_id"], WRONG_SHARE / 3, "S99")
    columns["order_id"] = _spoil(draw, columns["order_id"], WRONG_SHARE / 3, None)
    columns["discount_amount"] = _spoil(
        draw, columns["discount_amount"], WRONG_SHARE / 3, _negative(columns["discount_amount"])
    )
    return _repeat_some(draw, pa.table(columns))


def _repeat_some(draw: np.random.Generator, table: pa.Table) -> pa.Table:
    """Some rows once more at the end, as they are, and a few with another amount."""
    count = table.num_rows
    again = table.take(draw.integers(0, count, int(count * REPEATED_SHARE)))
    clash = table.take(draw.integers(0, count, int(count * CLASHING_SHARE)))
    at = clash.column_names.index("gross_amount")
    other = pa.repeat(pa.scalar("77.77"), clash.num_rows).cast(clash.column(at).type)
    return pa.concat_tables([table, again, clash.set_column(at, "gross_amount", other)])


def _ids(prefix: str, numbers: np.ndarray[Any, Any]) -> pa.Array:
    """Nineteen digits, as platforms number their orders."""
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), 18, "0")
    return pc.binary_join_element_wise(prefix, digits, "")


def _named(names: tuple[str, ...] | list[str], places: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(list(names)).take(pa.array(places))


def _moments(draw: np.random.Generator, count: int) -> pa.Array:
    day, second = draw.integers(0, DAYS, count), draw.integers(0, _SECONDS_OPEN[1], count)
    seconds = day * 86_400 + _SECONDS_OPEN[0] + second
    return pa.array(_TILL_EPOCH + seconds.astype("timedelta64[s]"))


def _amounts(cents: np.ndarray[Any, Any], kind: str = "csv") -> pa.Array:
    """Decimals of two places: as text, or as Parquet keeps them."""
    exact = pc.multiply(pa.array(cents).cast(pa.decimal128(19, 0)), pa.scalar(_CENT))
    exact = exact.cast(pa.decimal128(12, 2))
    return exact.cast(pa.string()) if kind == "csv" else exact


def _negative(amounts: pa.Array) -> Any:
    return pa.scalar("-1.00").cast(amounts.type).as_py()


def _spoil(draw: np.random.Generator, column: pa.Array, share: float, cell: Any) -> pa.Array:
    hit = pa.array(draw.random(len(column)) < share)
    return pc.if_else(hit, pa.scalar(cell, column.type), column)


WRITERS: dict[str, Callable[..., dict[str, Path]]] = {
    "canonical": write_order_files,
    "toast": write_toast_items,
}
