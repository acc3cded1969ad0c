"""Tenders of ERPNext's invoices; change and what is left on account stand with the invoice."""

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from regulars.domain.fields import Tender
from regulars.sources.erpnext import is_set, out_of_scope, posted_at, read_amount
from regulars.sources.exact_cells import UnreadableRow, minor_text
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import read_word


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    tenders: dict[str, Tender]


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """A payment for each tender that was used; money paid back counts with the return."""
    settings = _Settings(**sheet.settings)
    for row in sheet.rows:
        if outside := out_of_scope(row):
            yield outside
        elif is_set(row["is_return"]):
            yield OutOfScope(row.number, "paid back: the return itself is an adjustment")
        else:
            yield _read_payment(row, settings)


def _read_payment(row: SourceRow, settings: _Settings) -> Outcome:
    try:
        amount = read_amount(row, "amount")
        tender = read_word(row["mode"], settings.tenders)
    except UnreadableRow as error:
        return Rejected(row.number, error.reason)
    if not amount:
        return OutOfScope(row.number, "a way to pay that was not used")
    values = {
        **row.pick("payment_id", "order_id", "store_id", "revision"),
        "tender": tender,
        "amount": minor_text(amount, row["currency_code"]),
        "paid_at": posted_at(row),
    }
    return Record("payments", row.number, values)
