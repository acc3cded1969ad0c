"""Cells of sources: exact or refused; words and numbers that mean the same everywhere."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.sources.exact_cells import (
    UnreadableRow,
    milli_text,
    minor_text,
    moment_text,
    read_flag,
    read_id,
    read_milli,
    read_minor,
    read_moment,
    revision_of,
)
from regulars.sources.guest_contacts import own_phone
from regulars.sources.line_numbers import line_no_of
from regulars.sources.source_words import find_word, read_word

FORMATS = ("%m/%d/%y %I:%M %p", "%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize("text", ["", "-", "--", "/"])
def test_a_dash_says_nothing(text):
    assert (read_minor(text, "CNY"), read_milli(text), read_moment(text, FORMATS)) == (0, 0, None)


@pytest.mark.parametrize(
    ("text", "minor"),
    [("￥１,149.50", 114950), ("($33.62)", -3362), ("-7", -700), ("12.50-", -1250)],
)
def test_amounts_are_read_as_people_write_them(text, minor):
    assert read_minor(text, "USD") == minor


@pytest.mark.parametrize("text", ["12.5O", "1.3E+3", "0.005", "五元"])
def test_what_is_no_exact_amount_refuses_its_row(text):
    with pytest.raises(UnreadableRow) as refusal:
        read_minor(text, "USD")
    assert refusal.value.reason == "amount_not_exact"
    assert text not in str(refusal.value)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_and_a_quantity_come_back_as_they_went(number):
    assert read_minor(minor_text(number, "KWD"), "KWD") == number
    assert read_milli(milli_text(number)) == number


def test_a_time_is_read_by_the_first_format_that_fits():
    moment = read_moment("1/11/25 1:30 AM", FORMATS)
    assert (moment_text(moment), revision_of(moment)) == ("2025-01-11 01:30:00", "20250111013000")
    with pytest.raises(UnreadableRow):
        read_moment("11.1.2025", FORMATS)


def test_a_later_state_has_a_greater_revision():
    times = [None, datetime(2024, 12, 31, 23, 59, 59), datetime(2025, 1, 1), datetime(2025, 11, 2)]
    numbers = [int(revision_of(moment)) for moment in times]
    assert numbers == sorted(numbers) and len(set(numbers)) == 4


def test_a_day_without_an_hour_is_its_noon_beyond_every_cutoff():
    assert moment_text(read_moment("1/10/25", ("%m/%d/%y",))) == "2025-01-10 12:00:00"


def test_flags_and_ids_are_there_or_refused():
    assert [read_flag(text) for text in ("TRUE", "yes", "", "No")] == [True, True, False, False]
    for read in (read_flag, read_id):
        with pytest.raises(UnreadableRow):
            read("maybe" if read is read_flag else "--")


@pytest.mark.parametrize("phone", ["13800000001", "+86 138-0000-0001", "(212) 555-0101"])
def test_a_phone_of_ones_own_is_kept_as_it_is(phone):
    assert own_phone(phone) == phone


@pytest.mark.parametrize("phone", ["138****0001", "13900000001_0301", "555-0101 ext 7", "n/a", ""])
def test_a_phone_that_is_masked_or_passing_is_none(phone):
    assert own_phone(phone) == ""


def test_the_first_pattern_that_fits_wins_whatever_the_case():
    words = {"*doordash*": "delivery_platform", "*delivery*": "delivery_own", "": "dine_in"}
    assert find_word("DoorDash - Delivery", words) == "delivery_platform"
    assert (find_word("LOCAL DELIVERY", words), find_word("", words)) == ("delivery_own", "dine_in")
    assert find_word("Boat", words) is None
    with pytest.raises(UnreadableRow, match="unknown_code"):
        read_word("Boat", words)


def test_a_line_is_numbered_by_its_id_alone():
    """The first 12 hex digits of the SHA-256 of "1400000015734303001", as sha256sum says."""
    assert line_no_of("1400000015734303001") == "55362776267801"
    assert line_no_of("1400000015734303001") != line_no_of("1400000015734303002")
    assert all(int(line_no_of(f"{number}")) < 2**48 for number in range(1000))
