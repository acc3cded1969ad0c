"""Random histories: the models and the plain ledger agree to the cent, on every engine."""

from hypothesis import HealthCheck, given, settings

from oracle.histories import Row, histories
from oracle.kitchen_table import cook_history, ladders
from oracle.plain_ledger import PlainLedger
from sql.kitchen import Kitchen


def assert_agreed(kitchen: Kitchen, rows: dict[str, list[Row]]) -> None:
    ledger = PlainLedger(rows)
    orders = ladders(kitchen, "fct_orders", "store_id", "order_id")
    for key in ledger.orders:
        expected = ledger.order_ladder(key).climbed()
        assert orders[key] == {name: expected[name] for name in orders[key]}, key
    assert orders.keys() == ledger.orders.keys()
    days = ladders(kitchen, "fct_customer_days", "customer_key", "business_date", "currency_code")
    expected_days = {key: one.climbed() for key, one in ledger.customer_days().items()}
    assert days == {
        key: {name: one[name] for name in days[key]} for key, one in expected_days.items()
    }


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(histories())
def test_orders_and_customers_of_any_history_equal_the_plain_ledger(
    stove: Kitchen, rows: dict[str, list[Row]]
):
    assert_agreed(cook_history(stove, rows), rows)
