"""What was rebuilt and is not published yet, so that publishing touches those days only.

It is noted before the days are written and forgotten after a publication has succeeded: a run that
is cut short in between is published by the next one. Profit and actions are published apart.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

import pyarrow as pa

from regulars.engines import Warehouse

Window = tuple[date, date]
Part = Literal["profit", "actions"]
PARTS: tuple[Part, ...] = ("profit", "actions")
UNPUBLISHED = pa.schema(
    {
        "slice_key": pa.string(), "part": pa.string(), "day_column": pa.string(),
        "first_date": pa.date32(), "last_date": pa.date32(),
    }
)  # fmt: skip
ALL_DAYS: Window = (date.min, date.max)
"""For what was dropped and is built again: no published day is to be trusted."""
_TABLE = "ops_unpublished"


def note(
    warehouse: Warehouse, column: str, windows: Iterable[Window], part: Part = "profit"
) -> None:
    """Remember that days are about to be rebuilt: windows of `business_date` or `snapshot_date`.

    First and last day are both included. The same window noted twice is noted once.
    """
    rows = [
        {
            "slice_key": f"{part}/{column}/{first}/{last}", "part": part, "day_column": column,
            "first_date": first, "last_date": last,
        }
        for first, last in windows
    ]  # fmt: skip
    if rows:
        warehouse.load_slices(_TABLE, pa.Table.from_pylist(rows, UNPUBLISHED), "slice_key")


def pending(warehouse: Warehouse, part: Part = "profit") -> dict[str, list[Window]]:
    """By day column the windows to publish, in order, none touching another."""
    if not warehouse.has_table(_TABLE):
        return {}
    rows = warehouse.query(
        "select day_column, first_date, last_date from ops_unpublished where part = :part"
        " order by day_column, first_date, last_date",
        part=part,
    ).to_pylist()
    found: dict[str, list[Window]] = {}
    for row in rows:
        _add(found.setdefault(row["day_column"], []), (row["first_date"], row["last_date"]))
    return found


def forget(warehouse: Warehouse, part: Part = "profit") -> None:
    """What was pending is published."""
    if warehouse.has_table(_TABLE):
        warehouse.delete_slices(_TABLE, "part", [part])


def _add(windows: list[Window], window: Window) -> None:
    """Append a window that starts no earlier than the last one, or let the last one grow."""
    first, last = window
    if windows and (windows[-1][1] == date.max or first <= windows[-1][1] + timedelta(days=1)):
        windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
    else:
        windows.append(window)
