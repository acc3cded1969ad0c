"""What is not routine waits for a person; everything else leaves by itself."""

from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from desk import GUEST, UNTOUCHED
from kitchen import DAY, Kitchen, OpenKitchen

from regulars.steps.action_tables import ACTION_MEMORY, EXCEPTION_DECISIONS

EXCEPTIONS = (
    "act_big_moves", "act_point_flags", "act_fraud_flags", "act_list_exceptions",
    "act_store_exceptions", "act_offer_exceptions", "act_exceptions", "fct_exceptions",
    "act_withholdings", "fct_actions", "act_released_actions",
)  # fmt: skip
CHOICE = {
    "list_name": "incentivise", "segment": "wavering", "tier": "iron", "action_code": "A20",
    "contact_channel": "sms", "store_id": "S1", "offer_minor": 0, "currency_code": "CNY",
    "priority": 1, "stake_minor": 100, "reason_1_code": "off_rhythm", "visit_count": 10,
    "silent_days": 60, "usual_gap_days": 20, "tier_profit_minor": 100, "potential_minor": 1,
    "discounted_order_count": 1, "order_count": 10, "is_by_hand": False, "cost_minor": 0,
    "allowed_minor": 0, "starts_on": DAY, "expires_on": DAY,
    "policy_version": "p", "business_date": DAY,
}  # fmt: skip


@pytest.fixture(scope="module")
def office(open_kitchen: OpenKitchen):
    """A shared kitchen in which lists are decided and nothing is unusual."""
    with open_kitchen() as opened:
        yield opened.stage().serve("act_unfair_lists")


def _look(office: Kitchen, *choices: dict[str, Any], **served: list[dict[str, Any]]) -> set[str]:
    """The codes of the exceptions when these are the actions and this is what happened."""
    rows = [{**CHOICE, **choice} for choice in choices]
    judged = [{**GUEST, "overdue_ratio": 1.0, "customer_key": row["customer_key"]} for row in rows]
    office.serve("act_choices", *rows)
    for table in (*UNTOUCHED, "snap_customer_tiers"):
        office.serve(table, *served.get(table, judged if "tiers" in table else []))
    memory = pa.Table.from_pylist(served.get("memory", []), ACTION_MEMORY)
    office.warehouse.load("ops_action_memory", memory)
    office.build(*EXCEPTIONS)
    return {row["exception_code"] for row in office.taste("select * from fct_exceptions")}


def _withheld(office: Kitchen) -> set[str]:
    rows = office.taste("select customer_key from fct_actions where is_withheld")
    return {row["customer_key"] for row in rows}


def _guests(count: int, **values: Any) -> list[dict[str, Any]]:
    return [{"customer_key": f"c{number:02}", **values} for number in range(count)]


def _remembered(*counts: int) -> list[dict[str, Any]]:
    """Lists of so many guests on this weekday of the weeks before."""
    return [
        {"customer_key": f"c{number:02}", "list_name": "incentivise", "is_held_out": False,
         "business_date": DAY - timedelta(weeks=weeks)}
        for weeks, count in enumerate(counts, start=1) for number in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "before", "is_unusual"),
    [(30, (40, 40), False), (29, (40, 40), True), (50, (40, 40), False), (51, (40, 40), True),
     (30, (40,), False), (4, (10, 10), False)],
)  # fmt: skip
def test_a_list_a_quarter_larger_or_smaller_than_on_this_weekday_waits_as_a_whole(
    office: Kitchen, today: int, before: tuple[int, ...], is_unusual: bool
):
    """Not with one week to compare with, and not below twenty guests."""
    found = _look(office, *_guests(today), memory=_remembered(*before))
    assert found == ({"list_size"} if is_unusual else set())
    assert len(_withheld(office)) == (today if is_unusual else 0)


def test_one_guest_above_a_tenth_and_five_above_a_quarter_are_a_dependence(office: Kitchen):
    boards = [
        {"scope": "store", "scope_id": store, "currency_code": "CNY", "snapshot_date": DAY,
         "top_1_ratio": one, "top_5_ratio": five, "top_1_minor": 500, "top_5_minor": 900}
        for store, one, five in (("S1", 0.11, 0.25), ("S2", 0.10, 0.26))
    ]  # fmt: skip
    _look(office, {"customer_key": "c1"}, fct_concentration=boards)
    rows = office.taste("select exception_code, store_id, measured_minor from fct_exceptions")
    assert sorted(tuple(row.values()) for row in rows) == [
        ("top_customer", "S1", 500), ("top_customers", "S2", 900),
    ]  # fmt: skip
    assert _withheld(office) == set(), "nothing is withheld for it: the owner is told"


@pytest.mark.parametrize(("delta", "is_unusual"), [(100, False), (101, True), (-101, True)])
def test_a_store_whose_ledger_is_a_thousandth_off_waits(
    office: Kitchen, delta: int, is_unusual: bool
):
    ledger = [{"store_id": "S1", "business_date": DAY, "ledger_minor": 100_000,
               "recon_delta_minor": delta, "currency_code": "CNY"}]  # fmt: skip
    guests = [{"customer_key": "c1"}, {"customer_key": "c2", "store_id": "S2"}]
    found = _look(office, *guests, fct_reconciliation=ledger)
    assert found == ({"reconciliation"} if is_unusual else set())
    assert _withheld(office) == ({"c1"} if is_unusual else set())


