"""PostgreSQL's readers see one publication or the next, across all its tables."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from adbc_driver_postgresql import dbapi

from regulars.engines import PublishedTable, StatementFailed, open_warehouse
from regulars.engines.postgres_engine import PostgresWarehouse

pytestmark = pytest.mark.postgres
FIRST, LAST = date(2025, 1, 30), date(2025, 2, 3)
DAYS = [FIRST + timedelta(days=offset) for offset in range(5)]
ORDERS = PublishedTable(
    name="fct_orders",
    select="select order_key, order_count, business_date from :home.fct_orders",
    description="Orders ‖ 订单",
    columns={"order_key": "Key ‖ 键", "order_count": "Orders ‖ 数", "business_date": "Day ‖ 日"},
    types={"order_key": "text", "order_count": "bigint", "business_date": "date"},
    unique=("order_key",),
    day_column="business_date",
)
TOTALS = PublishedTable(
    name="dim_totals",
    select="select order_key, order_count from :home.dim_totals",
    description="Totals ‖ 总",
    columns={"order_key": "Key ‖ 键", "order_count": "Orders ‖ 数"},
    types={"order_key": "text", "order_count": "bigint"},
    unique=("order_key",),
)
SET = [ORDERS, TOTALS]
BOTH = (
    "select (select sum(order_count) from mart.fct_orders)::bigint as days,"
    " (select sum(order_count) from mart.dim_totals)::bigint as totals"
)


@pytest.fixture(scope="module")
def uri(postgres_server: str) -> str:
    """A database of its own."""
    with dbapi.connect(postgres_server, autocommit=True) as admin, admin.cursor() as cursor:
        cursor.execute("create database publishing template template0 locale 'C.UTF-8'")
    return postgres_server.replace("/postgres?", "/publishing?")


@pytest.fixture
def warehouse(uri: str) -> Iterator[PostgresWarehouse]:
    """A warehouse with nothing else in its database, once published."""
    opened = open_warehouse(uri)
    assert isinstance(opened, PostgresWarehouse)
    with opened:
        opened._run("drop schema if exists public, mart, mart_parts cascade", "test")
        opened._run("create schema public", "test")
        write(opened, 1)
        opened.publish(SET, {})
        yield opened


def write(warehouse: PostgresWarehouse, count: int, days: list[date] = DAYS) -> None:
    """Inside: every order of these days, and every total, counts this much."""
    keys = [f"{day}" for day in days]
    rows = pa.table({"order_key": keys, "order_count": [count] * len(days), "business_date": days})
    warehouse.load_slices("fct_orders", rows, "business_date")
    inside = "select order_key, sum(order_count) as n from fct_orders group by order_key"
    warehouse.build(
        "dim_totals", f"select order_key, cast(n as bigint) as order_count from ({inside})"
    )


def rows_of(warehouse: PostgresWarehouse, sql: str) -> list[dict[str, Any]]:
    return warehouse._rows(sql, where="test")


def days_of(warehouse: PostgresWarehouse) -> dict[date, int]:
    sql = "select business_date, order_count from mart.fct_orders order by business_date"
    return {row["business_date"]: row["order_count"] for row in rows_of(warehouse, sql)}


def test_only_the_slices_that_changed_are_touched(warehouse: PostgresWarehouse):
    write(warehouse, 7)
    warehouse.publish(SET, {"business_date": [(DAYS[1], DAYS[1]), (DAYS[3], DAYS[4])]})
    assert list(days_of(warehouse).values()) == [1, 7, 1, 7, 7]


def test_a_table_that_is_not_kept_by_day_is_compared(warehouse: PostgresWarehouse):
    before = rows_of(warehouse, "select order_key, xmin::text as made from mart.dim_totals")
    write(warehouse, 7, [LAST])
    warehouse.publish(SET, {})
    after = rows_of(warehouse, "select order_key, xmin::text as made from mart.dim_totals")
    kept = [row for row in after if row in before]
    assert len(after) == 5
    assert len(kept) == 4, "rows that did not change were not written again"
    assert rows_of(warehouse, "select sum(order_count)::bigint as n from mart.dim_totals") == [
        {"n": 4 + 7}
    ]


def test_a_row_that_is_gone_inside_is_gone_outside(warehouse: PostgresWarehouse):
    warehouse.build("dim_totals", "select * from dim_totals where order_key <> '2025-02-01'")
    warehouse.delete_slices("fct_orders", "order_key", ["2025-02-01"])
    warehouse.publish(SET, {"business_date": [(date(2025, 2, 1), date(2025, 2, 1))]})
    assert rows_of(warehouse, BOTH) == [{"days": 4, "totals": 4}]


def test_months_get_a_part_of_their_own_when_their_days_come(warehouse: PostgresWarehouse):
    parts = (
        "select inhrelid::regclass::text as name from pg_inherits"
        " where inhparent = 'mart.fct_orders'::regclass order by name"
    )
    assert [row["name"] for row in rows_of(warehouse, parts)] == [
        "mart_parts.fct_orders_2025_01", "mart_parts.fct_orders_2025_02",
    ]  # fmt: skip
    write(warehouse, 1, [date(2025, 12, 31)])
    warehouse.publish(SET, {"business_date": [(date(2025, 12, 31), date(2025, 12, 31))]})
    assert [row["name"] for row in rows_of(warehouse, parts)][2:] == [
        "mart_parts.fct_orders_2025_12"
    ]
    keys = (
        "select count(*) as n from pg_index where indisprimary"
        " and indrelid = 'mart_parts.fct_orders_2025_12'::regclass"
    )
    assert rows_of(warehouse, keys) == [{"n": 1}]


def test_the_server_refuses_what_cannot_be(warehouse: PostgresWarehouse):
    for statement, code in (
        ("insert into mart.dim_totals values ('2025-02-01', 1)", "23505"),
        ("insert into mart.dim_totals values (null, 1)", "23502"),
        ("insert into mart.dim_totals values ('new', -1)", "23514"),
    ):
        with pytest.raises(StatementFailed) as refused:
            warehouse._run(statement, where="test")
        assert refused.value.sqlstate == code


def test_a_row_twice_leaves_readers_the_publication_before(warehouse: PostgresWarehouse):
    write(warehouse, 7)
    warehouse.build(
        "dim_totals", "select order_key, order_count from dim_totals union all select 'x', 1"
        " union all select 'x', 2",
    )  # fmt: skip
    with pytest.raises(StatementFailed, match=r'dim_totals: .* "dim_totals_pkey"') as refused:
        warehouse.publish(SET, {"business_date": [(FIRST, LAST)]})
    assert "(x)" not in str(refused.value), "errors have no cells"
    assert rows_of(warehouse, BOTH) == [{"days": 5, "totals": 5}]


def with_column(table: PublishedTable, name: str) -> PublishedTable:
    """The table with one more column, which is twice the count."""
    return replace(
        table,
        select=table.select.replace(" from", f", order_count * 2 as {name} from"),
        columns={**table.columns, name: "Twice ‖ 两倍"},
        types={**table.types, name: "bigint"},
    )


def test_a_new_column_keeps_grants_and_the_views_of_people(warehouse: PostgresWarehouse, uri: str):
    warehouse.run_together(
        [
            "create role anna login", "create schema anna authorization anna",
            "grant usage on schema mart to anna", "grant select on mart.fct_orders to anna",
            "create view anna.mine as select sum(order_count) as n from mart.fct_orders",
            "alter view anna.mine owner to anna",
        ]
    )  # fmt: skip
    write(warehouse, 3)
    warehouse.publish([with_column(ORDERS, "twice_count"), TOTALS], {})
    assert rows_of(warehouse, "select sum(twice_count)::bigint as n from mart.fct_orders") == [
        {"n": 30}
    ]
    with open_warehouse(uri.replace("//postgres:@", "//anna:@")) as anna:
        assert anna.query("select cast(n as bigint) as n from anna.mine").to_pylist() == [{"n": 15}]
    warehouse.publish(SET, {})
    columns = warehouse._types("select * from mart.fct_orders limit 0", where="test")
    assert list(columns) == ["order_key", "order_count", "business_date"]
    assert rows_of(warehouse, "select n::bigint as n from anna.mine") == [{"n": 15}]


def test_views_that_read_a_column_that_is_gone_are_named(
    warehouse: PostgresWarehouse, caplog: pytest.LogCaptureFixture
):
    warehouse.publish([with_column(ORDERS, "twice_count"), TOTALS], {})
    for name, column in (("kept", "order_count"), ("lost", "twice_count")):
        warehouse._run(f"create view public.{name} as select {column} from mart.fct_orders", "test")
    warehouse.publish(SET, {})
    (told,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert told.endswith(": lost")
    assert rows_of(warehouse, "select count(*) as n from public.kept") == [{"n": 5}]


def test_another_type_or_key_makes_the_table_anew_with_what_is_upon_it(
    warehouse: PostgresWarehouse,
):
    warehouse._run("create view public.kept as select order_key from mart.dim_totals", "test")
    warehouse._run("create role reader", "test")
    warehouse._run("grant select on mart.dim_totals to reader", "test")
    amounts = replace(
        TOTALS,
        select="select order_key, cast(order_count as decimal(23, 4)) as order_count"
        " from :home.dim_totals",
        types={"order_key": "text", "order_count": "decimal(23, 4)"},
    )
    warehouse.publish([ORDERS, amounts], {})
    assert rows_of(
        warehouse,
        "select count(*) as n, has_table_privilege('reader', 'mart.dim_totals', 'select') as may,"
        " (select format_type(atttypid, atttypmod) from pg_attribute"
        " where attrelid = 'mart.dim_totals'::regclass and attname = 'order_count') as kind"
        " from public.kept",
    ) == [{"n": 5, "may": True, "kind": "numeric(23,4)"}]


def test_views_of_an_earlier_version_become_tables(warehouse: PostgresWarehouse):
    warehouse._run("drop table mart.dim_totals", "test")
    warehouse._run("create view mart.dim_totals as select * from public.dim_totals", "test")
    warehouse._run("delete from mart_parts.published_tables where name = 'dim_totals'", "test")
    warehouse.publish(SET, {})
    kinds = "select relkind::text as kind from pg_class where oid = 'mart.dim_totals'::regclass"
    assert rows_of(warehouse, kinds) == [{"kind": "r"}]


@contextmanager
def polling(uri: str, look: Callable[[PostgresWarehouse], Any]) -> Iterator[list[Any]]:
    """Look again and again over a connection of one's own, from the first look to the end."""
    seen: list[Any] = []
    failures: list[Exception] = []
    started, done = threading.Event(), threading.Event()

    def poll() -> None:
        try:
            with open_warehouse(uri) as reader:
                assert isinstance(reader, PostgresWarehouse)
                while not done.is_set():
                    seen.append(look(reader))
                    started.set()
        except Exception as error:  # noqa: BLE001  (handed to the test's own thread)
            failures.append(error)
            started.set()

    thread = threading.Thread(target=poll)
    thread.start()
    started.wait(timeout=60)
    try:
        yield seen
    finally:
        done.set()
        thread.join(timeout=60)
    if failures:
        raise failures[0]


