"""Each rule has an example that breaks it; good SQL breaks none."""

import pytest
from model_files import SELECT, WriteModel

from regulars.models import lint_model, read_model

GOOD = """
with orders as (
    select order_id, customer_key, business_date, net_minor
    from raw_orders
    where business_date between :first_date and :last_date
),

ranked as (
    select
        *,
        row_number() over (partition by customer_key order by order_id) as n,
        percent_rank() over (order by net_minor) as share_ratio,
        sum(net_minor) over (partition by customer_key) as total
    from orders
),

final as (
    select
        customer_key,
        cast(max(n) as bigint) as visit_count,
        cast(sum(net_minor) filter (where n > 1) * 85 // 100 as bigint) as net_minor,
        cast(sum(net_minor) / nullif(count(*), 0) as double) as mean_minor,
        cast(sum(net_minor) * cast(0.5 as double) as double) as half_minor,
        cast(floor(median(net_minor)) as bigint) as usual_minor,
        cast(date_diff('day', min(business_date), cast(:last_date as date)) as bigint) as age_days,
        cast(extract(year from min(business_date)) as bigint) as first_year,
        string_agg(order_id, ',' order by order_id) as order_ids
    from ranked
    group by customer_key
    qualify row_number() over (partition by customer_key order by customer_key) = 1
)

select * from final
"""


def _rules(write: WriteModel, sql: str) -> list[str]:
    binds = [name for name in ("first_date", "last_date") if f":{name}" in sql]
    inputs = [name for name in ("raw_orders", "raw_items") if name in sql]
    model = read_model(
        write("fct_orders", sql, params=f"[{','.join(binds)}]", inputs=f"[{','.join(inputs)}]")
    )
    return [str(finding) for finding in lint_model(model)]


def _with(column: str = "a", source: str = "raw_orders") -> str:
    step = f"    select\n        {column}\n    from {source}"
    return f"\nwith final as (\n{step}\n)\n\nselect * from final\n"


def test_good_sql_breaks_no_rule(write: WriteModel):
    assert _rules(write, GOOD) == []
    assert _rules(write, SELECT) == []


@pytest.mark.parametrize(
    ("column", "rule"),
    [
        ("round(a) as a", "round"),
        ("trunc(a) as a", "trunc"),
        ("quantile_cont(a, 0.5) as a", "a percentile"),
        ("percentile_cont(0.5) within group (order by a) as a", "a percentile"),
        ("log(a) as a", "log"),
        ("try_cast(a as bigint) as a", "try_cast"),
        ("any_value(a) as a", "a value picked by chance"),
        ("arg_max(a, b) as a", "a value picked by chance"),
        ("first(a) as a", "a value picked by chance"),
        ("approx_count_distinct(a) as a", "an estimate"),
        ("list(a) as a", "arrays and structs"),
        ("[a, b] as a", "arrays and structs"),
        ("{'a': b} as a", "arrays and structs"),
        ("a[1] as a", "arrays and structs"),
        ("unnest(a) as a", "generated rows"),
        ("generate_series(1, 3) as a", "generated rows"),
        ("current_date as a", "the clock or chance"),
        ("now() as a", "now: not tried"),
        ("random() as a", "the clock or chance"),
        ("hash(a) as a", "hash: not tried"),
        ("dayofweek(a) as a", "a weekday or week"),
        ("extract(dow from a) as a", "extract of dow"),
        ("columns('a')", "columns(...)"),
        ("a_date - b_date as a", "date - date"),
        ("cast(a as date) - b_on as a", "date - date"),
        ("date_diff('month', a, b) as a", "date_diff of other units"),
        ("a + interval (b) day as a", "an interval of a column"),
        ("a + to_days(b) as a", "to_days: not tried"),
        ("a / b as a", "a divisor that may be zero"),
        ("a * 0.5 as a", "the decimal 0.5"),
        ("cast(a as decimal(18, 2)) as a", "a cast to decimal"),
        ("cast(cast(a as double) as bigint) as a", "a fraction cast to a whole number"),
        ("cast(avg(a) as bigint) as a", "a fraction cast to a whole number"),
        ("string_agg(a, ',') as a", "string_agg without order by"),
        ("row_number() over (partition by a) as a", "a ranking without order by"),
        ("rank() over (partition by a) as a", "a ranking without order by"),
        ("row_number() over (order by net_minor) as a", "an order that leaves ties"),
        ("lag(a) over (order by b_id, lower(c)) as a", "an order that leaves ties"),
        ("lag(a ignore nulls) over (order by b_id) as a", "ignore nulls"),
        (
            "sum(a) over (order by d range between interval 3 day preceding and current row) as a",
            "a window over an interval",
        ),
        ("*", "* from raw_orders"),
        ("* exclude (b)", "* with exclude"),
        ("A as a", "A is not lower case"),
        ("CAST(a as bigint) as a", "CAST is not lower case"),
        ("a as a_column_with_a_very_long_name_that_just_goes_on, "
         "b as another_one_like_it_at_last_too_long",
         "line longer than 100"),
        ("a, ", "a trailing space"),
        ("a,\tb", "a tab"),
    ],
)  # fmt: skip
def test_a_column_that_is_not_portable(write: WriteModel, column: str, rule: str):
    findings = _rules(write, _with(column))
    assert any(rule in one for one in findings)


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("raw_orders group by all", "by all"),
        ("raw_orders order by all", "by all"),
        ("raw_orders limit 3", "limit without order by"),
        ("raw_orders asof join raw_items on raw_orders.a >= raw_items.a", "a asof join"),
        ("raw_orders semi join raw_items using (a)", "a semi join"),
        ("raw_orders natural join raw_items", "a natural join"),
        ("main.raw_orders", "a table with a schema"),
        ("raw_orders tablesample 10", "an estimate"),
        ("raw_orders union all by name select b from raw_items", "by name"),
        ("raw_orders window w as (partition by a)", None),
    ],
)
def test_a_clause_that_is_not_portable(write: WriteModel, source: str, rule: str | None):
    findings = _rules(write, _with(source=source))
    assert [rule in one for one in findings] == ([True] if rule else [])


