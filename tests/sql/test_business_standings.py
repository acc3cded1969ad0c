"""How a business customer pays, keeps his word, buys and develops, by hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from kitchen import DAY, Kitchen

PAYING = ("snap_business_payments",)


def _ago(days: int) -> date:
    return DAY - timedelta(days=days)


def _kinds(kitchen: Kitchen, **kinds: str) -> Kitchen:
    return kitchen.serve("int_customer_kinds", *(
        {"customer_key": who, "customer_kind": kind, "snapshot_date": DAY}
        for who, kind in kinds.items()
    ))  # fmt: skip


def _bill(number: int, issued: int, due: int, paid: int | None) -> dict[str, Any]:
    """An invoice by how many days ago it was issued, due and paid (negative: in the future)."""
    return {"invoice_id": f"i{number}", "account_id": "A1", "amount_minor": 100,
            "issued_on": _ago(issued), "due_on": _ago(due),
            "paid_on": None if paid is None else _ago(paid), "currency_code": "CNY"}  # fmt: skip


@pytest.mark.parametrize(
    ("bills", "days"),
    [
        ([_bill(1, 60, 30, 20)], 10),  # paid ten days after it fell due
        ([_bill(1, 60, 30, 40)], -10),  # paid ten days before
        ([_bill(1, 60, 30, None)], 30),  # not paid yet
        ([_bill(1, 60, 30, -15)], 30),  # paid only after the date: late until the date
        ([_bill(1, 60, 30, 20), _bill(2, 20, -10, None)], 10),  # one is not due yet
        ([_bill(1, 60, 30, 20), _bill(2, 60, 30, 0)], 20),
        ([_bill(1, 700, 660, None)], None),  # an old story
    ],
)
def test_a_bill_is_late_from_its_due_day_to_its_payment(
    counter: Kitchen, bills: list[dict[str, Any]], days: float | None
):
    counter.rows.clear()
    for bill in bills:
        counter.put("invoices", **bill)
    counter.stage()
    _kinds(counter, firm="business")
    account = {"account_id": "A1", "customer_key": "firm"}
    counter.serve("int_account_customers", account).measure([DAY], *PAYING)
    rows = counter.taste("select * from snap_business_payments")
    assert [row["payment_delay_days"] for row in rows] == ([] if days is None else [days])


def _earned(ago: int, profit: int) -> dict[str, Any]:
    return {"currency_code": "CNY", "true_profit_minor": profit, "business_date": _ago(ago)}


ON = {"snapshot_date": DAY}
OTHERS: dict[str, dict[str, Any]] = {
    "snap_business_orders": {**ON, "customer_key": "other", "asked_count": 9, "failed_count": 9,
                             "store_count": 9, "orderer_count": 9},
    "snap_business_payments": {**ON, "customer_key": "other", "payment_delay_days": 9.0},
    "snap_business_shares": {**ON, "customer_key": "other", "dependence_ratio": 0.9},
    "int_account_customers": {"account_id": "A9", "customer_key": "other"},
    "fct_customer_days": _earned(3, 900) | {"customer_key": "other"},
}  # fmt: skip
"""What is known of another firm, so that every table has a row."""


def _standing(kitchen: Kitchen, **served: list[dict[str, Any]]) -> dict[str, Any]:
    _kinds(kitchen, firm="business", guest="consumer")
    for table, other in OTHERS.items():
        own = [{**other, "customer_key": "firm", **row} for row in served.get(table, [])]
        kitchen.serve(table, other, *own)
    kitchen.measure([DAY], "snap_business_standings")
    (row,) = kitchen.taste("select * from snap_business_standings")
    assert row["customer_key"] == "firm"
    return row


def test_a_firm_of_which_nothing_is_known_stands_at_defined_numbers(counter: Kitchen):
    row = _standing(counter)
    assert row["payment_delay_days"] == row["cancelled_ratio"] == row["trend_ratio"] == 0
    assert row["dependence_ratio"] == 0 and row["is_central_buyer"]


@pytest.mark.parametrize(
    ("earned", "trend"),
    [
        ([_earned(10, 300), _earned(200, 100)], 0.5),  # (300 - 100) / (300 + 100)
        ([_earned(10, 300)], 1),
        ([_earned(200, 300)], -1),
        ([_earned(10, -300), _earned(200, 100)], -1),
        ([_earned(10, 0)], 0),
        ([_earned(10, 300), _earned(360, 900)], 1),  # two half-years only
    ],
)
def test_the_trend_compares_two_half_years_within_one(
    counter: Kitchen, earned: list[dict[str, Any]], trend: float
):
    assert _standing(counter, fct_customer_days=earned)["trend_ratio"] == trend


@pytest.mark.parametrize(
    ("stores", "orderers", "central"), [(1, 5, True), (3, 1, True), (2, 2, False)]
)
def test_several_people_at_several_stores_buy_scattered(
    counter: Kitchen, stores: int, orderers: int, central: bool
):
    orders = {"store_count": stores, "orderer_count": orderers, "asked_count": 8,
              "failed_count": 2}  # fmt: skip
    row = _standing(counter, snap_business_orders=[orders])
    assert (row["is_central_buyer"], row["cancelled_ratio"]) == (central, 0.25)


def test_dependence_is_the_share_of_the_profit_of_the_main_store(counter: Kitchen):
    shared = {"store_id": "S1", "currency_code": "CNY", **ON}
    counter.serve(
        "snap_store_customers",
        {**shared, "customer_key": "firm", "true_profit_minor": 300},
        {**shared, "customer_key": "firm", "true_profit_minor": 900, "store_id": "S2"},
        {**shared, "customer_key": "", "true_profit_minor": 600},
        {**shared, "customer_key": "costly", "true_profit_minor": -500},
    )
    counter.serve("snap_customer_peers", {**ON, "customer_key": "firm", "main_store_id": "S1",
                                          "currency_code": "CNY",
                                          "board_kind": "business"})  # fmt: skip
    counter.measure([DAY], "snap_business_shares")
    (row,) = counter.taste("select * from snap_business_shares")
    assert row["dependence_ratio"] == pytest.approx(300 / 900)
