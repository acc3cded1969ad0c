"""The rows of the customer system and the reference files as text."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.samples import crm
from regulars.samples.archetypes import ARCHETYPES
from regulars.samples.bookings import STATUSES
from regulars.samples.frames import Frame, IntArray
from regulars.samples.menu import STORES
from regulars.samples.spelling import (
    Text,
    lay_out,
    spell_codes,
    spell_counts,
    spell_days,
    spell_flags,
    spell_milli,
    spell_money,
    spell_numbers,
    spell_times,
    spell_where,
)
from regulars.samples.till_rows import CURRENCY, account_ids, customer_refs, order_ids

KINDS = ("nps", "stars", "complaint")
NOON = 720
# A number that ends in seven equal digits would be taken for a placeholder.
_FIRST_PHONE = 2_300_000


def spell_customers(customers: Frame, first_day: date) -> Any:
    """Customers. Names, phones and addresses are made up."""
    who, has_email = customers["customer"], customers["has_email"] == 1
    texts = {
        "customer_ref": customer_refs(who),
        "customer_kind": spell_codes(
            customers["archetype"], [kind.customer_kind for kind in ARCHETYPES]
        ),
        "joined_on": spell_days(customers["joined"], first_day),
        "acquisition_source": spell_codes(customers["source"], crm.SOURCES),
        "account_id": account_ids(customers["account"]),
        "household_ref": spell_where(
            customers["home"] >= 0, spell_numbers("H", customers["home"], 5)
        ),
        "home_store_id": spell_codes(customers["home_store"], STORES),
        "language": spell_codes(np.where(who % 12 == 0, 1, 0), ("zh", "en")),
        "is_staff": spell_flags(customers["is_staff"]),
        "is_profiling_opt_out": spell_flags(customers["is_opt_out"]),
        "display_name": spell_numbers("Guest ", who, 6),
        "phone": spell_where(customers["has_phone"] == 1, phones(who)),
        "email": spell_where(has_email, _emails(customers)),
        "revision": spell_counts(np.ones(len(who), np.int64)),
    }
    return lay_out("customers", len(customers), texts)


def spell_identifiers(identifiers: Frame, first_day: date) -> Any:
    """Further identifiers; a phone is the customer's own phone."""
    who, kind = identifiers["customer"], identifiers["type"]
    values = [
        phones(who),
        spell_numbers("M", who, 8),
        spell_numbers("oSample", who, 21),
        spell_numbers("u", who, 9),
    ]
    texts = {
        "customer_ref": customer_refs(who),
        "identifier_type": spell_codes(kind, crm.IDENTIFIERS),
        "identifier_value": pc.choose(pa.array(kind), *values),
        "first_seen_on": spell_days(identifiers["joined"], first_day),
    }
    return lay_out("customer_identifiers", len(identifiers), texts)


def spell_consents(consents: Frame, first_day: date) -> Any:
    """Consents, given at noon of their day."""
    noon = np.full(len(consents), NOON)
    texts = {
        "customer_ref": customer_refs(consents["customer"]),
        "contact_channel": spell_codes(consents["channel"], crm.CONSENT_CHANNELS),
        "consent_status": spell_codes(consents["status"], ("granted", "denied")),
        "consented_at": spell_times(consents["day"], noon, first_day),
        "consent_source": spell_codes(np.zeros(len(consents), np.int64), ("sign_up_form",)),
    }
    return lay_out("consents", len(consents), texts)


def spell_feedback(feedback: Frame, first_day: date) -> Any:
    """Ratings and complaints; only a complaint has a status."""
    texts = {
        "feedback_id": spell_numbers("F", feedback["number"], 8),
        "store_id": spell_codes(feedback["store"], STORES),
        "feedback_kind": spell_codes(feedback["kind"], KINDS),
        "given_at": spell_times(feedback["day"], feedback["minute"], first_day),
        "customer_ref": customer_refs(feedback["customer"]),
        "order_id": order_ids(feedback["store"], feedback["order"]),
        "score": spell_milli(feedback["score"]),
        "scale": spell_counts(feedback["scale"]),
        "complaint_status": spell_codes(feedback["status"], ("open", "closed")),
        "revision": spell_counts(np.ones(len(feedback), np.int64)),
    }
    return lay_out("feedback", len(feedback), texts)


