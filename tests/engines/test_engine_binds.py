"""Binds are typed literals: no value can change the statement around it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.domain.errors import BadInput
from regulars.engines import Warehouse

Rows = Callable[[str], list[dict[str, Any]]]

one_warehouse = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
storable_text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
nasty_text = st.sampled_from(
    ["'", "''", "\\", "\\'", "'; drop table x; --", "$$", "$1", ":name", "/*", "*/", "{}", "%s"]
)


@one_warehouse
@given(text=storable_text | nasty_text | st.lists(nasty_text).map("".join))
def test_any_text_comes_back_unchanged(warehouse: Warehouse, text: str):
    assert warehouse.query("select cast(:v as text) as v", v=text).to_pylist() == [{"v": text}]


@one_warehouse
@given(number=st.integers(-(2**63), 2**63 - 1))
def test_any_whole_number_comes_back_unchanged(warehouse: Warehouse, number: int):
    found = warehouse.query(
        "select 0 - cast(:v as double) as minus, coalesce(:v, 0) as v", v=number
    )
    assert found.column("v").to_pylist() == [number]
    assert found.schema.field("v").type == pa.int64()


@one_warehouse
@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_any_fraction_comes_back_unchanged(warehouse: Warehouse, number: float):
    found = warehouse.query("select coalesce(:v, null) as v", v=number)
    assert found.column(0).to_pylist() == [number]


@one_warehouse
@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=4, max_value=10**15))
def test_any_decimal_comes_back_unchanged(warehouse: Warehouse, number: Decimal):
    if abs(number) < 10**15:
        found = warehouse.query("select cast(:v as decimal(38, 4)) as v", v=number)
        assert found.column(0).to_pylist() == [number]


@one_warehouse
@given(day=st.dates(), moment=st.datetimes(), flag=st.booleans() | st.none())
def test_days_moments_and_flags_come_back_unchanged(
    warehouse: Warehouse, day: date, moment: datetime, flag: bool | None
):
    sql = "select coalesce(:d, null) as d, coalesce(:m, null) as m, cast(:f as boolean) as f"
    found = warehouse.query(sql, d=day, m=moment, f=flag)
    assert found.schema.types == [pa.date32(), pa.timestamp("us"), pa.bool_()]
    assert found.to_pylist() == [{"d": day, "m": moment, "f": flag}]


def test_a_negative_number_after_a_minus_is_no_comment(warehouse: Warehouse):
    found = warehouse.query("select cast(5 -:v as bigint) as v", v=-1)
    assert found.column(0).to_pylist() == [6]


def test_a_bind_may_occur_twice_and_inside_a_string_is_none(warehouse: Warehouse):
    sql = "select cast(:v as bigint) + cast(:v as bigint) as twice, ':v' as words"
    assert warehouse.query(sql, v=2).to_pylist() == [{"twice": 4, "words": ":v"}]


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    from regulars.engines import open_warehouse

    folder: Path = tmp_path_factory.mktemp("binds")
    with open_warehouse(f"duckdb:///{folder / 'x.duckdb'}") as opened:
        yield opened.render


@pytest.mark.parametrize(
    ("sql", "params", "message"),
    [
        ("select a from t where a = :day", {}, "no value for bind :day"),
        ("select a from t", {"day": 1}, "has no bind :day"),
        ("select a from t where a = ?", {}, "a bind without a name"),
        ("select a from t where a = $1", {}, "a bind without a name"),
        ("select :day as day", {"day": 1}, "needs a cast"),
        ("selec a", {}, "exactly one select|not readable"),
        ("select a from t where a = :v", {"v": [1]}, "bind :v: a list is no SQL value"),
        ("select a from t where a = :v", {"v": 2**63}, "bind :v: .* 64 bits"),
        ("select a from t where a = :v", {"v": "a\0b"}, "bind :v: .*NUL"),
        ("select a from t where a = :v", {"v": "\ud800"}, "bind :v: .*surrogate"),
        ("select a from t where a = :v", {"v": float("nan")}, "bind :v: nan is no finite"),
        ("select a from t where a = :v", {"v": Decimal("1e40")}, "bind :v: .* 38 digits"),
    ],
)
def test_a_wrong_bind_is_named(
    render: Callable[..., str], sql: str, params: dict[str, object], message: str
):
    with pytest.raises(BadInput, match=message):
        render(sql, **params)


def test_a_moment_with_a_zone_is_refused(render: Callable[..., str]):
    from datetime import UTC

    with pytest.raises(BadInput, match="bind :v: a moment with a time zone"):
        render("select a from t where a = :v", v=datetime(2025, 1, 1, tzinfo=UTC))
