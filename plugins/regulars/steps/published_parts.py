"""The parts in which the copy of a table kept by day is written: one file each, named by its dates.

What has a row per customer and date (a snapshot, the actions) has a part per date; what just
happens on a day has a part per month. So a further day writes as much after years as after a week.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from regulars.models import Model, ModelKind
from regulars.steps.unpublished import Window

DAY_COLUMNS = {ModelKind.DAYS: "business_date", ModelKind.SNAPSHOT: "snapshot_date"}
_MONTH = len("2026-11")


class Part(NamedTuple):
    """Its name and its first and last date."""

    name: str
    first: date
    last: date


def is_by_date(model: Model) -> bool:
    """Whether a part of the table is one date, not one month."""
    return model.kind is ModelKind.SNAPSHOT or model.path.parent.name == "actions"


def part_of(day: date, by_date: bool) -> Part:
    """The part that a day belongs to."""
    return part_named(day.isoformat() if by_date else day.isoformat()[:_MONTH])


def part_named(name: str) -> Part:
    """The part of a name: `2026-11-29` or `2026-11`. Raises ValueError for any other."""
    if len(name) > _MONTH:
        day = date.fromisoformat(name)
        return Part(name, day, day)
    first = date.fromisoformat(f"{name}-01")
    return Part(name, first, first.replace(day=monthrange(first.year, first.month)[1]))


def by_month(parts: Iterable[Part]) -> list[list[Part]]:
    """Parts in order, those of one month together: they are read at once."""
    return [list(same) for _, same in groupby(parts, key=lambda part: part.name[:_MONTH])]


def stale_parts(
    days: Iterable[date], there: Iterable[str], windows: Sequence[Window], by_date: bool
) -> list[Part]:
    """The parts to write, in order, given the days that have rows within the windows.

    A part that is there and has no such day is among them: its rows may have gone.
    """
    parts = {part_of(day, by_date) for day in days}
    for part in map(part_named, there):
        if any(part.first <= last and first <= part.last for first, last in windows):
            parts.add(part)
    return sorted(parts)
