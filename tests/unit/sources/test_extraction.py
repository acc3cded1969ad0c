"""Reading a database: exact text, in chunks, on from where it was cut, and nothing but reading."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from regulars.domain.errors import BadInput
from regulars.patience import Patience
from regulars.policy import SourcePolicy
from regulars.settings import INCLUDE, PROJECT
from regulars.sources import databases
from regulars.sources.cell_texts import cell_text
from regulars.sources.databases import ConnectionLost, Database, open_database
from regulars.sources.discovery import discover_in
from regulars.sources.extraction import Extraction
from regulars.sources.layouts import Layout, load_layout
from regulars.sources.queries import QueryLayout, check_query
from regulars.sources.reading import read

TENTH = date(2025, 1, 10)
CHINA = timezone(timedelta(hours=8))
WINDOW = (TENTH, TENTH)
SOURCE = SourcePolicy(name="till", time_zone="UTC", cutoff="00:00", currency_code="EUR")
LAYOUT = """
describe: Checks of a till.
queries:
  orders:
    key: id
    cursor: written_at
    sql: select id, due, written_at from checks
entities:
  orders:
    files: [orders]
    columns: {order_id: [id], total_amount: [due], closed_at: [written_at], revision: [revision]}
    constants: {store_id: S1, channel: dine_in, status: paid}
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Seven checks, three of them written at one moment."""
    url = f"sqlite:///{tmp_path / 'till.db'}"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("create table checks (id integer, due text, written_at text)"))
        hours = [9, 10, 12, 12, 12, 15, 23]
        for number, hour in enumerate(hours, start=1):
            row = {"id": number, "due": f"{number}.10", "at": f"2025-01-10 {hour:02d}:00:00"}
            connection.execute(sa.text("insert into checks values (:id, :due, :at)"), row)
    return url


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    (tmp_path / "checks_of_a_till.yaml").write_text(LAYOUT)
    return load_layout("checks_of_a_till", tmp_path)


class Waits(list):
    """What would have been slept."""

    def patience(self, attempts: int = 3) -> Patience:
        return Patience(attempts, 60, self.append)


class ShakyDatabase(Database):
    """A database whose connection breaks at the given reads, the first of them being 1."""

    breaks: tuple[int, ...] = ()
    reads = 0

    @contextmanager
    def reading(self):
        type(self).reads += 1
        if type(self).reads in self.breaks:
            raise ConnectionLost("the database of connection till: it was cut off")
        with super().reading() as connection:
            yield connection


def shaky(url: str, *breaks: int) -> Database:
    kind = type("Shaky", (ShakyDatabase,), {"breaks": breaks, "reads": 0})
    return kind("till", sa.make_url(url))


def extraction(folder: Path, database: Database, waits: Waits | None = None) -> Extraction:
    told: list[str] = []
    patience = (waits if waits is not None else Waits()).patience()
    return Extraction(SOURCE, database, folder, told.append, patience, chunk_rows=2)


def rows_in(folder: Path) -> list[str]:
    (path,) = folder.glob("*.parquet")
    return pq.read_table(path)["id"].to_pylist()


def test_rows_come_in_chunks_each_once_also_those_of_one_moment(tmp_path, url, layout):
    (made,) = extraction(tmp_path / "in", open_database("till", url)).extract_all(layout, WINDOW)
    table = pq.read_table(tmp_path / "in" / made.name)
    assert table["id"].to_pylist() == ["1", "2", "3", "4", "5", "6", "7"]
    assert table["due"].to_pylist()[0] == "1.10"
    ninth = datetime(2025, 1, 10, 9, tzinfo=UTC)
    assert table["revision"].to_pylist()[0] == str(int(ninth.timestamp()) * 1_000_000)
    assert {str(kind) for kind in table.schema.types} == {"string"}


def test_a_cut_is_waited_out_and_costs_one_chunk(tmp_path, url, layout):
    waits, database = Waits(), shaky(url, 3, 4)
    extraction(tmp_path / "in", database, waits).extract_all(layout, WINDOW)
    assert rows_in(tmp_path / "in") == ["1", "2", "3", "4", "5", "6", "7"]
    assert len(waits) == 2
    assert type(database).reads == 1 + 4 + 2  # the clock, four chunks, two tries that failed


def test_a_later_run_goes_on_behind_the_last_whole_chunk(tmp_path, url, layout):
    folder = tmp_path / "in"
    with pytest.raises(ConnectionError):
        extraction(folder, shaky(url, *range(4, 9))).extract_all(layout, WINDOW)
    assert list(folder.glob("*.parquet")) == []
    later = shaky(url)
    extraction(folder, later).extract_all(layout, WINDOW)
    assert rows_in(folder) == ["1", "2", "3", "4", "5", "6", "7"]
    assert type(later).reads == 1 + 2  # the clock, and the two chunks that were missing


def test_a_cut_extract_ends_with_the_bytes_of_an_uncut_one(tmp_path, url, layout):
    extraction(tmp_path / "whole", shaky(url)).extract_all(layout, WINDOW)
    with pytest.raises(ConnectionError):
        extraction(tmp_path / "cut", shaky(url, *range(3, 9))).extract_all(layout, WINDOW)
    extraction(tmp_path / "cut", shaky(url)).extract_all(layout, WINDOW)
    (whole,) = (tmp_path / "whole").glob("*.parquet")
    assert (tmp_path / "cut" / whole.name).read_bytes() == whole.read_bytes()


def test_a_day_without_rows_is_an_extract_without_rows(tmp_path, url, layout):
    quiet = (date(2025, 1, 12), date(2025, 1, 12))
    (made,) = extraction(tmp_path / "in", shaky(url)).extract_all(layout, quiet)
    table = pq.read_table(tmp_path / "in" / made.name)
    assert (table.num_rows, table.column_names) == (0, ["id", "due", "written_at", "revision"])


def by_id(**changes: object) -> QueryLayout:
    sql = "select id, due from checks where id > :cursor and :first_date <= :last_date"
    return QueryLayout(sql=sql, key="id", **changes)


def test_a_cursor_may_be_a_number_that_only_grows(tmp_path, url, layout):
    query = by_id(cursor="id", cursor_kind="number")
    counting = layout.model_copy(update={"queries": {"orders": query}})
    till = extraction(tmp_path / "in", shaky(url))
    assert len(till.extract_all(counting, WINDOW)) == 1
    assert till.extract_all(counting, WINDOW) == []
    assert rows_in(tmp_path / "in") == ["1", "2", "3", "4", "5", "6", "7"]


def test_a_table_without_a_cursor_is_read_once_for_a_business_date(tmp_path, url, layout):
    query = QueryLayout(sql="select id, due from checks", key="id")
    small = layout.model_copy(update={"queries": {"orders": query}})
    till = extraction(tmp_path / "in", shaky(url))
    (made,) = till.extract_all(small, WINDOW)
    assert made.name == "orders_2025-01-10_2025-01-10.parquet"
    assert till.extract_all(small, WINDOW) == []
    assert rows_in(tmp_path / "in") == ["1", "2", "3", "4", "5", "6", "7"]


@pytest.mark.parametrize(
    "sql",
    [
        "delete from checks",
        "select 1; drop table checks",
        "with gone as (delete from checks returning id) select id from gone",
        "select id into copies from checks",
        "select id from checks for update",
        "update checks set due = '0'",
        "pragma query_only = off",
        "not sql at all (",
    ],
)
def test_a_query_that_does_more_than_read_is_refused(sql):
    with pytest.raises(BadInput, match="the query orders"):
        check_query("orders", QueryLayout(sql=sql, key="id"), "postgresql")


@pytest.mark.parametrize("name", ["id; drop table x", "Id", "a b", "1st", "", 'x"'])
def test_columns_of_a_query_have_plain_names(name):
    with pytest.raises(ValueError, match="pattern"):
        QueryLayout(sql="select 1", key=name)


def test_a_bind_that_nobody_fills_is_refused():
    with pytest.raises(ValueError, match="customer"):
        QueryLayout(sql="select id::text from t where c = :customer", key="id")


@pytest.mark.parametrize("dialect", ["postgresql", "mysql", "sqlite"])
def test_the_queries_of_every_layout_only_read(dialect):
    for path in sorted((INCLUDE / "layouts").glob("*.yaml")):
        for table, query in load_layout(path.stem).queries.items():
            check_query(table, query, dialect)


def test_the_session_itself_can_only_read(url):
    with pytest.raises(BadInput, match="readonly"), open_database("till", url).reading() as till:
        till.execute(sa.text("delete from checks"))


def test_a_secret_is_never_told():
    secret = "postgresql://reader:s3cr3t@127.0.0.1:1/till"
    database = open_database("till", secret)
    assert "s3cr3t" not in repr(database)
    with pytest.raises(ConnectionLost) as lost, database.reading():
        pass
    assert "s3cr3t" not in str(lost.value)
    assert lost.value.__cause__ is None
    with pytest.raises(BadInput) as odd:
        open_database("till", "s3cr3t is no url")
    assert "s3cr3t" not in str(odd.value)
    said = OperationalError("select 1", {}, Exception("no entry for s3cr3t\nat line 2"))
    assert database._describe(said) == "the database of connection till: no entry for ***"


def test_a_driver_that_is_missing_is_told():
    with pytest.raises(BadInput, match="pymysql"), open_database("t", "mysql://a@h/d").reading():
        pass


def test_the_clock_of_a_database_is_utc(url, monkeypatch):
    assert open_database("till", url).read_clock().tzinfo is None
    monkeypatch.setattr(databases, "_ANY_CLOCK", "select '2025-01-10 11:00:00'")
    assert open_database("till", url).read_clock() == datetime(2025, 1, 10, 11)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("  as it is ", "  as it is "),
        (True, "true"),
        (9_007_199_254_740_993, "9007199254740993"),
        (Decimal("118.000000000"), "118.000000000"),
        (Decimal("1E+2"), "100"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (datetime(2025, 1, 10, 9, 5), "2025-01-10 09:05:00"),
        (datetime(2025, 1, 10, 9, tzinfo=CHINA), "2025-01-10 01:00:00+00:00"),
        (TENTH, "2025-01-10"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=9, minutes=5), "09:05:00"),
        ({"en_US": "Card"}, '{"en_US": "Card"}'),
    ],
)  # fmt: skip
def test_a_cell_is_written_exactly(value, text):
    assert cell_text(value) == text


def test_a_cell_without_a_text_form_is_told_by_its_column(tmp_path, url, layout):
    query = QueryLayout(sql="select id, x'00ff' as photo from checks", key="id")
    odd = layout.model_copy(update={"queries": {"orders": query}})
    with pytest.raises(BadInput, match="the column photo of the query orders"):
        extraction(tmp_path / "in", shaky(url)).extract_all(odd, WINDOW)


def test_the_layout_of_the_page_works_as_it_is_written(tmp_path):
    page = (PROJECT / "docs" / "howto" / "read_a_database.md").read_text("utf-8")
    text = next(part for part in page.split("```yaml\n") if part.startswith("describe")).split(
        "```"
    )
    (tmp_path / "my_till.yaml").write_text(text[0], "utf-8")
    layout = load_layout("my_till", tmp_path)
    url = f"sqlite:///{tmp_path / 'my.db'}"
    with sa.create_engine(url).begin() as connection:
        columns = (
            "check_no integer, shop text, paid_at text, changed_at text, kind text, total real"
        )
        connection.execute(sa.text(f"create table checks ({columns})"))
        at = "2025-01-10 12:00:00"
        row = f"(7, 'S1', '{at}', '{at}', 'dine_in', 18.1)"
        connection.execute(sa.text(f"insert into checks values {row}"))
    extraction(tmp_path / "in", shaky(url)).extract_all(layout, WINDOW)
    source = SOURCE.model_copy(update={"layout": "my_till"})
    (file,) = discover_in(tmp_path / "in", source, TENTH, TENTH, tmp_path).files
    (batch,) = read(file, layout, source).batches
    (order,) = batch.frame.to_dict("records")
    assert (order["order_id"], order["store_id"], order["channel"]) == ("7", "S1", "dine_in")
    assert (order["total_amount"], order["status"]) == ("18.1", "paid")
    assert order["revision"] == "1736510400000000"
