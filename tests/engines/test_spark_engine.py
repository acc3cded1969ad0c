"""What is Spark's own: how few statements a write takes, sessions, staging, formats."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from regulars.domain.errors import BadInput
from regulars.engines import Warehouse, open_warehouse
from regulars.engines.published import PublishedTable
from regulars.engines.spark_versions import MOST_CONDITIONS

D1, D2 = date(2025, 3, 1), date(2025, 3, 2)
SALES = pa.table({"file": ["f", "g"], "business_date": [D1, D2], "n": [1, 2]})
DAYS = (
    "select business_date, n from raw_sales where business_date between :first_date and :last_date"
)
SHOWN = PublishedTable(
    "fct_days", "select n from :home.fct_days", "Days", {"n": "A number"}, {"n": "bigint"}, ("n",)
)


@pytest.fixture
def sail(sail_server: str, tmp_path: Path) -> str:
    return f"{sail_server}?location={tmp_path / 'lake'}&staging={tmp_path / 'stage'}"


class Told:
    """A connection that remembers the statements it was told."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.statements: list[str] = []

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        with self._connection.cursor() as cursor:
            self._cursor = cursor
            yield self

    def execute(self, statement: str) -> None:
        self.statements.append(statement)
        self._cursor.execute(statement)

    def fetch_record_batch(self) -> Any:
        return self._cursor.fetch_record_batch()


def _statements(warehouse: Warehouse, write: Any) -> int:
    told = warehouse._connection = Told(warehouse._connection)
    write()
    warehouse._connection = told._connection
    return len(told.statements)


def test_a_write_takes_one_statement_or_two(sail: str):
    with open_warehouse(sail) as warehouse:
        warehouse.load("raw_sales", SALES)
        warehouse.build("dim_files", "select file from raw_sales")
        warehouse.replace_days("fct_days", DAYS, D1, D2)
        warehouse.create_view("days", "select n from fct_days")
        warehouse.publish([SHOWN], {})
        warehouse.load_slices("raw_sales", SALES, "file")
        writes = {
            "load": lambda: warehouse.load("raw_sales", SALES),
            "build": lambda: warehouse.build("dim_files", "select file from raw_sales"),
            "days, columns compared": lambda: warehouse.replace_days("fct_days", DAYS, D1, D1),
            "slices": lambda: warehouse.load_slices("raw_sales", SALES, "file"),
            "no slices": lambda: warehouse.load_slices("raw_sales", SALES.slice(0, 0), "file"),
            "removed slices": lambda: warehouse.delete_slices("raw_sales", "file", ["f"]),
            "the same view": lambda: warehouse.create_view("days", "select n from fct_days"),
            "the same readers' views": lambda: warehouse.publish([SHOWN], {}),
            "a table that is there": lambda: warehouse.has_table("fct_days"),
        }
        assert {name: _statements(warehouse, write) for name, write in writes.items()} == {
            "load": 1,
            "build": 1,
            "days, columns compared": 2,
            "slices": 1,
            "no slices": 0,
            "removed slices": 1,
            "the same view": 0,
            "the same readers' views": 1,
            "a table that is there": 0,
        }


def test_another_session_finds_tables_views_and_readers_views_again(sail: str):
    with open_warehouse(sail) as writer, open_warehouse(f"{sail}&shuffle_partitions=2") as other:
        writer.load("raw_sales", SALES)
        writer.replace_days("fct_days", DAYS, D1, D2)
        writer.create_view("a_view_upon_the_next", "select 0 as n")
        writer.create_view("days", "select n from fct_days")
        writer.create_view("a_view_upon_the_next", "select n + 1 as n from days")
        writer.build("gone", "select 1 as one")
        writer.drop("gone")
        writer.publish([SHOWN], {})
        assert other.tables() == ("a_view_upon_the_next", "days", "fct_days", "raw_sales")
        assert other.query("select sum(n) as n from a_view_upon_the_next").to_pylist() == [{"n": 5}]
        assert other.query("select sum(n) as n from mart.fct_days").to_pylist() == [{"n": 3}]
        other.replace_days("fct_days", DAYS.replace("n from", "n * 10 as n from"), D2, D2)
        assert writer.query("select sum(n) as n from days").to_pylist() == [{"n": 21}]


