"""How much of a store's trade is nobody's, per day and in the report."""

from datetime import timedelta

from kitchen import DAY, Kitchen

from regulars.steps.run_evidence import count_anonymous


def sell(kitchen: Kitchen, order_id: str, price: int, **values: object) -> Kitchen:
    return kitchen.order(order_id, total_minor=price, **values).line(order_id, 1, price)


def reconciled(kitchen: Kitchen) -> dict[str, object]:
    (row,) = kitchen.taste(f"select * from fct_reconciliation where business_date = date '{DAY}'")
    return dict(row)


def test_three_of_four_orders_and_two_fifths_of_the_sales_are_nobodys(kitchen):
    for number in range(3):
        sell(kitchen, f"o{number}", 1000)
    sell(kitchen, "known", 4500, customer_key="guest")
    sell(kitchen, "void", 9000, status="voided")
    row = reconciled(kitchen.cook())
    assert row["anonymous_order_ratio"] == 0.75
    assert row["anonymous_net_sales_ratio"] == 0.4


def test_what_recognised_the_guests_adds_up_to_the_ledger_of_the_day(kitchen):
    kitchen.put("accounts", account_id="A1", account_key="a_A1")
    sell(kitchen, "lunch", 1000, account_id="A1")
    sell(kitchen, "member", 2000, customer_key="guest")
    sell(kitchen, "walk_in", 4000)
    for number, kind in enumerate(("phone", "phone")):
        sell(kitchen, f"two{number}", 100)
        kitchen.put("order_identifiers", order_id="two0", store_id="S1", identifier_type=kind,
                    identifier_hash=f"{kind}_k1_{number}")  # fmt: skip
    kitchen.put("order_identifiers", order_id="two1", store_id="S1", identifier_type="phone",
                identifier_hash="phone_k1_7")  # fmt: skip
    kitchen.cook()
    told = {row["recognised_by"]: (row["order_count"], row["net_sales_minor"])
            for row in kitchen.taste("select * from fct_recognitions")}  # fmt: skip
    assert told == {
        "account": (1, 1000), "reference": (1, 2000), "phone": (1, 100),
        "contradiction": (1, 100), "none": (1, 4000),
    }  # fmt: skip
    assert reconciled(kitchen)["unidentified_minor"] == 4100


def test_without_a_paid_order_there_is_no_share_to_speak_of(kitchen):
    row = reconciled(sell(kitchen, "void", 9000, status="voided").cook())
    assert (row["anonymous_order_ratio"], row["anonymous_net_sales_ratio"]) == (None, None)


def test_the_report_tells_the_day_and_the_four_weeks_before_it(kitchen):
    sell(kitchen, "today", 1000)
    for number, ago in enumerate((1, 27, 28)):
        sell(kitchen, f"o{number}", 3000, on=DAY - timedelta(days=ago), customer_key="guest")
    kitchen.cook(DAY - timedelta(days=40), DAY).build("dim_stores")
    (row,) = count_anonymous(kitchen.finish().warehouse, DAY)
    assert (row.store_name, row.day_orders, row.trailing_orders) == ("Corner", 1, 3)
    assert (row.day_share, row.day_sales_share) == (1, 1)
    assert (row.trailing_share, row.trailing_sales_share) == (1 / 3, 1 / 7)
