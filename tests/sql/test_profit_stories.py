"""What an order is worth, one event at a time; every figure worked out by hand, in fen."""

from datetime import date, timedelta

DAY = date(2025, 3, 3)


def test_a_plain_order_brings_its_price_less_its_food(kitchen):
    kitchen.recipe("noodle", 900).order("o1", total_minor=3000).line("o1", 1, 3000).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["food_cost_minor"]) == (3000, 900)
    assert order["cm2_minor"] == 2100


def test_an_order_discount_is_shared_out_without_losing_a_cent(kitchen):
    kitchen.order("o1", total_minor=8000).adjust("o1", "coupon", 1000)
    for line_no in (1, 2, 3):
        kitchen.line("o1", line_no, 3000)
    kitchen.cook()
    shares = [
        row["order_discount_minor"]
        for row in kitchen.taste("select * from fct_order_lines order by line_no")
    ]
    assert shares == [333, 333, 334]
    assert kitchen.order_figures("o1")["net_sales_minor"] == 8000


def test_a_platforms_own_discount_is_still_our_revenue(kitchen):
    kitchen.order("o1", total_minor=2500).line("o1", 1, 3000)
    kitchen.adjust("o1", "platform_promo", 500, funded_by="platform").cook()
    order = kitchen.order_figures("o1")
    assert order["net_sales_minor"] == 3000
    assert order["funded_discount_minor"] == 500
    assert order["ledger_minor"] == 3000


def test_a_gift_is_no_revenue_and_still_costs_food(kitchen):
    kitchen.recipe("noodle", 900).order("o1").line("o1", 1, 3000, is_gift=True).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["comp_minor"]) == (0, 3000)
    assert order["cm2_minor"] == -900


def test_a_dish_comped_in_part_keeps_the_rest(kitchen):
    kitchen.recipe("noodle", 900).order("o1", total_minor=2000).line("o1", 1, 3000)
    kitchen.adjust("o1", "comp", 1000, line_no=1).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["food_cost_minor"]) == (2000, 900)


def test_a_void_before_preparation_costs_nothing_and_after_it_costs_the_food(kitchen):
    kitchen.recipe("noodle", 900).order("o1", total_minor=3000).line("o1", 1, 3000)
    kitchen.line("o1", 2, 3000, void_stage="before_preparation")
    kitchen.line("o1", 3, 3000, void_stage="after_preparation").cook()
    order = kitchen.order_figures("o1")
    assert (order["gross_minor"], order["food_cost_minor"]) == (3000, 1800)


def test_a_refund_takes_the_sale_back_and_leaves_the_food(kitchen):
    kitchen.recipe("noodle", 900).order("o1", total_minor=3000).line("o1", 1, 3000)
    kitchen.adjust("o1", "refund", 3000, business_date=DAY + timedelta(days=9)).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["cm2_minor"]) == (0, -900)
    assert order["business_date"] == DAY, "a late refund restates the day of its order"


def test_a_refund_whose_order_never_came_stays_with_its_store(kitchen):
    kitchen.order("o1", total_minor=3000).line("o1", 1, 3000)
    kitchen.adjust("gone", "refund", 700).cook()
    (row,) = kitchen.taste("select * from fct_reconciliation")
    assert (row["unidentified_minor"], row["unallocated_minor"]) == (3000, -700)
    assert row["ledger_minor"] == 2300
    assert kitchen.audits()["audit_ledger_ties"] == 0


def test_selling_a_gift_card_is_a_liability_not_a_sale(kitchen):
    kitchen.put("items", item_id="card", item_name="Card", revenue_kind="gift_card")
    kitchen.order("o1", total_minor=13000).line("o1", 1, 3000)
    kitchen.line("o1", 2, 10000, item_id="card").cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["liability_minor"]) == (3000, 10000)
    assert order["ledger_minor"] == 3000


