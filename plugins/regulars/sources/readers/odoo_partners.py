"""Partners of Odoo: guests, the companies that buy for others, and how they are reached."""

from collections.abc import Iterator

from regulars.domain.business_day import local_time
from regulars.sources.exact_cells import UnreadableRow, read_id
from regulars.sources.odoo import is_true, read_instant
from regulars.sources.sheets import Outcome, Record, Rejected, Sheet, SourceRow


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """A customer for each partner, an account for each company, an identifier for each number."""
    for row in sheet.rows:
        try:
            yield from _read_partner(row, sheet.source.time_zone)
        except UnreadableRow as error:
            yield Rejected(row.number, error.reason)


def _read_partner(row: SourceRow, time_zone: str) -> Iterator[Record]:
    partner_id, is_company = read_id(row["partner_id"]), is_true(row["is_company"])
    created = read_instant(row["created_at"])
    values = {
        **row.pick("account_id", "language", "email", "revision"),
        "customer_ref": partner_id,
        "customer_kind": "business" if is_company else "consumer",
        "joined_on": local_time(created, time_zone).date().isoformat() if created else "",
        "display_name": row["name"],
        "phone": row["mobile"] or row["phone"],
    }
    yield Record("customers", row.number, values)
    yield from _identifiers(row)
    if is_company:
        account = {"account_id": partner_id, "account_name": row["name"], "tax_id": row["tax_id"]}
        yield Record("accounts", row.number, account)


def _identifiers(row: SourceRow) -> Iterator[Record]:
    known = dict.fromkeys(("phone", row[name]) for name in ("mobile", "phone"))
    known[("email", row["email"])] = None
    for kind, value in known:
        if value:
            values = {"customer_ref": row["partner_id"]}
            values |= {"identifier_type": kind, "identifier_value": value}
            yield Record("customer_identifiers", row.number, values)
