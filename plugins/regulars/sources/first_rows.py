"""The first rows of a file that has not the header it should have: to see what it is instead."""

from collections.abc import Sequence

from regulars.sources.csv_text import DELIMITERS, HEAD_BYTES, first_records
from regulars.sources.decoding import decode
from regulars.sources.files import FileRefused
from regulars.sources.xlsx_text import first_sheet_rows


def first_rows(file: str, data: bytes) -> list[Sequence[str]]:
    """The first rows as cells, by every delimiter a CSV may have; none where it is no table."""
    if file.lower().endswith(".xlsx"):
        return first_sheet_rows(file, data)
    try:
        text, _ = decode(file, data)
    except FileRefused:
        return []
    sample = text[:HEAD_BYTES].decode(errors="ignore")
    return [row for delimiter in DELIMITERS for row in first_records(sample, delimiter)[0]]
