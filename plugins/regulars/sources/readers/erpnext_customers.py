"""Customers of ERPNext, and the accounts of those who buy on terms."""

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from regulars.sources.sheets import Outcome, OutOfScope, Record, Sheet, SourceRow


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    walk_in: tuple[str, ...]


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """A customer for each row; an account where it is a company or has payment terms."""
    settings = _Settings(**sheet.settings)
    for row in sheet.rows:
        if row["customer_ref"] in settings.walk_in:
            yield OutOfScope(row.number, "stands for everybody who walks in")
        else:
            yield from _read_customer(row)


def _read_customer(row: SourceRow) -> Iterator[Record]:
    is_company = row["customer_type"] == "Company"
    has_account = is_company or bool(row["payment_terms"])
    values = {
        **row.pick("customer_ref", "display_name", "phone", "email", "language", "revision"),
        "customer_kind": "business" if is_company else "consumer",
        "joined_on": row["created_at"][:10],
        "account_id": row["customer_ref"] if has_account else "",
    }
    yield Record("customers", row.number, values)
    for kind in ("phone", "email"):
        if row[kind]:
            known = {"identifier_type": kind, "identifier_value": row[kind]}
            known |= row.pick("customer_ref")
            yield Record("customer_identifiers", row.number, known)
    if has_account:
        values = row.pick("payment_terms_days", "account_owner", "tax_id")
        values |= {"account_id": row["customer_ref"], "account_name": row["display_name"]}
        yield Record("accounts", row.number, values)
