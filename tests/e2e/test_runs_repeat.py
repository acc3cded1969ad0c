"""Running again changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from chain_home import Home, differing
from group_sample import LAST_DAYS, SIZE


@pytest.fixture(scope="module")
def again(complete: Home, place: Callable[[], Path]) -> Home:
    """The complete home, with the same window run a second time."""
    home = complete.copy(place())
    home.run(SIZE.first_day, SIZE.last_day)
    return home


def test_the_same_window_again_changes_no_byte_of_any_file(complete: Home, again: Home):
    before = complete.digests()
    assert len(before) > 130
    assert differing(before, again.digests()) == []


def test_the_same_window_again_changes_no_row_of_any_table(complete: Home, again: Home):
    before = complete.tables()
    assert {"fct_orders", "snap_customer_tiers", "raw_orders", "ops_built_days"} <= before.keys()
    assert differing(before, again.tables()) == []


def test_one_day_again_by_itself_changes_nothing(in_order: Home, place: Callable[[], Path]):
    """The Monday before a payout: its lists were out when the payout restated it."""
    again = in_order.copy(place())
    again.run(LAST_DAYS[1], LAST_DAYS[1])
    tables = differing(in_order.published(), again.published())
    files = differing(in_order.digests("exports"), again.digests("exports"))
    assert (tables, files) == ([], [])
