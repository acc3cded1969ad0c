"""Which ranges of a cursor are read: nothing twice, nothing left out, nothing too early."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.policy import SourcePolicy
from regulars.sources.file_names import parse_file_name
from regulars.sources.queries import QueryLayout
from regulars.sources.spans import (
    Extract,
    Span,
    plan_numbers,
    plan_times,
    point_of,
    read_spans,
    subtract,
)

BERLIN = SourcePolicy(name="till", time_zone="Europe/Berlin", currency_code="EUR")
QUERY = QueryLayout(sql="select 1", key="id", cursor="written_at")
TENTH = date(2025, 1, 10)
NOW = datetime(2025, 2, 1)
ranges = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda r: Span(r[0], r[0] + r[1]))


def plan(day: date, covered: list[Span], now: datetime = NOW, **changes: object) -> list[Extract]:
    query = QUERY.model_copy(update=changes)
    return plan_times("orders", query, BERLIN, (day, day), now, covered)


def at(text: str) -> int:
    return point_of(datetime.fromisoformat(text))


def test_a_day_goes_from_cut_off_to_cut_off_on_the_clock_of_the_cursor():
    (extract,) = plan(TENTH, [])
    assert extract.span == Span(at("2025-01-10 03:00"), at("2025-01-11 03:00"))
    assert (extract.first_day, extract.last_day) == (TENTH, TENTH)
    (local,) = plan(TENTH, [], cursor_clock="source")
    assert local.span == Span(at("2025-01-10 04:00"), at("2025-01-11 04:00"))


def test_what_an_extract_covers_is_not_read_again():
    (extract,) = plan(TENTH, [])
    assert plan(TENTH, [extract.span]) == []


def test_a_missed_day_is_read_with_the_next_run():
    (eighth,) = plan(date(2025, 1, 8), [])
    (extract,) = plan(TENTH, [eighth.span])
    assert extract.span == Span(at("2025-01-09 03:00"), at("2025-01-11 03:00"))
    assert (extract.first_day, extract.last_day) == (date(2025, 1, 9), TENTH)


def test_nothing_is_read_beyond_the_clock_of_the_database():
    noon = datetime(2025, 1, 10, 12)
    (extract,) = plan(TENTH, [], noon)
    assert extract.span == Span(at("2025-01-10 03:00"), at("2025-01-10 12:00"))
    (rest,) = plan(TENTH, [extract.span])
    assert rest.span == Span(at("2025-01-10 12:00"), at("2025-01-11 03:00"))
    assert plan(date(2025, 3, 1), [extract.span]) == []


def test_a_table_that_starts_at_the_beginning_reads_all_history_once():
    (extract,) = plan(TENTH, [], starts="beginning")
    assert extract.span.start == at("1900-01-01 00:00")
    assert (extract.first_day, extract.last_day) == (TENTH, TENTH)
    assert plan(TENTH, [extract.span], starts="beginning") == []


def test_a_number_goes_on_above_the_highest_one():
    window = (TENTH, TENTH)
    (extract,) = plan_numbers("orders", window, 41, [])
    assert extract.span == Span(0, 42)
    assert plan_numbers("orders", window, 41, [extract.span]) == []
    (more,) = plan_numbers("orders", window, 50, [extract.span])
    assert more.span == Span(42, 51)
    assert plan_numbers("orders", window, None, []) == []


@pytest.mark.parametrize("is_time", [True, False])
def test_the_name_of_an_extract_says_all_that_it_holds(tmp_path: Path, is_time):
    span = Span(at("2025-01-10 03:00"), at("2025-01-11 03:00:00.000001"))
    extract = Extract("pos_orders", TENTH, TENTH, span, is_time)
    (tmp_path / extract.name).touch()
    (tmp_path / Extract("pos_orders_old", TENTH, TENTH, Span(0, 1)).name).touch()
    assert read_spans(tmp_path, "pos_orders") == [span]
    name = parse_file_name(extract.name)
    assert (name.stem, name.first_day, name.last_day) == ("pos_orders", TENTH, TENTH)


@given(wanted=ranges, covered=st.lists(ranges))
def test_what_is_missing_and_what_is_covered_make_up_what_is_wanted(wanted, covered):
    missing = subtract(wanted, covered)
    points = [point for span in missing for point in range(span.start, span.stop)]
    held = {point for span in covered for point in range(span.start, span.stop)}
    assert points == [p for p in range(wanted.start, wanted.stop) if p not in held]


@given(st.permutations(range(6)))
def test_days_in_any_order_cover_every_moment_once(order):
    covered: list[Span] = []
    for number in order:
        covered += [one.span for one in plan(TENTH + timedelta(days=number), covered)]
    covered.sort()
    assert covered[0].start == at("2025-01-10 03:00")
    assert covered[-1].stop == at("2025-01-16 03:00")
    assert all(left.stop == right.start for left, right in pairwise(covered))
