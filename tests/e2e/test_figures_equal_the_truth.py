"""What the pipeline says every order and customer brought, against what really happened."""

from collections import Counter, defaultdict
from itertools import combinations

import pytest
from chain_home import KEY, Home, Table
from group_sample import Sample

from regulars.identity.keys import customer_key

COMPONENTS = {
    "net_sales": "net_sales_minor", "food": "food_cost_minor",
    "packaging": "packaging_cost_minor", "channel": "channel_cost_minor",
    "payment_fee": "payment_fee_minor", "cm1": "cm1_minor", "cm2": "cm2_minor",
    "service": "service_cost_minor", "complaint": "complaint_cost_minor",
    "true_profit": "true_profit_minor",
}  # fmt: skip


def key_of(ref: str | None) -> str | None:
    return customer_key(ref, KEY.encode(), "k1", "sample_group")


@pytest.fixture(scope="module")
def orders(complete: Home) -> Table:
    return complete.rows("select * from fct_orders order by order_id")


def test_every_order_equals_the_truth_to_the_cent(orders: Table, sample: Sample):
    told = sorted(sample.told("orders"), key=lambda row: row["order_id"])
    names = ("order_id", "store_id", "business_date", "channel", "status")
    expected = [
        {name: row[name] for name in names}
        | {"customer_key": key_of(row["customer_ref"])}
        | {column: row[f"{name}_minor"] for name, column in COMPONENTS.items()}
        for row in told
    ]
    assert len(expected) > 2_500
    assert [{name: row[name] for name in expected[0]} for row in orders] == expected


def test_every_customer_equals_the_truth_to_the_cent(complete: Home, sample: Sample):
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for row in complete.rows("select * from fct_customer_days"):
        sums[row["customer_key"]].update({name: row[name] for name in COMPONENTS.values()})
        sums[row["customer_key"]]["visits"] += row["visit_count"]
    for row in sample.told("customers"):
        found = sums.pop(str(key_of(row["customer_ref"])), Counter())
        told = {column: row[f"{name}_minor"] for name, column in COMPONENTS.items()}
        assert {column: found[column] for column in told} == told, row["customer_ref"]
        assert found["visits"] == row["visits"], row["customer_ref"]
    assert not sums, "customers that nobody has ever heard of"


def test_lines_payments_and_days_add_up_to_the_same_ledger(complete: Home, orders: Table):
    (told,) = complete.rows(
        "select sum(ledger_minor) as ledger, sum(identified_minor) as known,"
        " sum(unidentified_minor) as unknown, sum(unallocated_minor) as nobodys,"
        " sum(recon_delta_minor) as delta from fct_reconciliation"
    )
    anonymous = sum(row["net_sales_minor"] for row in orders if row["customer_key"] is None)
    known = sum(row["net_sales_minor"] for row in orders if row["customer_key"])
    assert (told["known"], told["unknown"]) == (known, anonymous)
    assert (told["nobodys"], told["delta"]) == (0, 0)
    assert told["ledger"] == known + anonymous


def test_published_amounts_are_the_minor_units_as_decimals(complete: Home, orders: Table):
    published = {row["order_id"]: row for row in complete.published()["fct_orders"]}
    assert len(published) == len(orders)
    for row in orders:
        amounts = published[row["order_id"]]
        assert amounts["cm2_amount"] * 100 == row["cm2_minor"]
        assert amounts["net_sales_amount"] * 100 == row["net_sales_minor"]


def test_customers_are_ranked_just_as_their_true_profit_ranks_them(complete: Home, sample: Sample):
    found = Counter[str]()
    for row in complete.rows("select customer_key, true_profit_minor from fct_customer_days"):
        found[row["customer_key"]] += row["true_profit_minor"]
    buyers = [row for row in sample.told("customers") if row["visits"]]
    best_first = sorted(buyers, key=lambda row: (-row["true_profit_minor"], row["customer_ref"]))
    ours = sorted(
        buyers, key=lambda row: (-found[str(key_of(row["customer_ref"]))], row["customer_ref"])
    )
    assert [row["customer_ref"] for row in ours] == [row["customer_ref"] for row in best_first]


def test_the_whale_curve_ends_at_the_sum_of_all_customers(complete: Home, sample: Sample):
    (board,) = complete.rows(
        "select * from fct_concentration where snapshot_date = "
        "(select max(snapshot_date) from fct_concentration) and scope = 'group'"
    )
    # Customers with a void or cancelled order only are on the curve as well, at what it cost.
    profits = sorted((row["true_profit_minor"] for row in sample.told("customers")), reverse=True)
    assert board["true_profit_minor"] == sum(profits)
    assert board["peak_minor"] == sum(profit for profit in profits if profit > 0)
    assert board["top_10_minor"] == sum(profits[:10])
    members = [profit for profit in profits if profit][: board["customer_count"]]
    pairs = sum(abs(one - other) for one, other in combinations(members, 2))
    spread = (board["customer_count"] - 1) * sum(abs(profit) for profit in members)
    assert board["gini_ratio"] == pytest.approx(pairs / spread, rel=1e-9)
