"""Figures that hold from a day to a day: none may hold twice, and none may be missing between.

A *gap* is a day inside the life of a figure (after its first day, before its last) on which
neither it nor one of a wider scope holds. What comes before the first day and after the last is
no gap: there the policy claims nothing, and what it no longer covers is reported as expired.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator


class Dated(BaseModel):
    """Something that holds from `valid_from` to `valid_to`, both included; for ever without."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return self.valid_to or date.max

    def meets(self, other: "Dated") -> bool:
        """Whether both hold on some day."""
        return max(self.valid_from, other.valid_from) <= min(self.last_day, other.last_day)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day <= self.last_day


def refuse_overlaps(what: str, figures: Sequence[Dated], scope: Callable[[Any], object]) -> None:
    """Raises ValueError when two figures of one scope hold on the same day."""
    for index, figure in enumerate(figures):
        for other in figures[index + 1 :]:
            if scope(figure) == scope(other) and figure.meets(other):
                raise ValueError(
                    f"{what} {scope(figure)} holds twice on {_first_both(figure, other)}"
                )


def refuse_gaps(
    what: str,
    figures: Sequence[Dated],
    scope: Callable[[Any], object],
    covers: Callable[[Any, Any], bool] | None = None,
) -> None:
    """Raises ValueError naming the first day inside a scope's life that nothing covers.

    `covers(wide, narrow)` says whether a figure also speaks for the scope of another; without
    it a figure speaks for its own scope only.
    """
    for figure in figures:
        chain = [one for one in figures if scope(one) == scope(figure)]
        covering = [one for one in figures if covers(one, figure)] if covers else chain
        if day := _first_gap(chain, covering):
            raise ValueError(f"{what} {scope(figure)} does not hold on {day}: a gap")


def _first_gap(chain: Iterable[Dated], covering: Sequence[Dated]) -> date | None:
    lives = list(chain)
    first, last = min(one.valid_from for one in lives), max(one.last_day for one in lives)
    after = sorted(one.valid_to + timedelta(days=1) for one in covering if one.valid_to)
    holes = (day for day in after if first < day <= last)
    return next((day for day in holes if not any(one.holds_on(day) for one in covering)), None)


def _first_both(one: Dated, other: Dated) -> date:
    return max(one.valid_from, other.valid_from)
