"""The same chain on a real Spark cluster with bare Parquet gives the same, to the cent."""

from collections.abc import Callable
from pathlib import Path

import pytest
from chain_home import Home
from twins import assert_same_lists, assert_same_tables, twin_of

pytestmark = [pytest.mark.spark, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def twin(complete: Home, spark_cluster: str, place: Callable[[], Path]) -> Home:
    """A home whose tables lie in folders that two workers write."""
    lake = place()
    options = f"format=parquet&location={lake / 'tables'}&staging={lake / 'stage'}"
    return twin_of(complete, place(), f"{spark_cluster}?{options}&shuffle_partitions=2")


def test_every_published_table_has_the_same_rows(complete: Home, twin: Home):
    assert_same_tables(complete, twin)


def test_the_lists_that_leave_are_the_same_bytes(complete: Home, twin: Home):
    assert_same_lists(complete, twin)
