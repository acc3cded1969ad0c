"""A file's rows as text, before anybody knows what its columns mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.text_columns import ask_texts, plain_texts
from regulars.sources.files import Finding, Reason


@dataclass(frozen=True)
class RejectedRow:
    """A row that could not be cut into cells: its number, why, and its text (personal)."""

    source_row: int
    reason: Reason
    raw_text: str


@dataclass(frozen=True)
class TextTable:
    """Headers and their columns of text; "" is blank, None a column that has no text form.

    A column may hold its texts in their places, or the different ones and where they stand.
    `source_rows` numbers the rows as a person would count them in the file, from 1.
    """

    headers: tuple[str, ...]
    columns: tuple[pa.ChunkedArray | None, ...]
    source_rows: pa.Array
    rejected: tuple[RejectedRow, ...] = ()
    findings: tuple[Finding, ...] = ()

    def keep(self, mask: pa.Array) -> "TextTable":
        """The same table with only the rows that the mask is true for."""
        columns = tuple(None if column is None else column.filter(mask) for column in self.columns)
        return TextTable(
            self.headers, columns, self.source_rows.filter(mask), self.rejected, self.findings
        )


def drop_blank_rows(table: TextTable) -> TextTable:
    """Without the rows that have no text at all: spreadsheets export the empty area below."""
    blank = pa.array([True] * len(table.source_rows)) if not table.columns else None
    for column in table.columns:
        if column is None:
            continue
        empty = _is_blank(column)
        blank = empty if blank is None else pc.and_(blank, empty)
        if not pc.any(blank).as_py():
            return table
    return table if blank is None else table.keep(pc.invert(blank))


def _is_blank(column: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        return ask_texts(column, _is_blank)
    return pc.equal(pc.utf8_trim_whitespace(column), "")


def first_cells(table: TextTable) -> pa.ChunkedArray:
    """The first cell of each row that is not blank, trimmed; null where all are blank."""
    columns = (plain_texts(column) for column in table.columns if column is not None)
    texts = [pc.utf8_trim_whitespace(column) for column in columns]
    return pc.coalesce(*(pc.if_else(pc.equal(text, ""), None, text) for text in texts))


def split_summary(table: TextTable, markers: Sequence[str]) -> tuple[TextTable, TextTable, int]:
    """The table without its total rows, those rows, and their number, short ones included."""
    if not markers or not table.columns:
        return table, table.keep(pa.repeat(pa.scalar(False), len(table.source_rows))), 0
    wanted = pa.array([marker.casefold() for marker in markers])
    is_summary = pc.fill_null(pc.is_in(pc.utf8_lower(first_cells(table)), wanted), False)
    short = [row for row in table.rejected if _first_cell(row.raw_text) in wanted.to_pylist()]
    rest = table.keep(pc.invert(is_summary))
    rejected = tuple(row for row in rest.rejected if row not in short)
    count = int(pc.sum(is_summary).as_py() or 0) + len(short)
    whole = TextTable(rest.headers, rest.columns, rest.source_rows, rejected, rest.findings)
    return whole, table.keep(is_summary), count


def _first_cell(raw_text: str) -> str:
    for separator in ("\t", ";"):
        raw_text = raw_text.replace(separator, ",")
    cells = (cell.strip().strip('"').strip() for cell in raw_text.split(","))
    return next((cell.casefold() for cell in cells if cell), "")
