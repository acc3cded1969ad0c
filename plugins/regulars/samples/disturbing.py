"""Makes the deliveries as untidy as real ones, without touching what really happened.

Late checks, corrected checks, repeated rows and broken rows: each is counted, so that a test
can compare what the pipeline found with what was put in.
"""

from dataclasses import dataclass, field

import numpy as np

from regulars.samples.baskets import NOT_VOIDED, counted
from regulars.samples.bills import TAX_BPS
from regulars.samples.economics import Happened
from regulars.samples.frames import Frame, IntArray, share_of, stack
from regulars.samples.menu import IS_LIABILITY, IS_WEIGHED, PRICES
from regulars.samples.opening import PAID
from regulars.samples.size import SampleSize

LATE_PER_10_000 = 50
CORRECTED_PER_10_000 = 20
BAD_PER_10_000 = 5
REPEATED_PER_10_000 = 3
SOUND, UNKNOWN_STORE, BAD_NUMBER, MISSING_ID, UNKNOWN_CODE = range(5)
FLAWS = ("sound", "unknown_store", "bad_number", "missing_id", "unknown_code")
FLAWS_OF = {
    "orders": (UNKNOWN_STORE, BAD_NUMBER, MISSING_ID, UNKNOWN_CODE),
    "order_lines": (UNKNOWN_STORE, BAD_NUMBER, MISSING_ID),
    "payments": (UNKNOWN_STORE, BAD_NUMBER, MISSING_ID, UNKNOWN_CODE),
    "adjustments": (UNKNOWN_STORE, BAD_NUMBER, MISSING_ID, UNKNOWN_CODE),
    "settlements": (UNKNOWN_STORE, BAD_NUMBER, MISSING_ID, UNKNOWN_CODE),
    "customers": (MISSING_ID, UNKNOWN_CODE),
}
"""What may be wrong with a row of each entity."""
NOWHERE = 90_000_000
"""Broken rows are numbered from here: they touch no real check, payment or customer."""


@dataclass
class Untidiness:
    """How much of what was put in: orders by kind, rows by entity and reason."""

    late_orders: int = 0
    corrected_orders: int = 0
    bad_rows: dict[str, dict[str, int]] = field(default_factory=dict)
    duplicates: dict[str, dict[str, int]] = field(default_factory=dict)


def deliver_sales(
    rng: np.random.Generator, happened: Happened, size: SampleSize, noted: Untidiness
) -> dict[str, Frame]:
    """The till's and platforms' rows with the day each is `sent`, and its `revision`."""
    orders = happened.orders
    delay = np.where(
        rng.random(len(orders)) * 10_000 < LATE_PER_10_000, rng.integers(1, 6, len(orders)), 0
    )
    sent = np.minimum(orders["day"] + delay, size.days - 1)
    noted.late_orders = int((sent > orders["day"]).sum())
    wait = rng.integers(1, 5, len(orders))
    corrected = _choose_corrected(rng, happened) & (sent + wait < size.days)
    noted.corrected_orders = int(corrected.sum())
    parts = {
        "orders": orders.having(order=orders["number"], quantity=0),
        "order_lines": happened.lines,
        "payments": happened.payments,
    }
    early = _misread(happened, corrected)
    delivered = {
        entity: _send_twice(frame, early[entity], corrected, sent, wait)
        for entity, frame in parts.items()
    }
    adjustments, billed = happened.adjustments, happened.settlements
    is_at_sale = adjustments["day"] == orders["day"][adjustments["order"]]
    delivered["adjustments"] = adjustments.having(
        sent=np.where(is_at_sale, sent[adjustments["order"]], adjustments["day"]), revision=1
    )
    delivered["settlements"] = billed.having(sent=billed["payout_day"], revision=1)
    return delivered


