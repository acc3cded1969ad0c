"""The worked example of docs/howto/profit.md: a table of two, figure by figure."""

from datetime import date

SERVICE = {
    "practical_share": 0.8,
    "rates": [{"valid_from": date(2020, 1, 1), "hour_cost_minor": 4320, "order_minutes": 2,
               "cover_minutes": 6, "line_minutes": 1.5}],
}  # fmt: skip
LADDER = {
    "gross": 14_000, "discount": 1400, "comp": 0, "refund": 0, "fee_income": 1000,
    "net_sales": 13_600, "food_cost": 4350, "packaging_cost": 0, "cm1": 9250, "channel_cost": 0,
    "payment_fee": 82, "incentive_cost": 0, "cm2": 9168, "service_cost": 1665, "cm3": 7503,
    "complaint_cost": 480, "true_profit": 7023,
}  # fmt: skip


def test_a_table_of_two_brings_what_the_page_says(open_kitchen):
    with open_kitchen(service=SERVICE) as kitchen:
        kitchen.recipe("duck", 1935).recipe("greens", 480).rule("payment", rate_bps=60)
        kitchen.order("o1", covers=2, total_minor=13_600, service_charge_minor=1000,
                      customer_key="c1").adjust("o1", "coupon", 1400)  # fmt: skip
        kitchen.line("o1", 1, 12_000, item_id="duck", quantity_milli=2000)
        kitchen.line("o1", 2, 2000, item_id="greens")
        kitchen.line("o1", 3, 2000, item_id="greens", is_remake=True)
        kitchen.put("payments", payment_id="p1", order_id="o1", store_id="S1", tender="card",
                    amount_minor=13_600).cook()  # fmt: skip
        order = kitchen.order_figures("o1")
        (day,) = kitchen.taste("select * from fct_customer_days")
        lines = kitchen.taste("select * from fct_order_lines order by line_no")
        stopping = [n for name, n in kitchen.audits().items()
                    if kitchen.run.catalog[name].severity == "error"]  # fmt: skip
    assert {name: order[f"{name}_minor"] for name in LADDER} == LADDER
    assert {name: day[f"{name}_minor"] for name in LADDER} == LADDER
    assert [line["discount_minor"] for line in lines] == [1200, 200, 0]
    assert [line["fee_income_minor"] for line in lines] == [857, 143, 0]
    assert [line["complaint_cost_minor"] for line in lines] == [0, 0, 480]
    assert order["ledger_minor"] == order["net_sales_minor"]
    assert not any(stopping)
