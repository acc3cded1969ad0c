"""Numbers that changed: what a run changed, once, however often it is run."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from regulars.steps.restatements import merge_changes

FRIDAY = date(2025, 3, 7)
NET = (FRIDAY, "S1", "CNY", "net_sales")
REFUND = (FRIDAY, "S1", "CNY", "refund")


def test_a_figure_that_differs_is_told_with_before_and_after():
    before, after = {NET: 5000, REFUND: 0}, {NET: 4300, REFUND: 700}
    assert merge_changes({}, before, after) == {NET: (5000, 4300), REFUND: (0, 700)}


def test_the_same_run_again_keeps_what_it_found():
    known = {NET: (5000, 4300)}
    assert merge_changes(known, {NET: 4300}, {NET: 4300}) == known


def test_a_figure_changed_twice_keeps_its_first_before():
    assert merge_changes({NET: (5000, 4300)}, {NET: 4300}, {NET: 4100}) == {NET: (5000, 4100)}


def test_a_figure_that_came_back_to_what_it_was_is_no_change():
    assert merge_changes({NET: (5000, 4300)}, {NET: 4300}, {NET: 5000}) == {}


def test_a_store_day_that_vanished_or_is_there_for_the_first_time_was_or_is_nothing():
    assert merge_changes({}, {NET: 100}, {}) == {NET: (100, 0)}
    assert merge_changes({}, {}, {NET: 100}) == {NET: (0, 100)}


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_whatever_the_steps_in_between_a_run_tells_its_first_before_and_last_after(amounts):
    known = {}
    for was, now in pairwise(amounts):
        known = merge_changes(known, {NET: was}, {NET: now})
    expected = {} if amounts[0] == amounts[-1] else {NET: (amounts[0], amounts[-1])}
    assert known == expected
