"""One customer's profit in words: every number of the row, nothing else."""

from datetime import date

from regulars.reports.customer_profit import driver_words, ladder_lines, profit_words
from regulars.reports.wording import STEPS

DAY = date(2025, 3, 3)
PROFIT = dict.fromkeys((f"{step}_minor" for step in STEPS), 0) | {
    "customer_key": "c1", "currency_code": "CNY", "snapshot_date": DAY, "gross_minor": 10000,
    "discount_minor": 5000, "net_sales_minor": 5000, "food_cost_minor": 3000, "cm1_minor": 2000,
    "cm2_minor": 2000, "service_cost_minor": 2500, "cm3_minor": -500, "true_profit_minor": -500,
}  # fmt: skip
DEEP = {
    "driver_code": "deep_discounts", "excess_minor": 4000, "own_rate_bps": 5000,
    "peer_rate_bps": 1000, "peer_count": 5, "currency_code": "CNY",
}  # fmt: skip


def test_the_ladder_goes_down_step_by_step_and_leaves_out_zeros():
    lines = [line.split(maxsplit=1) for line in ladder_lines(PROFIT)]
    assert [(amount, name.split(" ‖ ")[0]) for amount, name in lines] == [
        ("100.00", "Gross"), ("−50.00", "Discounts"), ("50.00", "Net sales"), ("−30.00", "Food"),
        ("20.00", "CM1"), ("20.00", "CM2, marginal"), ("−25.00", "Service time"),
        ("−5.00", "CM3, full"), ("−5.00", "True profit"),
    ]  # fmt: skip


def test_a_reason_tells_its_numbers_in_both_languages():
    assert driver_words(DEEP) == (
        "Deep discounts: 50.0 % of sales, 10.0 % with 5 peers; CNY 40.00 more",
        "折扣过深：占销售额 50.0 %，5 位同类客户为 10.0 %；多出 CNY 40.00",
    )


def test_a_saving_is_told_as_a_saving():
    english, chinese = driver_words(DEEP | {"excess_minor": -1000, "own_rate_bps": 0})
    assert english.startswith("Deep discounts (a saving): 0.0 % of sales")
    assert english.endswith("CNY 10.00 less")
    assert chinese.endswith("节省 CNY 10.00")


def test_what_costs_by_the_order_is_told_beside_a_peers_orders():
    english, chinese = driver_words(DEEP | {"driver_code": "small_ticket", "excess_minor": 800})
    assert (
        english
        == "Small tickets: the same orders and sales of a peer would have cost CNY 8.00 less"
    )
    assert chinese == "客单偏小：同类客户相同订单的成本少 CNY 8.00"


def test_who_is_like_the_others_has_no_reason():
    assert profit_words(PROFIT, []).endswith("Much like the peers ‖ 与同类客户相近")
    assert profit_words(PROFIT, [DEEP]).startswith("c1 · 2025-03-03\n")
