"""The people of the sample: what kind of customer each one truly is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.samples.archetypes import ARCHETYPES, GROUP_SHARES, Archetype
from regulars.samples.frames import BoolArray, IntArray, pick_same
from regulars.samples.size import SampleSize

STORE_SHARES = (42, 33, 25)
CADENCES = ("wavering", "lapsed")
NEVER = 1e9


@dataclass(frozen=True)
class People:
    """One row per customer, by position. Days count from the sample's first day.

    `gap` is the true mean gap between visits in days (0: no cadence), `start` and `stop` bound
    the visits, from `slows_at` on every gap is `slowing` times as long.
    """

    archetype: IntArray
    gap: NDArray[np.float64]
    start: NDArray[np.float64]
    stop: NDArray[np.float64]
    slows_at: NDArray[np.float64]
    slowing: NDArray[np.float64]
    home_store: IntArray
    account: IntArray

    def __len__(self) -> int:
        return len(self.archetype)

    def are(self, name: str) -> BoolArray:
        """Which customers are of this archetype."""
        return np.asarray(self.archetype == position_of(name))


def position_of(name: str) -> int:
    """The number of an archetype. Raises StopIteration for a name that does not exist."""
    return next(number for number, kind in enumerate(ARCHETYPES) if kind.name == name)


def draw_people(rng: np.random.Generator, size: SampleSize, count: int) -> People:
    """`count` customers in the group's mix, shuffled so that a number tells nothing."""
    archetype = rng.permutation(np.repeat(np.arange(len(GROUP_SHARES)), _head_counts(count)))
    gap, start, stop = (np.zeros(count) for _ in range(3))
    for number, kind in enumerate(ARCHETYPES[: len(GROUP_SHARES)]):
        rows = np.flatnonzero(archetype == number)
        gap[rows] = _draw_gaps(rng, kind, size.days, len(rows))
        start[rows], stop[rows] = _draw_spans(rng, kind, size.days, gap[rows])
    wavers = archetype == position_of("wavering")
    is_business = archetype == position_of("business")
    return People(
        archetype=archetype,
        gap=gap,
        start=start,
        stop=stop,
        slows_at=np.where(wavers, size.days - rng.uniform(2.5, 4.5, count) * gap, NEVER),
        slowing=rng.uniform(2.2, 3.5, count),
        home_store=pick_same(rng, STORE_SHARES, count),
        account=np.where(is_business, np.cumsum(is_business) - 1, -1),
    )


def _head_counts(count: int) -> IntArray:
    """How many customers of each archetype: at least one, largest remainder first."""
    exact = np.array(GROUP_SHARES) * count / sum(GROUP_SHARES)
    heads = np.maximum(np.floor(exact).astype(np.int64), 1)
    heads[np.argmax(heads)] += count - heads.sum()
    return heads


def _draw_gaps(
    rng: np.random.Generator, kind: Archetype, days: int, count: int
) -> NDArray[np.float64]:
    """Mean gaps in days, evenly spread over the logarithm of the archetype's range."""
    if kind.gap_days is None:
        return np.zeros(count)
    shortest, longest = kind.gap_days
    longest = max(shortest + 1, min(longest, days / (12 if kind.name in CADENCES else 4)))
    return np.asarray(np.exp(rng.uniform(np.log(shortest), np.log(longest), count)))


def _draw_spans(
    rng: np.random.Generator, kind: Archetype, days: int, gap: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The first possible and last possible day of a visit."""
    stop = np.full(len(gap), days - 0.001)
    if kind.name == "lapsed":
        stop -= rng.uniform(4.1, 6.5, len(gap)) * gap
        return rng.uniform(0, 1, len(gap)) * np.maximum(stop - 5 * gap, 0), stop
    known_before = rng.random(len(gap)) < kind.known_before
    early = rng.uniform(0, 1, len(gap)) * np.clip(gap, 1, days / 2)
    start = np.where(known_before, early, rng.uniform(0, kind.latest_start * days, len(gap)))
    return start, stop
