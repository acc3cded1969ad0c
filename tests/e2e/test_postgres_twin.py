"""The same chain on PostgreSQL gives the same tables and the same lists."""

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from adbc_driver_postgresql import dbapi
from chain_home import Home, Row, differing
from group_sample import SIZE

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def twin(complete: Home, postgres_server: str, place: Callable[[], Path]) -> Home:
    """A home on a server, which starts from what was landed and refused for DuckDB."""
    with dbapi.connect(postgres_server, autocommit=True) as server, server.cursor() as cursor:
        cursor.execute("create schema e2e")
    uri = f"{postgres_server}&options=-csearch_path%3De2e"
    home = Home(place(), complete.drop, warehouse=uri)
    for folder in ("landing", "quarantine"):
        shutil.copytree(complete.folder / folder, home.folder / folder)
    home.run(SIZE.first_day, SIZE.last_day)
    return home


def is_close(one: Row, other: Row) -> bool:
    """Exact, but for doubles: those may differ by a billionth."""
    if one.keys() != other.keys():
        return False
    return all(
        math.isclose(value, other[name], rel_tol=1e-9, abs_tol=1e-12)
        if isinstance(value, float) and isinstance(other[name], float)
        else value == other[name]
        for name, value in one.items()
    )


def test_every_published_table_has_the_same_rows(complete: Home, twin: Home):
    ours, theirs = complete.published(), twin.published()
    assert ours.keys() == theirs.keys()
    for name, rows in ours.items():
        assert len(rows) == len(theirs[name]), name
        pairs = zip(rows, theirs[name], strict=True)
        unlike = [(one, other) for one, other in pairs if not is_close(one, other)]
        assert not unlike, f"{name}: {len(unlike)} rows differ, first {unlike[0]}"


def test_the_lists_that_leave_are_the_same_bytes(complete: Home, twin: Home):
    assert complete.exported(SIZE.last_day)
    assert differing(complete.digests("exports"), twin.digests("exports")) == []


def test_readers_find_the_views_with_their_meaning(twin: Home):
    rows = twin.rows(
        "select cast(count(*) as bigint) as n, cast(sum(cm2_amount) * 100 as bigint) as cm2"
        " from mart.fct_orders"
    )
    inside = twin.rows(
        "select cast(count(*) as bigint) as n, cast(sum(cm2_minor) as bigint) as cm2"
        " from fct_orders"
    )
    assert rows == inside
