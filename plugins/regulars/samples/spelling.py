"""Numbers become the text of a file: money, days, times, codes and identifiers."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.fields import Kind
from regulars.domain.records import fields_of
from regulars.samples.frames import BLANK, IntArray

Text = Any
"""A pyarrow string array: one cell per row, "" where the file leaves the cell empty."""


def spell_each(values: IntArray, spell: Callable[[int], str]) -> Text:
    """The text of every value, spelling each distinct one only once."""
    coded = pa.array(values).dictionary_encode()
    words = pa.array([spell(value) for value in coded.dictionary.to_pylist()], pa.string())
    return words.take(coded.indices)


def spell_money(values: IntArray) -> Text:
    """Minor units as a decimal amount: −1250 is "-12.50", BLANK is ""."""
    minor = np.ascontiguousarray(values, np.int64)
    hundredths = pa.decimal64(18, 2)
    amounts = pa.Array.from_buffers(hundredths, len(minor), [None, pa.py_buffer(minor)])
    return spell_where(minor != BLANK, amounts.cast(pa.string()))


def money_text(minor: int) -> str:
    """One amount in minor units as decimal text."""
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def spell_milli(values: IntArray) -> Text:
    """Thousandths as a decimal number without idle zeros; a negative value is ""."""
    return spell_each(values, _milli_text)


def _milli_text(milli: int) -> str:
    if milli < 0:
        return ""
    return f"{milli // 1000}.{milli % 1000:03d}".rstrip("0").rstrip(".")


def micro_text(micro: int) -> str:
    """A unit cost in millionths of a minor unit as decimal text with four decimals.

    Raises ValueError where four decimals would not be exact.
    """
    if micro % 10_000:
        raise ValueError(f"A unit cost of {micro} micro units has more than four decimals.")
    return f"{micro // 100_000_000}.{micro // 10_000 % 10_000:04d}"


def rate_text(bps: int) -> str:
    """Basis points as a decimal rate: 1850 is "0.1850"."""
    return f"{bps // 10_000}.{bps % 10_000:04d}"


def spell_counts(values: IntArray) -> Text:
    """Whole numbers; a negative one is ""."""
    return spell_each(values, lambda value: str(value) if value >= 0 else "")


def spell_codes(values: IntArray, words: Sequence[str]) -> Text:
    """The word at each position; −1 is ""."""
    return pa.array([*words, ""]).take(pa.array(np.where(values < 0, len(words), values)))


def spell_flags(values: IntArray) -> Text:
    """1 as "true", 0 as "false"."""
    return spell_codes(values, ("false", "true"))


def spell_days(values: IntArray, first_day: date) -> Text:
    """Days counted from the first one, as ISO dates."""
    return spell_each(values, lambda day: (first_day + timedelta(days=day)).isoformat())


def spell_times(days: IntArray, minutes: IntArray, first_day: date) -> Text:
    """Local times; minutes beyond 1440 fall on the next calendar day."""
    days = days + minutes // 1440
    clock = spell_each(minutes % 1440, lambda minute: f"{minute // 60:02d}:{minute % 60:02d}")
    return pc.binary_join_element_wise(spell_days(days, first_day), clock, " ")


def spell_numbers(prefix: str, values: IntArray, width: int) -> Text:
    """Identifiers such as C000042: a prefix and a number with leading zeros."""
    digits = pc.utf8_lpad(pa.array(values.astype(np.int64)).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, "")


def spell_where(mask: Any, text: Text) -> Text:
    """The text where the mask is true, else ""."""
    return pc.if_else(pa.array(np.asarray(mask, bool)), text, "")


def lay_out(entity: str, row_count: int, texts: dict[str, Text]) -> Any:
    """The columns of the entity's template in their order; those not given stay empty.

    Raises KeyError for a column the template does not have.
    """
    names = [field.name for field in fields_of(entity)]
    for name in texts:
        if name not in names:
            raise KeyError(f"The template {entity} has no column {name}.")
    empty = pa.array([""]).take(pa.array(np.zeros(row_count, np.int64)))
    return pa.table({name: texts.get(name, empty) for name in names})


def first_money_column(entity: str) -> str:
    """The required amount of a template: the one a broken row gets wrong."""
    return next(
        field.name
        for field in fields_of(entity)
        if field.is_required and field.stored.kind is Kind.MINOR
    )
