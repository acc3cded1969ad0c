"""What a customer costs without an order: being won, being written to, owing money."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from kitchen import DAY, Kitchen

from regulars.steps.action_tables import ACTION_MEMORY
from regulars.steps.build_customer_profit import contacts_made
from regulars.steps.profit_evidence import not_costed

START = date(2020, 1, 1)
WON = {"acquisition": [{"valid_from": START, "source": "platform", "cost_minor": 1000,
                        "amortisation_days": 75}]}  # fmt: skip
CAPITAL = {"capital": [{"valid_from": START, "annual_rate": 0.073}]}


def days_of(kitchen: Kitchen, column: str) -> dict[int, Any]:
    rows = kitchen.taste(f"select business_date, {column} as n from fct_customer_days")
    return {(row["business_date"] - DAY).days: row["n"] for row in rows}


def test_what_winning_a_customer_cost_is_spread_from_the_first_paid_order_on(open_kitchen):
    with open_kitchen(charges=WON) as kitchen:
        for who, source in (("c1", "platform"), ("c2", "walk_in"), ("never", "platform")):
            kitchen.put("customers", customer_key=who, customer_kind="consumer",
                        acquisition_source=source)  # fmt: skip
        kitchen.order("o0", on=DAY - timedelta(days=1), customer_key="c1", status="cancelled")
        kitchen.order("o1", customer_key="c1").line("o1", 1, 3000)
        kitchen.order("o2", customer_key="c2").line("o2", 1, 3000)
        kitchen.cook(DAY, DAY + timedelta(days=100))
        rows = kitchen.taste("select * from fct_customer_days where customer_key = 'c1'")
        found = {(r["business_date"] - DAY).days: r["acquisition_cost_minor"] for r in rows}
        assert kitchen.audits()["audit_components_conserved"] == 0
        who = kitchen.taste("select distinct customer_key from fct_customer_days")
        assert {row["customer_key"] for row in who} == {"c1", "c2"}
    # 75 days of 1000 fen in steps of thirty: 30/75, 60/75, all.
    assert found == {0: 400, 30: 400, 60: 200}


def test_a_lead_tells_the_source_where_the_profile_does_not(open_kitchen):
    with open_kitchen(charges=WON) as kitchen:
        kitchen.put("leads", lead_id="l1", customer_key="c1", lead_source="platform",
                    business_date=DAY)  # fmt: skip
        kitchen.order("o1", customer_key="c1").line("o1", 1, 3000).cook()
        (day,) = kitchen.taste("select * from fct_customer_days")
    assert (day["cm3_minor"], day["true_profit_minor"]) == (3000, 2600)


def owe(kitchen: Kitchen, amount: int, **values: Any) -> Kitchen:
    kitchen.put("customers", customer_key="office", customer_kind="business", account_id="A1")
    given = {"invoice_id": "i1", "account_id": "A1", "issued_on": DAY, "store_id": "S1",
             "due_on": DAY + timedelta(days=30), "currency_code": "CNY"}  # fmt: skip
    return kitchen.put("invoices", **{**given, "amount_minor": amount, **values})


def test_waiting_for_an_accounts_money_costs_capital_until_the_day_it_comes(open_kitchen):
    with open_kitchen(charges=CAPITAL) as kitchen:
        owe(kitchen, 1_000_000, paid_on=DAY + timedelta(days=50))
        kitchen.cook(DAY, DAY + timedelta(days=90))
        found = days_of(kitchen, "credit_cost_minor")
        (row,) = kitchen.taste("select distinct customer_key from fct_customer_days")
        assert kitchen.audits()["audit_components_conserved"] == 0
    # 7.3 % a year is 0.02 % a day: 200 fen a day on 10,000.00.
    assert found == {30: 6000, 50: 4000}
    assert row["customer_key"] == "office"


def test_an_unpaid_invoice_costs_more_every_thirty_days_and_a_prepaid_one_nothing(open_kitchen):
    with open_kitchen(charges=CAPITAL) as kitchen:
        owe(kitchen, 1_000_000, revision=1)
        owe(kitchen, 500_000, invoice_id="i2", paid_on=DAY)
        kitchen.cook(DAY, DAY + timedelta(days=100))
        assert days_of(kitchen, "credit_cost_minor") == {30: 6000, 60: 6000, 90: 6000}


def test_an_invoice_to_an_account_nobody_knows_is_kept_with_its_store_and_told(open_kitchen):
    with open_kitchen(charges=CAPITAL) as kitchen:
        owe(kitchen, 1_000_000, account_id="A9", paid_on=DAY + timedelta(days=30))
        kitchen.cook(DAY, DAY + timedelta(days=30))
        (cost,) = kitchen.taste("select * from fct_store_costs")
        assert (cost["cost_kind"], cost["cost_minor"]) == ("credit_without_customer", 6000)
        assert kitchen.inspect("audit_charges_without_customer").failures == 1
        assert kitchen.taste("select * from fct_customer_days") == []


def test_a_contact_on_a_channel_that_costs_is_charged_on_the_day_it_is_made(open_kitchen):
    sms = {"contacts": [{"valid_from": START, "contact_channel": "sms", "cost_minor": 8}]}
    with open_kitchen(charges=sms) as kitchen:
        place = {"store_id": "S1", "business_date": DAY}
        made = [{"customer_key": who, "contact_channel": channel, **place}
                for who, channel in (("c1", "sms"), ("c2", "wechat"))]  # fmt: skip
        kitchen.order("o1", customer_key="c1").line("o1", 1, 3000).contacts(*made).cook()
        (day,) = kitchen.taste("select * from fct_customer_days")
    assert (day["contact_cost_minor"], day["cm2_minor"]) == (8, 2992)


def test_a_list_is_used_the_morning_after_and_only_channels_that_cost_count(kitchen):
    day = {"list_name": "activate", "action_code": "A30", "store_id": "S1", "business_date": DAY,
           "is_withheld": False}  # fmt: skip
    channels = {"c1": "sms", "c2": "wechat", "c3": "internal"}
    listed = [{"customer_key": who, "contact_channel": how, **day} for who, how in channels.items()]
    waits = {"customer_key": "c4", "contact_channel": "sms", **day, "is_withheld": True}
    alone = {"customer_key": "c5", "contact_channel": "sms", **day, "action_code": None}
    assert contacts_made(kitchen.warehouse, {"sms"}).num_rows == 0
    memory = pa.Table.from_pylist([*listed, waits, alone], ACTION_MEMORY)
    kitchen.warehouse.load("ops_action_memory", memory)
    assert contacts_made(kitchen.warehouse, set()).num_rows == 0
    (made,) = contacts_made(kitchen.warehouse, {"sms", "phone"}).to_pylist()
    assert (made["customer_key"], made["business_date"]) == ("c1", DAY + timedelta(days=1))


def test_what_the_policy_gives_no_numbers_for_is_named(open_kitchen):
    with open_kitchen(charges=CAPITAL) as kitchen:
        assert not_costed(kitchen.run.policy) == (
            "service_cost", "incentive_cost", "contact_cost", "acquisition_cost",
        )  # fmt: skip
