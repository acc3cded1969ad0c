"""A small town: five dozen ordinary guests, and one for every row of the decision table."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pyarrow as pa
from kitchen import DAY, Kitchen

from regulars.steps.action_tables import ACTION_MEMORY

WEEKS = 22
REVIEWS = [DAY - timedelta(weeks=week) for week in reversed(range(WEEKS))]
NOODLES, FOOD = 3000, 900


def _come(
    kitchen: Kitchen, who: str, ago: Iterable[int], portions: int = 1, off: int = 0, **paid_by: str
) -> None:
    """A guest eats noodles on some days ago; `off` is a coupon on each order."""
    for days in ago:
        order, on = f"{who}-{days}", DAY - timedelta(days=days)
        paid = NOODLES * portions - off
        kitchen.order(order, on=on, customer_key=who, total_minor=paid, **paid_by)
        kitchen.line(order, 1, NOODLES * portions, quantity_milli=1000 * portions)
        if off:
            kitchen.adjust(order, "coupon", off, adjustment_id=f"a-{order}", business_date=on)


def _complain(kitchen: Kitchen, who: str, status: str, on: date) -> None:
    kitchen.put("feedback", feedback_id=f"f-{who}", store_id="S1", feedback_kind="complaint",
                customer_key=who, complaint_status=status, business_date=on)  # fmt: skip


def fill_town(kitchen: Kitchen) -> None:
    """Five dozen ordinary guests, and one for every row of the table."""
    kitchen.recipe("noodle", FOOD)
    for number in range(60):
        _come(kitchen, f"peer{number:02}", range(number % 14, 300, 14 + number % 5))
    _come(kitchen, "star", range(1, 300, 7), portions=3)
    _come(kitchen, "weekly", range(20, 300, 7), portions=2)
    _come(kitchen, "monthly", range(40, 340, 30))
    _come(kitchen, "gone", range(70, 300, 7))
    _come(kitchen, "gone_costly", range(70, 120, 7), off=NOODLES)
    for who in ("loser", "griper", "consoled"):
        _come(kitchen, who, range(2, 290, 9), off=NOODLES)
    kitchen.put("feedback", feedback_id="f-star", store_id="S1", feedback_kind="stars",
                customer_key="star", score_milli=5000, scale=5,
                business_date=DAY - timedelta(days=250))  # fmt: skip
    _complain(kitchen, "griper", "open", DAY - timedelta(days=200))
    _complain(kitchen, "consoled", "closed", DAY - timedelta(days=200))
    _come(kitchen, "young_loser", range(2, 150, 9), off=NOODLES)
    _come(kitchen, "giant_once", [80], portions=90)
    _come(kitchen, "giant_among_small", [100, *range(3, 100, 7)], portions=1)
    _come(kitchen, "giant_among_small", [46], portions=90)
    _come(kitchen, "fresh", [3, 20])
    _come(kitchen, "fresh_costly", [3, 20], off=NOODLES)
    _come(kitchen, "twice_long_ago", [90, 110])
    _come(kitchen, "specials", range(2, 290, 10), off=1800)
    _come(kitchen, "hidden", range(1, 300, 7), portions=3)
    for who, told in (("hidden", True), ("hidden_member", True), ("member", False)):
        kitchen.put("customers", customer_key=who, customer_kind="consumer", home_store_id="S1",
                    joined_on=DAY - timedelta(days=10), is_profiling_opt_out=told)  # fmt: skip
    for who in ("star", "weekly", "monthly", "fresh", "loser"):
        kitchen.put("action_events", event_id=f"sent-{who}", event_kind="delivered",
                    customer_key=who, business_date=DAY,
                    happened_local_at=datetime(DAY.year, DAY.month, DAY.day, 12))  # fmt: skip
    for kind in ("phone", "member_no"):
        kitchen.put("customer_identifiers", customer_key="star", identifier_type=kind,
                    identifier_hash=f"{kind}_star")  # fmt: skip
    kitchen.put("accounts", account_id="A1", account_key="a_A1")
    kitchen.put("invoices", invoice_id="i1", account_id="A1", amount_minor=NOODLES,
                issued_on=DAY - timedelta(days=90), due_on=DAY - timedelta(days=60),
                paid_on=DAY - timedelta(days=20), currency_code="CNY")  # fmt: skip
    _come(kitchen, "clerk", range(5, 300, 21), account_id="A1")
    kitchen.put("leads", lead_id="l1", customer_key="lead", home_store_id="S1",
                business_date=DAY - timedelta(days=5))  # fmt: skip
    kitchen.put("leads", lead_id="l2", customer_key="tomorrow", home_store_id="S1",
                business_date=DAY + timedelta(days=1))  # fmt: skip
    kitchen.put("customers", customer_key="waiter", customer_kind="consumer", home_store_id="S1",
                joined_on=DAY - timedelta(days=90), is_staff=True)  # fmt: skip
    kitchen.points(None, 30, customer_key="waiter")
    kitchen.put("customer_overrides", override_id="v1", override_kind="hand_offer",
                customer_key="gone", offer_minor=500, decided_on=DAY)  # fmt: skip
    for who in ("star", "weekly", "gone", "lead", "member", "fresh", "griper", "loser"):
        kitchen.put("consents", customer_key=who, contact_channel="wechat",
                    consent_status="granted", consented_local_at=datetime(2024, 5, 1))  # fmt: skip


def remember_lists(kitchen: Kitchen) -> None:
    """On this weekday of three earlier weeks fifty guests each were on the reward list."""
    rows = [
        {"customer_key": f"peer{number:02}", "list_name": "reward", "action_code": "A10",
         "action_rung": "note", "contact_channel": "wechat", "store_id": "S1", "cost_minor": 0,
         "is_held_out": False, "is_shadow": False, "is_withheld": False,
         "starts_on": DAY - timedelta(weeks=weeks), "business_date": DAY - timedelta(weeks=weeks)}
        for weeks in (2, 3, 6) for number in range(50)
    ]  # fmt: skip
    memory = pa.Table.from_pylist(rows, ACTION_MEMORY)
    kitchen.warehouse.load_slices("ops_action_memory", memory, "business_date")
