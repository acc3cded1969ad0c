"""Cells of text to typed values, one function per storage kind: (values, reason codes).

Blank cells are missing values without a reason. A reason is given only for a cell that says
something else than its kind allows; whether a cell may be blank is judged elsewhere.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from regulars.domain.money import parse_fixed_column

Cells = tuple[pd.Series, pd.Series]

_FLAGS = {"true": True, "1": True, "yes": True, "y": True, "是": True} | {
    "false": False, "0": False, "no": False, "n": False, "否": False,
}  # fmt: skip
_DAY = re.compile(
    r"([12]\d{3})(?:-(\d{2})-(\d{2})|/(\d{1,2})/(\d{1,2})|(\d{2})(\d{2}))"
    r"(?:[ T]00:00(?::00(?:\.0+)?)?)?",
    re.ASCII,
)
_PLAIN_TIME = r"[12]\d{3}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?"
_WRITTEN_TIME = re.compile(
    r"([12]\d{3})([-/]?)(\d{1,2})\2(\d{1,2})[ T](\d{1,2}):(\d\d)(:\d\d(?:\.\d{1,6})?)?"
    r"\s?(Z|z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_SPREADSHEET_ID = r"\d(\.\d+)?[eE]\+\d{1,3}"


def read_text(cells: pd.Series, *, is_id: bool) -> Cells:
    """Text as it is. Refused: a NUL character, and an id a spreadsheet turned into 1.3E+18."""
    reasons = pd.Series(None, index=cells.index, dtype="str")
    reasons[cells.str.contains("\0", regex=False, na=False)] = "control_character"
    if is_id:
        reasons[cells.str.fullmatch(_SPREADSHEET_ID, na=False)] = "scientific_notation"
    return cells.where(reasons.isna()), reasons


def read_code(cells: pd.Series) -> Cells:
    """A code in lower case; whether it is one of the known codes is judged elsewhere."""
    return cells.str.lower(), pd.Series(None, index=cells.index, dtype="str")


def read_number(cells: pd.Series, places: int, *, signed: bool, negative: str = "") -> Cells:
    """A number in units of 10**-places (Int64); below zero it is refused as `negative`."""
    numbers, reasons = parse_fixed_column(cells, places)
    if not signed:
        below = (numbers < 0).fillna(False).astype(bool)
        numbers, reasons = numbers.mask(below), reasons.mask(below, negative)
    return numbers, reasons


def read_amount(cells: pd.Series, places: pd.Series, *, signed: bool) -> Cells:
    """Like `read_number`, with the decimals of each row's own currency."""
    counts = places.unique().tolist()
    groups = [
        read_number(
            cells[places == count] if len(counts) > 1 else cells,
            count,
            signed=signed,
            negative="negative_amount",
        )
        for count in counts
    ]
    if len(groups) == 1:
        return groups[0]
    numbers = pd.concat([pd.Series(dtype="Int64"), *(numbers for numbers, _ in groups)])
    reasons = pd.concat([pd.Series(dtype="str"), *(reasons for _, reasons in groups)])
    return numbers.reindex(cells.index), reasons.reindex(cells.index)


def read_flag(cells: pd.Series) -> Cells:
    """Yes or no: true/false, 1/0, yes/no, y/n, 是/否."""
    flags, reasons = _read_distinct(cells, lambda text: _FLAGS[text.lower()], "bad_flag")
    return flags.astype("boolean"), reasons


def read_day(cells: pd.Series) -> Cells:
    """A calendar day: 2025-01-31, 2025/1/31 or 20250131, also with a midnight behind it."""
    days, reasons = _read_distinct(cells, parse_day, "bad_date")
    return days.astype("datetime64[us]"), reasons


def read_moment(cells: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """A time: (wall clocks, UTC instants, reasons). An instant only where an offset is written."""
    plain = cells.str.fullmatch(_PLAIN_TIME, na=False)
    wall = pd.to_datetime(cells.where(plain), format="ISO8601", errors="coerce")
    wall = wall.astype("datetime64[us]")
    instants = pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us]")
    reasons = pd.Series(None, index=cells.index, dtype="str")
    odd = cells.notna() & wall.isna()
    if odd.any():
        moments, reasons[odd] = _read_distinct(cells[odd], parse_moment, "bad_time")
        aware = moments.map(lambda moment: moment is not None and moment.tzinfo is not None)
        wall[odd] = moments.mask(aware, None).astype("datetime64[us]")
        instants[odd] = moments.where(aware, None).map(_in_utc).astype("datetime64[us]")
    return wall, instants, reasons


def parse_day(text: str) -> date:
    """The day a text says. Raises ValueError for anything else."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) for part in match.groups() if part)
    return date(year, month, day)


def parse_moment(text: str) -> datetime:
    """The time a text says; aware only if an offset or Z is written. Raises ValueError."""
    match = _WRITTEN_TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, _, month, day, hour, minute, seconds, offset = match.groups()
    zone = (offset or "").upper()
    iso = f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute}{seconds or ''}{zone}"
    return datetime.fromisoformat(iso)


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment is not None else None


def _read_distinct(cells: pd.Series, read: Callable[[str], Any], reason: str) -> Cells:
    """Read each different text once; `read` raises ValueError or KeyError to refuse."""
    codes, distinct = pd.factorize(cells)
    values: list[Any] = []
    refused: list[str | None] = []
    for text in distinct:
        try:
            values.append(read(str(text)))
            refused.append(None)
        except (ValueError, KeyError):
            values.append(None)
            refused.append(reason)
    # A blank cell has code -1 and so takes the last entry.
    pool = pd.Series([*values, None], dtype="object").take(codes % (len(values) + 1))
    reasons = pd.Series([*refused, None], dtype="str").take(codes % (len(values) + 1))
    return pool.set_axis(cells.index), reasons.set_axis(cells.index)
