"""The calendar of expected files: which days should have one, wherever the source lies."""

from datetime import date, timedelta

import pytest

from acceptance.home import Home, play
from acceptance.sources.odoo_pos import STORIES
from regulars.policy import SourcePolicy
from regulars.sources.discovery import discover_in, missing_days

MONDAY = date(2025, 1, 6)
WEEK = [MONDAY + timedelta(days=number) for number in range(7)]
SHOP = SourcePolicy(name="pos", time_zone="Asia/Shanghai", currency_code="CNY", expected="daily")


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        ({}, WEEK),
        ({"closed_weekdays": (1, 7)}, WEEK[1:6]),
        ({"closed_days": (WEEK[2], WEEK[3])}, [*WEEK[:2], *WEEK[4:]]),
        ({"closed_weekdays": (1,), "closed_days": (MONDAY, WEEK[1])}, WEEK[2:]),
        ({"expected": "none"}, []),
    ],
)
def test_a_file_is_expected_on_every_day_that_is_not_closed(tmp_path, calendar, expected):
    source = SHOP.model_copy(update=calendar)
    assert [day for day in WEEK if source.is_expected_on(day)] == expected
    nothing = discover_in(tmp_path, source, WEEK[0], WEEK[-1])
    assert list(missing_days(source, nothing, WEEK[0], WEEK[-1])) == expected


def test_a_closed_day_with_a_file_is_no_trouble_and_one_without_is_not_missing(tmp_path):
    (tmp_path / f"orders_{MONDAY}.csv").write_text("order_id\n")
    source = SHOP.model_copy(update={"closed_weekdays": (1, 2)})
    found = discover_in(tmp_path, source, WEEK[0], WEEK[2])
    assert missing_days(source, found, WEEK[0], WEEK[2]) == (WEEK[2],)


def test_the_step_names_the_days_that_a_source_left_out(tmp_path):
    story = STORIES[0]
    closed = {"expected": "daily", "closed_days": (date(2025, 1, 12),)}
    source = story.source.model_copy(update=closed)
    home = Home(tmp_path, story.of(source))
    home.drop_files((file.name, file.render()) for file in story.files)
    receipt = home.ingest(date(2025, 1, 9), date(2025, 1, 13))
    assert receipt["missing_days"] == ["2025-01-09", "2025-01-11", "2025-01-13"]


def test_a_database_leaves_no_day_out_for_a_quiet_day_is_an_extract_without_rows(tmp_path):
    story = STORIES[0].through("till")
    source = story.source.model_copy(update={"expected": "daily"})
    assert story.database is not None
    secret = {"REGULARS_CONNECTION_TILL": story.database(tmp_path)}
    home = Home(tmp_path, story.of(source), secret)
    receipt = home.ingest(date(2025, 1, 20), date(2025, 1, 22))
    assert receipt["missing_days"] == []


def test_a_folder_elsewhere_is_ingested_like_one_of_the_drop_folder(tmp_path):
    story = STORIES[0]
    there = tmp_path / "there"
    there.mkdir()
    for file in story.files:
        (there / file.name).write_bytes(file.render())
    changes = {"folder": there.as_uri(), "settle_seconds": 0}
    away = Home(tmp_path / "away", story.of(story.source.model_copy(update=changes)))
    away.ingest()
    here = play(story, tmp_path / "here")
    parquet = [
        {path: content for path, content in home.landed_bytes().items() if path.endswith("parquet")}
        for home in (away, here)
    ]
    assert parquet[0] == parquet[1] != {}
    assert away.ingest()["read_files"] == 0
