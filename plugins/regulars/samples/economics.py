"""The truth: what every order really earned, in exact minor units.

This is the second opinion on the pipeline's SQL. It knows nothing of files, days of delivery,
revisions or duplicates: it works on what really happened.
"""

from dataclasses import dataclass

import numpy as np

from regulars.domain.fields import FEES, FUNDERS
from regulars.samples.baskets import AFTER_PREPARATION, counted, on_platform, sold
from regulars.samples.frames import BLANK, BoolArray, Frame, IntArray, share_of, sum_by
from regulars.samples.giveaways import ORDER_LEVEL, type_of
from regulars.samples.menu import IS_LIABILITY, unit_costs
from regulars.samples.opening import DINE_IN, PAID
from regulars.samples.rules import (
    COMMISSION_BPS,
    PACKAGING_PER_LINE,
    PACKAGING_PER_ORDER,
    by_channel,
    by_tender,
)

COMPONENTS = ("net_sales", "food", "packaging", "channel", "payment_fee", "cm1", "cm2",
              "service", "complaint", "true_profit")  # fmt: skip
NOT_A_COST = ("payout", "tax_withheld", "merchant_promo")
MINUTES_PER_ORDER, MINUTES_PER_COVER, MINUTES_PER_LINE = 2000, 6000, 1500
"""Service time in thousandths of a minute."""
MINUTE_MINOR = 90


@dataclass(frozen=True)
class Happened:
    """Everything that truly happened: one frame per entity, orders numbered by position."""

    orders: Frame
    lines: Frame
    payments: Frame
    adjustments: Frame
    settlements: Frame


def measure_profit(happened: Happened, change_day: int) -> dict[str, IntArray]:
    """Each component of each order, named as in COMPONENTS, in minor units."""
    orders, lines = happened.orders, happened.lines
    net_sales = measure_sales(orders, lines, happened.adjustments)
    food = _measure_food(orders, lines, change_day)
    packaging = _measure_packaging(orders, lines)
    channel = _measure_channel(happened, net_sales, change_day)
    payment_fee = _measure_payment_fees(happened)
    service = _measure_service(orders, lines)
    complaint = _sum_types(happened.adjustments, len(orders), "compensation")
    cm1 = net_sales - food - packaging
    cm2 = cm1 - channel - payment_fee
    measured = (net_sales, food, packaging, channel, payment_fee, cm1, cm2, service, complaint,
                cm2 - service - complaint)  # fmt: skip
    return dict(zip(COMPONENTS, measured, strict=True))


def measure_sales(orders: Frame, lines: Frame, adjustments: Frame) -> IntArray:
    """Net sales of each order: what the merchant may keep before any cost."""
    is_kept = sold(lines) & (lines["is_gift"] == 0)
    kept = np.where(is_kept, lines["gross"] - lines["discount"], 0)
    sales = sum_by(lines["order"], kept, len(orders))
    is_own = adjustments["funder"] == FUNDERS.index("merchant")
    taken = _sum_types(adjustments.take(is_own), len(orders), *ORDER_LEVEL)
    taken = taken + _sum_types(adjustments, len(orders), "comp", "refund", "chargeback")
    return sales - taken + orders["service"] + orders["delivery"] + orders["packaging"]


def _measure_food(orders: Frame, lines: Frame, change_day: int) -> IntArray:
    """Recipe costs on the business date: also of gifts, and of voids that were cooked."""
    order, item = lines["order"], lines["item"]
    is_after_change = (orders["day"] >= change_day).astype(np.int64)[order]
    unit = unit_costs()[item, lines["store"], is_after_change]
    cost = (lines["quantity"] * unit + 500_000_000) // 1_000_000_000
    is_cooked = (counted(lines) | (lines["void"] == AFTER_PREPARATION)) & ~IS_LIABILITY[item]
    return sum_by(order, np.where(is_cooked, cost, 0), len(orders))


def _measure_packaging(orders: Frame, lines: Frame) -> IntArray:
    line_count = sum_by(lines["order"], counted(lines).astype(np.int64), len(orders))
    per_order = np.array(by_channel(PACKAGING_PER_ORDER))[orders["channel"]]
    per_line = np.array(by_channel(PACKAGING_PER_LINE))[orders["channel"]]
    return np.where(orders["status"] == PAID, per_order + per_line * line_count, 0)


def _measure_channel(happened: Happened, net_sales: IntArray, change_day: int) -> IntArray:
    """The platform's actual settlement; the rule only where none arrived; plus error charges."""
    orders, count = happened.orders, len(happened.orders)
    billed = happened.settlements.take(happened.settlements["order"] >= 0)
    is_cost = ~np.isin(billed["fee_type"], [FEES.index(fee) for fee in NOT_A_COST])
    actual = sum_by(billed["order"], np.where(is_cost, billed["amount"], 0), count)
    period = (orders["day"] >= change_day).astype(np.int64)
    rate = np.array(COMMISSION_BPS)[orders["platform"], period]
    by_rule = share_of(np.maximum(net_sales, 0), rate)
    is_by_rule = on_platform(orders) & ~is_settled(happened)
    charged = _sum_types(happened.adjustments, count, "error_charge")
    return np.where(is_by_rule, by_rule, actual) + charged


def is_settled(happened: Happened) -> BoolArray:
    """Orders with at least one line in a platform's payout."""
    billed = happened.settlements["order"]
    return np.isin(happened.orders["number"], billed[billed >= 0])


def _measure_payment_fees(happened: Happened) -> IntArray:
    """What the processor said it took, else the rule of the tender, payment by payment."""
    payments = happened.payments
    by_rule = share_of(payments["amount"], np.array(by_tender())[payments["tender"]])
    fee = np.where(payments["fee"] == BLANK, by_rule, payments["fee"])
    return sum_by(payments["order"], fee, len(happened.orders))


def _measure_service(orders: Frame, lines: Frame) -> IntArray:
    """Time-driven cost of serving: base, seated guests and lines, at the cost of a minute."""
    line_count = sum_by(lines["order"], counted(lines).astype(np.int64), len(orders))
    covers = np.where(orders["channel"] == DINE_IN, np.maximum(orders["covers"], 0), 0)
    minutes = MINUTES_PER_ORDER + MINUTES_PER_COVER * covers + MINUTES_PER_LINE * line_count
    return np.where(orders["status"] == PAID, (minutes * MINUTE_MINOR + 500) // 1000, 0)


def _sum_types(adjustments: Frame, count: int, *types: str) -> IntArray:
    """The sum of the adjustments of these types, per order."""
    rows = np.isin(adjustments["type"], [type_of(name) for name in types])
    chosen = adjustments.take(rows)
    return sum_by(chosen["order"], chosen["amount"], count)
