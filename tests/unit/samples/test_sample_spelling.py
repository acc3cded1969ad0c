"""Numbers become text that means exactly the same."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.samples.frames import BLANK
from regulars.samples.spelling import (
    lay_out,
    micro_text,
    money_text,
    spell_codes,
    spell_milli,
    spell_money,
    spell_times,
)


@given(st.lists(st.integers(-(10**14), 10**14), min_size=1))
def test_money_reads_back_to_the_cent(amounts: list[int]):
    texts = spell_money(np.array(amounts, np.int64)).to_pylist()
    assert [Decimal(text) * 100 for text in texts] == amounts
    assert texts == [money_text(amount) for amount in amounts]


def test_a_blank_amount_is_an_empty_cell():
    assert spell_money(np.array([BLANK, -5, 0])).to_pylist() == ["", "-0.05", "0.00"]


@given(st.lists(st.integers(0, 10**9), min_size=1))
def test_quantities_read_back_in_thousandths(quantities: list[int]):
    texts = spell_milli(np.array(quantities)).to_pylist()
    assert [Decimal(text) * 1000 for text in texts] == quantities


def test_unit_costs_keep_four_decimals_or_are_refused():
    assert micro_text(937_500_000) == "9.3750"
    with pytest.raises(ValueError, match="more than four decimals"):
        micro_text(1)


def test_a_minute_after_midnight_is_on_the_next_calendar_day():
    texts = spell_times(np.array([0, 0]), np.array([1439, 1640]), date(2024, 12, 31))
    assert texts.to_pylist() == ["2024-12-31 23:59", "2025-01-01 03:20"]


def test_no_code_is_an_empty_cell():
    assert spell_codes(np.array([1, -1, 0]), ("a", "b")).to_pylist() == ["b", "", "a"]


def test_a_column_the_template_does_not_know_is_refused():
    with pytest.raises(KeyError, match="leads has no column colour"):
        lay_out("leads", 1, {"colour": spell_codes(np.array([0]), ("red",))})
