"""Every kind of event and what it does to the ladder; each figure worked out by hand, in fen."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen, OpenKitchen

LATER = DAY + timedelta(days=40)
POINTS = {"points": [{"valid_from": date(2020, 1, 1), "point_value_minor": 2,
                      "redemption_share": 0.6}]}  # fmt: skip


def lines_of(kitchen: Kitchen, column: str, order_id: str = "o1") -> list[int]:
    rows = kitchen.taste(
        f"select line_no, {column} as n from fct_order_lines"
        f" where order_key = 'S1:{order_id}' order by line_no"
    )
    return [row["n"] for row in rows]


def clean(kitchen: Kitchen) -> bool:
    """Whether no audit that stops a run finds anything."""
    audits = kitchen.audits()
    return not any(n for name, n in audits.items()
                   if kitchen.run.catalog[name].severity == "error")  # fmt: skip


def test_what_the_whole_order_has_is_shared_out_over_its_lines_to_the_cent(kitchen):
    kitchen.rule("packaging", "per_order", amount_minor=100)
    kitchen.rule("payment", rate_bps=100, tender="card")
    kitchen.order("o1", total_minor=9400, service_charge_minor=400)
    for line_no in (1, 2, 3):
        kitchen.line("o1", line_no, 3000)
    kitchen.put("payments", payment_id="p1", order_id="o1", store_id="S1", tender="card",
                amount_minor=9400).adjust("o1", "compensation", 1000).cook()  # fmt: skip
    assert lines_of(kitchen, "fee_income_minor") == [133, 133, 134]
    assert lines_of(kitchen, "packaging_cost_minor") == [33, 33, 34]
    assert lines_of(kitchen, "payment_fee_minor") == [31, 31, 32]  # 1 % of 94.00
    assert lines_of(kitchen, "complaint_cost_minor") == [333, 333, 334]
    # 9000 + 400 − 100 − 94 = 9206 at the margin, and 10.00 of compensation beneath.
    order = kitchen.order_figures("o1")
    assert (order["cm2_minor"], order["true_profit_minor"]) == (9206, 8206)
    assert sum(lines_of(kitchen, "true_profit_minor")) == 8206
    assert clean(kitchen)


def test_a_share_of_what_comes_back_mirrors_a_share_of_what_is_paid(kitchen):
    kitchen.order("o1", channel="delivery_platform", platform="meiwei", total_minor=9000)
    for line_no in (1, 2, 3):
        kitchen.line("o1", line_no, 3000)
    kitchen.settle("o1", "adjustment", -100).cook()
    assert lines_of(kitchen, "channel_cost_minor") == [-33, -33, -34]
    assert clean(kitchen)


def test_a_coupon_of_a_bank_is_revenue_and_one_of_ours_is_not(kitchen):
    kitchen.order("o1", total_minor=2000).line("o1", 1, 3000)
    kitchen.adjust("o1", "coupon", 600, funded_by="third_party").adjust("o1", "coupon", 400).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["discount_minor"]) == (2600, 400)
    assert (order["funded_discount_minor"], order["ledger_minor"]) == (600, 2600)


@pytest.mark.parametrize("kind", ["comp", "refund", "chargeback", "compensation"])
def test_what_a_platform_pays_for_costs_the_restaurant_nothing(kitchen, kind):
    paid = 2200 if kind == "comp" else 3000
    kitchen.order("o1", total_minor=paid).line("o1", 1, 3000)
    kitchen.adjust("o1", kind, 800, funded_by="platform").cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["true_profit_minor"]) == (3000, 3000)
    assert order["ledger_minor"] == 3000


def test_a_compensation_and_an_error_charge_without_an_order_are_costs_of_the_store(kitchen):
    kitchen.adjust("gone", "compensation", 900).adjust("gone", "error_charge", 300)
    kitchen.adjust("gone", "coupon", 200).cook()
    costs = kitchen.taste("select * from fct_store_costs order by cost_kind")
    assert [(cost["cost_kind"], cost["cost_minor"]) for cost in costs] == [
        ("compensation_without_order", 900),
        ("error_charge_without_order", 300),
    ]
    (row,) = kitchen.taste("select * from fct_reconciliation")
    assert (row["unallocated_minor"], row["ledger_minor"]) == (-200, -200)


def test_a_discount_on_a_line_that_nobody_knows_is_taken_off_the_whole_order(kitchen):
    kitchen.order("o1", total_minor=2500).line("o1", 1, 3000)
    kitchen.adjust("o1", "discount", 500, line_no=9).cook()
    assert kitchen.order_figures("o1")["net_sales_minor"] == 2500


def test_paying_with_a_gift_card_or_stored_value_is_a_tender_and_changes_no_figure(kitchen):
    kitchen.put("items", item_id="topup", item_name="Top-up", revenue_kind="stored_value")
    kitchen.order("o1", total_minor=50000).line("o1", 1, 50000, item_id="topup")
    kitchen.order("o2", total_minor=3000).line("o2", 1, 3000)
    for tender, amount in (("stored_value", 2000), ("gift_card", 1000)):
        kitchen.put("payments", payment_id=tender, order_id="o2", store_id="S1", tender=tender,
                    amount_minor=amount)  # fmt: skip
    kitchen.cook()
    topped, spent = kitchen.order_figures("o1"), kitchen.order_figures("o2")
    assert (topped["net_sales_minor"], topped["liability_minor"]) == (0, 50000)
    assert (topped["ledger_minor"], topped["true_profit_minor"]) == (0, 0)
    assert (spent["net_sales_minor"], spent["true_profit_minor"]) == (3000, 3000)
    assert clean(kitchen)


def test_tax_on_top_tips_and_rounding_are_nobodys_revenue(kitchen):
    # 3000 + 180 tax + 200 tip − 3 rounded off.
    kitchen.order("o1", total_minor=3377, tax_minor=180, tip_minor=200, rounding_minor=-3)
    kitchen.line("o1", 1, 3000).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["ledger_minor"]) == (3000, 3000)


def test_a_dish_comped_in_full_brings_nothing_and_costs_its_food(kitchen):
    kitchen.recipe("noodle", 900).order("o1", total_minor=0).line("o1", 1, 3000)
    kitchen.adjust("o1", "comp", 3000, line_no=1).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["true_profit_minor"]) == (0, -900)


def test_a_remade_dish_is_no_sale_and_its_food_is_the_complaints_cost(kitchen):
    kitchen.recipe("noodle", 900).order("o1", total_minor=3000).line("o1", 1, 3000)
    kitchen.line("o1", 2, 3000, is_remake=True).cook()
    order = kitchen.order_figures("o1")
    assert (order["gross_minor"], order["net_sales_minor"]) == (3000, 3000)
    assert (order["food_cost_minor"], order["complaint_cost_minor"]) == (900, 900)
    assert (order["cm3_minor"], order["true_profit_minor"]) == (2100, 1200)
    assert clean(kitchen)


@pytest.mark.parametrize("kind", ["refund", "chargeback"])
def test_money_given_back_in_a_later_month_takes_the_sale_of_its_own_day_back(kitchen, kind):
    kitchen.recipe("noodle", 900).order("o1", total_minor=6000, customer_key="c1")
    kitchen.line("o1", 1, 3000).line("o1", 2, 3000)
    kitchen.adjust("o1", kind, 2000, business_date=LATER).cook(DAY, LATER)
    order = kitchen.order_figures("o1")
    assert (order["refund_minor"], order["net_sales_minor"]) == (2000, 4000)
    assert order["true_profit_minor"] == 4000 - 1800
    assert lines_of(kitchen, "refund_minor") == [1000, 1000]
    assert [row["business_date"] for row in kitchen.taste("select * from fct_customer_days")] == [
        DAY
    ]
    assert clean(kitchen)


def test_a_refund_without_its_order_stays_with_the_store_in_the_month_it_was_made(kitchen):
    kitchen.order("o1", total_minor=3000).line("o1", 1, 3000)
    kitchen.adjust(None, "refund", 700, business_date=LATER).cook(DAY, LATER)
    rows = kitchen.taste("select * from fct_reconciliation order by business_date")
    assert [(row["business_date"], row["unallocated_minor"]) for row in rows] == [
        (DAY, 0),
        (LATER, -700),
    ]
    assert clean(kitchen)


def test_a_platforms_error_charge_told_by_till_and_payout_is_one_charge(kitchen):
    kitchen.order("o1", channel="delivery_platform", platform="meiwei", total_minor=3000)
    kitchen.line("o1", 1, 3000).adjust("o1", "error_charge", 500, funded_by="merchant")
    kitchen.settle("o1", "commission", 600).settle("o1", "error_charge", 800).cook()
    assert kitchen.order_figures("o1")["channel_cost_minor"] == 600 + 800


def test_a_check_that_was_opened_again_counts_as_it_was_closed_last(kitchen):
    kitchen.recipe("noodle", 900)
    kitchen.order("o1", total_minor=9000, revision=1).order("o1", total_minor=6000, revision=2)
    for line_no in (1, 2, 3):
        kitchen.line("o1", line_no, 3000, revision=1)
    for line_no in (1, 2):
        kitchen.line("o1", line_no, 3000, revision=2)
    for revision, payments in ((1, ("p1",)), (2, ("p2", "p3"))):
        for payment in payments:
            kitchen.put("payments", payment_id=payment, order_id="o1", store_id="S1",
                        tender="cash", amount_minor=9000 // revision - 1500 * (revision - 1),
                        revision=revision)  # fmt: skip
    kitchen.cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["food_cost_minor"]) == (6000, 1800)
    assert (order["line_count"], order["paid_minor"]) == (2, 6000)


def test_a_line_corrected_by_itself_leaves_the_other_lines_alone(kitchen):
    kitchen.order("o1", total_minor=5000, revision=1).line("o1", 1, 3000, revision=1)
    kitchen.line("o1", 2, 3000, revision=1).line("o1", 2, 2000, revision=2).cook()
    assert kitchen.order_figures("o1")["net_sales_minor"] == 5000


def test_a_negative_quantity_takes_the_sale_back_leaves_the_food_and_is_told(kitchen):
    kitchen.recipe("noodle", 900).order("o1", total_minor=3000)
    kitchen.line("o1", 1, 6000, quantity_milli=2000)
    kitchen.line("o1", 2, -3000, quantity_milli=-1000).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["food_cost_minor"]) == (3000, 1800)
    assert kitchen.audits()["audit_negative_quantities"] == 1
    assert clean(kitchen)


def test_an_order_without_lines_is_one_line_of_its_own(kitchen):
    kitchen.rule("packaging", "per_line", amount_minor=30)
    kitchen.order("o1", total_minor=2600, gross_minor=3000).adjust("o1", "coupon", 400).cook()
    (line,) = kitchen.taste("select * from fct_order_lines")
    assert (line["line_no"], line["item_id"], line["is_cost_missing"]) == (0, "", True)
    assert (line["net_sales_minor"], line["packaging_cost_minor"]) == (2600, 0)
    assert clean(kitchen)


def test_points_cost_whoever_earns_them_and_using_them_costs_nothing_again(open_kitchen):
    with open_kitchen(charges=POINTS) as kitchen:
        kitchen.order("o1", total_minor=10000, customer_key="c1").line("o1", 1, 10000)
        kitchen.points("o1", 100).points("o1", -10, event_kind="corrected")
        kitchen.points("o1", 55, event_kind="redeemed")
        kitchen.order("o2", total_minor=8900, customer_key="c1").line("o2", 1, 9000)
        kitchen.adjust("o2", "loyalty_redemption", 100).cook()
        # 90 points at 2 fen, of which 60 % are ever used: 1.08.
        assert kitchen.order_figures("o1")["incentive_cost_minor"] == 108
        used = kitchen.order_figures("o2")
        assert (used["net_sales_minor"], used["incentive_cost_minor"]) == (8900, -100)
        assert used["cm2_minor"] == 9000
        (day,) = kitchen.taste("select * from fct_customer_days")
        assert day["true_profit_minor"] == 10000 - 108 + 9000
        assert clean(kitchen)


def test_without_a_cost_of_points_a_redemption_is_a_discount_and_nothing_more(kitchen):
    kitchen.order("o1", total_minor=2900).line("o1", 1, 3000)
    kitchen.adjust("o1", "loyalty_redemption", 100).points("o1", 50).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["incentive_cost_minor"]) == (2900, 0)


def test_points_of_an_unknown_guest_without_an_order_stay_with_the_store(open_kitchen):
    with open_kitchen(charges=POINTS) as kitchen:
        kitchen.order("o1", total_minor=3000, customer_key="c1").line("o1", 1, 3000)
        kitchen.points(None, 1000, customer_key="c1").points(None, 500).cook()
        (day,) = kitchen.taste("select * from fct_customer_days")
        assert (day["incentive_cost_minor"], day["cm2_minor"]) == (1200, 1800)
        (cost,) = kitchen.taste("select * from fct_store_costs")
        assert (cost["cost_kind"], cost["cost_minor"]) == ("incentive_without_customer", 600)
        assert kitchen.audits()["audit_charges_without_customer"] == 1
        assert clean(kitchen)


amounts = st.integers(-5000, 90_000)
checks = st.lists(
    st.tuples(
        st.lists(amounts, min_size=0, max_size=4),
        st.dictionaries(st.sampled_from(["coupon", "comp", "refund", "compensation"]),
                        st.integers(0, 7000), max_size=3),
        st.integers(-900, 900), st.booleans(),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(checks)
def test_whatever_happens_no_component_is_lost_or_counted_twice(open_kitchen: OpenKitchen, told):
    with open_kitchen() as kitchen:
        kitchen.recipe("noodle", 333).rule("packaging", "per_order", amount_minor=77)
        kitchen.rule("commission", rate_bps=1733, platform="meiwei")
        for number, (lines, given_away, correction, is_known) in enumerate(told):
            order = f"o{number}"
            kitchen.order(order, total_minor=sum(lines), channel="delivery_platform",
                          platform="meiwei", customer_key="c1" if is_known else None,
                          gross_minor=1234, delivery_fee_minor=299)  # fmt: skip
            for line_no, gross in enumerate(lines, 1):
                kitchen.line(order, line_no, gross)
            for kind, amount in given_away.items():
                kitchen.adjust(order, kind, amount)
            if correction % 2:
                kitchen.settle(order, "adjustment", correction)
        kitchen.cook()
        assert clean(kitchen)
