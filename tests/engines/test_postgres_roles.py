"""Each role of a PostgreSQL warehouse can do its work, and nothing else."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyarrow as pa
import pytest
from adbc_driver_postgresql import dbapi

from regulars.engines import PublishedTable, StatementFailed, open_warehouse
from regulars.engines.postgres_engine import PostgresWarehouse
from regulars.engines.postgres_roles import MEANINGS, role_statements

pytestmark = pytest.mark.postgres
As = Callable[[str], PostgresWarehouse]
LOGINS = {f"{role}_login": role for role in MEANINGS}
COLUMNS = {"customer_key": "Who ‖ 谁", "profit_amount": "Profit ‖ 利润"}


def published(name: str, *, is_for_marketing: bool = False) -> PublishedTable:
    return PublishedTable(
        name=name,
        select=f"select customer_key, profit_amount from :home.{name}",
        description=f"{name} ‖ 表",
        columns=COLUMNS,
        types={"customer_key": "text", "profit_amount": "bigint"},
        unique=("customer_key",),
        is_for_marketing=is_for_marketing,
    )


@pytest.fixture(scope="module")
def database(postgres_server: str) -> str:
    """A database of its own, in which the roles were made twice and given to five logins."""
    server = postgres_server.replace("/postgres?", "/regulars_roles?")
    with dbapi.connect(postgres_server, autocommit=True) as admin, admin.cursor() as cursor:
        cursor.execute("create database regulars_roles template template0 locale 'C.UTF-8'")
    with PostgresWarehouse.open(server) as owner:
        for _ in range(2):
            owner.run_together(role_statements("regulars", ["fct_actions"]))
        owner.run_together([f"create role {name} login" for name in LOGINS])
        owner.run_together([f"grant {role} to {name}" for name, role in LOGINS.items()])
    return server


@pytest.fixture(scope="module")
def as_(database: str) -> Iterator[As]:
    """A warehouse opened by the login that has a role."""
    opened: list[PostgresWarehouse] = []

    def open_as(role: str) -> PostgresWarehouse:
        uri = database.replace("//postgres:@", f"//{role}_login:@")
        warehouse = open_warehouse(uri)
        assert isinstance(warehouse, PostgresWarehouse)
        opened.append(warehouse)
        return warehouse

    yield open_as
    for warehouse in opened:
        warehouse.close()


@pytest.fixture(scope="module")
def run(as_: As) -> PostgresWarehouse:
    """The pipeline's login has written, and published a list and a table of profits."""
    warehouse = as_("regulars_etl")
    rows = pa.table({"customer_key": ["a", "b"], "profit_amount": [1, 2]})
    contacts = pa.table({"customer_key": ["a"], "email": ["a@example.com"]})
    warehouse.load("restricted_contacts", contacts)
    for name in ("fct_actions", "fct_profits"):
        warehouse.load(name, rows)
    warehouse.build("dim_customers", "select customer_key from fct_profits")
    warehouse.create_view("stg_customers", "select customer_key from dim_customers")
    tables = [published("fct_actions", is_for_marketing=True), published("fct_profits")]
    warehouse.publish(tables, {})
    return warehouse


def can_read(warehouse: PostgresWarehouse, table: str) -> bool:
    try:
        warehouse.query(f"select * from {table}")
    except StatementFailed as error:
        assert error.sqlstate in {"42501", "42P01"}, error
        return False
    return True


def test_the_pipeline_owns_what_it_makes_and_is_no_superuser(run: PostgresWarehouse):
    (row,) = run._rows(
        "select current_user::text as name, rolsuper, current_schema()::text as home"
        " from pg_roles where rolname = current_user",
        where="test",
    )
    assert row == {"name": "regulars_etl", "rolsuper": False, "home": "regulars"}
    assert run.query("select max(profit_amount) as n from mart.fct_profits")["n"][0].as_py() == 2


def test_bi_reads_what_is_published_and_nothing_of_the_inside(run: PostgresWarehouse, as_: As):
    bi = as_("regulars_bi")
    assert can_read(bi, "mart.fct_profits")
    assert can_read(bi, "fct_profits"), "a reader's first schema is the published one"
    for inside in ("restricted_contacts", "fct_profits", "stg_customers"):
        assert not can_read(bi, f"regulars.{inside}")
    with pytest.raises(StatementFailed):
        bi.run_together(["delete from mart.fct_profits"])
    with pytest.raises(StatementFailed):
        bi.run_together(["create table mart.mine (n bigint)"])


def test_marketing_reads_the_lists_and_no_other_profits(run: PostgresWarehouse, as_: As):
    marketing = as_("regulars_marketing")
    assert can_read(marketing, "mart.fct_actions")
    for hidden in ("mart.fct_profits", "regulars.fct_actions", "regulars.restricted_contacts"):
        assert not can_read(marketing, hidden)


