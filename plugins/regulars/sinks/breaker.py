"""The breaker: a list that changed too much since it was delivered last waits for a person."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from regulars.policy.export_sections import BreakerPolicy
from regulars.sinks.delta import Editions
from regulars.sinks.manifest import Hold

EMPTY, SHRUNK, GREW, MANY_LEFT, NO_SOURCE = (
    "became_empty", "shrank", "grew", "many_left", "source_missing"
)  # fmt: skip


@dataclass(frozen=True)
class ListChange:
    """A list beside its last delivered edition, in customers.

    `resting` are those whom the list would hold had they not been contacted lately: they left by
    rule and come back by themselves, so the sizes compared count them. `removed` are the removals
    of the delta.
    """

    rows_before: int
    resting_before: int
    rows: int
    resting: int
    removed: int

    @property
    def before(self) -> int:
        """Whom the list delivered last was about."""
        return self.rows_before + self.resting_before

    @property
    def after(self) -> int:
        """Whom today's list is about."""
        return self.rows + self.resting

    @property
    def lost(self) -> int:
        """At least so many left for another reason than a contact."""
        return max(self.removed - self.resting, 0)


@dataclass(frozen=True)
class Past:
    """What a day is compared with: what was delivered before, the limits, the missing sources."""

    editions: Editions
    limits: BreakerPolicy = field(default_factory=BreakerPolicy)
    missing_sources: int = 0


def find_holds(change: ListChange | None, limits: BreakerPolicy) -> tuple[Hold, ...]:
    """Why this list is not to be delivered by itself; nothing for one that has no past."""
    if change is None or max(change.before, change.after) < limits.min_rows:
        return ()
    return tuple(_findings(change, limits))


def hold_for_missing_sources(missing: int, limits: BreakerPolicy) -> tuple[Hold, ...]:
    """The hold of every list when so many sources did not bring the day."""
    is_held = missing > 0 and limits.hold_when_source_missing
    return (Hold(code=NO_SOURCE, before=missing, after=0),) if is_held else ()


def _findings(change: ListChange, limits: BreakerPolicy) -> Iterator[Hold]:
    before, after = change.before, change.after
    if not after:
        yield Hold(code=EMPTY, before=before, after=after)
    elif after < before * (1 - limits.max_shrink_share):
        yield Hold(code=SHRUNK, before=before, after=after)
    elif after > before * limits.max_growth_ratio:
        yield Hold(code=GREW, before=before, after=after)
    if after and change.lost > limits.max_removed_share * change.rows_before:
        yield Hold(code=MANY_LEFT, before=change.rows_before, after=change.lost)
