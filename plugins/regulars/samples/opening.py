"""Opens the checks: where, when, through which channel and for how many guests."""

import numpy as np

from regulars.samples.archetypes import traits
from regulars.samples.frames import Frame, IntArray, pick, pick_same
from regulars.samples.people import STORE_SHARES, People
from regulars.samples.size import SampleSize

DINE_IN, TAKEAWAY, DELIVERY_OWN, DELIVERY_PLATFORM, CATERING = range(5)
PAID, VOIDED, CANCELLED = 0, 2, 3
LATE_STORE = 2
"""The store (by position) that stays open after midnight and sends no business date."""
STATUS_WEIGHTS = {PAID: 9880, VOIDED: 70, CANCELLED: 50}
LUNCH, AFTERNOON, DINNER, LATE = range(4)
DAYPARTS = ("lunch", "afternoon", "dinner", "late")
DAYPART_MINUTES = ((690, 750, 840), (840, 930, 1020), (1050, 1140, 1310), (1325, 1440, 1649))
"""Earliest, likeliest and latest closing minute of each daypart, counted from midnight."""


def open_orders(rng: np.random.Generator, people: People, visits: Frame, size: SampleSize) -> Frame:
    """One row per order in the order of closing; `number` counts from 0.

    `minute` counts from the midnight that begins the business date and passes 1440 at night.
    """
    count = len(visits)
    archetype, customer = visits["archetype"], visits["customer"]
    store = pick_same(rng, STORE_SHARES, count)
    known = (customer >= 0) & (rng.random(count) < 0.85)
    store = np.where(known, people.home_store[customer], store)
    channel = pick(rng, traits("channels")[archetype])
    daypart = _draw_dayparts(rng, archetype, store, channel)
    low, peak, high = np.array(DAYPART_MINUTES).T[:, daypart]
    minute = np.floor(rng.triangular(low, peak, high)).astype(np.int64)
    is_platform = channel == DELIVERY_PLATFORM
    preferred = np.where(customer >= 0, customer % 2, rng.integers(0, 2, count))
    columns: dict[str, IntArray] = {
        "customer": customer,
        "archetype": archetype,
        "account": np.where(customer >= 0, people.account[customer], -1),
        "day": visits["day"],
        "minute": minute,
        "stay": np.where(channel == DINE_IN, rng.integers(35, 100, count), 20),
        "daypart": daypart,
        "store": store,
        "channel": channel,
        "platform": np.where(is_platform, preferred, -1),
        "status": _draw_status(rng, count),
        "covers": _draw_covers(rng, archetype, channel),
    }
    closing = np.lexsort((store, minute, visits["day"]))
    return Frame(columns).take(closing).having(number=np.arange(count))


def _draw_dayparts(
    rng: np.random.Generator, archetype: IntArray, store: IntArray, channel: IntArray
) -> IntArray:
    lunch = traits("lunch")[archetype]
    evening = (10_000 - lunch) * 0.88
    late = np.where((store == LATE_STORE) & (channel != CATERING), evening * 0.3, 0)
    weights = np.stack([lunch, (10_000 - lunch) * 0.12, evening - late, late], axis=1)
    return pick(rng, weights)


def _draw_status(rng: np.random.Generator, count: int) -> IntArray:
    drawn = pick_same(rng, tuple(STATUS_WEIGHTS.values()), count)
    return np.array(list(STATUS_WEIGHTS), np.int64)[drawn]


def _draw_covers(rng: np.random.Generator, archetype: IntArray, channel: IntArray) -> IntArray:
    """Seated guests: known at the table and for a banquet, else blank (−1)."""
    guests = 1 + rng.poisson(traits("covers")[archetype] - 1)
    is_counted = (channel == DINE_IN) | (channel == CATERING)
    return np.asarray(np.where(is_counted, guests, -1), np.int64)
