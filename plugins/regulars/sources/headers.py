"""Headers: which row of a file is the header, and which of its cells is which column."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from regulars.sources.files import FileRefused, Reason

HEADER_SEARCH_ROWS = 30
_SHOWN_NAMES = 40


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """A header's name without case, width, spaces, underscores and hyphens."""
    return re.sub(r"[\s_\-]+", "", unicodedata.normalize("NFKC", name).casefold())


@dataclass(frozen=True)
class HeaderMatch:
    """Where each template column stands (0-based), and the headers nobody asked for."""

    positions: Mapping[str, int]
    unknown: tuple[str, ...]


def find_header(rows: Sequence[Sequence[str]], signature: Sequence[str]) -> int | None:
    """The 0-based index of the header among a file's first rows; None where there is none.

    Without a signature it is the first row that is not blank.
    """
    wanted = {fold(name) for name in signature}
    for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        cells = {fold(cell) for cell in row} - {""}
        if cells and wanted <= cells:
            return index
    return None


def match_headers(
    file: str,
    headers: Sequence[str],
    columns: Mapping[str, Sequence[str]],
    required: Sequence[str],
) -> HeaderMatch:
    """Find every column among a file's headers.

    Raises FileRefused where a required column is missing or two headers claim the same column.
    """
    owner = {fold(alias): column for column, aliases in columns.items() for alias in aliases}
    positions: dict[str, int] = {}
    unknown: list[str] = []
    for index, header in enumerate(headers):
        column = owner.get(fold(header))
        if column is None:
            unknown.append(header.strip() or f"(no name, column {index + 1})")
        elif column in positions:
            raise _duplicate(file, column, headers[positions[column]], header)
        else:
            positions[column] = index
    if missing := [column for column in required if column not in positions]:
        raise _missing(file, missing, headers, is_header_like=bool(positions))
    return HeaderMatch(positions, tuple(unknown))


def _duplicate(file: str, column: str, first: str, second: str) -> FileRefused:
    return FileRefused(
        file,
        Reason.DUPLICATE_COLUMN,
        f"the column {column} is there twice, as {first.strip()!r} and {second.strip()!r}",
        "keep one of the two and drop the file again",
    )


def _missing(
    file: str, missing: Sequence[str], headers: Sequence[str], *, is_header_like: bool
) -> FileRefused:
    names = ", ".join(header.strip() for header in headers[:_SHOWN_NAMES])
    # A file without a header begins with a data row, which may name people: it is not repeated.
    seen = f"its headers are: {names}" if is_header_like else "its first row is not a header"
    return FileRefused(
        file,
        Reason.MISSING_COLUMN,
        f"the column {', '.join(missing)} is missing; {seen}",
        "add the column (see docs/templates) and drop the file again",
    )
