"""The rows of the tills and platforms as text, column by column of the templates."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow.compute as pc

from regulars.domain.fields import ADJUSTMENTS, CHANNELS, FEES, FUNDERS, TENDERS
from regulars.samples.frames import Frame, IntArray
from regulars.samples.giveaways import type_of
from regulars.samples.menu import DISHES, ITEM_IDS, STORES
from regulars.samples.opening import DAYPARTS, LATE_STORE
from regulars.samples.rules import PLATFORMS
from regulars.samples.spelling import (
    Text,
    lay_out,
    spell_codes,
    spell_counts,
    spell_days,
    spell_flags,
    spell_milli,
    spell_money,
    spell_numbers,
    spell_times,
    spell_where,
)

CURRENCY = "CNY"
STATUSES = ("paid", "open", "voided", "cancelled")
STAGES = ("before_preparation", "after_preparation")
REASONS = {type_of("comp"): "on the house", type_of("refund"): "guest not satisfied",
           type_of("chargeback"): "bank claim", type_of("error_charge"): "missing dish",
           type_of("compensation"): "complaint"}  # fmt: skip


def spell_orders(orders: Frame, first_day: date) -> Any:
    """Orders. The late store sends no business date: it follows from the closing time."""
    day, minute = orders["day"], orders["minute"]
    amounts = {
        f"{name}_amount": spell_money(orders[column])
        for name, column in (
            ("total", "total"), ("gross", "gross"), ("discount", "discount"), ("tax", "tax"),
            ("service_charge", "service"), ("delivery_fee", "delivery"), ("tip", "tip"),
            ("packaging_fee", "packaging"), ("rounding", "rounding"),
        )
    }  # fmt: skip
    texts = amounts | {
        "order_id": order_ids(orders["store"], orders["order"]),
        "store_id": spell_codes(orders["store"], STORES),
        "closed_at": spell_times(day, minute, first_day),
        "opened_at": spell_times(day, minute - orders["stay"], first_day),
        "business_date": spell_where(orders["store"] != LATE_STORE, spell_days(day, first_day)),
        "channel": spell_codes(orders["channel"], CHANNELS),
        "status": spell_codes(orders["status"], STATUSES),
        "platform": spell_codes(orders["platform"], PLATFORMS),
        "daypart": spell_codes(orders["daypart"], DAYPARTS),
        "covers": spell_counts(orders["covers"]),
        "customer_ref": customer_refs(orders["customer"]),
        "account_id": account_ids(orders["account"]),
        "external_order_id": spell_where(
            orders["platform"] >= 0, spell_numbers("X", orders["order"], 10)
        ),
        "is_tax_included": spell_flags(np.zeros(len(orders), np.int64)),
        "currency_code": spell_codes(np.zeros(len(orders), np.int64), (CURRENCY,)),
        "revision": spell_counts(orders["revision"]),
    }
    return lay_out("orders", len(orders), texts)


def spell_order_lines(lines: Frame, first_day: date) -> Any:
    """Order lines. A voided line keeps its list price and does not count on the check."""
    texts = {
        "order_id": order_ids(lines["store"], lines["order"]),
        "store_id": spell_codes(lines["store"], STORES),
        "line_no": spell_counts(lines["line_no"]),
        "item_id": spell_codes(lines["item"], ITEM_IDS),
        "item_name": spell_codes(lines["item"], [dish.name for dish in DISHES]),
        "category": spell_codes(lines["item"], [dish.category for dish in DISHES]),
        "quantity": spell_milli(lines["quantity"]),
        "gross_amount": spell_money(lines["gross"]),
        "discount_amount": spell_money(lines["discount"]),
        "is_gift": spell_flags(lines["is_gift"]),
        "void_stage": spell_codes(lines["void"], STAGES),
        "revision": spell_counts(lines["revision"]),
    }
    return lay_out("order_lines", len(lines), texts)


def spell_payments(payments: Frame, first_day: date) -> Any:
    """Payments. A fee stands only where the processor said what it took."""
    order = payments["order"]
    texts = {
        "payment_id": spell_numbers("P", order * 10 + payments["seq"], 9),
        "order_id": order_ids(payments["store"], order),
        "store_id": spell_codes(payments["store"], STORES),
        "tender": spell_codes(payments["tender"], TENDERS),
        "amount": spell_money(payments["amount"]),
        "tip_amount": spell_money(payments["tip"]),
        "fee_amount": spell_money(payments["fee"]),
        "paid_at": spell_times(payments["day"], payments["minute"], first_day),
        "revision": spell_counts(payments["revision"]),
    }
    return lay_out("payments", len(payments), texts)


def spell_adjustments(adjustments: Frame, first_day: date) -> Any:
    """Adjustments. A line number stands only where one dish was given away."""
    line_no, kind = adjustments["line_no"], adjustments["type"]
    texts = {
        "adjustment_id": spell_numbers("A", adjustments["number"], 8),
        "store_id": spell_codes(adjustments["store"], STORES),
        "adjustment_type": spell_codes(kind, ADJUSTMENTS),
        "funded_by": spell_codes(adjustments["funder"], FUNDERS),
        "amount": spell_money(adjustments["amount"]),
        "adjusted_at": spell_times(adjustments["day"], adjustments["minute"], first_day),
        "order_id": order_ids(adjustments["store"], adjustments["order"]),
        "line_no": spell_counts(np.where(line_no > 0, line_no, -1)),
        "reason": spell_codes(kind, [REASONS.get(n, "") for n in range(len(ADJUSTMENTS))]),
        "currency_code": spell_codes(np.zeros(len(kind), np.int64), (CURRENCY,)),
        "revision": spell_counts(adjustments["revision"]),
    }
    return lay_out("adjustments", len(adjustments), texts)


def spell_settlements(billed: Frame, first_day: date) -> Any:
    """Payout lines. Ads belong to a store and carry no order."""
    order, payout = billed["order"], billed["payout_day"]
    texts = {
        "settlement_id": spell_numbers("T", billed["number"], 8),
        "platform": spell_codes(billed["platform"], PLATFORMS),
        "store_id": spell_codes(billed["store"], STORES),
        "fee_type": spell_codes(billed["fee_type"], FEES),
        "amount": spell_money(billed["amount"]),
        "payout_date": spell_days(payout, first_day),
        "order_id": spell_where(order >= 0, order_ids(billed["store"], order)),
        "payout_id": pc.binary_join_element_wise(
            spell_codes(billed["platform"], PLATFORMS),
            spell_codes(billed["store"], STORES),
            spell_days(payout, first_day),
            "-",
        ),
        "currency_code": spell_codes(np.zeros(len(order), np.int64), (CURRENCY,)),
        "revision": spell_counts(billed["revision"]),
    }
    return lay_out("settlements", len(billed), texts)


def order_ids(store: IntArray, order: IntArray) -> Text:
    """Order numbers as the tills print them: S1-00000042."""
    return pc.binary_join_element_wise(spell_codes(store, STORES), spell_numbers("", order, 8), "-")


def customer_refs(customer: IntArray) -> Text:
    """Customer references such as C00000042; nobody we know is ""."""
    return spell_where(customer >= 0, spell_numbers("C", customer, 8))


def account_ids(account: IntArray) -> Text:
    """Account numbers such as B00042; no account is ""."""
    return spell_where(account >= 0, spell_numbers("B", account, 5))