def spell_leads(leads: Frame, first_day: date) -> Any:
    """Leads: people who registered and have not ordered."""
    noon = np.full(len(leads), NOON)
    texts = {
        "lead_id": spell_numbers("L", leads["customer"], 8),
        "customer_ref": customer_refs(leads["customer"]),
        "created_at": spell_times(leads["joined"], noon, first_day),
        "lead_source": spell_codes(leads["source"], crm.SOURCES),
        "lead_stage": spell_codes(leads["stage"], crm.LEAD_STAGES),
        "home_store_id": spell_codes(leads["home_store"], STORES),
        "estimated_amount": spell_money(leads["estimate"]),
        "currency_code": spell_codes(np.zeros(len(leads), np.int64), (CURRENCY,)),
    }
    return lay_out("leads", len(leads), texts)


def spell_accounts(accounts: Frame) -> Any:
    """Accounts of business customers."""
    texts = {
        "account_id": account_ids(accounts["account"]),
        "account_name": spell_numbers("Company ", accounts["account"], 4),
        "payment_terms_days": spell_counts(accounts["terms"]),
        "account_owner": spell_numbers("owner-", accounts["owner"], 1),
        "buying_mode": spell_codes(accounts["is_scattered"], ("central", "scattered")),
    }
    return lay_out("accounts", len(accounts), texts)


def spell_invoices(invoices: Frame, first_day: date) -> Any:
    """Invoices; revision 2 says when the bill was paid."""
    is_paid = invoices["paid"] != crm.UNPAID
    texts = {
        "invoice_id": spell_numbers("V", invoices["number"], 7),
        "account_id": account_ids(invoices["account"]),
        "issued_on": spell_days(invoices["issued"], first_day),
        "due_on": spell_days(invoices["due"], first_day),
        "amount": spell_money(invoices["amount"]),
        "paid_on": spell_where(is_paid, spell_days(invoices["paid"], first_day)),
        "currency_code": spell_codes(np.zeros(len(invoices), np.int64), (CURRENCY,)),
        "revision": spell_counts(invoices["revision"]),
    }
    return lay_out("invoices", len(invoices), texts)


def spell_reservations(bookings: Frame, first_day: date) -> Any:
    """Reservations, made at noon; one that nobody came for has no order."""
    day, order = bookings["day"], bookings["order"]
    arrival = bookings["minute"] - bookings["stay"]
    texts = {
        "reservation_id": spell_numbers("R", bookings["number"], 8),
        "store_id": spell_codes(bookings["store"], STORES),
        "reserved_for_at": spell_times(day, arrival, first_day),
        "reservation_status": spell_codes(bookings["booking_status"], STATUSES),
        "booked_at": spell_times(bookings["booked"], np.full(len(day), NOON), first_day),
        "party_size": spell_counts(bookings["covers"]),
        "customer_ref": customer_refs(bookings["customer"]),
        "account_id": account_ids(bookings["account"]),
        "order_id": spell_where(order >= 0, order_ids(bookings["store"], np.maximum(order, 0))),
        "currency_code": spell_codes(np.zeros(len(day), np.int64), (CURRENCY,)),
        "revision": spell_counts(np.ones(len(day), np.int64)),
    }
    return lay_out("reservations", len(bookings), texts)


def phones(customer: IntArray) -> Text:
    """Made-up phone numbers from one block, one per customer."""
    return spell_numbers("1990", customer + _FIRST_PHONE, 7)


def _emails(customers: Frame) -> Text:
    """Everybody has a mailbox at the same provider; only the office has a domain of its own."""
    is_office = pa.array(customers["is_office"] == 1)
    return pc.binary_join_element_wise(
        spell_numbers("guest", customers["customer"], 7),
        pc.if_else(is_office, "lantern-printing.example.com", "example.com"),
        "@",
    )
