"""Invoices of ERPNext: the sale, what came off it as a whole, and what is left on account.

A redeemed loyalty amount and a write-off are not tenders here: nobody pays them, so they lower
what the sale was worth, and the total is what the guest had to pay.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from regulars.domain.fields import Channel
from regulars.sources.erpnext import is_set, out_of_scope, posted_at, read_amount
from regulars.sources.exact_cells import UnreadableRow, minor_text
from regulars.sources.guest_contacts import identify, own_phone
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import read_word

_AMOUNTS = (
    "net_total", "grand_total", "rounded_total", "paid_amount", "change_amount",
    "write_off_amount", "outstanding_amount", "loyalty_amount", "distributed_discount",
)  # fmt: skip


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    channel: Channel
    order_types: dict[str, Channel]
    walk_in: tuple[str, ...]


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """An order for each sale; a return is counted by its items."""
    settings = _Settings(**sheet.settings)
    for row in sheet.rows:
        if outside := out_of_scope(row):
            yield outside
        elif is_set(row["is_return"]):
            why = "a return: its items are adjustments of the earlier sale"
            yield OutOfScope(row.number, why)
        else:
            yield from _read_invoice(row, settings)


def _read_invoice(row: SourceRow, settings: _Settings) -> Iterator[Outcome]:
    try:
        sale = _Sale(row, settings, {name: read_amount(row, name) for name in _AMOUNTS})
        yield sale.order()
    except UnreadableRow as error:
        yield Rejected(row.number, error.reason)
        return
    known = {"phone": own_phone(row["mobile"]), "email": row["email"]} if sale.guest else {}
    yield from identify(row.number, row["store_id"], row["order_id"], known)
    yield from sale.adjustments()
    yield from sale.payments()
    yield from sale.account_invoice()


@dataclass(frozen=True)
class _Sale:
    """An invoice with its amounts in minor units."""

    row: SourceRow
    settings: _Settings
    minor: dict[str, int]

    @property
    def guest(self) -> str:
        """The customer, unless it stands for everybody who walks in."""
        customer = self.row["customer_ref"]
        return "" if customer in self.settings.walk_in else customer

    @property
    def total(self) -> int:
        """What the guest had to pay."""
        minor = self.minor
        asked = minor["rounded_total"] or minor["grand_total"]
        return asked - minor["loyalty_amount"] - minor["write_off_amount"]

    @property
    def unpaid(self) -> int:
        """What was not paid at the till and stays on account."""
        return self.total - self.minor["paid_amount"] + self.minor["change_amount"]

    def order(self) -> Record:
        """The order itself. Raises UnreadableRow for an unknown type of order."""
        row, minor, kinds = self.row, self.minor, self.settings.order_types
        off = [minor[name] for name in ("distributed_discount", "loyalty_amount",
                                        "write_off_amount")]  # fmt: skip
        asked = minor["rounded_total"] or minor["grand_total"]
        channel = read_word(row["order_type"], kinds) if row["order_type"] else None
        values = {
            **row.pick("covers", "currency_code"),
            "closed_at": posted_at(row),
            "channel": channel or self.settings.channel,
            "status": "paid",
            "customer_ref": self.guest,
            "account_id": self.guest if row["payment_terms"] or self.unpaid > 0 else "",
            "gross_amount": self._text(minor["net_total"] + minor["distributed_discount"]),
            "discount_amount": self._text(sum(off)),
            "tax_amount": self._text(minor["grand_total"] - minor["net_total"]),
            "is_tax_included": "false",
            "rounding_amount": self._text(asked - minor["grand_total"]),
            "total_amount": self._text(self.total),
        }
        return self._record("orders", values)

    def adjustments(self) -> Iterator[Record]:
        """What came off the whole sale."""
        kind = "coupon" if self.row["coupon_code"] else "discount"
        reasons = (
            ("distributed_discount", kind, self.row["coupon_code"]),
            ("loyalty_amount", "loyalty_redemption", ""),
            ("write_off_amount", "discount", "written off"),
        )
        for name, adjustment_type, reason in reasons:
            if amount := self.minor[name]:
                values = {
                    **self.row.pick("currency_code"),
                    "adjustment_id": f"{self.row['order_id']}:{name}",
                    "adjustment_type": adjustment_type,
                    "funded_by": "merchant",
                    "amount": self._text(amount),
                    "adjusted_at": posted_at(self.row),
                    "reason": reason,
                }
                yield self._record("adjustments", values)

    def payments(self) -> Iterator[Record]:
        """The change that was given, and what went on account; tenders have a table of theirs."""
        if change := self.minor["change_amount"]:
            yield self._payment("change", "cash", -change)
        if self.unpaid > 0:
            yield self._payment("account", "house_account", self.unpaid)

    def account_invoice(self) -> Iterator[Record]:
        """The bill to the account for what was not paid at the till."""
        row = self.row
        if self.unpaid > 0 and self.guest:
            is_settled = not self.minor["outstanding_amount"]
            values = {
                **row.pick("currency_code"),
                "invoice_id": row["order_id"],
                "account_id": self.guest,
                "issued_on": row["posting_date"][:10],
                "due_on": (row["due_date"] or row["posting_date"])[:10],
                "amount": self._text(self.unpaid),
                "paid_on": row["paid_on"][:10] if is_settled else "",
            }
            yield self._record("invoices", values)

    def _payment(self, name: str, tender: str, amount: int) -> Record:
        values = {
            "payment_id": f"{self.row['order_id']}:{name}",
            "tender": tender,
            "amount": self._text(amount),
            "paid_at": posted_at(self.row),
        }
        return self._record("payments", values)

    def _record(self, entity: str, values: dict[str, str]) -> Record:
        always = self.row.pick("order_id", "store_id", "revision")
        return Record(entity, self.row.number, {**always, **values})

    def _text(self, minor: int) -> str:
        return minor_text(minor, self.row["currency_code"])