def test_a_jump_of_unknown_guests_is_told(office: Kitchen):
    days = [{"store_id": "S1", "business_date": DAY - timedelta(days=ago), "paid_order_count": 100,
             "anonymous_order_count": count, "anonymous_order_ratio": count / 100,
             "ledger_minor": 1, "recon_delta_minor": 0, "currency_code": "CNY"}
            for ago, count in ((0, 46), (1, 40), (2, 20))]  # fmt: skip
    assert _look(office, {"customer_key": "c1"}, fct_reconciliation=days) == {"anonymous_jump"}
    (row,) = office.taste("select measured_ratio, withholds from fct_exceptions")
    assert row["measured_ratio"] == pytest.approx(0.46 - 60 / 200)
    assert row["withholds"] == "nothing"


@pytest.mark.parametrize(
    ("tier", "kind", "overdue", "is_unusual"),
    [("platinum", "consumer", 1.5, True), ("platinum", "consumer", 1.49, False),
     ("gold", "consumer", 3.0, False), ("lead", "business", 1.5, True)],
)  # fmt: skip
def test_a_big_guest_who_slows_down_is_looked_at_before_anybody_writes(
    office: Kitchen, tier: str, kind: str, overdue: float, is_unusual: bool
):
    judged = [{**GUEST, "customer_key": "c1", "tier": tier, "customer_kind": kind,
               "overdue_ratio": overdue}]  # fmt: skip
    _look(office, {"customer_key": "c1"}, snap_customer_tiers=judged)
    assert _withheld(office) == ({"c1"} if is_unusual else set())


def test_a_fall_from_platinum_is_one_exception_and_a_landslide_another(office: Kitchen):
    """Two of thirty-nine are more than a twentieth; two of forty are not."""
    moves = [{"customer_key": "c01", "tier_before": "platinum", "tier": "gold"},
             {"customer_key": "c02", "tier_before": "lead", "tier": "iron"}]  # fmt: skip
    moves = [{**move, "business_date": DAY} for move in moves]
    assert _look(office, *_guests(40), fct_tier_moves=moves) == {"big_demoted"}
    assert _withheld(office) == {"c01"}
    assert _look(office, *_guests(39), fct_tier_moves=moves) == {"big_demoted", "tier_moves"}
    assert _withheld(office) == {"c01", "c02"}


def _order(who: str, ago: int = 0, store: str = "S1", **values: Any) -> dict[str, Any]:
    return {"order_key": f"{who}-{ago}-{store}", "customer_key": who, "store_id": store,
            "business_date": DAY - timedelta(days=ago), "channel": "dine_in", "is_paid": True,
            "status": "paid", **values}  # fmt: skip


def test_fifteen_orders_in_a_week_are_more_than_a_guest_eats(office: Kitchen):
    orders = [_order("c1", number % 7) for number in range(15)]
    orders += [_order("c2", number % 7) for number in range(14)] + [_order("c2", 7)]
    orders += [_order("c3", number % 7, account_id="A1") for number in range(20)]
    assert _look(office, *({"customer_key": f"c{n}"} for n in (1, 2, 3)),
                 fct_orders=orders) == {"many_orders"}  # fmt: skip
    assert _withheld(office) == {"c1"}


def test_nobody_eats_in_two_cities_on_a_day(office: Kitchen):
    places = pa.table({"store_id": ["S1", "S2", "S3"], "city": ["A", "A", "B"]})
    office.warehouse.load("ref_stores", places)
    orders = [_order("c1"), _order("c1", store="S3"), _order("c2"), _order("c2", store="S2"),
              _order("c3"), _order("c3", store="S3", channel="delivery_own")]  # fmt: skip
    found = _look(office, *({"customer_key": f"c{n}"} for n in (1, 2, 3)), fct_orders=orders)
    assert (found, _withheld(office)) == ({"distant_stores"}, {"c1"})


def test_ten_times_the_own_average_is_looked_at_once_there_is_an_average(office: Kitchen):
    def days(who: str, *spent: int) -> list[dict[str, Any]]:
        return [{"customer_key": who, "currency_code": "CNY", "net_sales_minor": amount,
                 "visit_count": 1, "account_order_count": 0,
                 "business_date": DAY - timedelta(days=ago)}
                for ago, amount in enumerate(reversed(spent))]  # fmt: skip

    history = [*days("c1", 90, 110, 90, 110, 1000), *days("c2", 90, 110, 90, 110, 999),
               *days("c3", 100, 100, 100, 9000)]  # fmt: skip
    found = _look(office, *({"customer_key": f"c{n}"} for n in (1, 2, 3)),
                  fct_customer_days=history)  # fmt: skip
    assert (found, _withheld(office)) == ({"own_average"}, {"c1"})


