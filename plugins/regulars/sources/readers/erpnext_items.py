"""Items of ERPNext's invoices: what was sold, and what was taken back of an earlier invoice.

`net_amount` is what a line was worth: without tax, its own discount and its share of the
invoice's taken off. The share is put back here, for the invoice states it as a whole.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal

from pydantic import BaseModel, ConfigDict

from regulars.sources.erpnext import is_set, out_of_scope, posted_at, read_amount
from regulars.sources.exact_cells import UnreadableRow, milli_text, minor_text, read_milli
from regulars.sources.files import Reason
from regulars.sources.sheets import Outcome, Record, Rejected, Sheet, SourceRow


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    revenue_kinds: dict[str, Literal["gift_card", "stored_value"]]


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Order lines and items; for returned items, refunds of the lines they were sold on."""
    settings, known = _Settings(**sheet.settings), set[str]()
    for row in sheet.rows:
        if outside := out_of_scope(row):
            yield outside
            continue
        try:
            if is_set(row["is_return"]):
                yield _read_return(row)
                continue
            yield _read_line(row)
        except UnreadableRow as error:
            yield Rejected(row.number, error.reason)
            continue
        if row["item_id"] not in known:
            known.add(row["item_id"])
            yield _read_item(row, settings)


def _read_line(row: SourceRow) -> Record:
    net, own = read_amount(row, "net_amount"), _own_discount(row)
    gross = net + own + read_amount(row, "distributed_discount")
    values = {
        **row.pick("order_id", "store_id", "line_no", "item_id", "item_name", "category",
                   "revision"),
        "quantity": milli_text(read_milli(row["quantity"])),
        "gross_amount": minor_text(gross, row["currency_code"]),
        "discount_amount": minor_text(own, row["currency_code"]),
    }  # fmt: skip
    return Record("order_lines", row.number, values)


def _own_discount(row: SourceRow) -> int:
    """The line's own discount: so much per unit. A price above the list's is no discount."""
    try:
        off = Decimal(row["discount_amount"] or "0") * Decimal(row["quantity"] or "0") * 100
    except InvalidOperation as error:
        raise UnreadableRow(Reason.AMOUNT_NOT_EXACT) from error
    return max(int(off.to_integral_value(ROUND_HALF_UP)), 0)


def _read_return(row: SourceRow) -> Record:
    amount = -read_amount(row, "net_amount")
    if amount < 0:
        raise UnreadableRow(Reason.AMOUNT_NOT_EXACT)
    values = {
        **row.pick("store_id", "currency_code", "revision"),
        "adjustment_id": row["line_id"],
        "adjustment_type": "refund",
        "funded_by": "merchant",
        "amount": minor_text(amount, row["currency_code"]),
        "adjusted_at": posted_at(row),
        "order_id": row["return_against"],
        "line_no": row["original_line_no"],
        "reason": "" if row["return_against"] else "taken back without its sale",
    }
    return Record("adjustments", row.number, values)


def _read_item(row: SourceRow, settings: _Settings) -> Record:
    kinds: dict[str, str] = dict(settings.revenue_kinds)
    kind = kinds.get(row["item_id"], "sale")
    values = {**row.pick("item_id", "item_name", "category"), "revenue_kind": kind}
    return Record("items", row.number, values)
