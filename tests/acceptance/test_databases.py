"""A source that a database feeds: the same records as from its files, and nothing twice."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from acceptance.erpnext_database import make_erpnext
from acceptance.home import Home
from acceptance.odoo_database import ORDER, make_odoo, write_row
from acceptance.stories import SourceStory, all_stories, records_of
from postgres_server import postgres_server as postgres_server
from regulars.domain.errors import BadInput
from regulars.sources.discovery import discover_in
from regulars.sources.files import Discovery
from regulars.sources.landing import RowCounts, read_receipts

STORIES = [story for story in all_stories() if story.database]
MAKERS = {"odoo_pos": make_odoo, "erpnext": make_erpnext}
DAY = timedelta(days=1)


class Till(Home):
    """A home whose source is read from a database."""

    @classmethod
    def at(cls, root: Path, story: SourceStory, url: str) -> "Till":
        return cls(root, story.through("till"), {"REGULARS_CONNECTION_TILL": url})

    @property
    def url(self) -> str:
        return self.environment["REGULARS_CONNECTION_TILL"]

    @property
    def inbox(self) -> Path:
        return self.root / "home" / "inbox" / self.story.source.name

    def found(self) -> Discovery:
        return discover_in(self.inbox, self.story.source, date(2000, 1, 1), date(2099, 1, 1))

    def extracts(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.inbox.glob("*.parquet"))}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def make_till(request, tmp_path):
    """A till of a story, on SQLite or on PostgreSQL."""

    def make(story: SourceStory) -> Till:
        if request.param == "sqlite":
            return Till.at(tmp_path, story, story.database(tmp_path))
        server = sa.make_url(request.getfixturevalue("postgres_server"))
        name = f"till_{uuid4().hex}"
        admin = sa.create_engine(server.set(drivername="postgresql+psycopg"),
                                 isolation_level="AUTOCOMMIT")  # fmt: skip
        with admin.connect() as connection:
            connection.execute(sa.text(f"create database {name}"))
        admin.dispose()
        url = server.set(drivername="postgresql+psycopg", database=name)
        url = url.render_as_string(hide_password=False)
        MAKERS[story.name](url)
        return Till.at(tmp_path, story, url)

    return make


@pytest.fixture(params=STORIES, ids=str)
def till(request, make_till) -> Till:
    """The till of every story with a database, read once."""
    till = make_till(request.param)
    till.ingest()
    return till


def test_a_database_gives_the_records_of_its_files(till):
    made = till.records()
    assert {entity for entity, rows in made.items() if rows} == set(till.story.records)
    for entity, text in till.story.records.items():
        expected = records_of(text)
        asked = [{name: row[name] for name in expected[0]} for row in made[entity]]
        assert asked == expected, entity


def test_a_database_is_accounted_for_and_right_to_the_cent(till):
    counts = {r.file_name.split("_2025")[0]: r.rows for r in read_receipts(till.landing)}
    assert counts == {name.split("_2025")[0]: rows for name, rows in till.story.counts.items()}
    sums = {name: till.sum_landed(*name.split(".")) for name in till.story.cents}
    assert sums == dict(till.story.cents)


def test_the_same_day_again_asks_for_nothing_and_changes_nothing(till):
    before = (till.extracts(), till.landed_bytes())
    receipt = till.ingest()
    assert (receipt["read_files"], receipt["missing_days"]) == (0, [])
    assert (till.extracts(), till.landed_bytes()) == before


def test_lost_extracts_are_read_again_with_the_same_bytes(till):
    before = (till.extracts(), till.landed_bytes())
    for path in till.inbox.glob("*.parquet"):
        path.unlink()
    till.ingest()
    assert (till.extracts(), till.landed_bytes()) == before


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_a_cursor_in_the_future_gives_no_rows_and_is_not_moved(make_till, story):
    till, far = make_till(story), date(2099, 1, 1)
    receipt = till.ingest(far, far)
    assert (receipt["files"], receipt["read_files"], till.extracts()) == (0, 0, {})
    till.ingest()
    assert till.sum_landed("orders", "total_amount") == story.cents["orders.total_amount"]


def test_extracts_are_for_few_eyes(till):
    assert till.inbox.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in till.inbox.glob("*.parquet"))


@pytest.fixture
def odoo(tmp_path) -> Till:
    """Odoo's till on SQLite, nothing read yet."""
    story = next(story for story in STORIES if story.name == "odoo_pos")
    return Till.at(tmp_path, story, story.database(tmp_path))


def newest_total(till: Till, order_id: str) -> str:
    """The total of an order as the warehouse takes it: its highest revision."""
    rows = [row for row in till.records()["orders"] if row["order_id"] == order_id]
    return max(rows, key=lambda row: int(row["revision"]))["total_amount"]


def test_an_order_written_again_comes_with_a_higher_revision(odoo):
    odoo.ingest()
    changes = {"state": "done", "write_date": date_time("2025-01-11 12:00:00")}
    write_row(odoo.url, ORDER, 103, **changes, amount_paid="13.20")
    odoo.ingest(odoo.story.first + DAY, odoo.story.last + DAY)
    assert newest_total(odoo, "103") == "13.20"


def test_a_run_that_was_missed_leaves_no_hole(odoo):
    odoo.ingest(date(2025, 1, 2), date(2025, 1, 3))
    odoo.ingest(date(2025, 1, 12), date(2025, 1, 12))
    assert newest_total(odoo, "101") == "29.05"
    assert newest_total(odoo, "90") == "13.20"


def test_days_read_in_any_order_give_the_same_orders(odoo, tmp_path):
    for day in (12, 10, 3, 11):
        odoo.ingest(date(2025, 1, day), date(2025, 1, day))
    orders = {(row["order_id"], row["total_amount"]) for row in odoo.records()["orders"]}
    assert orders == {("90", "13.20"), ("101", "29.05"), ("102", "13.20"), ("105", "19.80")}


def test_a_row_that_was_committed_late_is_found_in_the_overlap(odoo):
    odoo.ingest()
    late = {"state": "done", "write_date": date_time("2025-01-11 02:40:00")}
    write_row(odoo.url, ORDER, 103, **late, amount_paid="13.20")
    odoo.ingest(odoo.story.first + DAY, odoo.story.last + DAY)
    assert newest_total(odoo, "103") == "13.20"


def test_a_query_that_the_database_refuses_is_told_without_the_secret(odoo, tmp_path):
    empty = Till.at(tmp_path / "empty", odoo.story, f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(BadInput, match="no such table: pos_order") as refusal:
        empty.ingest()
    assert "empty.db" not in str(refusal.value)


def test_a_connection_that_nobody_knows_is_told_by_name(odoo):
    stranger = Till(odoo.root, odoo.story)
    with pytest.raises(BadInput, match="REGULARS_CONNECTION_TILL"):
        stranger.ingest()


def test_nothing_of_a_database_is_lost_in_counting(odoo):
    odoo.ingest()
    total = RowCounts(
        read=sum(receipt.rows.read for receipt in odoo.receipts().values()),
        loaded=sum(receipt.rows.loaded for receipt in odoo.receipts().values()),
        out_of_scope=sum(receipt.rows.out_of_scope for receipt in odoo.receipts().values()),
    )
    assert (total.read, total.loaded) == (23, 18)


def date_time(text: str) -> datetime:
    return datetime.fromisoformat(text)
