"""Rows of text for the tests of checks: one good row per template, and a small group of stores."""

from collections.abc import Mapping
from datetime import date, time

import pandas as pd
import pyarrow as pa

from regulars.checks.context import CheckContext, StoreRules
from regulars.domain.records import fields_of
from regulars.identity.email_domains import company_emails
from regulars.identity.keys import account_keys, customer_keys, identifier_hashes

FILE_A, FILE_B = "a" * 64, "b" * 64
SHANGHAI = StoreRules("Asia/Shanghai", time(4), "CNY")
TOKYO = StoreRules("Asia/Tokyo", time(2), "JPY")
SECRET = b"sixteen bytes or more"


def pseudonymise(refs: pd.Series) -> pd.Series:
    """Keys under the tests' own secret."""
    return customer_keys(refs, SECRET, "k1", "group")


def hash_identifiers(types: pd.Series, values: pd.Series, countries: pd.Series) -> pd.Series:
    """Hashes under the tests' own secret."""
    return identifier_hashes(types, values, SECRET, "k1", "group")


def key_accounts(ids: pd.Series) -> pd.Series:
    """Account keys under the tests' own secret."""
    return account_keys(ids, SECRET, "k1", "group")


CONTEXT = CheckContext(
    source_name="till",
    defaults=SHANGHAI,
    stores={"S1": SHANGHAI, "S2": TOKYO},
    pseudonymise=pseudonymise,
    key_accounts=key_accounts,
    find_company_emails=lambda emails: company_emails(emails, ("example.com",)),
    hash_identifiers=hash_identifiers,
    last_day=date(2025, 1, 31),
)

GOOD_ROWS: Mapping[str, Mapping[str, str]] = {
    "orders": {
        "order_id": "O1", "store_id": "S1", "closed_at": "2025-01-31 19:05",
        "channel": "dine_in", "status": "paid", "total_amount": "100.00",
    },
    "order_lines": {
        "order_id": "O1", "store_id": "S1", "line_no": "1", "item_id": "I1",
        "quantity": "1.5", "gross_amount": "100.00",
    },
    "payments": {
        "payment_id": "P1", "order_id": "O1", "store_id": "S1", "tender": "card",
        "amount": "100.00", "paid_at": "2025-01-31 19:05",
    },
    "adjustments": {
        "adjustment_id": "A1", "store_id": "S1", "adjustment_type": "comp",
        "funded_by": "merchant", "amount": "12.00", "adjusted_at": "2025-01-31 19:05",
    },
    "settlements": {
        "settlement_id": "T1", "platform": "uber_eats", "store_id": "S1",
        "fee_type": "commission", "amount": "18.00", "payout_date": "2025-01-31",
    },
    "customers": {
        "customer_ref": "M-1001", "customer_kind": "consumer", "display_name": "Ann Example",
        "phone": "+8613800138000", "email": "ann@example.org",
    },
    "customer_identifiers": {
        "customer_ref": "M-1001", "identifier_type": "phone",
        "identifier_value": "+8613800138000",
    },
    "order_identifiers": {
        "order_id": "O1", "store_id": "S1", "identifier_type": "phone",
        "identifier_value": "+8613800138000",
    },
    "customer_overrides": {
        "override_id": "V1", "override_kind": "same_customer", "customer_ref": "M-1001",
        "other_customer_ref": "M-1002", "decided_by": "A. Clerk", "decided_on": "2025-01-31",
        "reason": "showed both cards",
    },
    "reservations": {
        "reservation_id": "B1", "store_id": "S1", "reserved_for_at": "2025-01-31 19:05",
        "reservation_status": "seated",
    },
    "consents": {
        "customer_ref": "M-1001", "contact_channel": "sms", "consent_status": "granted",
        "consented_at": "2025-01-31 19:05",
    },
    "feedback": {
        "feedback_id": "F1", "store_id": "S1", "feedback_kind": "stars",
        "given_at": "2025-01-31 19:05", "score": "4.5",
    },
    "leads": {"lead_id": "L1", "customer_ref": "M-1001", "created_at": "2025-01-31 19:05"},
    "accounts": {"account_id": "C1", "account_name": "Example Ltd"},
    "invoices": {
        "invoice_id": "N1", "account_id": "C1", "issued_on": "2025-01-01",
        "due_on": "2025-01-31", "amount": "100.00",
    },
    "items": {"item_id": "I1", "item_name": "Noodles"},
    "recipe_costs": {"item_id": "I1", "unit_cost": "3.25", "valid_from": "2025-01-01"},
    "cost_rules": {
        "rule_id": "R1", "component": "commission", "basis": "rate",
        "valid_from": "2025-01-01", "rate": "0.18",
    },
    "stores": {
        "store_id": "S9", "store_name": "Ninth", "time_zone": "Asia/Shanghai",
        "currency_code": "CNY", "cutoff": "04:00",
    },
    "loyalty_events": {
        "event_id": "E1", "store_id": "S1", "event_kind": "earned", "points": "100",
        "happened_at": "2025-01-31 19:05",
    },
    "exchange_rates": {
        "from_currency": "JPY", "to_currency": "CNY", "valid_from": "2025-01-01",
        "rate": "0.0467",
    },
    "action_events": {
        "event_id": "AE1", "event_kind": "delivered", "happened_at": "2025-01-31 10:02",
        "customer_ref": "M1",
    },
}  # fmt: skip


def batch(entity: str, *rows: Mapping[str, str | None], file: str = FILE_A) -> pd.DataFrame:
    """A file of good rows, each changed as given; data rows count from 2."""
    names = [field.name for field in fields_of(entity)]
    cells = [{**GOOD_ROWS[entity], **row} for row in (rows or ({},))]
    frame = pd.DataFrame([{n: row.get(n, "") for n in names} for row in cells], dtype="str")
    return frame.assign(source_file_sha256=file, source_row=range(2, 2 + len(frame)))


def as_table(frame: pd.DataFrame) -> pa.Table:
    """Rows as a check takes them."""
    return pa.Table.from_pandas(frame, preserve_index=False)
