"""Lets the group live: from people to everything that truly happened."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regulars.samples import aftermath, crm
from regulars.samples.baskets import fill_baskets
from regulars.samples.bills import add_up, pay
from regulars.samples.bookings import book_tables
from regulars.samples.economics import Happened, measure_sales
from regulars.samples.frames import Frame, IntArray, stack
from regulars.samples.giveaways import give_away
from regulars.samples.opening import open_orders
from regulars.samples.people import People, draw_people
from regulars.samples.relations import (
    find_office,
    pass_for_guest,
    share_homes,
    without_account,
)
from regulars.samples.settling import settle
from regulars.samples.size import SampleSize
from regulars.samples.visits import count_customers, draw_visits

PILOT = 4000


@dataclass(frozen=True)
class Group:
    """The people, what happened at the tills, and what the customer system knows.

    `office` is the business that nobody has registered as one.
    """

    people: People
    happened: Happened
    customer_system: dict[str, Frame]
    office: int


def live(size: SampleSize, progress: Callable[[str], None]) -> Group:
    """Everything that happened in a sample of this size; the same size, the same group."""
    people = draw_people(size.stream("people"), size, _count_people(size))
    visits = draw_visits(size.stream("visits"), people, size)
    progress(f"{len(people):,} customers make {len(visits):,} orders")
    orders = open_orders(size.stream("orders"), people, visits, size)
    lines = fill_baskets(size.stream("lines"), orders)
    given = give_away(size.stream("giveaways"), orders, lines)
    orders = add_up(size.stream("bills"), orders, lines, given)
    payments = pay(size.stream("payments"), orders)
    progress(f"{len(lines):,} lines, {len(payments):,} payments")
    worth = measure_sales(orders, lines, given)
    complaints = aftermath.complain(size.stream("complaints"), orders, size)
    later = aftermath.settle_grievances(size.stream("grievances"), orders, worth, complaints, size)
    ratings = aftermath.rate(size.stream("ratings"), orders, size)
    happened = Happened(
        orders=orders,
        lines=lines,
        payments=payments,
        adjustments=_numbered(stack(given, later)),
        settlements=_numbered(settle(size.stream("settlements"), orders, worth, size)),
    )
    office = find_office(people, orders)
    known = _keep_records(size, people, happened, office)
    feedback = _numbered(stack(ratings, complaints))
    known["feedback"] = feedback.having(sent=feedback["day"])
    return Group(people, happened, known, office)


def _count_people(size: SampleSize) -> int:
    """The customers asked for, or as many as make the wanted number of orders."""
    if size.orders is None:
        return size.customers
    pilot = draw_people(size.stream("pilot"), size, PILOT)
    calls = draw_visits(size.stream("pilot visits"), pilot, SampleSize(size.seed, days=size.days))
    return count_customers(size, int((calls["customer"] >= 0).sum()) / PILOT)


def _numbered(frame: Frame) -> Frame:
    """Rows in the order of their days, numbered from 0."""
    frame = frame.take(np.argsort(frame["day"], kind="stable"))
    return frame.having(number=np.arange(len(frame)))


def _keep_records(
    size: SampleSize, people: People, happened: Happened, office: int
) -> dict[str, Frame]:
    """The customer system's frames; dated ones know the day they are `sent`."""
    first_visit = _first_visits(happened.orders, len(people), size)
    customers = crm.register(size.stream("customers"), people, first_visit)
    customers = customers.having(home=share_homes(size.stream("homes"), people))
    registered = pass_for_guest(customers, office)
    bookings = book_tables(size.stream("bookings"), happened.orders, customers, size)
    accounts = crm.open_accounts(size.stream("accounts"), people)
    consents = crm.ask_consent(size.stream("consents"), customers, size)
    dated = {
        "customers": (registered, customers["joined"]),
        "customer_identifiers": _with_day(crm.identify(size.stream("identifiers"), customers)),
        "consents": (consents, consents["day"]),
        "leads": _with_day(crm.list_leads(size.stream("leads"), people, customers)),
    }
    sent = {name: frame.having(sent=np.maximum(day, 0)) for name, (frame, day) in dated.items()}
    invoices = crm.bill_accounts(accounts, happened.orders, happened.payments, size)
    unopened = people.account[office]
    return sent | {
        "reservations": without_account(bookings, office),
        "accounts": accounts.take(accounts["account"] != unopened),
        "invoices": invoices.take(invoices["account"] != unopened),
    }


def _with_day(frame: Frame) -> tuple[Frame, IntArray]:
    return frame, frame["joined"]


def _first_visits(orders: Frame, count: int, size: SampleSize) -> IntArray:
    first = np.full(count, size.days, np.int64)
    known = orders.take(orders["customer"] >= 0)
    np.minimum.at(first, known["customer"], known["day"])
    return first
