"""Views outlive the tables under them."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from regulars.engines import PublishedTable, StatementFailed, Warehouse

Rows = Callable[[str], list[dict[str, Any]]]
MOMENT = datetime.fromisoformat("2025-03-01 23:59:59.123456")


@pytest.fixture
def stacked(warehouse: Warehouse) -> Warehouse:
    """A table, a view upon it and a view upon both."""
    warehouse.load("raw_sales", pa.table({"n": [1, 2]}))
    warehouse.create_view("low", "select n from raw_sales")
    warehouse.create_view("high", "select low.n from low join raw_sales on low.n = raw_sales.n")
    return warehouse


def _values(rows: list[dict[str, Any]]) -> list[int]:
    return sorted(row["n"] for row in rows)


def test_views_show_the_rows_of_the_swapped_table(stacked: Warehouse, rows_of: Rows):
    stacked.load("raw_sales", pa.table({"n": [7]}))
    stacked.build("raw_sales", "select n + 1 as n from raw_sales")
    assert _values(rows_of("select n from low")) == [8]
    assert _values(rows_of("select n from high")) == [8]


def test_views_survive_a_table_with_one_more_column(stacked: Warehouse, rows_of: Rows):
    stacked.load("raw_sales", pa.table({"extra": ["x"], "n": [7]}))
    assert _values(rows_of("select n from high")) == [7]


def test_a_view_that_no_longer_fits_waits_for_its_own_model(stacked: Warehouse, rows_of: Rows):
    stacked.load("raw_sales", pa.table({"m": [7]}))
    with pytest.raises(StatementFailed):
        stacked.query("select n from low")
    stacked.create_view("low", "select m as n from raw_sales")
    assert _values(rows_of("select n from low")) == [7]


def test_a_view_is_replaced_also_with_other_columns(stacked: Warehouse, rows_of: Rows):
    stacked.create_view("low", "select n, n * 10 as tenfold from raw_sales")
    stacked.create_view("low", "select cast(n as text) as label, n from raw_sales")
    assert [row["label"] for row in rows_of("select label from low order by n")] == ["1", "2"]
    assert _values(rows_of("select n from high")) == [1, 2]


def test_a_view_that_cannot_be_made_leaves_the_old_one(stacked: Warehouse, rows_of: Rows):
    with pytest.raises(StatementFailed):
        stacked.create_view("low", "select nope from raw_sales")
    assert _values(rows_of("select n from low")) == [1, 2]


def test_a_view_may_become_a_table_and_a_table_a_view(stacked: Warehouse, rows_of: Rows):
    stacked.build("low", "select cast(5 as bigint) as n")
    assert _values(rows_of("select n from low")) == [5]
    stacked.create_view("low", "select n from raw_sales")
    assert _values(rows_of("select n from low")) == [1, 2]


def test_what_is_published_is_in_the_schema_of_the_readers(stacked: Warehouse, rows_of: Rows):
    meanings = {"n": "A number ‖ 数", "more": "It's \n more"}
    for columns in (["n"], ["n", "more"]):
        numbers = PublishedTable(
            name="numbers",
            select=f"select n{', n + 1 as more' if columns[1:] else ''} from :home.low",
            description="Numbers ‖ 数",
            columns={name: meanings[name] for name in columns},
            types=dict.fromkeys(columns, "bigint"),
            unique=("n",),
        )
        stacked.load("raw_sales", pa.table({"n": [len(columns) * 2]}))
        stacked.publish([numbers], {})
    assert rows_of("select n, more from mart.numbers") == [{"n": 4, "more": 5}]
    assert stacked.tables() == ("high", "low", "raw_sales")


@pytest.mark.postgres
@pytest.mark.parametrize("uri", ["postgres"], indirect=True)
def test_grants_and_view_comments_survive_a_swap(stacked: Warehouse):
    role = f"analyst_{abs(hash(stacked)) % 10**9}"
    for statement in (
        f"create role {role}",
        f"grant select on raw_sales, low to {role}",
        "comment on view low is 'It''s low'",
        "comment on column low.n is 'A number'",
    ):
        stacked._run(statement, where="test")
    stacked.load("raw_sales", pa.table({"n": [3]}))
    found = stacked._rows(
        f"select has_table_privilege('{role}', 'raw_sales', 'select')"
        f" and has_table_privilege('{role}', 'low', 'select') as is_readable,"
        " obj_description('low'::regclass) as note, col_description('low'::regclass, 1) as part",
        where="test",
    )
    assert found == [{"is_readable": True, "note": "It's low", "part": "A number"}]


@pytest.mark.postgres
@pytest.mark.parametrize("uri", ["postgres"], indirect=True)
def test_a_table_of_days_is_indexed_by_day_and_analysed(warehouse: Warehouse):
    from datetime import date

    day = date(2025, 3, 1)
    sql = "select cast(:first_date as date) as business_date"
    for _ in range(2):
        warehouse.replace_days("fct_days", sql, day, day)
    found = warehouse._rows(
        "select count(*) as n, max(reltuples)::bigint as estimate from pg_index"
        " join pg_class on pg_class.oid = indrelid where indrelid = 'fct_days'::regclass",
        where="test",
    )
    assert found == [{"n": 1, "estimate": 1}]


def test_published_amounts_are_exact_decimals(warehouse: Warehouse):
    sales = {"k": [1, 2, 3], "n": [1, -12345, None], "at": [None, MOMENT, None]}
    warehouse.load("raw_sales", pa.table(sales))
    amount = "cast(cast(n as decimal(19, 0)) * cast(0.01 as decimal(5, 4)) as decimal(23, 4))"
    shown = PublishedTable(
        "amounts",
        f"select k, {amount} as amount, at from :home.raw_sales",
        "Amounts",
        {"k": "A key", "amount": "In major units", "at": "When, in UTC"},
        {"k": "bigint", "amount": "decimal(23, 4)", "at": "timestamp"},
        ("k",),
    )
    warehouse.publish([shown], {})
    rows = warehouse.query("select amount, at from mart.amounts order by k")
    assert rows.schema.types == [pa.decimal128(23, 4), pa.timestamp("us")]
    assert rows["amount"].to_pylist() == [Decimal("0.0100"), Decimal("-123.4500"), None]
    assert rows["at"].to_pylist() == [None, MOMENT, None]
