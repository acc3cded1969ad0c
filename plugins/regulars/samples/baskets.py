"""Fills the checks: dishes, quantities, gifts, line discounts and voids."""

import numpy as np

from regulars.samples.archetypes import traits
from regulars.samples.frames import BoolArray, Frame, IntArray, share_of
from regulars.samples.menu import (
    IS_LIABILITY,
    IS_SMALL,
    IS_WEIGHED,
    LIABILITIES,
    PRICES,
    menu_weights,
)
from regulars.samples.opening import CATERING, DELIVERY_PLATFORM, DINE_IN, PAID
from regulars.samples.people import position_of

BEFORE_PREPARATION, AFTER_PREPARATION = 0, 1
NOT_VOIDED = -1
DISCOUNT_DEPTHS = (1000, 2000, 3000, 5000)


def fill_baskets(rng: np.random.Generator, orders: Frame) -> Frame:
    """The lines of every order, in order: `order` is the order's number.

    `gross` is list price × quantity with tax out, `discount` the line's own, `void` a stage or
    −1, `is_gift` 0 or 1.
    """
    counts, sells_voucher = _count_lines(rng, orders)
    order = np.repeat(orders["number"], counts)
    firsts = np.cumsum(counts) - counts
    line_no = np.arange(len(order)) - firsts[order] + 1
    item = _draw_items(rng, orders["channel"][order])
    is_voucher = sells_voucher[order] & (line_no == counts[order])
    item = np.where(is_voucher, rng.choice(LIABILITIES, len(order)), item)
    quantity = _draw_quantities(rng, orders, order, item)
    lines = Frame(
        {
            "order": order,
            "store": orders["store"][order],
            "line_no": line_no,
            "item": item,
            "quantity": quantity,
            "gross": (PRICES[item] * quantity + 500) // 1000,
        }
    )
    return _mark_lines(rng, orders, lines)


def _count_lines(rng: np.random.Generator, orders: Frame) -> tuple[IntArray, BoolArray]:
    channel, covers = orders["channel"], orders["covers"]
    at_table = 1 + rng.poisson(0.85 * np.maximum(covers, 0))
    to_go = 1 + rng.poisson(1.5, len(orders))
    counts = np.where(channel == DINE_IN, at_table, to_go)
    counts = np.where(channel == CATERING, 2 + rng.poisson(2.0, len(orders)), counts)
    is_till_sale = (channel == DINE_IN) & (orders["status"] == PAID)
    sells_voucher = is_till_sale & (rng.random(len(orders)) < 0.003)
    return np.minimum(counts, 24) + sells_voucher, np.asarray(sells_voucher)


def _draw_items(rng: np.random.Generator, channel: IntArray) -> IntArray:
    drawn = rng.random(len(channel))
    items = np.zeros(len(channel), np.int64)
    for is_catering in (False, True):
        reached = np.cumsum(menu_weights(is_catering))
        rows = (channel == CATERING) == is_catering
        items[rows] = np.searchsorted(reached, drawn[rows] * reached[-1], "right")
    return items


def _draw_quantities(
    rng: np.random.Generator, orders: Frame, order: IntArray, item: IntArray
) -> IntArray:
    """Thousandths: mostly one; by weight in steps of 50 g; trays by the dozen for a banquet."""
    count = len(order)
    pieces = np.array([1, 1, 1, 1, 1, 1, 1, 1, 2, 3])[rng.integers(0, 10, count)]
    is_catering = (orders["channel"] == CATERING)[order]
    pieces = np.where(is_catering, rng.integers(1, 5, count), pieces)
    is_giant = (orders["archetype"] == position_of("one_off_giant"))[order]
    pieces = np.where(is_giant, rng.integers(12, 40, count), pieces)
    pieces = np.where(IS_LIABILITY[item], 1, pieces)
    return np.where(IS_WEIGHED[item], rng.integers(8, 31, count) * 50, pieces * 1000)


def _mark_lines(rng: np.random.Generator, orders: Frame, lines: Frame) -> Frame:
    """Voids, gifts and line discounts: at most one of them on a line, none on a voucher."""
    count, order, item = len(lines), lines["order"], lines["item"]
    is_extra = (lines["line_no"] > 1) & ~IS_LIABILITY[item]
    chance, stage = rng.random(count), rng.random(count)
    is_dead = (orders["status"] != PAID)[order]
    is_void = (is_extra & (chance < 0.01)) | is_dead
    prepared = stage < np.where(is_dead, 0.4, 0.3)
    is_gift = is_extra & IS_SMALL[item] & (chance > 0.97) & ~is_void
    odds = traits("line_discount")[orders["archetype"]][order]
    is_reduced = ~is_void & ~is_gift & ~IS_LIABILITY[item] & (rng.random(count) * 10_000 < odds)
    depth = np.array(DISCOUNT_DEPTHS)[rng.integers(0, len(DISCOUNT_DEPTHS), count)]
    discount = np.where(is_reduced, share_of(lines["gross"], depth), 0)
    void = np.where(prepared, AFTER_PREPARATION, BEFORE_PREPARATION)
    return lines.having(
        void=np.where(is_void, void, NOT_VOIDED),
        is_gift=is_gift.astype(np.int64),
        discount=discount,
    )


def counted(lines: Frame) -> BoolArray:
    """Lines that stand on the check: everything that was not voided."""
    return np.asarray(lines["void"] == NOT_VOIDED)


def sold(lines: Frame) -> BoolArray:
    """Counted lines of dishes; gift cards and top-ups are a liability, not a sale."""
    return np.asarray(counted(lines) & ~IS_LIABILITY[lines["item"]])


def on_platform(orders: Frame) -> BoolArray:
    """Orders that a delivery platform brought."""
    return np.asarray(orders["channel"] == DELIVERY_PLATFORM)
