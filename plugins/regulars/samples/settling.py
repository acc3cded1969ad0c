"""The platforms' payouts: what they really took, weeks later and never at one flat rate."""

import numpy as np

from regulars.domain.fields import FEES
from regulars.samples.archetypes import traits
from regulars.samples.baskets import on_platform
from regulars.samples.frames import Frame, IntArray, share_of, stack
from regulars.samples.menu import STORES
from regulars.samples.opening import PAID
from regulars.samples.rules import PLATFORMS
from regulars.samples.size import SampleSize

SETTLED_SHARE = 0.95
PAYOUT_DELAY = 9
"""Days from the Monday of the week of sale to the payout: the Wednesday after it."""
NO_ORDER = -1


def settle(rng: np.random.Generator, orders: Frame, worth: IntArray, size: SampleSize) -> Frame:
    """The payout lines of orders and the stores' ads that were paid out by the last day.

    `worth` is the net sales before refunds. Commission alone is 10–24 %, more for some guests;
    with courier, processing and the like the take runs from 10 to 35 %.
    """
    is_settled = on_platform(orders) & (orders["status"] == PAID)
    rows = np.flatnonzero(is_settled & (rng.random(len(orders)) < SETTLED_SHARE))
    costs = _bill_orders(rng, orders, rows, worth)
    taken = np.zeros(len(orders), np.int64)
    np.add.at(taken, costs["order"], costs["amount"])
    payout = -(orders["total"] - taken)[rows]
    billed = stack(costs, _fees(orders, rows, "payout", payout), _withhold(rng, orders, rows))
    billed = stack(billed.having(payout_day=_payout_days(billed["day"], size)), _ads(rng, size))
    billed = billed.take(billed["payout_day"] < size.days)
    return billed.take(np.lexsort((billed["fee_type"], billed["order"], billed["payout_day"])))


def _bill_orders(rng: np.random.Generator, orders: Frame, rows: IntArray, worth: IntArray) -> Frame:
    """Commission and processing on every order; courier, insurance, corrections on some."""
    archetype, base, count = orders["archetype"][rows], worth[rows], len(rows)
    low, high = traits("take_low")[archetype], traits("take_high")[archetype]
    rate = np.floor(low + (high - low) * rng.random(count)).astype(np.int64)
    courier = np.minimum(rng.integers(20, 60, count) * 10, share_of(base, 900))
    has_courier = rng.random(count) < 0.6
    is_insured, is_corrected = rng.random(count) < 0.05, rng.random(count) < 0.02
    correction = rng.integers(-15, 16, count) * 10
    return stack(
        _fees(orders, rows, "commission", share_of(base, rate)),
        _fees(orders, rows, "processing", share_of(base, 60)),
        _fees(orders, rows, "delivery", courier).take(has_courier),
        _fees(orders, rows, "insurance", np.full(count, 50)).take(is_insured),
        _fees(orders, rows, "adjustment", correction).take(is_corrected),
    )


def _withhold(rng: np.random.Generator, orders: Frame, rows: IntArray) -> Frame:
    """Tax kept back by the platform on the restaurant's behalf: no cost of selling."""
    chosen = rows[rng.random(len(rows)) < 0.03]
    return _fees(orders, chosen, "tax_withheld", share_of(orders["total"][chosen], 100))


def _fees(orders: Frame, rows: IntArray, fee: str, amount: IntArray) -> Frame:
    columns = {name: orders[name][rows] for name in ("store", "platform", "day")}
    plain = Frame(columns | {"order": orders["number"][rows], "amount": amount})
    return plain.having(fee_type=FEES.index(fee))


def _payout_days(day: IntArray, size: SampleSize) -> IntArray:
    """The Wednesday after the week of a day."""
    weekday = (day + size.first_day.weekday()) % 7
    return np.asarray(day - weekday + PAYOUT_DELAY)


def _ads(rng: np.random.Generator, size: SampleSize) -> Frame:
    """Ads bought by a store, week by week: they belong to no order and to no customer."""
    weeks = np.arange(0, size.days, 7)
    store, platform, day = (
        grid.ravel()
        for grid in np.meshgrid(np.arange(len(STORES)), np.arange(len(PLATFORMS)), weeks)
    )
    amount = rng.integers(20, 91, len(day)) * 1000
    plain = Frame({"store": store, "platform": platform, "day": day, "amount": amount})
    return plain.having(
        order=NO_ORDER, fee_type=FEES.index("ads"), payout_day=_payout_days(day, size)
    )
