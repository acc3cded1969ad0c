"""美团餐饮收银 收款明细: what was collected, by which tender, and what it cost to collect it.

The export has no number for its payments: one is known by its time, its tender and, among equal
ones, its place when they are sorted by what they say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from regulars.sources.exact_cells import (
    UnreadableRow,
    is_blank,
    minor_text,
    moment_text,
    read_minor,
    read_moment,
)
from regulars.sources.files import Finding, Reason
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import find_word, read_word
from regulars.sources.whole_orders import WholeOrder, group_rows, read_whole_orders, sorted_texts

_AMOUNTS = ("due", "reduction", "collected", "fee", "promo", "other_cost", "arrived")
_COSTS = ("fee", "promo", "other_cost")
_PAID, _REFUNDED, _NOT_PAID = "paid", "refunded", "not_paid"


class _Settings(BaseModel):
    """What the layout file says about this reader's words and assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    time_formats: tuple[str, ...]
    tenders: dict[str, str]
    states: dict[str, str]
    top_ups: dict[str, str]
    are_platform_costs_settled: bool
    is_reduction_in_lines: bool


@dataclass(frozen=True)
class _Receipt:
    """One row with its amounts in minor units and our words for its kind."""

    row: SourceRow
    minor: dict[str, int]
    tender: str
    state: str
    is_top_up: bool
    paid_at: datetime | None
    settled_at: datetime | None

    @property
    def collected(self) -> int:
        """What came in; less than nothing for what was given back."""
        amount = self.minor["collected"]
        return -abs(amount) if self.state == _REFUNDED else amount

    @property
    def cost(self) -> int:
        """What it cost to collect it, whatever sign the export writes costs with."""
        return sum(abs(self.minor[name]) for name in _COSTS)

    @property
    def revision(self) -> str:
        """A settled payment replaces what was told of it before.

        Never as much as an order's: all that was paid and given back for a check counts.
        """
        return "1" if self.settled_at else "0"

    @property
    def key(self) -> tuple[str, str]:
        """What is said of a payment by those who have no number for it."""
        return moment_text(self.paid_at), self.row["method"]


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Payments, and reductions where the lines do not have them."""
    settings = _Settings(**sheet.settings)
    currency = sheet.source.currency_code
    seen: list[_Receipt] = []
    for order in read_whole_orders(sheet.rows, lambda row: _read_receipt(row, settings, currency)):
        if isinstance(order, Rejected):
            yield order
            continue
        seen += order.rows
        yield from _make_payments(order, settings, currency)
    yield from _tell(sheet.file, seen)


def _read_receipt(row: SourceRow, settings: _Settings, currency_code: str) -> _Receipt:
    is_top_up = any(find_word(row[name], settings.top_ups) for name in ("business", "subject"))
    if is_blank(row["order_id"]) and not is_top_up:
        raise UnreadableRow(Reason.MISSING_ID)
    return _Receipt(
        row,
        {name: read_minor(row[name], currency_code) for name in _AMOUNTS},
        tender=read_word(row["method"], settings.tenders),
        state=read_word(row["state"], settings.states),
        is_top_up=is_top_up,
        paid_at=read_moment(row["paid_at"], settings.time_formats),
        settled_at=read_moment(row["settled_on"], settings.time_formats),
    )


def _make_payments(
    order: WholeOrder[_Receipt], settings: _Settings, currency_code: str
) -> Iterator[Outcome]:
    for _, group in group_rows(order.rows, lambda receipt: receipt.key):
        alike = sorted(group, key=lambda receipt: sorted_texts(receipt.row))
        for number, receipt in enumerate(alike, start=1):
            if receipt.state == _NOT_PAID:
                yield OutOfScope(receipt.row.number, "a payment that was not made")
                continue
            payment_id = ":".join((*receipt.key, str(number)))
            yield _make_payment(order, receipt, payment_id, settings, currency_code)
            if receipt.minor["reduction"] and not settings.is_reduction_in_lines:
                yield _make_reduction(order, receipt, payment_id, currency_code)


def _make_payment(
    order: WholeOrder[_Receipt],
    receipt: _Receipt,
    payment_id: str,
    settings: _Settings,
    currency_code: str,
) -> Record:
    is_told_elsewhere = receipt.tender == "platform" and settings.are_platform_costs_settled
    has_cost = not is_told_elsewhere and receipt.collected >= 0
    return Record(
        "payments",
        receipt.row.number,
        {
            "payment_id": payment_id, "store_id": order.store_id,
            # A top-up has no order of its own: it belongs to no sale.
            "order_id": f"top_up:{order.order_id or payment_id}" if receipt.is_top_up
            else order.order_id,
            "tender": receipt.tender,
            "amount": minor_text(receipt.collected, currency_code),
            "fee_amount": minor_text(receipt.cost, currency_code) if has_cost else "",
            "paid_at": moment_text(receipt.paid_at),
            "revision": receipt.revision,
        },
    )  # fmt: skip


def _make_reduction(
    order: WholeOrder[_Receipt], receipt: _Receipt, payment_id: str, currency_code: str
) -> Record:
    return Record(
        "adjustments",
        receipt.row.number,
        {
            "adjustment_id": f"{order.order_id}:{payment_id}:reduction",
            "order_id": order.order_id, "store_id": order.store_id,
            "adjustment_type": "coupon", "funded_by": "merchant",
            "amount": minor_text(abs(receipt.minor["reduction"]), currency_code),
            "adjusted_at": moment_text(receipt.paid_at), "reason": "支付优惠",
            "currency_code": currency_code, "revision": receipt.revision,
        },
    )  # fmt: skip


def _tell(file: str, receipts: list[_Receipt]) -> Iterator[Finding]:
    """What is kept and belongs to no sale, and costs that do not explain what arrived."""
    if top_ups := sum(receipt.is_top_up for receipt in receipts):
        message = f"{file}: {top_ups} top-ups of stored value: a liability, kept apart from sales"
        yield Finding(Reason.KEPT_APART, message)
    stated = [one for one in receipts if not is_blank(one.row["arrived"])]
    untied = sum(
        abs(one.minor["collected"]) - one.cost != abs(one.minor["arrived"]) for one in stated
    )
    if untied:
        message = f"{file}: {untied} rows whose 到账金额 is not 收款金额 less their costs"
        yield Finding(Reason.AMOUNTS_DIFFER, message)