def test_a_named_window_is_looked_up(write: WriteModel):
    named = "raw_orders window w as (partition by a)"
    numbered = "cast(row_number() over w as bigint) as a"
    assert "without order by" in _rules(write, _with(numbered, named))[0]
    ordered = "raw_orders window w as (partition by a order by order_id)"
    assert _rules(write, _with(numbered, ordered)) == []


# What breaks a rule, a part of what the lint says, and how to write it.
REWRITES = [
    ("cast(a * cast(b as double) as bigint) as a", "a fraction cast to a whole number",
     "cast(floor(a * cast(b as double)) as bigint) as a"),
    ("cast(ln(a) as bigint) as a", "a fraction cast to a whole number",
     "cast(ceil(ln(a)) as bigint) as a"),
    ("cast(cast(a as double) as text) as a", "a fraction cast to text",
     "cast(cast(floor(cast(a as double)) as bigint) as text) as a"),
    ("cast(sum(cast(a as double)) as bigint) as a_minor", "a_minor from a sum of doubles",
     "cast(sum(a) as bigint) as a_minor"),
    ("sum(a) as a", "a is a sum without a cast", "cast(sum(a) as bigint) as a"),
    ("coalesce(sum(a), 0) - b as c", "c is a sum without a cast",
     "coalesce(cast(sum(a) as bigint), 0) - b as c"),
    ("case when b then sum(c) else 0 end as a", "a is a sum without a cast",
     "case when b then cast(sum(c) as bigint) else 0 end as a"),
    ("extract(year from a) as a", "a is a extract without a cast",
     "cast(extract(year from a) as bigint) as a"),
    ("date_diff('day', a, b) as c", "c is a datediff without a cast",
     "cast(date_diff('day', a, b) as bigint) as c"),
    ("floor(cast(a as double)) as a", "a is a floor without a cast",
     "cast(floor(cast(a as double)) as bigint) as a"),
    ("null as a", "a is a null without a type", "cast(null as bigint) as a"),
    ("a as user", "user is a reserved word", "a as guest"),
    ('a as "b"', '"b" in quotes', "a as b"),
    ("max(a_date) - b_date as c", "date - date",
     "cast(date_diff('day', b_date, max(a_date)) as bigint) as c"),
    ("a_date + interval 1 day as b", "a date and an interval", "a_date + 1 as b"),
    ("cast(a as timestamptz) as a", "a cast to timestamptz", "cast(a as timestamp) as a"),
    ("a at time zone 'UTC' as a", "at time zone", "a_local_at as a"),
    ("date_trunc('month', a) as a", "date_trunc: a date here",
     "cast(date_trunc('month', a) as date) as a"),
    ("sum(is_paid) as a", "sum of true and false",
     "cast(count(*) filter (where is_paid) as bigint) as a"),
    ("max(a = b) as a", "max of true and false", "bool_or(a = b) as a"),
    ("cast(a > b as bigint) as a", "true or false cast to a number",
     "case when a > b then 1 else 0 end as a"),
    ("regexp_replace(a, 'x', 'y') as a", "regexp_replace of the first",
     "regexp_replace(a, 'x', 'y', 'g') as a"),
    ("concat(a, b) as a", "concat: a null is nothing here", "a || b as a"),
    ("substring(a, -2) as a", "a position that is no number from 1 on", "right(a, 2) as a"),
    ("split_part(a, '-', -1) as a", "a position that is no number from 1 on",
     "split_part(a, '-', 2) as a"),
    ("left(a, b) as a", "a length that is no number", "left(a, 3) as a"),
    ("a in (select b from raw_items) as a", "a subquery as a value", "a_id is not null as a"),
    ("exists (select 1 from raw_items) as a", "a subquery as a value", "a_id is not null as a"),
    ("cast(count(distinct a, b) as bigint) as a", "count(distinct) of two columns",
     "cast(count(distinct a) as bigint) as a"),
    ("max(a) over (order by b groups between 1 preceding and current row) as a",
     "a frame of groups", "max(a) over (order by b rows between 1 preceding and current row) as a"),
]  # fmt: skip


