"""What the customer system knows: people, identifiers, consents, leads, accounts, invoices."""

import numpy as np

from regulars.samples.bills import tender_of
from regulars.samples.frames import Frame, IntArray, stack, sum_by
from regulars.samples.people import People
from regulars.samples.size import SampleSize

SOURCES = ("walk_in", "referral", "platform", "social", "search", "event")
IDENTIFIERS = ("phone", "member_no", "wechat_openid", "platform_user")
IDENTIFIER_CHANCES = (0.35, 0.3, 0.25, 0.1)
CONSENT_CHANNELS = ("sms", "wechat", "email")
GRANTED, DENIED = 0, 1
TERMS_DAYS = (15, 30, 60)
LEAD_STAGES = ("fresh", "contacted", "offered", "no_show")
UNPAID = -1


def register(rng: np.random.Generator, people: People, first_visit: IntArray) -> Frame:
    """One row per customer. `joined` may lie before the sample's first day (negative)."""
    count = len(people)
    before = np.where(people.start < 1, rng.integers(0, 30, count), rng.integers(0, 3, count))
    joined = np.minimum(first_visit, np.floor(people.start).astype(np.int64)) - before
    return Frame(
        {
            "customer": np.arange(count),
            "archetype": people.archetype,
            "joined": joined,
            "account": people.account,
            "home_store": people.home_store,
            "source": rng.integers(0, len(SOURCES), count),
            "is_staff": (people.are("occasional") & (rng.random(count) < 0.004)).astype(np.int64),
            "is_opt_out": (rng.random(count) < 0.01).astype(np.int64),
            "has_phone": (rng.random(count) < 0.9).astype(np.int64),
            "has_email": (rng.random(count) < 0.35).astype(np.int64),
        }
    )


def identify(rng: np.random.Generator, customers: Frame) -> Frame:
    """Further identifiers of some customers; every one belongs to a single customer."""
    rows = [
        customers.take(rng.random(len(customers)) < chance).having(type=number)
        for number, chance in enumerate(IDENTIFIER_CHANCES)
    ]
    return stack(*rows)


def ask_consent(rng: np.random.Generator, customers: Frame, size: SampleSize) -> Frame:
    """What customers allow per channel: when they join, and for a few a change of mind."""
    given = []
    for channel in range(len(CONSENT_CHANNELS)):
        chance = rng.random(len(customers))
        asked = customers.take(chance < 0.75)
        status = np.where(chance[chance < 0.75] < 0.55, GRANTED, DENIED)
        given.append(asked.having(channel=channel, status=status, day=asked["joined"]))
    first = stack(*given)
    changed = first.take((first["status"] == GRANTED) & (rng.random(len(first)) < 0.03))
    later = changed["day"] + rng.integers(30, 200, len(changed))
    changed = changed.having(status=DENIED, day=later)
    return stack(first, changed.take(changed["day"] < size.days))


def list_leads(rng: np.random.Generator, people: People, customers: Frame) -> Frame:
    """One row per customer who has registered and never ordered."""
    leads = customers.take(people.are("lead"))
    return leads.having(
        stage=rng.integers(0, len(LEAD_STAGES), len(leads)),
        estimate=rng.integers(5, 81, len(leads)) * 1000,
    )


def open_accounts(rng: np.random.Generator, people: People) -> Frame:
    """One account per business customer, with payment terms and the habit of paying late."""
    count = int(people.are("business").sum())
    return Frame(
        {
            "account": np.arange(count),
            "terms": np.array(TERMS_DAYS)[rng.integers(0, len(TERMS_DAYS), count)],
            "delay": rng.integers(-3, 40, count),
            "owner": rng.integers(1, 4, count),
            "is_scattered": (rng.random(count) < 0.3).astype(np.int64),
        }
    )


def bill_accounts(accounts: Frame, orders: Frame, payments: Frame, size: SampleSize) -> Frame:
    """Monthly invoices over what was put on the house account.

    A paid invoice is sent twice: revision 1 on the day of issue, revision 2 once it is paid.
    """
    charged = payments.take(payments["tender"] == tender_of("house_account"))
    month_of, first_of_next = _months(size)
    month = month_of[charged["day"]]
    slot = orders["account"][charged["order"]] * len(first_of_next) + month
    amount = sum_by(slot, charged["amount"], len(accounts) * len(first_of_next))
    slots = np.flatnonzero(amount)
    account, issued = slots // len(first_of_next), first_of_next[slots % len(first_of_next)]
    invoices = Frame({"account": account, "issued": issued, "amount": amount[slots]})
    invoices = invoices.take(issued < size.days)
    invoices = invoices.take(np.lexsort((invoices["account"], invoices["issued"])))
    invoices = invoices.having(
        number=np.arange(len(invoices)),
        due=invoices["issued"] + accounts["terms"][invoices["account"]],
        paid=UNPAID,
        revision=1,
        sent=invoices["issued"],
    )
    paid = invoices["due"] + accounts["delay"][invoices["account"]]
    settled = invoices.having(paid=paid, revision=2, sent=paid)
    return stack(invoices, settled.take(paid < size.days))


def _months(size: SampleSize) -> tuple[IntArray, IntArray]:
    """The month number of each day, and per month the day its successor begins."""
    days = np.datetime64(size.first_day) + np.arange(size.days)
    months = days.astype("datetime64[M]")
    numbers = (months - months[0]).astype(np.int64)
    following = np.arange(months[0] + 1, months[-1] + 2).astype("datetime64[D]")
    return numbers, (following - days[0]).astype(np.int64)
