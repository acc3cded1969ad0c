"""The truth adds up, and agrees with a second ledger kept from the files alone."""

from collections import Counter, defaultdict

from small_sample import SMALL, Sample

from oracle.plain_files import read_rows
from oracle.plain_ledger import PlainLedger

COMPONENTS = (
    "net_sales", "food", "packaging", "channel", "payment_fee",
    "cm1", "cm2", "service", "complaint", "true_profit",
)  # fmt: skip
COLUMNS = {
    "net_sales": "net_sales_minor", "food": "food_cost_minor",
    "packaging": "packaging_cost_minor", "channel": "channel_cost_minor",
    "payment_fee": "payment_fee_minor", "cm1": "cm1_minor", "cm2": "cm2_minor",
    "complaint": "complaint_cost_minor",
}  # fmt: skip


def test_a_second_ledger_agrees_to_the_cent_for_every_order(sample: Sample, ledger: PlainLedger):
    told = {(row["store_id"], row["order_id"]): row for row in sample.rows("orders")}
    assert ledger.orders.keys() == told.keys()
    for key, order in ledger.orders.items():
        row, found = told[key], ledger.order_ladder(key).climbed()
        assert {name: found[column] for name, column in COLUMNS.items()} == {
            name: row[f"{name}_minor"] for name in COLUMNS
        }, key
        assert row["business_date"] == order["business_date"]
        assert row["customer_ref"] == order["customer_key"]


def test_customers_and_strangers_make_up_all_orders(sample: Sample):
    orders, customers = sample.rows("orders"), sample.rows("customers")
    for name in (f"{component}_minor" for component in COMPONENTS):
        strangers = sum(row[name] for row in orders if row["customer_ref"] is None)
        known = sum(row[name] for row in customers)
        assert strangers + known == sum(row[name] for row in orders)


def test_a_visit_is_a_day_with_a_paid_order(sample: Sample):
    days = defaultdict(set)
    for row in sample.rows("orders"):
        if row["status"] == "paid":
            days[row["customer_ref"]].add(row["business_date"])
    customers = sample.rows("customers")
    assert len(customers) == SMALL.customers
    for row in customers:
        assert row["visits"] == len(days[row["customer_ref"]])


def test_every_check_adds_up(ledger: PlainLedger):
    extras = ("service_charge", "delivery_fee", "packaging_fee", "tax", "tip", "rounding")
    given_away = ("discount", "coupon", "merchant_promo", "platform_promo", "loyalty_redemption",
                  "comp")  # fmt: skip
    for key, order in ledger.orders.items():
        counted = [line for line in ledger.lines[key] if ledger.is_counted(key, line)]
        gross = sum(line["gross_minor"] for line in counted)
        gifts = sum(line["gross_minor"] for line in counted if line["is_gift"])
        own = sum(line["discount_minor"] for line in counted)
        given = gifts + own + ledger.of_type(key, *given_away, funder="")
        assert order["gross_minor"] == gross
        assert order["discount_minor"] == given
        total = gross - given + sum(order[f"{name}_minor"] or 0 for name in extras)
        assert order["total_minor"] == total
        assert order["total_minor"] == sum(row["amount_minor"] for row in ledger.payments[key])


def test_nobody_gets_back_more_than_the_order_was_worth(sample: Sample):
    assert min(row["net_sales_minor"] for row in sample.rows("orders")) >= 0


def test_six_of_ten_orders_are_anonymous(sample: Sample):
    orders = sample.rows("orders")
    anonymous = sum(row["customer_ref"] is None for row in orders)
    assert anonymous == sample.summary.anonymous_order_count
    assert abs(anonymous / len(orders) - 0.6) < 0.001


def test_every_kind_of_customer_behaves_as_its_name_says(sample: Sample):
    kinds = defaultdict(list)
    for row in sample.rows("customers"):
        kinds[row["true_class"]].append(row)
    assert len(kinds) == 11
    assert all(row["visits"] == 0 for row in kinds["lead"])
    assert all(row["visits"] <= 1 for row in kinds["one_timer"] + kinds["one_off_giant"])
    assert all(row["cm2_minor"] < 0 and row["visits"] >= 4 for row in kinds["loss_maker"])
    assert all(row["cm2_minor"] > 0 for row in kinds["regular"] if row["visits"] > 1)
    assert all(row["cm2_minor"] > 100_000 for row in kinds["one_off_giant"] if row["visits"])
    assert {row["customer_kind"] for row in kinds["business"]} == {"business"}
    assert {row["customer_kind"] for row in kinds["household"]} == {"household"}


def test_the_lapsed_stopped_four_of_their_own_gaps_ago(sample: Sample):
    last_visit = {row["customer_ref"]: row["business_date"] for row in sample.rows("orders")}
    lapsed = [row for row in sample.rows("customers") if row["true_class"] == "lapsed"]
    assert lapsed
    for row in lapsed:
        silence = (SMALL.last_day - last_visit[row["customer_ref"]]).days
        assert row["is_gone"]
        assert silence >= 4 * row["own_mean_gap_days"]


def test_few_customers_bring_most_of_the_profit(sample: Sample):
    profits = sorted(
        (row["true_profit_minor"] for row in sample.rows("customers") if row["visits"]),
        reverse=True,
    )
    assert 0.65 < sum(profits[: len(profits) // 5]) / sum(profits) < 0.95
    assert 0.03 < sum(profit < 0 for profit in profits) / len(profits) < 0.15


def test_events_are_counted_as_they_stand_in_the_files(sample: Sample, ledger: PlainLedger):
    events = sample.events()
    types = Counter(row["adjustment_type"] for rows in ledger.adjustments.values() for row in rows)
    assert types == {name: e["count"] for name, e in events["adjustments"].items() if e["count"]}
    lines = [row for rows in ledger.lines.values() for row in rows]
    assert events["gift_lines"] == sum(bool(row["is_gift"]) for row in lines) > 0
    assert events["liability_lines"] == sum(row["category"] == "vouchers" for row in lines) > 0
    platform = [
        key
        for key, order in ledger.orders.items()
        if order["channel"] == "delivery_platform" and order["status"] == "paid"
    ]
    assert events["settled_orders"] == sum(bool(ledger.settlements[key]) for key in platform) > 0
    assert events["rule_priced_orders"] == len(platform) - events["settled_orders"] > 0
    complaints = [
        r for r in read_rows(sample.drop, "feedback") if r["feedback_kind"] == "complaint"
    ]
    assert events["complaints"] == len(complaints) > 0
