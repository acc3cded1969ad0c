"""Currencies are never added up: the group's total is converted, or says what it lacks."""

from datetime import date, timedelta

from kitchen import DAY, SHOP

TOKYO = {**SHOP, "store_id": "S2", "currency_code": "JPY"}
NEXT = DAY + timedelta(days=1)
RATES = [{"from_currency": "JPY", "rate": 0.05, "valid_from": DAY}]


def sell_in_two_currencies(kitchen, *days: date) -> None:
    for number, day in enumerate(days):
        kitchen.order(f"cny{number}", on=day, total_minor=3000).line(f"cny{number}", 1, 3000)
        kitchen.order(f"jpy{number}", on=day, store_id="S2", currency_code="JPY",
                      total_minor=1111).line(f"jpy{number}", 1, 1111, store_id="S2")  # fmt: skip
    kitchen.cook(days[0], days[-1]).build("fct_group_days")


def test_a_yen_is_a_whole_one_and_a_fen_a_hundredth(open_kitchen):
    with open_kitchen(stores=[SHOP, TOKYO], exchange_rates=RATES) as kitchen:
        sell_in_two_currencies(kitchen, DAY)
        (day,) = kitchen.taste("select * from fct_group_days")
    # 1,111 yen at 0.05 are 55.55 yuan, and 30.00 of our own.
    assert (day["net_sales_minor"], day["currency_code"]) == (8555, "CNY")
    assert (day["is_complete"], day["order_count"]) == (True, 2)


def test_without_a_rate_the_amounts_are_kept_and_the_groups_total_is_flagged(open_kitchen):
    with open_kitchen(stores=[SHOP, TOKYO]) as kitchen:
        sell_in_two_currencies(kitchen, DAY)
        (day,) = kitchen.taste("select * from fct_group_days")
        assert kitchen.order_figures("jpy0")["net_sales_minor"] == 1111
        ledger = kitchen.taste("select * from fct_reconciliation order by currency_code")
        assert kitchen.inspect("audit_missing_rates").failures == 1
    assert (day["net_sales_minor"], day["is_complete"]) == (3000, False)
    assert (day["missing_rate_currency_count"], day["missing_rate_order_count"]) == (1, 1)
    assert [row["ledger_minor"] for row in ledger] == [3000, 1111]


def test_a_rate_holds_until_the_next_one_begins_and_a_file_wins_over_the_policy(open_kitchen):
    with open_kitchen(stores=[SHOP, TOKYO], exchange_rates=RATES) as kitchen:
        for revision, rate in ((1, 70_000_000), (2, 60_000_000)):
            kitchen.put("exchange_rates", from_currency="JPY", to_currency="CNY", valid_from=NEXT,
                        rate_nano=rate, revision=revision)  # fmt: skip
        kitchen.put("exchange_rates", from_currency="JPY", to_currency="CNY", valid_from=DAY,
                    rate_nano=40_000_000)  # fmt: skip
        sell_in_two_currencies(kitchen, DAY, NEXT)
        days = kitchen.taste("select * from fct_group_days order by business_date")
    assert [day["net_sales_minor"] for day in days] == [3000 + 4444, 3000 + 6666]


def test_a_rate_that_has_ended_is_not_used(open_kitchen):
    ended = [{**RATES[0], "valid_to": DAY}]
    with open_kitchen(stores=[SHOP, TOKYO], exchange_rates=ended) as kitchen:
        sell_in_two_currencies(kitchen, DAY, NEXT)
        days = kitchen.taste("select * from fct_group_days order by business_date")
    assert [day["is_complete"] for day in days] == [True, False]
