"""File names: `<stem>[_<day>|_<month>|_<first day>_<last day>][__<anything>].<type>`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

FILE_TYPES = ("csv", "xlsx", "parquet")
_PARTIAL = (".part", ".tmp", ".crdownload", ".filepart")
_NAME = re.compile(
    r"(?P<stem>.+?)"
    r"(?:_(?P<month>\d{4}-\d{2})|_(?P<first>\d{4}-\d{2}-\d{2})(?:_(?P<last>\d{4}-\d{2}-\d{2}))?)?"
    r"(?:__.*)?"
    rf"\.(?:{'|'.join(FILE_TYPES)})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FileName:
    """What a file's name says: its stem in lower case and the days it speaks for."""

    stem: str
    first_day: date | None
    last_day: date | None


def is_passing(name: str) -> bool:
    """Whether a name is that of a hidden, partial or lock file, which nobody meant to drop."""
    return name.startswith((".", "~$")) or name.lower().endswith(_PARTIAL)


def parse_file_name(name: str, pattern: str = "", day_format: str = "%Y-%m-%d") -> FileName:
    """Take a file's name apart; a layout's own pattern for its days is tried first.

    Raises ValueError saying what is wrong with it.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"is not a .{', .'.join(FILE_TYPES)} file")
    own = re.fullmatch(pattern, name, re.IGNORECASE) if pattern else None
    if own:
        return _own_days(own, day_format)
    first, last = _days(match["month"], match["first"], match["last"])
    if first and last and last < first:
        raise ValueError("ends before it begins")
    return FileName(match["stem"].casefold(), first, last)


def day_of(text: str, day_format: str) -> date:
    """The day that a name or a folder says. Raises ValueError where it says none."""
    try:
        return datetime.strptime(text, day_format).date()  # noqa: DTZ007 (a day has no zone)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day written as {day_format}") from error


def _own_days(match: re.Match[str], day_format: str) -> FileName:
    groups = match.groupdict()
    first = day_of(groups["first"], day_format)
    last = day_of(groups["last"], day_format) if groups.get("last") else first
    if last < first:
        raise ValueError("ends before it begins")
    return FileName(groups["stem"].casefold(), first, last)


def _days(
    month: str | None, first: str | None, last: str | None
) -> tuple[date | None, date | None]:
    if month:
        start = date.fromisoformat(f"{month}-01")
        return start, start.replace(day=calendar.monthrange(start.year, start.month)[1])
    if first:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    return None, None
