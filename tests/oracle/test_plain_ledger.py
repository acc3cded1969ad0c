"""The plain ledger itself, on figures worked out by hand: who checks others is checked first."""

from datetime import date, timedelta
from typing import Any

from oracle.plain_ladder import half_up
from oracle.plain_ledger import PlainLedger
from oracle.plain_terms import Terms

DAY = date(2025, 3, 3)
FOR_EVER = {"valid_from": date(2020, 1, 1), "valid_to": None, "currency_code": "CNY"}
PLACE = {"store_id": "S1", "order_id": "o1"}
POLICY = {
    "service": {
        "practical_share": "0.8",
        "rates": [{"valid_from": date(2020, 1, 1), "hour_cost_minor": 4320, "order_minutes": 2,
                   "cover_minutes": 6, "line_minutes": "1.5"}],
    },
    "charges": {"acquisition": [{"valid_from": date(2020, 1, 1), "source": "ads",
                                 "cost_minor": 1000, "amortisation_days": 100}],
                "capital": [{"valid_from": date(2020, 1, 1), "annual_rate": "0.073"}]},
}  # fmt: skip


def line(number: int, item: str, gross: int, **values: Any) -> dict[str, Any]:
    return {**PLACE, "line_no": number, "item_id": item, "gross_minor": gross,
            "quantity_milli": 1000, **values}  # fmt: skip


def table_of_two(**order: Any) -> dict[str, list[dict[str, Any]]]:
    """Roast duck and greens, the greens made again, a coupon, a service charge, paid by card."""
    recipe = {"store_id": None, **FOR_EVER}
    return {
        "orders": [{**PLACE, "channel": "dine_in", "status": "paid", "covers": 2,
                    "business_date": DAY, "currency_code": "CNY", "customer_key": "c1",
                    "service_charge_minor": 1000, **order}],
        "order_lines": [line(1, "duck", 12000, quantity_milli=2000), line(2, "greens", 2000),
                        line(3, "greens", 2000, is_remake=True)],
        "payments": [{**PLACE, "payment_id": "p1", "tender": "card", "amount_minor": 13600}],
        "adjustments": [{**PLACE, "adjustment_id": "a1", "adjustment_type": "coupon",
                         "funded_by": "merchant", "amount_minor": 1400}],
        "recipe_costs": [{"item_id": "duck", "unit_cost_micro": 1_935_000_000, **recipe},
                         {"item_id": "greens", "unit_cost_micro": 480_000_000, **recipe}],
        "cost_rules": [{"rule_id": "r1", "component": "payment", "basis": "rate", "rate_bps": 60,
                        "tender": "card", **FOR_EVER}],
    }  # fmt: skip


def test_the_worked_example_comes_out_as_it_is_told_to_readers():
    ledger = PlainLedger(table_of_two(), POLICY)
    steps = ledger.order_ladder(("S1", "o1")).climbed()
    told = ("net_sales", "food_cost", "cm1", "payment_fee", "cm2", "service_cost", "cm3",
            "complaint_cost", "true_profit")  # fmt: skip
    assert [steps[f"{name}_minor"] for name in told] == [
        13600, 4350, 9250, 82, 9168, 1665, 7503, 480, 7023,
    ]  # fmt: skip
    lines = ledger.line_ladders(("S1", "o1"))
    assert [lines[number]["discount"] for number in (1, 2, 3)] == [1200, 200, 0]


def test_an_unpaid_table_costs_nothing_that_was_not_cooked():
    ladder = PlainLedger(table_of_two(status="open"), POLICY).order_ladder(("S1", "o1"))
    assert ladder["food_cost"] == ladder["service_cost"] == ladder["payment_fee"] == 0


def test_winning_is_charged_in_steps_that_add_up():
    steps = list(Terms(POLICY).installments("ads", DAY))
    assert steps == [(0, 300), (30, 300), (60, 300), (90, 100)]
    assert list(Terms(POLICY).installments("friends", DAY)) == []


def test_waiting_costs_amount_times_days_times_rate():
    # 10,000.00 at 7.3 % a year is 2.00 a day.
    assert Terms(POLICY).waiting_cost(1_000_000, 45, DAY) == 9000
    firm = {"customer_key": "f1", "customer_kind": "business", "account_id": "A1"}
    invoice = {"invoice_id": "i1", "account_id": "A1", "amount_minor": 1_000_000,
               "issued_on": DAY, "paid_on": DAY + timedelta(days=45),
               "currency_code": "CNY"}  # fmt: skip
    ledger = PlainLedger({"customers": [firm], "invoices": [invoice]}, POLICY)
    costs = {place[1]: one["credit_cost"] for place, one in ledger.customer_days().items()}
    assert costs == {DAY + timedelta(days=30): 6000, DAY + timedelta(days=45): 3000}


def test_a_half_goes_away_from_zero():
    assert [half_up(number, 2) for number in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]
