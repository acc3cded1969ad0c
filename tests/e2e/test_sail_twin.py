"""The same chain over Spark Connect, on Sail with Delta tables, gives the same to the byte."""

from collections.abc import Callable
from pathlib import Path

import pytest
from chain_home import Home
from twins import assert_same_lists, assert_same_tables, twin_of


@pytest.fixture(scope="module")
def twin(complete: Home, sail_server: str, place: Callable[[], Path]) -> Home:
    """A home whose tables lie in a lake."""
    lake = place()
    options = f"format=delta&location={lake / 'tables'}&staging={lake / 'stage'}"
    return twin_of(complete, place(), f"{sail_server}?{options}")


def test_every_published_table_has_the_same_rows(complete: Home, twin: Home):
    assert_same_tables(complete, twin)


def test_the_lists_that_leave_are_the_same_bytes(complete: Home, twin: Home):
    assert_same_lists(complete, twin)
