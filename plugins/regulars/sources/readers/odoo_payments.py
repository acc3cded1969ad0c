"""Payments of Odoo's point of sale, change as a payment below zero."""

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from regulars.domain.fields import Tender
from regulars.sources.exact_cells import UnreadableRow, minor_text, read_minor
from regulars.sources.odoo import instant_text, out_of_scope, plain_name
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import read_word


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    tenders: dict[str, Tender]


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """A payment for each row; money paid back is the other side of a refund and counts there."""
    settings = _Settings(**sheet.settings)
    for row in sheet.rows:
        if outside := out_of_scope(row):
            yield outside
        elif row["sold_lines"] == "0":
            yield OutOfScope(row.number, "paid back: the refund itself is an adjustment")
        else:
            yield _read_payment(row, settings, sheet.source.currency_code)


def _read_payment(row: SourceRow, settings: _Settings, currency: str) -> Record | Rejected:
    try:
        values = {
            **row.pick("payment_id", "order_id", "store_id", "revision"),
            "tender": read_word(plain_name(row["method"]), settings.tenders),
            "amount": minor_text(read_minor(row["amount"], currency), currency),
            "paid_at": instant_text(row["payment_date"]),
        }
    except UnreadableRow as error:
        return Rejected(row.number, error.reason)
    return Record("payments", row.number, values)