@pytest.mark.parametrize(("breaking", "rule", "accepted"), REWRITES)
def test_what_differs_between_engines_is_refused_and_its_rewrite_is_not(
    write: WriteModel, breaking: str, rule: str, accepted: str
):
    assert any(rule in one for one in _rules(write, _with(breaking)))
    assert _rules(write, _with(accepted)) == []


def _steps(*steps: str) -> str:
    named = [f"step_{number} as (\n    {step}\n)" for number, step in enumerate(steps, start=1)]
    return "\nwith " + ",\n\n".join(named) + f"\n\nselect * from step_{len(steps)}\n"


def test_a_type_is_followed_back_through_the_steps(write: WriteModel):
    counted = "select a, sum(b) as n from raw_orders group by a"
    assert _rules(write, _steps(counted, "select a, n + 1 as m from step_1")) == [
        "fct_orders.sql:9: m is a sum without a cast. Next: cast(... as bigint)"
    ]
    assert _rules(write, _steps(counted, "select a from step_1 where n > 1")) == []
    halved = "select a, cast(b as double) / 2 as half from raw_orders"
    assert any(
        "a fraction cast to a whole number" in one
        for one in _rules(write, _steps(halved, "select cast(half as bigint) as a from step_1"))
    )


def test_a_null_has_the_type_of_its_column_in_the_other_branch(write: WriteModel):
    both = "select cast(a as date) as b from raw_orders union all select null from raw_items"
    assert _rules(write, _steps(both)) == []


def test_a_name_given_anew_is_not_used_by_the_clauses_of_its_own_select(write: WriteModel):
    summed = "select cast(sum(a) as bigint) as a from raw_orders having sum({}) > 0"
    found = _rules(write, _steps(summed.format("a")))
    assert ["having over a, which the select gives anew" in one for one in found] == [True]
    assert _rules(write, _steps(summed.format("raw_orders.a"))) == []
    source = "select a from raw_orders"
    lateral = _rules(write, _steps(source, "select a + 1 as b, b * 2 as c from step_1"))
    assert ["b beside its definition" in one for one in lateral] == [True]
    where = _rules(write, _steps(source, "select a + 1 as b from step_1 where b > 2"))
    assert ["b beside its definition" in one for one in where] == [True]
    assert _rules(write, _steps(source, "select a + 1 as a, a * 2 as c from step_1")) == []


def test_distinct_on_is_refused(write: WriteModel):
    found = _rules(write, _steps("select distinct on (a) a, b from raw_orders order by a, b"))
    assert "distinct on" in found[0]


def test_a_recursive_step_is_refused(write: WriteModel):
    sql = _with().replace("with final", "with recursive final")
    assert "a recursive step" in _rules(write, sql)[0]


def test_a_guarded_division_is_fine(write: WriteModel):
    guarded = "case when b > 0 then a / b end as a"
    assert _rules(write, _with(guarded)) == []


@pytest.mark.parametrize(
    "last", ["select a from final", "select * from raw_orders", "select * from final order by a"]
)
def test_the_last_line_selects_a_step(write: WriteModel, last: str):
    sql = _with().replace("select * from final", last)
    assert any("the last line is not" in one for one in _rules(write, sql))


def test_a_model_has_at_most_80_lines(write: WriteModel):
    columns = ",\n".join(f"        a as a_{n}" for n in range(80)).strip()
    assert any("lines, more than 80" in one for one in _rules(write, _with(columns)))


def test_a_finding_names_file_line_rule_and_next_move(write: WriteModel):
    path = write("fct_orders", _with("round(a) as a"))
    line = path.read_text(encoding="utf-8").splitlines().index("        round(a) as a") + 1
    assert [str(one) for one in lint_model(read_model(path))] == [
        f"fct_orders.sql:{line}: round: engines round halves apart."
        " Next: use floor on whole numbers"
    ]


def test_text_in_quotes_may_have_capitals(write: WriteModel):
    assert _rules(write, _with("coalesce(a, 'None') as a")) == []
