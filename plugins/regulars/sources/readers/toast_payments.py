"""Toast PaymentDetails: payments with their fees, refunds on their own day, contacts of payers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from regulars.domain.money import share_out
from regulars.sources.exact_cells import (
    UnreadableRow,
    is_blank,
    minor_text,
    moment_text,
    read_id,
    read_minor,
    read_moment,
)
from regulars.sources.guest_contacts import identify, own_phone
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import find_word, read_word
from regulars.sources.whole_orders import read_whole_orders

_AMOUNTS = ("amount", "tip", "gratuity", "total", "fee", "refund")
_VOIDED_LATER = "1"


class _Settings(BaseModel):
    """What the layout file says about this reader's words and assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    time_formats: tuple[str, ...]
    tenders: dict[str, str]
    other_tenders: dict[str, str]
    states: dict[str, str]


@dataclass(frozen=True)
class _Payment:
    """One row with its amounts in minor units and our words for its kind."""

    row: SourceRow
    minor: dict[str, int]
    tender: str
    state: str
    paid_at: datetime | None
    refunded_at: datetime | None

    @property
    def total(self) -> int:
        """All that was paid, tip and service charge in it; nothing if it was voided."""
        parts = self.minor["amount"] + self.minor["tip"] + self.minor["gratuity"]
        stated = parts if is_blank(self.row["total"]) else self.minor["total"]
        return 0 if self.state == "voided" else stated


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Payments, refunds, and what payers are recognised by."""
    settings = _Settings(**sheet.settings)
    currency = sheet.source.currency_code
    taxes = _order_taxes(sheet, currency)
    for order in read_whole_orders(sheet.rows, lambda row: _read(row, settings, currency)):
        if isinstance(order, Rejected):
            yield order
            continue
        for payment in order.rows:
            if payment.state == "not_paid":
                yield OutOfScope(payment.row.number, "a payment that was declined")
                continue
            yield _make_payment(payment, currency)
            yield from _make_refund(payment, taxes, currency)
            yield from _identify(payment)


def _read(row: SourceRow, settings: _Settings, currency_code: str) -> _Payment:
    read_id(row["order_id"])
    read_id(row["payment_id"])
    is_voided = not is_blank(row["voided_at"])
    return _Payment(
        row,
        {name: read_minor(row[name], currency_code) for name in _AMOUNTS},
        tender=_tender(row, settings),
        state="voided" if is_voided else read_word(row["state"], settings.states),
        paid_at=read_moment(row["paid_at"], settings.time_formats),
        refunded_at=read_moment(row["refunded_at"], settings.time_formats),
    )


def _tender(row: SourceRow, settings: _Settings) -> str:
    tender = read_word(row["kind"], settings.tenders)
    if tender != "other":
        return tender
    return find_word(row["other_kind"], settings.other_tenders) or tender


def _make_payment(payment: _Payment, currency_code: str) -> Record:
    fee = (
        "" if is_blank(payment.row["fee"]) else minor_text(abs(payment.minor["fee"]), currency_code)
    )
    return Record(
        "payments",
        payment.row.number,
        {
            **payment.row.pick("payment_id", "order_id", "store_id"),
            "tender": payment.tender,
            "amount": minor_text(payment.total, currency_code),
            "tip_amount": minor_text(payment.minor["tip"], currency_code),
            "fee_amount": fee,
            "paid_at": moment_text(payment.paid_at),
            "revision": _VOIDED_LATER if payment.state == "voided" else "0",
        },
    )


def _make_refund(
    payment: _Payment, taxes: Mapping[str, tuple[int, int]], currency_code: str
) -> Iterator[Record]:
    """The refund without its share of the order's tax, for that was no sale either."""
    refund = abs(payment.minor["refund"])
    if not refund:
        return
    amount, tax = taxes.get(payment.row["order_id"], (0, 0))
    if amount > 0 and tax > 0:
        refund = share_out(refund, (amount, tax))[0]
    yield Record(
        "adjustments",
        payment.row.number,
        {
            **payment.row.pick("order_id", "store_id"),
            "adjustment_id": f"{payment.row['payment_id']}:refund",
            "adjustment_type": "refund",
            "funded_by": "merchant",
            "amount": minor_text(refund, currency_code),
            "adjusted_at": moment_text(payment.refunded_at or payment.paid_at),
            "reason": "refund",
            "currency_code": currency_code,
        },
    )


def _identify(payment: _Payment) -> Iterator[Record]:
    row = payment.row
    known = {
        "email": row["email"] if "@" in row["email"] else "",
        "phone": own_phone(row["phone"]),
        "card_suffix": row["card_suffix"],
    }
    yield from identify(row.number, row["store_id"], row["order_id"], known)


def _order_taxes(sheet: Sheet, currency_code: str) -> dict[str, tuple[int, int]]:
    """What the orders beside this file were worth without tax, and their tax."""
    orders = sheet.companion("orders")
    taxes = {}
    for row in orders.rows if orders else ():
        try:
            parts = [read_minor(row[name], currency_code) for name in ("amount", "tax")]
        except UnreadableRow:
            continue
        taxes[row["order_id"]] = (parts[0], parts[1])
    return taxes
