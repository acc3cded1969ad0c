"""What is given away at the sale itself: comps, coupons and promotions, by who pays them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from regulars.domain.fields import ADJUSTMENTS, FUNDERS
from regulars.samples.archetypes import traits
from regulars.samples.baskets import on_platform, sold
from regulars.samples.frames import Frame, IntArray, stack, sum_by
from regulars.samples.opening import DINE_IN, PAID

MERCHANT, PLATFORM, THIRD_PARTY = (
    FUNDERS.index(funder) for funder in ("merchant", "platform", "third_party")
)
ORDER_LEVEL = ("discount", "coupon", "merchant_promo", "loyalty_redemption")
"""Types that, paid by the merchant and without a line, lower an order's net sales."""


def type_of(name: str) -> int:
    """The number of an adjustment type."""
    return ADJUSTMENTS.index(name)


def give_away(rng: np.random.Generator, orders: Frame, lines: Frame) -> Frame:
    """The adjustments made when the check was closed; amounts are tax out.

    What they take never exceeds what the lines are worth.
    """
    comps = _draw_comps(rng, orders, lines)
    kept = lines["gross"] - np.where(lines["is_gift"] == 1, lines["gross"], lines["discount"])
    worth = sum_by(lines["order"], np.where(sold(lines), kept, 0), len(orders))
    worth = worth - sum_by(comps["order"], comps["amount"], len(orders))
    own = _draw_own_promotions(rng, orders, worth)
    others = _draw_foreign_promotions(rng, orders, worth)
    return stack(comps, own, others)


def adjust(orders: Frame, rows: NDArray[Any], amount: IntArray, **columns: IntArray | int) -> Frame:
    """Adjustments of the orders in `rows`, at closing time unless told otherwise."""
    chosen = orders.take(rows)
    plain = Frame(
        {name: chosen[name] for name in ("store", "day", "minute")}
        | {"order": chosen["number"], "amount": amount}
    )
    return plain.having(**{"line_no": 0, "funder": MERCHANT, **columns})


def _draw_comps(rng: np.random.Generator, orders: Frame, lines: Frame) -> Frame:
    """Now and then the first dish of a table is on the house, or half of it."""
    chance = rng.random(len(orders))
    is_table = (orders["channel"] == DINE_IN) & (orders["status"] == PAID)
    rows = np.flatnonzero(is_table & (chance < 0.006))
    first = np.searchsorted(lines["order"], rows)
    value = (lines["gross"] - lines["discount"])[first]
    value = np.where(chance[rows] < 0.002, value // 2, value)
    return adjust(orders, rows, value, type=type_of("comp"), line_no=1)


def _draw_own_promotions(rng: np.random.Generator, orders: Frame, worth: IntArray) -> Frame:
    """Order-level discounts the restaurant pays itself, in whole tenths of a yuan."""
    archetype, count = orders["archetype"], len(orders)
    low, high = traits("depth_low")[archetype], traits("depth_high")[archetype]
    depth = np.floor(low + (high - low) * rng.random(count)).astype(np.int64)
    amount = worth * depth // 10_000 // 10 * 10
    is_given = rng.random(count) * 10_000 < traits("coupon")[archetype]
    rows = np.flatnonzero(is_given & (amount > 0) & (orders["status"] == PAID))
    chance = rng.random(count)
    on_site = np.where(
        chance < 0.6,
        type_of("coupon"),
        np.where(chance < 0.85, type_of("discount"), type_of("loyalty_redemption")),
    )
    online = np.where(chance < 0.7, type_of("merchant_promo"), type_of("coupon"))
    kind = np.where(on_platform(orders), online, on_site)
    return adjust(orders, rows, amount[rows], type=kind[rows])


def _draw_foreign_promotions(rng: np.random.Generator, orders: Frame, worth: IntArray) -> Frame:
    """Promotions that a platform or a bank pays: no effect on what the restaurant earns."""
    count, platform = len(orders), on_platform(orders)
    amount = np.minimum(rng.integers(3, 16, count) * 100, worth // 4 // 10 * 10)
    chance = rng.random(count)
    is_given = np.where(platform, chance < 0.45, chance < 0.01)
    rows = np.flatnonzero(is_given & (amount > 0) & (orders["status"] == PAID))
    kind = np.where(platform, type_of("platform_promo"), type_of("coupon"))[rows]
    funder = np.where(platform, PLATFORM, THIRD_PARTY)[rows]
    return adjust(orders, rows, amount[rows], type=kind, funder=funder)