def test_privacy_reads_the_contacts_and_nothing_else(run: PostgresWarehouse, as_: As):
    privacy = as_("regulars_privacy")
    assert can_read(privacy, "regulars.restricted_contacts")
    for hidden in ("mart.fct_profits", "mart.fct_actions", "regulars.fct_profits"):
        assert not can_read(privacy, hidden)


def test_the_owner_may_maintain_every_table(run: PostgresWarehouse, as_: As):
    owner = as_("regulars_owner")
    owner.run_together(["comment on table regulars.dim_customers is 'Looked at'"])


def test_nobody_else_gets_in(run: PostgresWarehouse, database: str):
    with dbapi.connect(database, autocommit=True) as admin, admin.cursor() as cursor:
        cursor.execute("create role stranger login")
    with pytest.raises(dbapi.Error, match="permission denied for database"):
        dbapi.connect(database.replace("//postgres:@", "//stranger:@"))


def test_contacts_loaded_again_and_with_another_column_are_still_for_privacy(
    run: PostgresWarehouse, as_: As
):
    contacts = pa.table({"customer_key": ["a"], "email": ["a@example.com"], "phone": ["1"]})
    run.load("restricted_contacts", contacts)
    assert can_read(as_("regulars_privacy"), "regulars.restricted_contacts")
    run.drop("restricted_contacts")
    run.load_slices("restricted_contacts", contacts, "customer_key")
    assert can_read(as_("regulars_privacy"), "regulars.restricted_contacts")


def test_a_table_published_later_is_readable_at_once(run: PostgresWarehouse, as_: As):
    run.load("fct_calls", pa.table({"customer_key": ["a"], "profit_amount": [1]}))
    run.load("fct_values", pa.table({"customer_key": ["a"], "profit_amount": [1]}))
    run.publish([published("fct_calls", is_for_marketing=True), published("fct_values")], {})
    bi, marketing = as_("regulars_bi"), as_("regulars_marketing")
    assert can_read(bi, "mart.fct_calls")
    assert can_read(bi, "mart.fct_values")
    assert can_read(marketing, "mart.fct_calls")
    assert not can_read(marketing, "mart.fct_values")


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What is told to people; progress is told besides, if somebody listens to it."""
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]


def test_a_persons_view_is_kept_or_named_though_the_pipeline_does_not_own_it(
    run: PostgresWarehouse, as_: As, database: str, caplog: pytest.LogCaptureFixture
):
    with dbapi.connect(database, autocommit=True) as admin, admin.cursor() as cursor:
        cursor.execute("create schema desk authorization regulars_bi_login")
    run.load("fct_sums", pa.table({"customer_key": ["a"], "profit_amount": [7]}))
    run.publish([published("fct_sums")], {})
    bi = as_("regulars_bi")
    bi.run_together(["create view desk.mine as select profit_amount from mart.fct_sums"])
    longer = replace(
        published("fct_sums"),
        select="select customer_key, profit_amount, true as is_new from :home.fct_sums",
        columns={**COLUMNS, "is_new": "New ‖ 新"},
        types={"customer_key": "text", "profit_amount": "bigint", "is_new": "boolean"},
    )
    run.publish([longer], {})
    assert bi.query("select * from desk.mine").to_pylist() == [{"profit_amount": 7}]
    assert warnings_in(caplog) == []
    other = replace(
        published("fct_sums"),
        select="select customer_key, cast(profit_amount as text) as profit_amount"
        " from :home.fct_sums",
        types={"customer_key": "text", "profit_amount": "text"},
    )
    run.publish([other], {})
    assert [message.endswith(": desk.mine") for message in warnings_in(caplog)] == [True]
    assert not can_read(bi, "desk.mine")
    assert can_read(bi, "mart.fct_sums")


def test_a_warehouse_made_before_the_roles_is_handed_over(postgres_server: str):
    with dbapi.connect(postgres_server, autocommit=True) as admin, admin.cursor() as cursor:
        cursor.execute("create database regulars_before template template0 locale 'C.UTF-8'")
    uri = postgres_server.replace("/postgres?", "/regulars_before?")
    with PostgresWarehouse.open(uri) as before:
        before.load("fct_profits", pa.table({"customer_key": ["a"], "profit_amount": [1]}))
        before.create_view("stg_profits", "select customer_key from fct_profits")
        before.run_together(role_statements("public", []))
    with PostgresWarehouse.open(uri) as after:
        (role,) = after._rows("select current_user::text as name", where="test")
        assert role["name"] == "regulars_etl"
        after.load("fct_profits", pa.table({"customer_key": ["b"], "profit_amount": [5]}))
        assert after.query("select customer_key from stg_profits").to_pylist() == [
            {"customer_key": "b"}
        ]