def test_tax_that_is_in_the_price_is_taken_out_of_it(kitchen):
    kitchen.order("o1", total_minor=10600, tax_minor=600, is_tax_included=True)
    kitchen.line("o1", 1, 10600, tax_minor=600).cook()
    order = kitchen.order_figures("o1")
    assert order["net_sales_minor"] == 10000 == order["ledger_minor"]


def test_fees_the_guest_pays_are_revenue_and_tips_are_not(kitchen):
    kitchen.order(
        "o1", total_minor=3900, service_charge_minor=300, packaging_fee_minor=100, tip_minor=500
    )
    kitchen.line("o1", 1, 3000).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["ledger_minor"]) == (3400, 3400)


def test_the_recipe_cost_in_force_on_the_day_counts(kitchen):
    before, after = DAY, DAY + timedelta(days=1)
    kitchen.recipe("noodle", 900, valid_to=before)
    kitchen.recipe("noodle", 1000, valid_from=after)
    kitchen.order("o1", on=before).line("o1", 1, 3000)
    kitchen.order("o2", on=after).line("o2", 1, 3000).cook(before, after)
    assert kitchen.order_figures("o1")["food_cost_minor"] == 900
    assert kitchen.order_figures("o2")["food_cost_minor"] == 1000


def test_the_stores_own_recipe_wins_over_the_groups(kitchen):
    kitchen.recipe("noodle", 900).recipe("noodle", 1100, store_id="S1")
    kitchen.order("o1").line("o1", 1, 3000, quantity_milli=2500).cook()
    assert kitchen.order_figures("o1")["food_cost_minor"] == 2750


def test_without_a_recipe_the_food_rule_counts_and_without_a_rule_the_gap_is_shown(kitchen):
    kitchen.rule("food", rate_bps=3333, category="soup")
    kitchen.order("o1").line("o1", 1, 1000, category="soup").line("o1", 2, 1000, category="tea")
    kitchen.cook()
    lines = kitchen.taste("select * from fct_order_lines order by line_no")
    assert [(r["food_cost_minor"], r["cost_source"]) for r in lines] == [
        (333, "rule"),
        (0, "missing"),
    ]
    assert kitchen.order_figures("o1")["is_cost_missing"]
    assert kitchen.audits()["audit_missing_costs"] == 1


def test_what_the_platform_really_took_wins_over_the_rule(kitchen):
    kitchen.rule("commission", rate_bps=2000, platform="meiwei")
    for order_id in ("o1", "o2"):
        kitchen.order(
            order_id, channel="delivery_platform", platform="meiwei", total_minor=3001
        ).line(order_id, 1, 3001)
    kitchen.put("settlements", settlement_id="s1", platform="meiwei", store_id="S1",
                order_id="o1", fee_type="commission", amount_minor=1234)  # fmt: skip
    kitchen.put("settlements", settlement_id="s2", platform="meiwei", store_id="S1",
                order_id="o1", fee_type="payout", amount_minor=-1767)  # fmt: skip
    kitchen.cook()
    assert kitchen.order_figures("o1")["channel_cost_minor"] == 1234
    assert kitchen.order_figures("o2")["channel_cost_minor"] == 600  # 600.2 rounded half up


def test_a_promotion_already_in_net_sales_is_not_charged_again(kitchen):
    kitchen.order("o1", channel="delivery_platform", platform="meiwei", total_minor=2500)
    kitchen.line("o1", 1, 3000).adjust("o1", "merchant_promo", 500)
    for number, (fee, amount) in enumerate((("commission", 400), ("merchant_promo", 650))):
        kitchen.put("settlements", settlement_id=f"s{number}", platform="meiwei", store_id="S1",
                    order_id="o1", fee_type=fee, amount_minor=amount)  # fmt: skip
    kitchen.cook()
    assert kitchen.order_figures("o1")["channel_cost_minor"] == 400 + 150


