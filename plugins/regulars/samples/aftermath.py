"""What happens days after the sale: refunds, chargebacks, complaints and their price."""

import numpy as np

from regulars.samples.archetypes import traits
from regulars.samples.baskets import on_platform
from regulars.samples.bills import tender_of
from regulars.samples.frames import BoolArray, Frame, IntArray, share_of, stack
from regulars.samples.giveaways import adjust, type_of
from regulars.samples.opening import PAID
from regulars.samples.size import SampleSize

STARS, NPS, COMPLAINT = 1, 0, 2
OPEN, CLOSED = 0, 1
NO_STATUS = -1
LAST_MINUTE = 1679
"""The last minute of a business date, counted from its midnight, with a cut-off at 04:00."""


def complain(rng: np.random.Generator, orders: Frame, size: SampleSize) -> Frame:
    """Complaints about paid orders, up to two days later; recent ones may still be open."""
    odds = traits("complaint")[orders["archetype"]]
    is_unhappy = (orders["status"] == PAID) & (rng.random(len(orders)) * 10_000 < odds)
    upset = orders.take(is_unhappy)
    day = upset["day"] + rng.integers(0, 3, len(upset))
    is_open = (day > size.days - 21) & (rng.random(len(upset)) < 0.4)
    complaints = _feedback(upset, day, rng.integers(600, 1320, len(upset))).having(
        kind=COMPLAINT, status=np.where(is_open, OPEN, CLOSED), score=-1, scale=-1
    )
    return complaints.take(day < size.days)


def rate(rng: np.random.Generator, orders: Frame, size: SampleSize) -> Frame:
    """Stars (of 5, in halves) and recommendation scores (0–10) of known guests."""
    chance = rng.random(len(orders))
    is_known = (orders["status"] == PAID) & (orders["customer"] >= 0)
    raters = orders.take(is_known & (chance < 0.05))
    mood = traits("stars")[raters["archetype"]] + rng.normal(0, 0.55, len(raters))
    halves = np.clip(np.floor(mood * 2 + 0.5), 2, 10).astype(np.int64)
    is_nps = chance[raters["number"]] < 0.01
    ratings = _feedback(
        raters, raters["day"], np.minimum(raters["minute"] + 45, LAST_MINUTE)
    ).having(
        kind=np.where(is_nps, NPS, STARS),
        status=NO_STATUS,
        score=np.where(is_nps, halves * 1000, halves * 500),
        scale=np.where(is_nps, 10, 5),
    )
    return ratings.take(ratings["day"] < size.days)


def _feedback(orders: Frame, day: IntArray, minute: IntArray) -> Frame:
    columns = {name: orders[name] for name in ("store", "customer")}
    return Frame(columns | {"order": orders["number"], "day": day, "minute": minute})


def settle_grievances(
    rng: np.random.Generator, orders: Frame, worth: IntArray, complaints: Frame, size: SampleSize
) -> Frame:
    """Refunds, chargebacks, platform error charges and compensations known by the last day.

    `worth` is the order's net sales so far: nothing more than that is given back.
    """
    later = stack(
        _refund(rng, orders, worth),
        _charge_errors(rng, orders),
        _compensate(rng, orders, complaints),
    )
    return later.take(later["day"] < size.days)


def _refund(rng: np.random.Generator, orders: Frame, worth: IntArray) -> Frame:
    count = len(orders)
    odds = traits("refund")[orders["archetype"]] + np.where(on_platform(orders), 80, 0)
    chance = rng.random(count) * 10_000
    is_refunded = (chance < odds) & _is_returnable(orders, worth)
    is_disputed = ~is_refunded & (chance > 9990) & _is_returnable(orders, worth)
    is_disputed &= np.isin(orders["tender"], [tender_of("card"), tender_of("wallet")])
    rows = np.flatnonzero(is_refunded | is_disputed)
    part = rng.integers(1000, 6000, count)
    is_full = is_disputed | (rng.random(count) < 0.4)
    amount = np.where(is_full, worth, np.maximum(share_of(worth, part), 1))[rows]
    kind = np.where(is_disputed, type_of("chargeback"), type_of("refund"))[rows]
    return _later(rng, orders, rows, amount, kind, longest=12)


def _is_returnable(orders: Frame, worth: IntArray) -> BoolArray:
    return np.asarray((orders["status"] == PAID) & (worth > 0))


def _charge_errors(rng: np.random.Generator, orders: Frame) -> Frame:
    """The platform makes the restaurant pay for a wrong or missing dish."""
    is_wrong = on_platform(orders) & (orders["status"] == PAID)
    rows = np.flatnonzero(is_wrong & (rng.random(len(orders)) < 0.005))
    amount = rng.integers(3, 16, len(rows)) * 100
    return _later(rng, orders, rows, amount, type_of("error_charge"), longest=9)


def _compensate(rng: np.random.Generator, orders: Frame, complaints: Frame) -> Frame:
    rows = complaints["order"][rng.random(len(complaints)) < 0.6]
    amount = rng.integers(10, 51, len(rows)) * 100
    return _later(rng, orders, rows, amount, type_of("compensation"), longest=7, soonest=3)


def _later(
    rng: np.random.Generator,
    orders: Frame,
    rows: IntArray,
    amount: IntArray,
    kind: IntArray | int,
    longest: int,
    soonest: int = 1,
) -> Frame:
    day = orders["day"][rows] + rng.integers(soonest, longest + 1, len(rows))
    minute = rng.integers(600, 1230, len(rows))
    return adjust(orders, rows, amount, type=kind, day=day, minute=minute)