def _choose_corrected(rng: np.random.Generator, happened: Happened) -> IntArray:
    """Paid checks whose first dish may have been typed in once too often."""
    orders, lines = happened.orders, happened.lines
    first = lines.take(np.searchsorted(lines["order"], orders["number"]))
    is_plain = (first["void"] == NOT_VOIDED) & (first["discount"] == 0)
    is_plain &= ~IS_WEIGHED[first["item"]] & ~IS_LIABILITY[first["item"]]
    is_chosen = rng.random(len(orders)) * 10_000 < CORRECTED_PER_10_000
    is_payable = (orders["status"] == PAID) & (orders["total"] > 0)
    return np.asarray(is_chosen & is_plain & is_payable)


def _misread(happened: Happened, corrected: IntArray) -> dict[str, Frame]:
    """Revision 1 of the corrected checks: one piece too many of the first dish."""
    orders, lines, payments = (
        happened.orders.take(corrected),
        happened.lines.take(corrected[happened.lines["order"]]),
        happened.payments.take(corrected[happened.payments["order"]]),
    )
    is_first = (lines["line_no"] == 1) & counted(lines)
    price = np.where(is_first, PRICES[lines["item"]], 0)
    extra = price[is_first]
    tax = share_of(extra, TAX_BPS)
    more = np.zeros(len(happened.orders), np.int64)
    more[orders["number"]] = extra + tax
    return {
        "orders": orders.having(
            order=orders["number"], quantity=0, gross=orders["gross"] + extra,
            tax=orders["tax"] + tax, total=orders["total"] + extra + tax,
        ),
        "order_lines": lines.having(
            gross=lines["gross"] + price, quantity=lines["quantity"] + np.where(is_first, 1000, 0)
        ),
        "payments": payments.having(
            amount=payments["amount"] + np.where(payments["seq"] == 1, more[payments["order"]], 0)
        ),
    }  # fmt: skip


def _send_twice(
    final: Frame, early: Frame, corrected: IntArray, sent: IntArray, wait: IntArray
) -> Frame:
    """The rows as they were sent: corrected ones first misread, then as revision 2."""
    order = final["order"]
    is_second = corrected[order]
    last = final.having(
        sent=sent[order] + np.where(is_second, wait[order], 0),
        revision=np.where(is_second, 2, 1),
    )
    return stack(last, early.having(sent=sent[early["order"]], revision=1))


def repeat_rows(
    rng: np.random.Generator, entity: str, frame: Frame, files: IntArray, noted: Untidiness
) -> Frame:
    """Sends a few rows again: half in the same file, half in the next. `files` is each day's."""
    count = max(2, len(frame) * REPEATED_PER_10_000 // 10_000)
    again = frame.take(rng.permutation(len(frame))[:count])
    file = files[again["sent"]]
    is_later = (np.arange(len(again)) % 2 == 1) & (file < files[-1])
    begin = np.searchsorted(files, np.minimum(file + 1, files[-1]))
    noted.duplicates[entity] = {
        "same_file": int((~is_later).sum()),
        "later_file": int(is_later.sum()),
    }
    return stack(frame, again.having(sent=np.where(is_later, begin, again["sent"])))


def break_rows(rng: np.random.Generator, entity: str, frame: Frame, noted: Untidiness) -> Frame:
    """Adds broken copies of rows under numbers that nothing else uses; `flaw` says what."""
    flaws = FLAWS_OF[entity]
    each = max(1, round(len(frame) * BAD_PER_10_000 / 10_000 / len(flaws)))
    broken = frame.take(rng.integers(0, len(frame), each * len(flaws)))
    numbers = NOWHERE + np.arange(len(broken))
    renumbered = {
        name: numbers for name in ("order", "number", "customer") if name in frame.columns
    }
    broken = broken.having(**renumbered, flaw=np.repeat(np.array(flaws), each))
    noted.bad_rows[entity] = {FLAWS[flaw]: each for flaw in flaws}
    return stack(frame.having(flaw=SOUND), broken)
