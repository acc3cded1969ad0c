"""Which part of a cursor is to be read: what is wanted less what the extracts already cover.

The extracts themselves are the state. Each is named by its table, the days it speaks for and the
half-open range [start, stop) of the cursor that it holds, and it gets that name only when it is
whole. So nothing else has to be kept, and what is lost can be read again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from regulars.domain.business_day import (
    business_date,
    cutoff_span,
    local_time,
    parse_cutoff,
    utc_time,
)
from regulars.policy import SourcePolicy
from regulars.sources.queries import QueryLayout

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_MICROSECOND = timedelta(microseconds=1)
_TIME = "%Y%m%dT%H%M%S%f"
_DIGITS = 20
_NAME = re.compile(
    r"(?P<table>.+)_(?P<first>\d{4}-\d{2}-\d{2})_(?P<last>\d{4}-\d{2}-\d{2})"
    r"__(?P<start>\w+)_(?P<stop>\w+)\.parquet"
)


def point_of(moment: datetime) -> int:
    """A moment as a point of a cursor: microseconds since 1970, on the same clock."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(point: int) -> datetime:
    """The moment of a point."""
    return _EPOCH + point * _MICROSECOND


BEGINNING = point_of(datetime(1900, 1, 1, tzinfo=UTC).replace(tzinfo=None))


@dataclass(frozen=True, order=True)
class Span:
    """A half-open range [start, stop) of a cursor: points of time, or numbers."""

    start: int
    stop: int


@dataclass(frozen=True)
class Extract:
    """What one extract holds: its table, the business days it speaks for, its span.

    Without a span it is the whole table, as it was for the business date.
    """

    table: str
    first_day: date
    last_day: date
    span: Span | None = None
    is_time: bool = True

    @property
    def name(self) -> str:
        """The file's name; it says all of the above."""
        days = f"{self.table}_{self.first_day}_{self.last_day}"
        if self.span is None:
            return f"{days}.parquet"
        return f"{days}__{self._spell(self.span.start)}_{self._spell(self.span.stop)}.parquet"

    def _spell(self, point: int) -> str:
        return f"{moment_of(point):{_TIME}}" if self.is_time else f"{point:0{_DIGITS}d}"


def read_spans(folder: Path, table: str) -> list[Span]:
    """The spans that the extracts of a table cover, as their names say."""
    matches = (_NAME.fullmatch(path.name) for path in sorted(folder.glob(f"{table}_*.parquet")))
    return [
        Span(_parse(match["start"]), _parse(match["stop"]))
        for match in matches
        if match and match["table"] == table
    ]


def plan_times(
    table: str,
    query: QueryLayout,
    source: SourcePolicy,
    window: tuple[date, date],
    now: datetime,
    covered: Sequence[Span],
) -> list[Extract]:
    """The extracts that are missing for a window of days, of a cursor that is a time.

    It goes back to where the newest earlier extract ends, so that no run that was missed leaves a
    hole, and never beyond `now` (the database's own clock, UTC): what is not written yet would
    count as read.
    """
    first, last = window
    clock = _Clock(query, source)
    start = clock.start_of(first)
    stop = min(clock.start_of(last + timedelta(days=1)), clock.point_at(now))
    if start >= stop:
        return []
    ends = [span.stop for span in covered if span.stop <= start]
    if query.starts == "beginning" and not covered:
        ends = [BEGINNING]
    wanted = Span(max(ends, default=start), stop)
    return [
        Extract(table, clock.day_of(span.start, first), clock.day_of(span.stop - 1, last), span)
        for span in subtract(wanted, covered)
    ]


def plan_numbers(
    table: str, window: tuple[date, date], highest: int | None, covered: Sequence[Span]
) -> list[Extract]:
    """The extract that is missing of a cursor that only counts: what is above the last one."""
    start = max((span.stop for span in covered), default=0)
    if highest is None or highest < start:
        return []
    return [Extract(table, *window, Span(start, highest + 1), is_time=False)]


def subtract(wanted: Span, covered: Iterable[Span]) -> list[Span]:
    """The parts of a span that no other span covers, in order."""
    parts, start = [], wanted.start
    for span in sorted(covered):
        parts.append(Span(start, min(span.start, wanted.stop)))
        start = max(start, span.stop)
    parts.append(Span(start, wanted.stop))
    return [part for part in parts if part.start < part.stop]


@dataclass(frozen=True)
class _Clock:
    """The clock of a cursor, and the business days of its source on it."""

    query: QueryLayout
    source: SourcePolicy

    def start_of(self, day: date) -> int:
        """The point at which a business day begins."""
        local = datetime.combine(day, datetime.min.time()) + cutoff_span(self._cutoff)
        return point_of(utc_time(local, self.source.time_zone) if self._is_utc else local)

    def point_at(self, utc: datetime) -> int:
        """The point of a moment in UTC."""
        return point_of(utc if self._is_utc else local_time(utc, self.source.time_zone))

    def day_of(self, point: int, otherwise: date) -> date:
        """The business day of a point; the beginning of time has none."""
        if point == BEGINNING:
            return otherwise
        moment = moment_of(point)
        local = local_time(moment, self.source.time_zone) if self._is_utc else moment
        return business_date(local, self._cutoff)

    @property
    def _is_utc(self) -> bool:
        return self.query.cursor_clock == "utc"

    @property
    def _cutoff(self) -> time:
        return parse_cutoff(self.source.cutoff)


def _parse(text: str) -> int:
    return point_of(datetime.strptime(text, _TIME)) if "T" in text else int(text)  # noqa: DTZ007 (own clock)
