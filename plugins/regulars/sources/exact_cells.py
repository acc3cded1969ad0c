"""A cell of a source as exact money, quantity or time; a cell that is none refuses its row."""

from collections.abc import Sequence
from datetime import datetime, time
from functools import lru_cache

from regulars.domain.money import NumberError, decimal_text, exponent_of, parse_fixed
from regulars.sources.files import Reason

MILLI_PLACES = 3
_FLAGS = {"true": True, "yes": True, "y": True, "1": True} | {
    "": False, "false": False, "no": False, "n": False, "0": False,
}  # fmt: skip
_HOURS = ("%H", "%I")
_NOTHING = frozenset({"", "-", "--", "—", "——", "/"})


class UnreadableRow(ValueError):
    """A row that a reader cannot use, and why; the text of the row is not in it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def is_blank(text: str) -> bool:
    """Whether a cell says nothing; exports write a dash for it."""
    return text in _NOTHING


def read_minor(text: str, currency_code: str) -> int:
    """Minor units of an amount; a blank cell is nothing. Raises UnreadableRow."""
    return _read_fixed(text, exponent_of(currency_code))


def read_milli(text: str) -> int:
    """Thousandths of a quantity; a blank cell is nothing. Raises UnreadableRow."""
    return _read_fixed(text, MILLI_PLACES)


def minor_text(minor: int, currency_code: str) -> str:
    """An amount as the templates write it."""
    return decimal_text(minor, exponent_of(currency_code))


def milli_text(milli: int) -> str:
    """A quantity as the templates write it, without idle zeros: `2`, `0.5`."""
    return decimal_text(milli, MILLI_PLACES).rstrip("0").rstrip(".")


def read_moment(text: str, formats: Sequence[str]) -> datetime | None:
    """A time written in one of these formats; None where it is blank. Raises UnreadableRow.

    A format without an hour reads a day as its noon: no cut-off moves it to another.
    """
    return None if is_blank(text) else _parse_moment(text, tuple(formats))


def read_flag(text: str) -> bool:
    """Yes or no, blank is no. Raises UnreadableRow for anything else."""
    if text.casefold() not in _FLAGS:
        raise UnreadableRow(Reason.UNKNOWN_CODE)
    return _FLAGS[text.casefold()]


def read_id(text: str) -> str:
    """An id that has to be there. Raises UnreadableRow where it is blank."""
    if is_blank(text):
        raise UnreadableRow(Reason.MISSING_ID)
    return text


def moment_text(moment: datetime | None) -> str:
    """A time as the templates write it; "" for none."""
    return moment.isoformat(sep=" ", timespec="seconds") if moment else ""


def revision_of(moment: datetime | None) -> str:
    """A later state of the same thing has a greater number: its time, written as digits."""
    return moment.strftime("%Y%m%d%H%M%S") if moment else "0"


def _read_fixed(text: str, places: int) -> int:
    try:
        return 0 if is_blank(text) else parse_fixed(text, places)
    except NumberError as error:
        raise UnreadableRow(Reason.AMOUNT_NOT_EXACT) from error


@lru_cache(maxsize=65_536)
def _parse_moment(text: str, formats: tuple[str, ...]) -> datetime:
    for written in formats:
        try:
            moment = datetime.strptime(text, written)  # noqa: DTZ007 (the store's own clock)
        except ValueError:
            continue
        has_hour = any(mark in written for mark in _HOURS)
        return moment if has_hour else datetime.combine(moment.date(), time(12))
    raise UnreadableRow(Reason.UNREADABLE_TIME)
