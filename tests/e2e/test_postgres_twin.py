"""The same chain on PostgreSQL gives the same tables and the same lists."""

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from adbc_driver_postgresql import dbapi
from chain_home import Home, Row, differing
from group_sample import SIZE

from regulars.steps.publishing import published_table
from regulars.steps.runtime import start

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


def test_readers_find_what_is_inside_row_by_row(twin: Home):
    with twin.environment():
        run = start(f"{SIZE.last_day}")
        tables = [published_table(one, run.dictionary, ["CNY"]) for one in run.catalog.published]
        with run.warehouse() as warehouse:
            for table in tables:
                columns = ", ".join(table.types)
                inside = f"({table.select.replace(':home', 'e2e')})"
                ours = f"select {columns} from mart.{table.name}"
                theirs = f"select {columns} from {inside} as inside"
                for one, other in ((ours, theirs), (theirs, ours)):
                    differing = warehouse.query(
                        f"select count(*) as n from ({one} except all {other}) as differing"
                    )
                    assert differing["n"][0].as_py() == 0, table.name


def test_the_contract_of_every_published_table_is_kept_by_the_server(twin: Home):
    keys = twin.rows(
        "select cast(count(*) as bigint) as n from pg_constraint"
        " join pg_class on pg_class.oid = conrelid where contype = 'p'"
        " and relnamespace = 'mart'::regnamespace"
    )
    undescribed = twin.rows(
        "select relname, attname from pg_class join pg_attribute on attrelid = pg_class.oid"
        " where relnamespace = 'mart'::regnamespace and relkind in ('r', 'p') and attnum > 0"
        " and col_description(attrelid, attnum) is null"
    )
    assert keys == [{"n": len(twin.published())}]
    assert undescribed == []
