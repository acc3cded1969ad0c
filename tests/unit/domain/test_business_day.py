"""The business date and the clocks of the stores."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.domain.business_day import (
    business_date,
    business_dates,
    cutoff_span,
    local_times,
    parse_cutoff,
    utc_time,
    utc_times,
)

at = datetime.fromisoformat
FOUR = time(4)
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Dublin", "Australia/Lord_Howe", "UTC")
MOMENTS = st.datetimes(at("2001-01-01"), at("2030-12-31"))
CUTOFFS = st.integers(0, 360).map(lambda minutes: time(minutes // 60, minutes % 60))


def test_r11_the_last_second_before_the_cutoff_belongs_to_the_day_before() -> None:
    assert business_date(at("2025-02-01 03:59:59"), FOUR) == date(2025, 1, 31)
    assert business_date(at("2025-02-01 04:00"), FOUR) == date(2025, 2, 1)


def test_a_midnight_cutoff_is_the_calendar_day() -> None:
    assert business_date(at("2025-02-01"), time(0)) == date(2025, 2, 1)


@settings(deadline=None)
@given(st.lists(st.tuples(MOMENTS, CUTOFFS), min_size=1, max_size=20))
def test_a_column_is_dated_like_its_cells(rows: list[tuple[datetime, time]]) -> None:
    local = pd.Series([moment for moment, _ in rows], dtype="datetime64[us]")
    spans = pd.Series([cutoff_span(cutoff) for _, cutoff in rows], dtype="timedelta64[us]")
    expected = [business_date(moment, cutoff) for moment, cutoff in rows]
    assert list(business_dates(local, spans).dt.date) == expected
    assert list(business_dates(local, rows[0][1]).dt.date) == [
        business_date(moment, rows[0][1]) for moment, _ in rows
    ]


@settings(deadline=None)
@given(MOMENTS, CUTOFFS)
def test_a_business_day_runs_from_cutoff_to_cutoff(moment: datetime, cutoff: time) -> None:
    start = datetime.combine(business_date(moment, cutoff), cutoff)
    assert start <= moment < start + timedelta(days=1)


def test_a_missing_time_has_no_business_date() -> None:
    local = pd.Series([pd.NaT, "2025-01-01 12:00"], dtype="datetime64[us]")
    assert business_dates(local, FOUR).isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "cutoff"), [("04:00", FOUR), ("0:00", time(0)), (" 06:00 ", time(6))]
)
def test_a_cutoff_is_read(text: str, cutoff: time) -> None:
    assert parse_cutoff(text) == cutoff


@pytest.mark.parametrize("text", ["06:01", "23:00", "4", "", "04:60", "-1:00", "04:00:00"])
def test_a_cutoff_outside_the_small_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="between 00:00 and 06:00"):
        parse_cutoff(text)


def test_r12_the_hour_that_happens_twice_means_its_first_time() -> None:
    # New York went from UTC-4 to UTC-5 at 02:00 on 2 November 2025.
    assert utc_time(at("2025-11-02 01:30"), "America/New_York") == at("2025-11-02 05:30")


def test_r12_the_hour_that_is_skipped_moves_on_by_the_gap() -> None:
    # 02:30 on 9 March 2025 did not exist in New York: it is 03:30 at UTC-4.
    assert utc_time(at("2025-03-09 02:30"), "America/New_York") == at("2025-03-09 07:30")


DST_WEEKS = st.one_of(
    MOMENTS,
    st.datetimes(at("2025-03-09"), at("2025-03-10")),
    st.datetimes(at("2025-03-30"), at("2025-03-31")),
    st.datetimes(at("2025-04-06"), at("2025-04-07")),
    st.datetimes(at("2025-10-05"), at("2025-10-06")),
    st.datetimes(at("2025-10-26"), at("2025-10-27")),
    st.datetimes(at("2025-11-02"), at("2025-11-03")),
)


@settings(deadline=None)
@given(st.lists(st.tuples(DST_WEEKS, st.sampled_from(ZONES)), min_size=1, max_size=20))
def test_a_column_of_clocks_is_converted_like_its_cells(rows: list[tuple[datetime, str]]) -> None:
    local = pd.Series([moment for moment, _ in rows], dtype="datetime64[us]")
    zones = pd.Series([zone for _, zone in rows], dtype="str")
    utc = utc_times(local, zones)
    assert utc.tolist() == [utc_time(moment, zone) for moment, zone in rows]
    there = [
        moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        for moment, zone in zip(utc, zones, strict=True)
    ]
    assert local_times(utc, zones).tolist() == there


def test_an_unknown_time_zone_says_what_to_write() -> None:
    with pytest.raises(ValueError, match="Asia/Shanghai"):
        utc_time(at("2025-01-01"), "Eastern Time (US & Canada)")