def test_points_without_a_meal_are_looked_at(open_kitchen: OpenKitchen):
    """c1 used one receipt twice, c2 kept the points of a cancelled order, c3 works here."""
    with open_kitchen() as kitchen:
        for order in ("o1", "o1", "o2", "o4", "o5"):
            kitchen.points(order, 30, customer_key=f"c{order[1]}")
        kitchen.points("o5", -30, customer_key="c5", event_kind="corrected")
        kitchen.points(None, 30, customer_key="c3").stage()
        staff = [{"customer_key": "c3", "is_staff": True}]
        orders = [{"order_key": f"S1:o{number}", "customer_key": f"c{number}", "is_paid": True,
                   "status": status, "business_date": DAY}
                  for number, status in ((1, "paid"), (2, "cancelled"), (4, "paid"),
                                         (5, "cancelled"))]  # fmt: skip
        kitchen.serve("act_unfair_lists")
        found = _look(kitchen, *({"customer_key": f"c{n}"} for n in range(1, 6)),
                      fct_orders=orders, int_customers=staff)  # fmt: skip
        flagged = kitchen.taste("select customer_key, exception_code from act_point_flags")
    assert found == {"reused_receipt", "cancelled_points", "staff_points"}
    assert {row["customer_key"]: row["exception_code"] for row in flagged} == {
        "c1": "reused_receipt", "c2": "cancelled_points", "c3": "staff_points",
    }  # fmt: skip


def test_a_promise_above_its_limit_waits_and_so_do_promises_above_the_budget(office: Kitchen):
    """The budget of S1 is 10.00 a list: 7.00 and 4.00 are too much, 9.00 in S2 is not."""
    budgets = [{"store_id": store, "list_name": "incentivise", "budget_minor": 1000,
                "test_budget_minor": 0} for store in ("S1", "S2")]  # fmt: skip
    office.warehouse.load("ref_list_budgets", pa.Table.from_pylist(budgets))
    promise = {"is_by_hand": True, "allowed_minor": 800}
    _look(office, {"customer_key": "c1", "cost_minor": 700, **promise},
          {"customer_key": "c2", "cost_minor": 400, **promise},
          {"customer_key": "c3", "cost_minor": 900, "store_id": "S2", **promise},
          {"customer_key": "c4"})  # fmt: skip
    rows = office.taste("select exception_code, customer_key, store_id, measured_minor, limit_minor"
                        " from fct_exceptions order by exception_code")  # fmt: skip
    assert [tuple(row.values()) for row in rows] == [
        ("budget_overrun", "", "S1", 1100, 1000), ("offer_above_ceiling", "c3", "", 900, 800),
    ]  # fmt: skip
    assert _withheld(office) == {"c1", "c2", "c3"}


# Decisions


EARLY, LATE = datetime(2025, 3, 4, 9), datetime(2025, 3, 4, 10)
WORDS = [
    ((), False),
    ((("approved", EARLY),), True),
    ((("rejected", EARLY),), False),
    ((("timed_out", EARLY),), False),
    ((("approved", EARLY), ("rejected", LATE)), False),
    ((("timed_out", EARLY), ("approved", LATE)), True),
    ((("approved", EARLY), ("rejected", EARLY)), False),
]


def test_the_row_leaves_only_on_a_persons_last_word_about_these_numbers(office: Kitchen):
    """c1 waits for a person, c2 for nobody."""
    judged = [{**GUEST, "customer_key": key, "tier": tier, "overdue_ratio": 2.0}
              for key, tier in (("c1", "platinum"), ("c2", "iron"))]  # fmt: skip
    _look(office, {"customer_key": "c1"}, {"customer_key": "c2"}, snap_customer_tiers=judged)
    (asked,) = office.taste("select exception_key, evidence_hash from fct_exceptions")

    def released(evidence: str, words: tuple[tuple[str, datetime], ...]) -> set[str]:
        said = [{"exception_key": asked["exception_key"], "evidence_hash": evidence,
                 "decision": word, "decided_at": at, "decided_by": "Li", "why": "known"}
                for word, at in words]  # fmt: skip
        decisions = pa.Table.from_pylist(said, EXCEPTION_DECISIONS)
        office.warehouse.load("ops_exception_decisions", decisions)
        rows = office.taste("select customer_key from act_released_actions")
        return {row["customer_key"] for row in rows}

    for words, is_released in WORDS:
        expected = {"c1", "c2"} if is_released else {"c2"}
        assert released(asked["evidence_hash"], words) == expected, words
    assert released("other numbers", (("approved", EARLY),)) == {"c2"}


def test_the_key_of_an_exception_is_the_same_tomorrow_and_not_for_another_day(office: Kitchen):
    keys = []
    for day in (DAY, DAY, DAY + timedelta(days=1)):
        office.run.__dict__["business_date"] = day
        judged = [{**GUEST, "customer_key": "c1", "tier": "platinum", "snapshot_date": day}]
        try:
            _look(office, {"customer_key": "c1", "business_date": day}, snap_customer_tiers=judged)
        finally:
            office.run.__dict__["business_date"] = DAY
        found = office.taste("select exception_key from fct_exceptions"
                             f" where business_date = date '{day}'")  # fmt: skip
        keys += [row["exception_key"] for row in found]
    assert keys[0] == keys[1] != keys[2]
