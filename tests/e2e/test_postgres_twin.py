"""The same chain on PostgreSQL gives the same tables and the same lists."""

from collections.abc import Callable
from pathlib import Path

import pytest
from adbc_driver_postgresql import dbapi
from chain_home import Home
from group_sample import SIZE
from twins import assert_same_lists, assert_same_tables, twin_of

from regulars.__main__ import main
from regulars.engines import PublishedTable, StatementFailed, open_warehouse
from regulars.steps.publishing import published_table
from regulars.steps.runtime import start

pytestmark = pytest.mark.postgres
CONTACTS = "regulars.restricted_contacts"
LOGINS = {
    "runner": "regulars_etl",
    "analyst": "regulars_bi",
    "marketer": "regulars_marketing",
    "officer": "regulars_privacy",
}


@pytest.fixture(scope="module")
def database(postgres_server: str, place: Callable[[], Path]) -> str:
    """A database made by a login that is no superuser, with the roles and three logins."""
    with dbapi.connect(postgres_server, autocommit=True) as server, server.cursor() as cursor:
        for statement in (
            "create role keeper login createrole",
            "create database twin owner keeper template template0 locale 'C.UTF-8'",
            *(f"create role {login} login" for login in LOGINS),
        ):
            cursor.execute(statement)
    uri = postgres_server.replace("/postgres?", "/twin?")
    owner = uri.replace("//postgres:@", "//keeper:@")
    with Home(place(), place(), warehouse=owner).environment():
        assert main(["roles"]) == 0
        assert main(["roles"]) == 0, "roles are made once, and made sure of again"
    with dbapi.connect(postgres_server, autocommit=True) as server, server.cursor() as cursor:
        for login, role in LOGINS.items():
            cursor.execute(f"grant {role} to {login}")
    return uri


@pytest.fixture(scope="module")
def twin(complete: Home, database: str, place: Callable[[], Path]) -> Home:
    """A home on a server, which starts from what was landed and refused for DuckDB.

    Its last day is run twice, so that the published tables have seen days replaced.
    """
    uri = database.replace("//postgres:@", "//runner:@")
    home = twin_of(complete, place(), uri)
    home.run(SIZE.last_day, SIZE.last_day)
    return home


def test_every_published_table_has_the_same_rows(complete: Home, twin: Home):
    assert_same_tables(complete, twin)


def test_the_lists_that_leave_are_the_same_bytes(complete: Home, twin: Home):
    assert_same_lists(complete, twin)


@pytest.fixture(scope="module")
def tables(twin: Home) -> list[PublishedTable]:
    with twin.environment():
        run = start(f"{SIZE.last_day}")
        return [published_table(one, run.dictionary) for one in run.catalog.published]


def test_readers_find_what_is_inside_row_by_row(twin: Home, tables: list[PublishedTable]):
    unlike = []
    with twin.environment(), open_warehouse(twin.warehouse) as warehouse:
        for table in tables:
            columns = ", ".join(table.types)
            ours = f"select {columns} from mart.{table.name}"
            inside = table.select.replace(":home", "regulars")
            theirs = f"select {columns} from ({inside}) as inside"
            differing = warehouse.query(
                f"select count(*) as n from (({ours} except all {theirs})"
                f" union all ({theirs} except all {ours})) as differing"
            )
            unlike += [table.name] * differing["n"][0].as_py()
    assert unlike == []


def test_every_table_and_column_says_what_it_means(twin: Home, tables: list[PublishedTable]):
    told = twin.rows(
        "select cast(relname as text) as name, cast(attname as text) as part,"
        " obj_description(pg_class.oid) as about, col_description(attrelid, attnum) as meaning"
        " from pg_class join pg_attribute on attrelid = pg_class.oid"
        " where relnamespace = 'mart'::regnamespace and relkind in ('r', 'p') and attnum > 0"
    )
    assert {(row["name"], row["part"]): (row["about"], row["meaning"]) for row in told} == {
        (table.name, column): (table.description, meaning)
        for table in tables
        for column, meaning in table.columns.items()
    }


def test_every_table_has_its_key(twin: Home, tables: list[PublishedTable]):
    keys = twin.rows(
        "select cast(relname as text) as name from pg_constraint"
        " join pg_class on pg_class.oid = conrelid"
        " where contype = 'p' and relnamespace = 'mart'::regnamespace order by relname"
    )
    assert [row["name"] for row in keys] == sorted(table.name for table in tables)


@pytest.mark.parametrize(
    ("login", "may", "may_not"),
    [
        ("analyst", ["mart.fct_customer_profits", "mart.fct_actions"], CONTACTS),
        ("marketer", ["mart.fct_actions", "mart.dim_stores"], "mart.fct_customer_profits"),
        ("officer", [CONTACTS], "mart.fct_actions"),
    ],
)
def test_everybody_reads_what_is_theirs(
    twin: Home, database: str, login: str, may: list[str], may_not: str
):
    with open_warehouse(database.replace("//postgres:@", f"//{login}:@")) as reader:
        for table in may:
            assert reader.query(f"select count(*) as n from {table}")["n"][0].as_py() > 0
        with pytest.raises(StatementFailed, match="permission denied"):
            reader.query(f"select count(*) as n from {may_not}")