def test_a_closed_connection_leaves_the_session_to_the_others(sail: str):
    with open_warehouse(sail) as first:
        with open_warehouse(sail) as second:
            second.build("dim_x", "select 1 as n")
        assert first.query("select n from dim_x").to_pylist() == [{"n": 1}]


def test_a_column_without_nulls_so_far_may_have_some_later(sail: str):
    with open_warehouse(sail) as warehouse:
        days = "select cast(:first_date as date) as business_date, cast({} as bigint) as n"
        warehouse.replace_days("fct_days", days.format("1"), D1, D1)
        warehouse.replace_days("fct_days", days.format("null"), D2, D2)
        rows = warehouse.query("select n from fct_days order by business_date")
        assert rows["n"].to_pylist() == [1, None]


def test_nothing_is_left_in_the_staging_folder(sail: str, tmp_path: Path):
    with open_warehouse(sail) as warehouse:
        warehouse.load("raw_sales", SALES)
        warehouse.load_slices("raw_sales", SALES, "file")
    assert list((tmp_path / "stage").iterdir()) == []


def test_rows_need_a_staging_folder(sail_server: str, tmp_path: Path):
    with (
        open_warehouse(f"{sail_server}?location={tmp_path}") as warehouse,
        pytest.raises(BadInput, match=r"raw_sales: .*no staging folder.*add staging="),
    ):
        warehouse.load("raw_sales", SALES)


def test_a_server_that_cannot_alter_views_is_refused_parquet(sail: str):
    with pytest.raises(BadInput, match=r"holes in Parquet tables.*format=delta"):
        open_warehouse(f"{sail}&format=parquet")


def test_a_server_that_forgets_its_tables_needs_a_location(sail_server: str):
    with pytest.raises(BadInput, match=r"no longer than a session.*add location="):
        open_warehouse(sail_server)


def test_an_iceberg_table_is_cut_by_its_key_at_its_first_replacement(sail: str):
    with open_warehouse(f"{sail}&format=iceberg") as warehouse:
        warehouse.load("raw_sales", SALES)
        for _ in range(2):
            warehouse.load_slices("raw_sales", SALES.slice(0, 1), "file")
        warehouse.build("fct_days", "select business_date, n from raw_sales")
        tenfold = DAYS.replace("n from", "n * 10 as n from")
        for _ in range(2):
            warehouse.replace_days("fct_days", tenfold, D2, D2)
        rows = warehouse.query("select n from fct_days order by business_date").to_pylist()
        assert rows == [{"n": 1}, {"n": 20}]
        assert _statements(warehouse, lambda: warehouse.replace_days("fct_days", DAYS, D2, D2)) == 2
        with pytest.raises(BadInput, match="1 rows are not within"):
            warehouse.replace_days("fct_days", "select business_date, n from raw_sales", D1, D1)


@pytest.mark.spark
def test_pieces_of_parquet_become_one_and_every_day_counts_once(spark_server: str, tmp_path: Path):
    place = f"location={tmp_path / 'lake'}&staging={tmp_path / 'stage'}"
    day = "select cast(:first_date as date) as business_date, cast(:n as bigint) as n"
    dates = [D1 + timedelta(days=number) for number in range(MOST_CONDITIONS + 2)]
    with open_warehouse(f"{spark_server}?schema=test_pieces&format=parquet&{place}") as warehouse:
        for number, date_ in enumerate(dates):
            warehouse.replace_days("fct_days", day, date_, date_, n=number)
        warehouse.replace_days("fct_days", day, D1, D1, n=1000)
        rows = warehouse.query("select n from fct_days order by business_date")["n"].to_pylist()
        assert rows == [1000, *range(1, len(dates))]
        assert warehouse.tables() == ("fct_days",)
    # All of the first days in one piece, then the day again.
    pieces = [path for path in (tmp_path / "lake").iterdir() if path.is_dir()]
    assert len(pieces) == 2
