"""The schema `mart` in DuckDB: a view is made once, and again when anything about it differs."""

from dataclasses import replace

import pyarrow as pa
import pytest

from regulars.engines import PublishedTable, Warehouse
from regulars.engines.duckdb_engine import DuckDBWarehouse

NUMBERS = PublishedTable(
    name="numbers",
    select="select n from :home.raw_numbers",
    description="Numbers ‖ 数",
    columns={"n": "It's a number ‖ 数"},
    types={"n": "bigint"},
    unique=("n",),
)
MEANING = (
    "select comment from duckdb_columns() where schema_name = 'mart' and table_name = 'numbers'"
)
pytestmark = pytest.mark.parametrize("uri", ["duckdb"], indirect=True)


@pytest.fixture
def made(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The views and comments that are made after a first publication of two tables."""
    warehouse.load("raw_numbers", pa.table({"n": [1, 2]}))
    warehouse.publish([NUMBERS, replace(NUMBERS, name="others")], {})
    statements: list[str] = []
    run = DuckDBWarehouse._run

    def noting(self: DuckDBWarehouse, statement: str, where: str) -> None:
        if " view " in statement or statement.startswith("comment"):
            statements.append(statement)
        run(self, statement, where)

    monkeypatch.setattr(DuckDBWarehouse, "_run", noting)
    return statements


def test_what_stays_the_same_is_not_made_again(warehouse: Warehouse, made: list[str]):
    warehouse.load("raw_numbers", pa.table({"n": [3]}))
    warehouse.publish([NUMBERS, replace(NUMBERS, name="others")], {})
    assert made == []
    assert warehouse.query("select n from mart.numbers").to_pylist() == [{"n": 3}]


def test_another_meaning_is_told_and_of_that_view_alone(warehouse: Warehouse, made: list[str]):
    told = replace(NUMBERS, columns={"n": "How many"})
    warehouse.publish([told, replace(NUMBERS, name="others")], {})
    assert len(made) == 3
    assert all("numbers" in one and "others" not in one for one in made)
    assert warehouse._rows(MEANING, "test") == [{"comment": "How many"}]


def test_another_type_below_a_view_has_it_made_again(warehouse: Warehouse, made: list[str]):
    warehouse.load("raw_numbers", pa.table({"n": ["one"]}))
    warehouse.publish([replace(NUMBERS, types={"n": "text"})], {})
    assert warehouse.query("select n from mart.numbers").to_pylist() == [{"n": "one"}]


@pytest.mark.parametrize(
    "harm", ["drop view mart.numbers", "create or replace view mart.numbers as select 7 as n"]
)
def test_a_view_that_somebody_changed_is_mended(warehouse: Warehouse, made: list[str], harm: str):
    warehouse._run(harm, "test")
    warehouse.publish([NUMBERS], {})
    assert warehouse.query("select n from mart.numbers order by n").to_pylist() == [
        {"n": 1},
        {"n": 2},
    ]
    assert warehouse._rows(MEANING, "test") == [{"comment": "It's a number ‖ 数"}]
