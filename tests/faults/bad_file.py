"""A bad file and what is answered; and the few ways in which files are written."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

Kind = Literal["refused", "set aside", "warned", "told", "loaded", "left alone"]
Hook = Callable[[Path], None]
GUEST = "Guest-7"
"""Stands in every file that has guests: it must not appear in any message."""
ORDER_NAMES = ("order_id", "store_id", "closed_at", "channel", "status", "total_amount",
               "customer_ref")  # fmt: skip
ORDER: Mapping[str, str] = {
    "order_id": "7", "store_id": "S1", "closed_at": "2025-01-10 12:00", "channel": "dine_in",
    "status": "paid", "total_amount": "10.00", "customer_ref": GUEST,
}  # fmt: skip


def do_nothing(_path: Path) -> None:
    """Most files just lie there."""


@dataclass(frozen=True)
class BadFile:
    """A file of a source and what is answered.

    kind and reason: what happens, and the code it is told under. counts: rows read, loaded,
    quarantined, duplicate, summary, out of scope. row: the number of the first row that is told.
    cells: what a column of the landed rows holds, in order. before puts the file there in a way
    of its own; after happens between the moment it is seen and the moment it is read.
    """

    name: str
    data: bytes
    kind: Kind
    reason: str = ""
    counts: tuple[int, int, int, int, int, int] = (0, 0, 0, 0, 0, 0)
    row: int | None = None
    source: str = "till"
    cells: tuple[str, Sequence[Any]] | None = None
    before: Callable[[Path, bytes], object] = Path.write_bytes
    after: Hook = field(default=do_nothing)


def refused(name: str, data: bytes | str, reason: str, **more: Any) -> BadFile:
    """A file of which nothing is taken."""
    return BadFile(name, to_bytes(data), "refused", str(reason), **more)


def set_aside(
    name: str, data: bytes | str, reason: str, read: int = 1, row: int | None = 2, **more: Any
) -> BadFile:
    """A file of which one row goes to the quarantine and the others are loaded."""
    counts = (read, read - 1, 1, 0, 0, 0)
    return BadFile(
        name, to_bytes(data), "set aside", str(reason), **{"counts": counts, "row": row, **more}
    )


def warned(name: str, data: bytes | str, reason: str, read: int = 1, **more: Any) -> BadFile:
    """A file that is loaded whole, with a row worth a look."""
    given = {"counts": (read, read, 0, 0, 0, 0), "row": 2, **more}
    return BadFile(name, to_bytes(data), "warned", str(reason), **given)


def told(name: str, data: bytes | str, reason: str, read: int = 1, **more: Any) -> BadFile:
    """A file that is loaded, with something to know about it."""
    given = {"counts": (read, read, 0, 0, 0, 0), **more}
    return BadFile(name, to_bytes(data), "told", str(reason), **given)


def loaded(name: str, data: bytes | str, read: int = 1, **more: Any) -> BadFile:
    """A file that only looks bad: every row of it is taken."""
    return BadFile(name, to_bytes(data), "loaded", **{"counts": (read, read, 0, 0, 0, 0), **more})


def to_bytes(data: bytes | str) -> bytes:
    """Text as UTF-8."""
    return data.encode() if isinstance(data, str) else data


def orders(*changes: Mapping[str, str], names: Iterable[str] = ORDER_NAMES) -> str:
    """A CSV file of orders, each as given and otherwise good; numbered unless they say so."""
    return table("orders", *numbered(changes), names=names)


def numbered(changes: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Good orders with these changes, each with a number of its own unless it gives one."""
    return [
        {**ORDER, "order_id": str(number), **change} for number, change in enumerate(changes, 1)
    ]


def table(_entity: str, *rows: Mapping[str, str], names: Iterable[str] = ()) -> str:
    """Rows as CSV, under all their columns in order."""
    columns = list(dict.fromkeys([*names, *(name for row in rows for name in row)]))
    lines = [",".join(columns)]
    lines += [",".join(_cell(row.get(name, "")) for name in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(c in text for c in ',"\n\r') else text


def rows_of(text: str) -> list[list[Any]]:
    """The cells of a plain CSV text."""
    return [line.split(",") for line in text.splitlines()]


def parquet(text_or_columns: str | Mapping[str, Any], **options: Any) -> bytes:
    """A Parquet file of columns, or of a plain CSV text."""
    columns = text_or_columns
    if isinstance(columns, str):
        names, *rows = rows_of(columns)
        columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    stream = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), stream, **options)
    return stream.getvalue()


def xlsx(*sheets: str | Sequence[Sequence[Any]], names: Sequence[str] = (), **how: Any) -> bytes:
    """A workbook of sheets of cells, or of plain CSV texts; days and times as such."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **how})
    formats = {
        dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for at, cells in enumerate(sheets):
        sheet = book.add_worksheet(names[at] if names else f"Sheet{at + 1}")
        for r, row in enumerate(rows_of(cells) if isinstance(cells, str) else cells):
            for c, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(r, c, cell, formats[type(cell)])
                else:
                    sheet.write(r, c, cell)
    book.close()
    return stream.getvalue()


Family = Callable[[], list[BadFile]]
FAMILIES: dict[str, Family] = {}
"""Every family of bad files by name; its docstring says in a line what is wrong with them."""


def family(make: Family) -> Family:
    """Enter a family under its function's name."""
    FAMILIES[make.__name__] = make
    return make
