"""Tables that were booked: some parties that came, and a few that did not."""

import numpy as np

from regulars.samples.frames import Frame, stack
from regulars.samples.opening import DINE_IN, PAID
from regulars.samples.people import position_of
from regulars.samples.size import SampleSize

SEATED, NO_SHOW, CANCELLED = range(3)
STATUSES = ("seated", "no_show", "cancelled")
PARTY = 4
BOOKED_PER_100, LOST_PER_100 = 30, 10


def book_tables(
    rng: np.random.Generator, orders: Frame, customers: Frame, size: SampleSize
) -> Frame:
    """One row per booking; `booked` is never before the guest was known. Orders stay as they are.

    Businesses book three to fourteen days ahead, guests up to three. `order` is −1 where nobody
    came.
    """
    parties = orders.take(
        (orders["customer"] >= 0)
        & (orders["channel"] == DINE_IN)
        & (orders["status"] == PAID)
        & (orders["covers"] >= PARTY)
    )
    kept = parties.take(rng.random(len(parties)) * 100 < BOOKED_PER_100)
    is_business = kept["archetype"] == position_of("business")
    lead = np.where(is_business, rng.integers(3, 15, len(kept)), rng.integers(0, 4, len(kept)))
    came = kept.having(order=kept["number"], lead=lead, booking_status=SEATED)
    lost = came.take(rng.random(len(came)) * 100 < LOST_PER_100)
    later = np.minimum(lost["day"] + rng.integers(1, 10, len(lost)), size.days - 1)
    status = rng.integers(NO_SHOW, CANCELLED + 1, len(lost))
    bookings = stack(came, lost.having(order=-1, day=later, booking_status=status))
    known_on = customers["joined"][bookings["customer"]]
    booked = np.maximum(bookings["day"] - bookings["lead"], np.maximum(known_on, 0))
    bookings = bookings.having(booked=booked, sent=booked)
    return bookings.take(np.argsort(booked, kind="stable")).having(number=np.arange(len(bookings)))
