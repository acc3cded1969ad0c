"""Who came on which day."""

import numpy as np
from numpy.typing import NDArray

from regulars.samples.archetypes import ANONYMOUS
from regulars.samples.frames import Frame, IntArray
from regulars.samples.people import People, position_of
from regulars.samples.size import SampleSize

ANONYMOUS_SHARE = 0.6
GAP_SHAPE = 5.0
"""Shape of the gamma gaps: the spread of a guest's gaps is 45 % of the mean."""
WEEKDAY_WEIGHTS = (10, 10, 11, 12, 15, 19, 17)


def draw_visits(rng: np.random.Generator, people: People, size: SampleSize) -> Frame:
    """One row per order to be: the customer (−1: nobody we know), archetype and day."""
    known = _known_visits(rng, people, size)
    if size.orders is None:
        strangers = round(len(known) * ANONYMOUS_SHARE / (1 - ANONYMOUS_SHARE))
    else:
        known = known.take(np.sort(rng.permutation(len(known))[: size.orders]))
        strangers = size.orders - len(known)
    weights = np.array(WEEKDAY_WEIGHTS)[_weekdays(np.arange(size.days), size)]
    days = rng.choice(size.days, strangers, p=weights / weights.sum())
    return Frame(
        {
            "customer": np.concatenate([known["customer"], np.full(strangers, -1)]),
            "archetype": np.concatenate([known["archetype"], np.full(strangers, ANONYMOUS)]),
            "day": np.concatenate([known["day"], days]),
        }
    )


def _known_visits(rng: np.random.Generator, people: People, size: SampleSize) -> Frame:
    """Visits of the known: the first one on the start day, then one per gap until the stop."""
    has_cadence = people.gap > 0
    gap = np.where(has_cadence, people.gap, 1.0)
    draws = np.where(has_cadence, np.ceil((people.stop - people.start) / gap * 1.3) + 10, 1)
    draws[people.are("lead")] = 0
    who = np.repeat(np.arange(len(people)), draws.astype(np.int64))
    elapsed = _cumulate(rng.gamma(GAP_SHAPE, 1 / GAP_SHAPE, len(who)), who)
    when = people.start[who] + gap[who] * elapsed
    slows_at = people.slows_at[who]
    when = np.where(when > slows_at, slows_at + (when - slows_at) * people.slowing[who], when)
    kept = when <= people.stop[who]
    who = who[kept]
    archetype = people.archetype[who]
    days = _prefer_weekdays(np.floor(when[kept]).astype(np.int64), archetype, size)
    return Frame({"customer": who, "archetype": archetype, "day": days})


def _cumulate(steps: NDArray[np.float64], groups: IntArray) -> NDArray[np.float64]:
    """The running sum of the steps inside each group, the group's first row being 0."""
    running = np.cumsum(steps)
    firsts = np.flatnonzero(np.diff(groups, prepend=-1))
    lengths = np.diff(np.append(firsts, len(groups)))
    return np.asarray(running - np.repeat(running[firsts], lengths))


def _prefer_weekdays(days: IntArray, archetype: IntArray, size: SampleSize) -> IntArray:
    """Households come at the weekend, businesses on working days."""
    weekday = _weekdays(days, size)
    to_weekend = np.where(weekday < 5, 5 - weekday, 0)
    to_friday = np.where(weekday > 4, weekday - 4, 0)
    days = np.where(archetype == position_of("household"), days + to_weekend, days)
    days = np.where(archetype == position_of("business"), days - to_friday, days)
    return np.asarray(np.clip(days, 0, size.days - 1))


def _weekdays(days: IntArray, size: SampleSize) -> IntArray:
    """The day of the week, Monday being 0."""
    return np.asarray((days + size.first_day.weekday()) % 7)


def count_customers(size: SampleSize, visits_per_customer: float) -> int:
    """How many customers make about the wanted number of orders."""
    if size.orders is None:
        return size.customers
    return max(100, round(size.orders * (1 - ANONYMOUS_SHARE) / visits_per_customer))
