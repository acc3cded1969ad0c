"""Golden texts: a new sqlglot that says something else shows here first."""

import pytest

from regulars.domain.errors import BadInput
from regulars.engines import Warehouse
from regulars.engines.rendering import render

GOLDEN = [
    ("a // 2", "CAST(DIV(a, 2) AS BIGINT)"),
    ("a // b", "CAST(DIV(a, b) AS BIGINT)"),
    ("(a // 2) // 3", "CAST(DIV((CAST(DIV(a, 2) AS BIGINT)), 3) AS BIGINT)"),
    ("sign(a) * b", "CAST(SIGN(a) AS BIGINT) * b"),
    ("cast(a as double) / b", "CAST(a AS DOUBLE PRECISION) / b"),
    ("cast(floor(a) as bigint)", "CAST(FLOOR(a) AS BIGINT)"),
    ("date_diff('day', a, b)", "(CAST(b AS DATE) - CAST(a AS DATE))"),
    ("a + interval 1 day", "a + INTERVAL '1 DAY'"),
    ("sum(a) filter (where b)", "SUM(a) FILTER(WHERE b)"),
    ("median(a)", "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a)"),
    ("ntile(4) over (order by a desc, b)", "NTILE(4) OVER (ORDER BY a DESC NULLS LAST, b)"),
    ("a is distinct from b", "a IS DISTINCT FROM b"),
    ("string_agg(a, ',' order by b)", "STRING_AGG(a, ',' ORDER BY b)"),
    ("strftime(a, '%Y-%m')", "TO_CHAR(a, 'YYYY-MM')"),
    ("cast(:day as date)", "CAST(CAST('2025-03-01' AS DATE) AS DATE)"),
]


@pytest.mark.parametrize(("duckdb", "postgres"), GOLDEN)
def test_postgres_text(duckdb: str, postgres: str):
    from datetime import date

    params = {"day": date(2025, 3, 1)} if ":day" in duckdb else {}
    assert render(f"select {duckdb} as x", "postgres", params) == f"SELECT {postgres} AS x"


def test_qualify_becomes_a_subquery_on_postgres():
    sql = "select a from t qualify row_number() over (partition by a order by b) = 1"
    assert "QUALIFY" not in render(sql, "postgres", {})


def test_comments_stay_at_home():
    assert render("/* grain: secret */ select a from t -- why", "postgres", {}) == "SELECT a FROM t"


def test_what_an_engine_cannot_say_is_an_error():
    with pytest.raises(BadInput, match="postgres cannot say this"):
        render("select lag(a ignore nulls) over (order by b) as a from t", "postgres", {})


@pytest.mark.parametrize(
    ("dividend", "divisor", "quotient"),
    [(7, 2, 3), (-7, 2, -3), (7, -2, -3), (-7, -2, 3), (0, 5, 0), (9 * 10**18, 10, 9 * 10**17)],
)
def test_whole_division_cuts_towards_zero(
    warehouse: Warehouse, dividend: int, divisor: int, quotient: int
):
    found = warehouse.query(
        "select cast(:a as bigint) // cast(:b as bigint) as q,"
        " cast(sum(cast(:a as bigint)) // cast(:b as bigint) as bigint) as of_sum",
        a=dividend,
        b=divisor,
    )
    assert found.schema.field("q").type.bit_width == 64
    assert found.to_pylist() == [{"q": quotient, "of_sum": quotient}]


def test_dates_count_alike(warehouse: Warehouse):
    found = warehouse.query(
        "select cast(date_diff('day', date '2024-02-28', date '2024-03-01') as bigint) as days,"
        " date '2024-02-28' + 2 as later,"
        " cast(date_trunc('month', date '2024-02-28') as date) as month_start"
    )
    from datetime import date

    assert found.to_pylist() == [
        {"days": 2, "later": date(2024, 3, 1), "month_start": date(2024, 2, 1)}
    ]


def test_text_sorts_by_code_point(warehouse: Warehouse):
    sql = "select min(v) as first, max(v) as last from (select 'a' as v union all select 'B') as t"
    assert warehouse.query(sql).to_pylist() == [{"first": "B", "last": "a"}]
