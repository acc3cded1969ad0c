"""Cells of a row as amounts, times and words; a cell that says something else faults its row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from regulars.domain.business_day import utc_time
from regulars.domain.money import NumberError, parse_fixed
from regulars.sources.exact_cells import UnreadableRow, minor_text, read_minor, read_moment
from regulars.sources.files import Reason
from regulars.sources.sheets import SourceRow
from regulars.sources.source_words import read_word
from regulars.sources.zone_names import zone_named

_FINEST = 9
_STEP = 1_000_000  # so many of the finest are one thousandth


class RowFault(UnreadableRow):
    """A row that cannot be read, and why."""

    def __init__(self, row: SourceRow, reason: Reason) -> None:
        super().__init__(reason)
        self.row = row


@dataclass(frozen=True)
class Amounts:
    """Amounts of one currency, from text to minor units and back. A blank cell is nothing."""

    currency_code: str

    def read(self, row: SourceRow, name: str) -> int:
        """The amount in a cell. Raises RowFault where it is none."""
        try:
            return read_minor(row[name], self.currency_code)
        except UnreadableRow as error:
            raise RowFault(row, error.reason) from error

    def read_all(self, row: SourceRow, names: Iterable[str]) -> dict[str, int]:
        """The amounts in these cells. Raises RowFault where one is none."""
        return {name: self.read(row, name) for name in names}

    def check_currency(self, row: SourceRow, name: str) -> None:
        """Raises RowFault where a cell names another currency; a blank one is this."""
        if row[name] and row[name].upper() != self.currency_code:
            raise RowFault(row, Reason.WRONG_CURRENCY)

    def write(self, minor: int) -> str:
        """The amount as the templates write it."""
        return minor_text(minor, self.currency_code)


def not_below_zero(row: SourceRow, minor: int) -> int:
    """An amount that has to be none or more. Raises RowFault where its sign is wrong."""
    if minor < 0:
        raise RowFault(row, Reason.WRONG_SIGN)
    return minor


def read_rounded_milli(row: SourceRow, name: str) -> int:
    """A quantity in thousandths; finer ones (pounds of five decimals) round half away from zero.

    Raises RowFault where it is no number.
    """
    try:
        finest = parse_fixed(row[name], _FINEST)
    except NumberError as error:
        raise RowFault(row, Reason.AMOUNT_NOT_EXACT) from error
    rounded = (abs(finest) + _STEP // 2) // _STEP
    return -rounded if finest < 0 else rounded


def read_clock(row: SourceRow, text: str, formats: Sequence[str]) -> datetime:
    """The time in a text, by the first format that fits. Raises RowFault where there is none."""
    try:
        moment = read_moment(text, formats)
    except UnreadableRow as error:
        raise RowFault(row, error.reason) from error
    if moment is None:
        raise RowFault(row, Reason.UNREADABLE_TIME)
    return moment


def instant_of(row: SourceRow, local: datetime, zone: str) -> str:
    """A wall clock in a named zone as an instant. Raises RowFault for a zone nobody knows."""
    try:
        return f"{utc_time(local, zone_named(zone)):%Y-%m-%dT%H:%M:%SZ}"
    except ValueError as error:
        raise RowFault(row, Reason.UNKNOWN_TIME_ZONE) from error


def translate(row: SourceRow, word: str, words: Mapping[str, str]) -> str:
    """A source's word in our own. Raises RowFault where `words` has no pattern for it."""
    try:
        return read_word(word, words)
    except UnreadableRow as error:
        raise RowFault(row, error.reason) from error
