"""XLSX to text: the numbers as a person typed them, days and times in ISO form.

An error cell (#DIV/0!) is blank. A number of 2^53 or more keeps its exponent: Excel has already
lost digits of it, so it must never pass for an id.
"""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from regulars.sources.files import FileRefused, Reason
from regulars.sources.headers import HEADER_SEARCH_ROWS, find_header
from regulars.sources.layouts import TableLayout
from regulars.sources.text_table import TextTable
from regulars.sources.unpacking import check_archive, unreadable

_EXACT_LIMIT = 2**53


def read_xlsx(file: str, data: bytes, layout: TableLayout) -> TextTable:
    """All rows of the one sheet with data, or of the one named as the file's pattern."""
    check_archive(file, data)
    with _opened(file, data) as book:
        rows = list(_choose_sheet(file, book, layout).iter_rows())
    head = [[cell_text(cell) for cell in row] for row in rows[:HEADER_SEARCH_ROWS]]
    index = find_header(head, layout.header)
    if index is None:
        raise FileRefused(
            file, Reason.HEADER_NOT_FOUND,
            f"no row among the first {HEADER_SEARCH_ROWS} is the expected header",
            "check that it is the right export; see its layout for the header names",
        )  # fmt: skip
    return _to_table(tuple(head[index]), rows[index + 1 :], index + 2)


def first_sheet_rows(file: str, data: bytes) -> list[Sequence[str]]:
    """The first rows of every visible sheet of a whole workbook."""
    with _opened(file, data) as book:
        return [
            [cell_text(cell) for cell in row]
            for sheet in _filled_sheets(book)
            for row in islice(sheet.iter_rows(), HEADER_SEARCH_ROWS)
        ]


def cell_text(cell: Any) -> str:
    """A cell as text: `1001`, `12.5`, `2025-01-31`, `2025-01-31 19:05:00`, `true`."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < _EXACT_LIMIT:
            return str(int(cell))
        case dt.datetime():
            return cell.isoformat(sep=" ")
        case dt.date() | dt.time():
            return cell.isoformat()
        case _:
            return str(cell)


@contextmanager
def _opened(file: str, data: bytes) -> Iterator[CalamineWorkbook]:
    """The workbook, open; what its reader stumbles over is a refusal, not the end of the run."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            yield book
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise unreadable(file, "XLSX workbook") from error
    except BaseException as error:
        # A panic of the reader is no Exception; everything else that is none passes.
        if type(error).__name__ != "PanicException":
            raise
        raise unreadable(file, "XLSX workbook") from error


def _choose_sheet(file: str, book: CalamineWorkbook, layout: TableLayout) -> CalamineSheet:
    filled = _filled_sheets(book)
    named = [sheet for sheet in filled if layout.takes(sheet.name.casefold())]
    if len(filled) == 1 or len(named) == 1:
        return (filled if len(filled) == 1 else named)[0]
    if not filled:
        raise FileRefused(
            file, Reason.EMPTY_FILE, "no visible sheet has any cell",
            "drop the file again; a day without sales is a sheet with its header only",
        )  # fmt: skip
    raise FileRefused(
        file, Reason.AMBIGUOUS_SHEET,
        f"it has {len(filled)} sheets with data and none or several are named as the template",
        f"keep one sheet, or name it {' or '.join(layout.files)}",
    )  # fmt: skip


def _filled_sheets(book: CalamineWorkbook) -> list[CalamineSheet]:
    visible = [
        meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible
    ]
    return [sheet for sheet in map(book.get_sheet_by_name, visible) if sheet.start is not None]


def _to_table(headers: tuple[str, ...], rows: list[list[Any]], first_row: int) -> TextTable:
    columns = tuple(
        pa.chunked_array([pa.array([cell_text(row[index]) for row in rows], pa.string())])
        for index in range(len(headers))
    )
    numbers = pa.array(range(first_row, first_row + len(rows)), pa.int64())
    return TextTable(headers, columns, numbers)