def test_the_narrower_rule_wins_and_priority_wins_over_that(kitchen):
    kitchen.rule("packaging", "per_order", amount_minor=100)
    kitchen.rule("packaging", "per_order", amount_minor=150, channel="takeaway")
    kitchen.order("o1", channel="takeaway").line("o1", 1, 3000)
    kitchen.order("o2").line("o2", 1, 3000).cook()
    assert kitchen.order_figures("o1")["packaging_cost_minor"] == 150
    assert kitchen.order_figures("o2")["packaging_cost_minor"] == 100
    kitchen.rule("packaging", "per_order", amount_minor=80, priority=5).cook()
    assert kitchen.order_figures("o1")["packaging_cost_minor"] == 80


def test_a_processors_own_fee_wins_and_each_payment_is_rounded_by_itself(kitchen):
    kitchen.rule("payment", rate_bps=250, tender="card")
    kitchen.rule("payment", "per_order", amount_minor=10, tender="card")
    kitchen.order("o1", total_minor=3000).line("o1", 1, 3000)
    for number, (amount, fee) in enumerate(((1010, None), (1010, None), (980, 7))):
        kitchen.put("payments", payment_id=f"p{number}", order_id="o1", store_id="S1",
                    tender="card", amount_minor=amount, fee_minor=fee)  # fmt: skip
    kitchen.cook()
    # 2.5 % of 10.10 is 25.25 fen, half up 25, and 10 a payment: 35 + 35, and the stated 7.
    assert kitchen.order_figures("o1")["payment_fee_minor"] == 77


def test_a_voided_order_is_no_sale_and_its_cooked_food_is_a_loss(kitchen):
    kitchen.recipe("noodle", 900).order("o1", status="voided", customer_key="c1")
    kitchen.line("o1", 1, 3000, void_stage="after_preparation").line("o1", 2, 3000).cook()
    order = kitchen.order_figures("o1")
    assert (order["net_sales_minor"], order["cm2_minor"]) == (0, -900)
    (day,) = kitchen.taste("select * from fct_customer_days")
    assert (day["visit_count"], day["cm2_minor"]) == (0, -900)


def test_the_highest_revision_of_an_order_counts_whatever_file_it_came_in(kitchen):
    kitchen.order("o1", total_minor=9000, revision=1, source_file_sha256="b")
    kitchen.order("o1", total_minor=6000, revision=2, source_file_sha256="a")
    kitchen.line("o1", 1, 9000, revision=1).line("o1", 1, 6000, revision=2).cook()
    assert kitchen.order_figures("o1")["net_sales_minor"] == 6000


def test_an_order_without_lines_keeps_its_stated_sales_and_says_that_its_cost_is_missing(kitchen):
    kitchen.order("o1", total_minor=3000, gross_minor=3000).cook()
    order = kitchen.order_figures("o1")
    assert order["net_sales_minor"] == 3000
    assert order["is_cost_missing"]


def test_known_and_unknown_guests_make_up_the_ledger(kitchen):
    kitchen.order("o1", total_minor=3000, customer_key="c1").line("o1", 1, 3000)
    kitchen.order("o2", total_minor=2000).line("o2", 1, 2000).cook()
    (row,) = kitchen.taste("select * from fct_reconciliation")
    assert (row["identified_minor"], row["unidentified_minor"]) == (3000, 2000)
    assert (row["ledger_minor"], row["recon_delta_minor"]) == (5000, 0)
    assert kitchen.audits()["audit_ledger_ties"] == 0


def test_a_total_that_does_not_tie_is_stored_and_never_forced(kitchen):
    kitchen.order("o1", total_minor=3050).line("o1", 1, 3000).cook()
    (row,) = kitchen.taste("select * from fct_reconciliation")
    assert (row["ledger_minor"], row["recon_delta_minor"]) == (3050, 50)
    audits = kitchen.audits()
    assert audits["audit_ledger_ties"] == 0
    assert audits["audit_reconciliation_gap"] == 1
