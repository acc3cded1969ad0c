"""XLSX to text: the numbers as a person typed them, days and times in ISO form.

An error cell (#DIV/0!) is blank. A number of 2^53 or more keeps its exponent: Excel has already
lost digits of it, so it must never pass for an id.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from itertools import islice
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from regulars.sources.files import FileRefused, Reason
from regulars.sources.headers import HEADER_SEARCH_ROWS, find_header
from regulars.sources.layouts import TableLayout
from regulars.sources.text_table import TextTable

MAX_UNPACKED_BYTES = 2 << 30
_EXACT_LIMIT = 2**53


def read_xlsx(file: str, data: bytes, layout: TableLayout) -> TextTable:
    """All rows of the one sheet with data, or of the one named as the file's pattern."""
    _check_archive(file, data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            rows = list(_choose_sheet(file, book, layout).iter_rows())
    except CalamineError as error:
        raise _unreadable(file) from error
    head = [[cell_text(cell) for cell in row] for row in rows[:HEADER_SEARCH_ROWS]]
    index = find_header(head, layout.header)
    if index is None:
        raise FileRefused(
            file, Reason.HEADER_NOT_FOUND,
            f"no row among the first {HEADER_SEARCH_ROWS} is the expected header",
            "check that it is the right export; see its layout for the header names",
        )  # fmt: skip
    return _to_table(tuple(head[index]), rows[index + 1 :], index + 2)


def first_sheet_rows(data: bytes) -> list[Sequence[str]]:
    """The first rows of every visible sheet of a whole workbook."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
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


def _check_archive(file: str, data: bytes) -> None:
    """An XLSX file is a zip: refuse a cut one, and one that unpacks to more than we hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > MAX_UNPACKED_BYTES:
                raise FileRefused(
                    file, Reason.FILE_TOO_LARGE,
                    f"it unpacks to {size >> 20} MB; the limit is {MAX_UNPACKED_BYTES >> 20} MB",
                    "export it as CSV or Parquet, or in parts",
                )  # fmt: skip
            if archive.testzip() is not None:
                raise _unreadable(file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise _unreadable(file) from error


def _unreadable(file: str) -> FileRefused:
    return FileRefused(
        file, Reason.UNREADABLE_FILE, "it is not a whole XLSX workbook (cut, damaged or locked)",
        "upload it again, without a password",
    )  # fmt: skip


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
