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
    sell(kitchen, "known", 4500, customer_key="guest", account_id="A1")
    sell(kitchen, "void", 9000, status="voided")
    row = reconciled(kitchen.cook())
    assert row["anonymous_order_ratio"] == 0.75
    assert row["anonymous_net_sales_ratio"] == 0.4
    assert row["account_order_count"] == 1


def test_without_a_paid_order_there_is_no_share_to_speak_of(kitchen):
    row = reconciled(sell(kitchen, "void", 9000, status="voided").cook())
    assert (row["anonymous_order_ratio"], row["anonymous_net_sales_ratio"]) == (None, None)


def test_the_report_tells_the_day_and_the_four_weeks_before_it(kitchen):
    sell(kitchen, "today", 1000)
    for number, ago in enumerate((1, 27, 28)):
        sell(kitchen, f"o{number}", 3000, on=DAY - timedelta(days=ago), customer_key="guest")
    kitchen.cook(DAY - timedelta(days=40), DAY).build("dim_stores")
    (row,) = count_anonymous(kitchen.warehouse, DAY)
    assert (row.store_name, row.day_orders, row.trailing_orders) == ("Corner", 1, 3)
    assert (row.day_share, row.day_sales_share) == (1, 1)
    assert (row.trailing_share, row.trailing_sales_share) == (1 / 3, 1 / 7)
