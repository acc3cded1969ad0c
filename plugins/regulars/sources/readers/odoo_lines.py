"""Lines of Odoo's point of sale: items sold, goods taken back, rewards and discounts.

Amounts are without tax: `price_subtotal` is what a line was worth. A line that takes goods back
becomes a refund of the order and line it was sold on, on the day of the refund.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal

from pydantic import BaseModel, ConfigDict

from regulars.domain.business_day import business_date, local_time, parse_cutoff
from regulars.domain.fields import Tender
from regulars.policy import SourcePolicy
from regulars.sources.exact_cells import (
    UnreadableRow,
    milli_text,
    minor_text,
    read_milli,
    read_minor,
)
from regulars.sources.files import Finding, Reason
from regulars.sources.odoo import instant_text, is_true, out_of_scope, plain_name, read_instant
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow

_ALL = Decimal(100)
_FINEST_COST = Decimal("0.00000001")


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    revenue_kinds: dict[str, Literal["gift_card", "stored_value"]]
    rewards: dict[str, str]
    money: dict[str, Tender]


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Order lines, adjustments, items and stated costs of the lines of final orders."""
    reading = _Reading(_Settings(**sheet.settings), sheet.source)
    for row in sheet.rows:
        if outside := out_of_scope(row) or _tip(row):
            yield outside
            continue
        try:
            yield from reading.read(row)
        except UnreadableRow as error:
            yield Rejected(row.number, error.reason)
    yield from reading.tell_costs(sheet.file)


def _tip(row: SourceRow) -> OutOfScope | None:
    if not is_true(row["is_tip"]):
        return None
    return OutOfScope(row.number, "a tip: it is counted with its order")


@dataclass
class _Reading:
    """The lines of a file; an item and its cost of a day are told once."""

    settings: _Settings
    source: SourcePolicy
    items: set[str] = field(default_factory=set)
    costs: dict[tuple[str, str, str], str] = field(default_factory=dict)
    other_costs: int = 0

    def read(self, row: SourceRow) -> Iterator[Record]:
        """The records of one line."""
        net = read_minor(row["net_amount"], self.source.currency_code)
        if row["refunded_line_id"] or read_milli(row["quantity"]) < 0:
            yield self._refund(row, -net)
        elif net < 0:
            yield self._reward(row, -net)
        else:
            yield self._line(row, net)
            yield from self._item(row)
            yield from self._cost(row)

    def tell_costs(self, file: str) -> Iterator[Finding]:
        """How many lines state another cost than the first of their item and day."""
        if self.other_costs:
            message = f"{file}: {self.other_costs} lines state another cost than the day's first"
            yield Finding(Reason.AMOUNTS_DIFFER, message)

    def _line(self, row: SourceRow, net: int) -> Record:
        gross = self._list_value(row, net)
        values = {
            **row.pick("order_id", "store_id", "category", "revision"),
            "line_no": row["line_id"],
            "parent_line_no": row["combo_parent_id"],
            "item_id": row["product_id"],
            "item_name": plain_name(row["item_name"]),
            "quantity": milli_text(read_milli(row["quantity"])),
            "gross_amount": self._text(gross),
            "discount_amount": self._text(gross - net),
        }
        return Record("order_lines", row.number, values)

    def _list_value(self, row: SourceRow, net: int) -> int:
        """What the line would have been worth without its discount, in whole minor units.

        With everything taken off, the line itself does not say; then it is price × quantity.
        """
        percent = _decimal(row["discount"])
        if not 0 <= percent <= _ALL:
            raise UnreadableRow(Reason.AMOUNT_NOT_EXACT)
        if percent == _ALL:
            price = _decimal(row["price_unit"]) * _decimal(row["quantity"])
            return read_minor(str(price.quantize(Decimal("0.01"), ROUND_HALF_UP)),
                              self.source.currency_code)  # fmt: skip
        return int((net * _ALL / (_ALL - percent)).to_integral_value(ROUND_HALF_UP))

    def _refund(self, row: SourceRow, amount: int) -> Record:
        values = {
            "order_id": row["refunded_order_id"],
            "line_no": row["refunded_line_id"],
            "adjustment_type": "refund",
            "reason": "" if row["refunded_line_id"] else "taken back without its sale",
        }
        return self._adjustment(row, amount, values)

    def _reward(self, row: SourceRow, amount: int) -> Record:
        """A line below zero: money of a gift card or a wallet, or a discount on the order."""
        program = row["program_type"]
        if tender := self.settings.money.get(program):
            values = {
                **row.pick("order_id", "store_id", "revision"),
                "payment_id": f"{row['line_id']}:line",
                "tender": tender,
                "amount": self._text(amount),
                "paid_at": instant_text(row["date_order"]),
            }
            return Record("payments", row.number, values)
        kind = self.settings.rewards.get(program, "discount")
        reason = plain_name(row["item_name"])
        values = {"order_id": row["order_id"], "adjustment_type": kind, "reason": reason}
        return self._adjustment(row, amount, values)

    def _adjustment(self, row: SourceRow, amount: int, values: dict[str, str]) -> Record:
        if amount < 0:
            raise UnreadableRow(Reason.AMOUNT_NOT_EXACT)
        always = {
            **row.pick("store_id", "revision"),
            "adjustment_id": row["line_id"],
            "funded_by": "merchant",
            "amount": self._text(amount),
            "adjusted_at": instant_text(row["date_order"]),
            "currency_code": self.source.currency_code,
        }
        return Record("adjustments", row.number, {**always, **values})

    def _item(self, row: SourceRow) -> Iterator[Record]:
        """Each product once, as the first row that has it names it."""
        item_id = row["product_id"]
        if item_id not in self.items:
            self.items.add(item_id)
            kinds: dict[str, str] = dict(self.settings.revenue_kinds)
            kind = kinds.get(row["default_code"]) or kinds.get(item_id, "sale")
            values = {"item_id": item_id, "item_name": plain_name(row["item_name"])}
            values |= {"category": row["category"], "revenue_kind": kind}
            yield Record("items", row.number, values)

    def _cost(self, row: SourceRow) -> Iterator[Record]:
        """What Odoo says a unit cost; a cost it does not state is not guessed."""
        total, quantity = _decimal(row["total_cost"]), _decimal(row["quantity"])
        moment = read_instant(row["date_order"])
        if total <= 0 or quantity <= 0 or moment is None:
            return
        local = local_time(moment, self.source.time_zone)
        day = business_date(local, parse_cutoff(self.source.cutoff)).isoformat()
        unit_cost = format((total / quantity).quantize(_FINEST_COST, ROUND_HALF_UP), "f")
        key = (row["product_id"], row["store_id"], day)
        if key in self.costs:
            self.other_costs += self.costs[key] != unit_cost
            return
        self.costs[key] = unit_cost
        values = dict(zip(("item_id", "store_id", "valid_from"), key, strict=True))
        values |= {"unit_cost": unit_cost, "currency_code": self.source.currency_code}
        yield Record("recipe_costs", row.number, values)

    def _text(self, minor: int) -> str:
        return minor_text(minor, self.source.currency_code)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text or "0")
    except InvalidOperation as error:
        raise UnreadableRow(Reason.AMOUNT_NOT_EXACT) from error
