"""CSV to text. Rows that do not fit are told apart and kept; nothing is guessed or skipped."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from regulars.sources.decoding import decode
from regulars.sources.files import FileRefused, Reason
from regulars.sources.headers import HEADER_SEARCH_ROWS, find_header
from regulars.sources.layouts import TableLayout
from regulars.sources.text_table import RejectedRow, TextTable

DELIMITERS = (",", ";", "\t")
HEAD_BYTES = 1 << 18
_BLOCK_BYTES = 1 << 24
_TAIL_BYTES = 1 << 12


@dataclass(frozen=True)
class _Head:
    headers: tuple[str, ...]
    delimiter: str
    row: int
    end: int


def read_csv(file: str, data: bytes, layout: TableLayout) -> TextTable:
    """All rows of a CSV file as text. Raises FileRefused where it is no such file."""
    text, findings = decode(file, data, layout.encoding)
    head = _find_head(file, text, layout)
    rejected: list[RejectedRow] = []
    table = _parse_body(file, _body_of(text, head.end), head, rejected)
    _check_quotes(file, text, head.delimiter, table, rejected)
    taken = np.arange(head.row + 1, head.row + 1 + table.num_rows + len(rejected), dtype=np.int64)
    lost = np.array([row.source_row for row in rejected], dtype=np.int64)
    kept = pa.array(np.setdiff1d(taken, lost, assume_unique=True))
    spoken = tuple(row for row in rejected if row.raw_text.strip())
    return TextTable(head.headers, tuple(table.columns), kept, spoken, findings)


def _find_head(file: str, text: bytes, layout: TableLayout) -> _Head:
    """The header row, by the delimiter that cuts it into most cells."""
    sample = text[:HEAD_BYTES].decode(errors="ignore")
    found = []
    for delimiter in DELIMITERS:
        rows, ends = first_records(sample, delimiter)
        index = find_header(rows, layout.header)
        if index is not None:
            found.append(_Head(tuple(rows[index]), delimiter, index + 1, ends[index]))
    if not found:
        raise FileRefused(
            file, Reason.HEADER_NOT_FOUND,
            f"no row among the first {HEADER_SEARCH_ROWS} is the expected header",
            "check that it is the right export; see its layout for the header names",
        )  # fmt: skip
    return max(found, key=lambda head: len(head.headers))


def first_records(sample: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first records of a text and the UTF-8 byte offset at which each of them ends."""
    consumed = 0

    def lines() -> Iterator[str]:
        nonlocal consumed
        for line in io.StringIO(sample, newline=""):
            consumed += len(line.encode())
            yield line

    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in csv.reader(lines(), delimiter=delimiter):
            rows.append(row)
            ends.append(consumed)
            if len(rows) == HEADER_SEARCH_ROWS:
                break
    except csv.Error:
        return rows, ends
    return rows, ends


def _body_of(text: bytes, start: int) -> pa.Buffer:
    """The text behind the header without its last line breaks; a view, not a copy."""
    return pa.py_buffer(text).slice(start, max(_end_of(text) - start, 0))


def _end_of(text: bytes) -> int:
    tail = text[-_TAIL_BYTES:]
    return len(text) - len(tail) + len(tail.rstrip(b"\r\n"))


def _parse_body(file: str, body: pa.Buffer, head: _Head, rejected: list[RejectedRow]) -> pa.Table:
    names = [str(index) for index in range(len(head.headers))]
    schema = pa.schema([(name, pa.large_string()) for name in names])
    if not body.size:
        return schema.empty_table()

    def set_aside(row: Any) -> str:
        rejected.append(RejectedRow(row.number + head.row, Reason.RAGGED_ROW, row.text))
        return "skip"

    try:
        return pa_csv.read_csv(
            pa.BufferReader(body),
            # Only a single thread numbers the rows it refuses.
            pa_csv.ReadOptions(use_threads=False, column_names=names, block_size=_BLOCK_BYTES),
            pa_csv.ParseOptions(
                delimiter=head.delimiter, newlines_in_values=True, ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            pa_csv.ConvertOptions(
                column_types=schema, strings_can_be_null=False, check_utf8=False
            ),
        )  # fmt: skip
    except pa.ArrowInvalid as error:
        raise FileRefused(
            file, Reason.UNREADABLE_FILE,
            f"it cannot be cut into rows (a row longer than {_BLOCK_BYTES >> 20} MB, or a quote "
            "that never closes)",
            "open it in a text editor near the row it breaks at, or export it again",
        ) from error  # fmt: skip


def _check_quotes(
    file: str, text: bytes, delimiter: str, table: pa.Table, rejected: list[RejectedRow]
) -> None:
    """Refuse a file that ends inside quotes: it was cut, or the quote swallowed rows.

    A last row of several lines and an odd number of quotes are suspicious (a quote inside a word
    is not one), so the file is read once more, strictly; else its last line is enough.
    """
    last = [str(column[-1]) for column in table.columns] if table.num_rows else []
    last += [row.raw_text for row in rejected[-1:]]
    is_suspicious = text.count(b'"') % 2 or any("\n" in cell or "\r" in cell for cell in last)
    end = _end_of(text)
    start = 0 if is_suspicious else max(text.rfind(b"\n", 0, end), text.rfind(b"\r", 0, end)) + 1
    _refuse_unclosed_quote(file, text[start:], delimiter)


def _refuse_unclosed_quote(file: str, text: bytes, delimiter: str) -> None:
    csv.field_size_limit(_BLOCK_BYTES)
    reader = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise FileRefused(
                    file, Reason.UNCLOSED_QUOTE,
                    "it ends inside quotes: it was cut, or a quote never closes",
                    "upload the whole file again, or close the quote",
                ) from error  # fmt: skip
