"""Which order a payout line is about, what it costs, and what stays with the store."""

from datetime import timedelta

from kitchen import DAY, Kitchen

WEEK = DAY + timedelta(days=7)


def on_platform(kitchen: Kitchen, order_id: str, **values: object) -> Kitchen:
    given = {"channel": "delivery_platform", "platform": "meiwei", "total_minor": 3000} | values
    return kitchen.order(order_id, **given).line(order_id, 1, 3000)


def matches(kitchen: Kitchen) -> dict[str, tuple[str | None, str]]:
    rows = kitchen.taste("select * from int_settlement_orders")
    return {row["settlement_id"]: (row["order_key"], row["matched_by"]) for row in rows}


def test_a_payout_line_finds_its_order_by_number_else_by_the_platforms_own(kitchen):
    on_platform(kitchen, "o1", external_order_id="X1")
    on_platform(kitchen, "o2", external_order_id="X2")
    kitchen.settle("o1", "commission", 500).settle("X2", "commission", 700)
    kitchen.settle("gone", "commission", 90).settle(None, "ads", 4000).cook(DAY, WEEK)
    assert matches(kitchen) == {
        "s0": ("S1:o1", "order_id"), "s1": ("S1:o2", "external_order_id"),
        "s2": (None, "unmatched"), "s3": (None, "store"),
    }  # fmt: skip
    assert kitchen.order_figures("o2")["channel_cost_minor"] == 700


def test_a_platforms_number_of_another_store_or_platform_matches_nothing(kitchen):
    on_platform(kitchen, "o1", external_order_id="X1")
    kitchen.settle("X1", "commission", 500, platform="kuaisong").cook()
    assert matches(kitchen) == {"s0": (None, "unmatched")}
    assert not kitchen.order_figures("o1")["is_settled"]


def test_a_number_that_two_orders_carry_is_not_guessed(kitchen):
    on_platform(kitchen, "o1", external_order_id="X1")
    on_platform(kitchen, "o2", external_order_id="X1")
    kitchen.settle("X1", "commission", 500).cook()
    assert matches(kitchen) == {"s0": (None, "ambiguous")}
    (cost,) = kitchen.taste("select * from fct_store_costs")
    assert (cost["cost_kind"], cost["cost_minor"]) == ("settlement_without_order", 500)


def test_a_settlement_without_its_order_is_kept_with_the_store_and_told(kitchen):
    on_platform(kitchen, "o1")
    kitchen.settle("gone", "commission", 90).settle("gone", "payout", -2000)
    kitchen.settle("gone", "sales", -3000).cook()
    (cost,) = kitchen.taste("select * from fct_store_costs")
    assert (cost["cost_kind"], cost["cost_minor"], cost["row_count"]) == (
        "settlement_without_order", 90, 1,
    )  # fmt: skip
    (failure,) = kitchen.inspect("audit_unmatched_settlements").sample
    assert (failure["matched_by"], failure["row_count"]) == ("unmatched", 3)
    assert kitchen.order_figures("o1")["channel_cost_minor"] == 0


def test_ads_are_the_stores_and_a_marketing_fee_is_its_orders(kitchen):
    on_platform(kitchen, "o1", customer_key="c1")
    kitchen.settle("o1", "commission", 600).settle("o1", "ads", 250, payout_date=WEEK)
    kitchen.settle("o1", "marketing", 40, payout_date=WEEK)
    kitchen.settle(None, "marketing", 100, payout_date=WEEK).cook(DAY, WEEK)
    assert kitchen.order_figures("o1")["channel_cost_minor"] == 640
    costs = kitchen.taste("select * from fct_store_costs order by cost_kind")
    assert [(c["cost_kind"], c["cost_minor"], c["business_date"]) for c in costs] == [
        ("ads", 250, WEEK),
        ("marketing", 100, WEEK),
    ]


def test_only_costs_are_costs_sales_tax_tips_and_payouts_are_not(kitchen):
    on_platform(kitchen, "o1")
    fees = {
        "sales": -3000, "tax_collected": -180, "tip": -100, "tax_withheld": 20, "payout": 2300,
        "platform_promo": 300, "third_party_promo": 50, "refund": 70, "recon_delta": 5,
        "commission": 450, "delivery": 200, "processing": 18, "insurance": 2, "adjustment": -10,
    }  # fmt: skip
    for fee, amount in fees.items():
        kitchen.settle("o1", fee, amount)
    kitchen.cook()
    assert kitchen.order_figures("o1")["channel_cost_minor"] == 450 + 200 + 18 + 2 - 10


def test_how_far_the_settlement_is_from_the_rule_is_told_per_order_and_per_store(kitchen):
    kitchen.rule("commission", rate_bps=2000, platform="meiwei")
    for order_id, taken in (("o1", 300), ("o2", 1350), ("o3", None)):
        on_platform(kitchen, order_id)
        if taken:
            kitchen.settle(order_id, "commission", taken)
    kitchen.cook()
    gaps = [kitchen.order_figures(o)["settlement_gap_minor"] for o in ("o1", "o2", "o3")]
    assert gaps == [-300, 750, None]
    (board,) = kitchen.taste("select * from fct_settlement_gaps")
    assert (board["order_count"], board["channel_rule_minor"]) == (2, 1200)
    assert (board["settlement_gap_minor"], board["lowest_gap_minor"]) == (450, -300)


def test_an_error_charge_alone_does_not_make_an_order_settled(kitchen):
    kitchen.rule("commission", rate_bps=2000, platform="meiwei")
    on_platform(kitchen, "o1")
    kitchen.settle("o1", "error_charge", 100).cook()
    order = kitchen.order_figures("o1")
    assert (order["is_settled"], order["channel_cost_minor"]) == (False, 600 + 100)


def test_a_late_payout_makes_the_day_of_its_order_stale_and_that_of_the_payout(kitchen):
    on_platform(kitchen, "o1")
    before = marks(kitchen)
    kitchen.settle("o1", "commission", 500, payout_date=WEEK)
    kitchen.settle(None, "ads", 500, payout_date=WEEK)
    after = marks(kitchen)
    assert set(before) == {DAY} and set(after) == {DAY, WEEK}
    assert before[DAY] != after[DAY]


def marks(kitchen: Kitchen) -> dict[object, str]:
    kitchen.resolve().build("int_day_identities", "int_day_inputs")
    rows = kitchen.taste("select * from int_day_inputs")
    return {row["business_date"]: row["fingerprint"] for row in rows}
