"""Cells of a row as amounts, times and words; a cell that says something else faults its row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar

from pydantic import AfterValidator

from regulars.domain.business_day import utc_time
from regulars.domain.money import NumberError, decimal_text, exponent_of, parse_fixed, parse_minor
from regulars.sources.files import Reason
from regulars.sources.headers import fold
from regulars.sources.sheets import SourceRow
from regulars.sources.zone_names import zone_named

Own = TypeVar("Own", bound=str)


def fold_words(words: dict[str, Own]) -> dict[str, Own]:
    """A source's words without case and spaces, and our own for them."""
    return {fold(word): own for word, own in words.items()}


Words = Annotated[dict[str, str], AfterValidator(fold_words)]
"""A source's words and our own; case and spaces of the source's do not matter."""
_MILLI = 3
_FINEST = 9
_STEP = 1_000_000  # so many of the finest are one thousandth


class RowFault(ValueError):
    """A row that cannot be read, and why."""

    def __init__(self, row: SourceRow, reason: Reason) -> None:
        super().__init__(reason.value)
        self.row, self.reason = row, reason


@dataclass(frozen=True)
class Amounts:
    """Amounts of one currency, from text to minor units and back. A blank cell is nothing."""

    currency_code: str

    def read(self, row: SourceRow, name: str) -> int:
        """The amount in a cell. Raises RowFault where it is none."""
        try:
            return parse_minor(row[name], exponent_of(self.currency_code)) if row[name] else 0
        except NumberError as error:
            raise RowFault(row, Reason.AMOUNT_NOT_EXACT) from error

    def read_all(self, row: SourceRow, names: Iterable[str]) -> dict[str, int]:
        """The amounts in these cells. Raises RowFault where one is none."""
        return {name: self.read(row, name) for name in names}

    def write(self, minor: int) -> str:
        """The amount as the templates write it."""
        return decimal_text(minor, exponent_of(self.currency_code))


def not_below_zero(row: SourceRow, minor: int) -> int:
    """An amount that has to be none or more. Raises RowFault where its sign is wrong."""
    if minor < 0:
        raise RowFault(row, Reason.WRONG_SIGN)
    return minor


def read_quantity(row: SourceRow, name: str) -> int:
    """A quantity in thousandths; finer ones (pounds of five decimals) round half away from zero.

    Raises RowFault where it is no number.
    """
    try:
        finest = parse_fixed(row[name], _FINEST)
    except NumberError as error:
        raise RowFault(row, Reason.AMOUNT_NOT_EXACT) from error
    rounded = (abs(finest) + _STEP // 2) // _STEP
    return -rounded if finest < 0 else rounded


def write_quantity(milli: int) -> str:
    """A quantity of thousandths as the templates write it."""
    return decimal_text(milli, _MILLI)


def read_clock(row: SourceRow, text: str, formats: Sequence[str]) -> datetime:
    """The time in a text, by the first format that fits. Raises RowFault where none does."""
    for one in formats:
        try:
            return datetime.strptime(text, one)  # noqa: DTZ007 (a wall clock; its zone comes apart)
        except ValueError:
            continue
    raise RowFault(row, Reason.UNREADABLE_TIME)


def instant_of(row: SourceRow, local: datetime, zone: str) -> str:
    """A wall clock in a named zone as an instant. Raises RowFault for a zone nobody knows."""
    try:
        return f"{utc_time(local, zone_named(zone)):%Y-%m-%dT%H:%M:%SZ}"
    except ValueError as error:
        raise RowFault(row, Reason.UNKNOWN_TIME_ZONE) from error


def translate(row: SourceRow, word: str, words: Mapping[str, str]) -> str:
    """A source's word in our own (`words` are `Words`). Raises RowFault where it is unknown."""
    ours = words.get(fold(word))
    if ours is None:
        raise RowFault(row, Reason.UNKNOWN_WORD)
    return ours


def find_word(word: str, words: Mapping[str, str]) -> str:
    """Our word for a source's, or "" where `words` has none."""
    return words.get(fold(word), "")
