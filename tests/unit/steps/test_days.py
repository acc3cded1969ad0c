"""Which days are built again: the stale ones, in few unbroken windows."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from regulars.policy import TierPolicy
from regulars.steps.days import stale_days, to_windows
from regulars.steps.snapshots import is_review, snapshot_dates

MON = date(2025, 3, 3)


def _day(number: int) -> date:
    return MON + timedelta(days=number)


def _usual(_day_of_review: date) -> TierPolicy:
    return TierPolicy()


def test_a_day_that_was_built_from_the_same_input_is_fresh():
    inputs = {_day(-3): "a", _day(-2): "b"}
    assert stale_days(inputs, dict(inputs), (_day(0), _day(0))) == [_day(0)]


def test_a_late_row_makes_its_own_day_stale_and_no_other():
    built = {_day(-30): "a", _day(-29): "b", _day(0): "c"}
    inputs = {**built, _day(-30): "a and a late refund"}
    assert stale_days(inputs, built, (_day(0), _day(0))) == [_day(-30), _day(0)]


def test_a_day_never_built_and_a_day_whose_input_vanished_are_stale():
    assert stale_days({_day(-9): "a"}, {}, (_day(0), _day(0))) == [_day(-9), _day(0)]
    assert stale_days({}, {_day(-9): "a"}, (_day(0), _day(0))) == [_day(-9), _day(0)]


def test_a_day_without_any_input_that_was_built_as_such_is_fresh():
    assert stale_days({}, {_day(-9): ""}, (_day(0), _day(0))) == [_day(0)]


def test_what_comes_after_the_window_is_not_looked_at():
    assert stale_days({_day(1): "tomorrow"}, {}, (_day(-1), _day(0))) == [_day(-1), _day(0)]


def test_every_day_asked_for_is_built_even_when_nothing_changed():
    built = {_day(n): "a" for n in range(5)}
    assert stale_days(dict(built), built, (_day(1), _day(3))) == [_day(1), _day(2), _day(3)]


def test_a_short_gap_is_bridged_and_a_long_one_is_not():
    days = [_day(0), _day(7), _day(15)]
    assert to_windows(days) == [(_day(0), _day(7)), (_day(15), _day(15))]


def test_no_days_are_no_windows():
    assert to_windows([]) == []


def test_a_snapshot_is_taken_on_every_monday_of_the_window_and_on_its_end():
    dates = snapshot_dates((_day(1), _day(16)), _day(1), [], _usual)
    assert dates == [_day(7), _day(14), _day(16)]


def test_a_stale_day_restates_the_snapshots_from_it_on_and_none_before():
    taken = [_day(-14), _day(-7), _day(0), _day(7), _day(21)]
    dates = snapshot_dates((_day(8), _day(8)), _day(-7), taken, _usual)
    assert dates == [_day(-7), _day(0), _day(7), _day(8), _day(21)]


def test_the_weekday_of_the_review_is_the_policys():
    assert [n for n in range(7) if is_review(_day(n), TierPolicy())] == [0]
    assert [n for n in range(7) if is_review(_day(n), TierPolicy(review_weekday=7))] == [6]


some_days = st.sets(st.integers(-400, 400).map(_day), max_size=60)


@given(days=some_days, bridge=st.integers(1, 20))
def test_windows_cover_all_days_do_not_touch_and_leave_only_long_gaps(days, bridge):
    windows = to_windows(days, bridge)
    assert all(any(first <= day <= last for first, last in windows) for day in days)
    assert {day for window in windows for day in window} <= days
    assert all(first <= last for first, last in windows)
    assert all((right[0] - left[1]).days > bridge for left, right in pairwise(windows))


@given(days=some_days)
def test_the_windows_do_not_depend_on_the_order_of_the_days(days):
    assert to_windows(sorted(days)) == to_windows(sorted(days, reverse=True))


marks = st.dictionaries(st.integers(-60, 20).map(_day), st.sampled_from("abc"), max_size=30)


@given(inputs=marks, built=marks, length=st.integers(0, 10))
def test_once_the_stale_days_are_built_only_the_window_is_left(inputs, built, length):
    window = (_day(-length), _day(0))
    stale = stale_days(inputs, built, window)
    after = {**built, **{day: inputs.get(day, "") for day in stale}}
    asked = [_day(n) for n in range(-length, 1)]
    assert stale_days(inputs, after, window) == asked
    assert stale == sorted(set(stale)) and set(asked) <= set(stale)


@given(
    start=st.integers(-30, 0), length=st.integers(0, 40), stale=st.integers(-60, 0),
    taken=some_days,
)  # fmt: skip
def test_no_snapshot_before_the_first_stale_day_is_taken_again(start, length, stale, taken):
    first, last = _day(start), _day(start + length)
    stale_from = min(first, _day(stale))
    dates = snapshot_dates((first, last), stale_from, taken, _usual)
    assert dates == sorted(set(dates)) and last in dates
    assert all(day >= stale_from for day in dates)
    assert {day for day in taken if day >= stale_from} <= set(dates)
