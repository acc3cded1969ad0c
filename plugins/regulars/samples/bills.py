"""Adds up the checks and has them paid."""

import numpy as np

from regulars.domain.fields import TENDERS
from regulars.samples.baskets import counted, on_platform, sold
from regulars.samples.frames import BLANK, BoolArray, Frame, IntArray, share_of, stack, sum_by
from regulars.samples.opening import CATERING, DELIVERY_OWN, DINE_IN, DINNER, PAID, TAKEAWAY

TAX_BPS = 600
SERVICE_CHARGE_BPS = 1000
SERVICE_STORE = 1
"""The store (by position) that charges service to large tables and reports card fees."""
TENDER_WEIGHTS = {"wallet": 62, "card": 15, "cash": 12, "stored_value": 6, "gift_card": 4,
                  "voucher": 1}  # fmt: skip
TENDER_CAPS = {"stored_value": 30_000, "gift_card": 20_000, "voucher": 5_000}
"""The most a tender of this kind pays; a wallet pays the rest."""


def tender_of(name: str) -> int:
    """The number of a tender."""
    return TENDERS.index(name)


def add_up(rng: np.random.Generator, orders: Frame, lines: Frame, given: Frame) -> Frame:
    """The orders with all amounts of the check and the main `tender`. Tax comes on top."""
    count, order = len(orders), lines["order"]
    gifts = np.where(lines["is_gift"] == 1, lines["gross"], lines["discount"])
    discount = sum_by(order, np.where(counted(lines), gifts, 0), count)
    discount = discount + sum_by(given["order"], given["amount"], count)
    dishes = sum_by(order, np.where(sold(lines), lines["gross"], 0), count) - discount
    gross = sum_by(order, np.where(counted(lines), lines["gross"], 0), count)
    service, delivery, packaging = _charge_fees(rng, orders, dishes)
    fees = service + delivery + packaging
    tax = share_of(dishes + fees, TAX_BPS)
    tender = _draw_tenders(rng, orders)
    has_tip = (tender == tender_of("card")) & (orders["channel"] == DINE_IN)
    tip = np.where(has_tip & (rng.random(count) < 0.1), rng.integers(1, 5, count) * 500, 0)
    subtotal = gross - discount + fees + tax + tip
    rounding = np.where(tender == tender_of("cash"), -(subtotal % 10), 0)
    return orders.having(
        gross=gross, discount=discount, service=service, delivery=delivery, packaging=packaging,
        tax=tax, tip=tip, rounding=rounding, total=subtotal + rounding, tender=tender,
    )  # fmt: skip


def _charge_fees(
    rng: np.random.Generator, orders: Frame, dishes: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Service charge, delivery fee and packaging fee; nothing on a check that was not paid."""
    channel, is_paid = orders["channel"], orders["status"] == PAID
    at_dinner = (channel == DINE_IN) & (orders["daypart"] == DINNER)
    is_served = at_dinner & (orders["store"] == SERVICE_STORE) & (orders["covers"] >= 6)
    service = np.where(is_served & is_paid, share_of(dishes, SERVICE_CHARGE_BPS), 0)
    to_office = (channel == CATERING) & (rng.random(len(orders)) < 0.5)
    delivery = np.select(
        [channel == DELIVERY_OWN, on_platform(orders), to_office], [600, 300, 3000]
    )
    is_packed = [channel == TAKEAWAY, channel == DELIVERY_OWN, on_platform(orders)]
    packaging = np.select(is_packed, [100, 200, 200])
    return service, np.where(is_paid, delivery, 0), np.where(is_paid, packaging, 0)


def _draw_tenders(rng: np.random.Generator, orders: Frame) -> IntArray:
    names = np.array([tender_of(name) for name in TENDER_WEIGHTS])
    weights = np.array(list(TENDER_WEIGHTS.values()))
    drawn = names[np.searchsorted(np.cumsum(weights), rng.random(len(orders)) * weights.sum())]
    on_account = rng.random(len(orders)) < 0.75
    firm = np.where(on_account, tender_of("house_account"), tender_of("card"))
    tender = np.where(orders["account"] >= 0, firm, drawn)
    return np.asarray(np.where(on_platform(orders), tender_of("platform"), tender))


def pay(rng: np.random.Generator, orders: Frame) -> Frame:
    """The payments: one tender, or a second one where the first is worn out.

    `fee` is what the processor really took, or BLANK where it did not say.
    """
    caps = np.full(len(TENDERS), np.iinfo(np.int64).max)
    for name, cap in TENDER_CAPS.items():
        caps[tender_of(name)] = cap
    due = orders.take((orders["status"] == PAID) & (orders["total"] > 0))
    first = np.minimum(due["total"], caps[due["tender"]])
    main = _payments(due, due["tender"], first, seq=1).having(tip=due["tip"])
    short = due["total"] > first
    rest = _payments(due.take(short), tender_of("wallet"), (due["total"] - first)[short], seq=2)
    payments = stack(main, rest.having(tip=0))
    payments = payments.take(np.lexsort((payments["seq"], payments["order"])))
    taken = share_of(payments["amount"], rng.integers(50, 66, len(payments)))
    return payments.having(fee=np.where(_has_stated_fee(payments), taken, BLANK))


def _payments(due: Frame, tender: IntArray | int, amount: IntArray, seq: int) -> Frame:
    columns = {name: due[name] for name in ("store", "day", "minute")}
    plain = Frame(columns | {"order": due["number"], "amount": amount})
    return plain.having(tender=tender, seq=seq)


def _has_stated_fee(payments: Frame) -> BoolArray:
    is_card = payments["tender"] == tender_of("card")
    return np.asarray(is_card & (payments["store"] == SERVICE_STORE))