def in_one_statement(reader: PostgresWarehouse) -> tuple[int, int]:
    (row,) = rows_of(reader, BOTH)
    return row["days"], row["totals"]


def in_one_snapshot(reader: PostgresWarehouse) -> tuple[int, int]:
    """The snapshot is taken before the tables are looked at, each with a statement of its own."""
    with reader._transaction():
        reader._run("set transaction isolation level repeatable read", "test")
        rows_of(reader, "select 1 as n")
        sums = [
            rows_of(reader, f"select sum(order_count)::bigint as n from mart.{name}")[0]["n"]
            for name in ("fct_orders", "dim_totals")
        ]
    return sums[0], sums[1]


@pytest.mark.parametrize("look", [in_one_statement, in_one_snapshot])
def test_a_reader_across_tables_never_sees_half_a_run(
    warehouse: PostgresWarehouse, uri: str, look: Callable[[PostgresWarehouse], tuple[int, int]]
):
    with polling(uri, look) as seen:
        for count in range(2, 8):
            write(warehouse, count)
            # Every other time the columns change as well: they come and go.
            orders = with_column(ORDERS, "twice_count") if count % 2 else ORDERS
            warehouse.publish([orders, TOTALS], {"business_date": [(FIRST, LAST)]})
    assert len(seen) > 6
    assert all(days == totals for days, totals in seen)
    assert {days for days, _ in seen} <= {5 * count for count in range(1, 8)}
    assert seen == sorted(seen)


def test_a_table_is_made_anew_between_its_readers(warehouse: PostgresWarehouse, uri: str):
    texts = replace(
        TOTALS,
        select="select order_key, cast(order_count as text) as order_count from :home.dim_totals",
        types={"order_key": "text", "order_count": "text"},
    )
    with open_warehouse(uri) as reader:
        assert isinstance(reader, PostgresWarehouse)
        reader._run("begin", "test")
        rows_of(reader, BOTH)
        waiting = threading.Thread(target=warehouse.publish, args=([ORDERS, texts], {}))
        waiting.start()
        with open_warehouse(uri) as onlooker:
            assert isinstance(onlooker, PostgresWarehouse)
            while not rows_of(onlooker, "select 1 as n from pg_locks where not granted"):
                pass
        assert rows_of(reader, BOTH) == [{"days": 5, "totals": 5}], "no deadlock, no waiting"
        reader._run("commit", "test")
        waiting.join(timeout=60)
    assert rows_of(warehouse, "select max(order_count) as n from mart.dim_totals") == [{"n": "1"}]
