"""What a customer costs beyond his orders: contacts, points given, being won, waiting for money."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from oracle.plain_ladder import Ladder, Row
from oracle.plain_terms import STEP, Terms

Day = tuple[str, date, str]
"""Customer, business date, currency."""


def charges_of(
    terms: Terms,
    orders: Iterable[Row],
    customers: Iterable[Row],
    invoices: Iterable[Row],
    gifts: Iterable[Row],
    contacts: Iterable[Row],
) -> dict[Day, Ladder]:
    """The charges of every customer by day and currency. `gifts` are points without an order."""
    known, days = list(customers), defaultdict[Day, Ladder](Ladder)
    for place, name, amount in (
        *_winning(terms, list(orders), known),
        *_waiting(terms, invoices, known),
        *_given(terms, gifts),
        *_contacting(terms, contacts),
    ):
        days[place][name] += amount
    return {place: ladder for place, ladder in days.items() if any(ladder.values())}


def _winning(
    terms: Terms, orders: list[Row], customers: list[Row]
) -> Iterator[tuple[Day, str, int]]:
    for customer in customers:
        key = customer["customer_key"]
        mine = [order["business_date"] for order in orders
                if order["customer_key"] == key and order["status"] == "paid"]  # fmt: skip
        if mine and customer.get("acquisition_source"):
            won_on = min(mine)
            for after, amount in terms.installments(customer["acquisition_source"], won_on):
                day = won_on + timedelta(days=after)
                yield (key, day, terms.currency), "acquisition_cost", amount


def _waiting(
    terms: Terms, invoices: Iterable[Row], customers: list[Row]
) -> Iterator[tuple[Day, str, int]]:
    """Every thirty days an invoice is open, and on the day it is paid."""
    firms = {row["account_id"]: row["customer_key"] for row in customers
             if row["customer_kind"] == "business" and row.get("account_id")}  # fmt: skip
    for invoice in invoices:
        issued, paid = invoice["issued_on"], invoice.get("paid_on")
        waited = (paid - issued).days if paid else STEP * 12
        before = 0
        for until in [*range(STEP, waited, STEP), waited]:
            cost = terms.waiting_cost(invoice["amount_minor"], until, issued)
            place = (firms[invoice["account_id"]], issued + timedelta(days=until),
                     invoice["currency_code"])  # fmt: skip
            yield place, "credit_cost", cost - before
            before = cost


def _given(terms: Terms, gifts: Iterable[Row]) -> Iterator[tuple[Day, str, int]]:
    for gift in gifts:
        if gift.get("customer_key"):
            day, currency = gift["business_date"], gift["currency_code"]
            cost = terms.points_cost(gift["points_milli"], day, currency) or 0
            yield (gift["customer_key"], day, currency), "incentive_cost", cost


def _contacting(terms: Terms, contacts: Iterable[Row]) -> Iterator[tuple[Day, str, int]]:
    for contact in contacts:
        day = contact["business_date"]
        cost = terms.contact_cost(contact["contact_channel"], day)
        yield (contact["customer_key"], day, terms.currency), "contact_cost", cost
