"""Minutes of service, what they cost, and what a store pays for minutes nobody used."""

from datetime import date, datetime

from kitchen import DAY, SHOP

START = date(2020, 1, 1)
RATE = {"valid_from": START, "hour_cost_minor": 4800, "order_minutes": 2, "cover_minutes": 6,
        "line_minutes": 1.5, "table_share": 0.1, "channel_minutes": {"catering": 30}}  # fmt: skip
LUNCH = {"store_id": "S1", "daypart": "lunch", "valid_from": START, "hours": 3, "hands": 1}
SERVICE = {"practical_share": 0.8, "rates": [RATE], "capacity": [LUNCH]}


def test_an_order_costs_its_minutes_at_the_cost_of_a_minute(open_kitchen):
    with open_kitchen(service=SERVICE) as kitchen:
        kitchen.order("o1", covers=2, total_minor=6000).line("o1", 1, 3000).line("o1", 2, 3000)
        kitchen.order("o2", covers=2, channel="takeaway").line("o2", 1, 3000)
        kitchen.order("o3", covers=9, channel="catering").line("o3", 1, 3000)
        kitchen.order("o4", covers=2, status="voided").line("o4", 1, 3000)
        kitchen.order("o5", opened_local_at=datetime(2025, 3, 3, 11, 0)).line("o5", 1, 3000)
        kitchen.order("o6", opened_local_at=datetime(2025, 3, 3, 13, 0)).line("o6", 1, 3000)
        kitchen.cook()
        orders = {f"o{n}": kitchen.order_figures(f"o{n}") for n in range(1, 7)}
    minutes = {name: order["service_minutes_milli"] for name, order in orders.items()}
    # 2 + 6 a seated guest + 1.5 a line; a takeaway and a banquet seat nobody; a void is not served.
    assert minutes == {
        "o1": 17_000, "o2": 3500, "o3": 33_500, "o4": 0,
        "o5": 3500 + 6000,  # a table taken for an hour, a tenth of it
        "o6": 3500,  # opened after it was closed: nothing to go by
    }  # fmt: skip
    # 48.00 an hour, 48 minutes of it can be worked: a minute costs 1.00.
    assert orders["o1"]["service_cost_minor"] == 1700
    assert (orders["o1"]["cm2_minor"], orders["o1"]["cm3_minor"]) == (6000, 4300)
    assert orders["o2"]["service_cost_minor"] == 350


def test_minutes_nobody_used_stay_with_the_store_and_a_full_daypart_is_busy(open_kitchen):
    dinner = {**LUNCH, "daypart": "dinner", "hours": 1}
    with open_kitchen(service={**SERVICE, "capacity": [LUNCH, dinner]}) as kitchen:
        for number in range(6):
            kitchen.order(f"o{number}", covers=3, customer_key="c1").line(f"o{number}", 1, 3000)
        kitchen.cook()
        rows = {row["daypart"]: row for row in kitchen.taste("select * from fct_utilisation")}
        (cost,) = kitchen.taste("select * from fct_store_costs")
        (day,) = kitchen.taste("select * from fct_customer_days")
    # Lunch: 3 h × 60 × 80 % = 144 minutes, six tables of 21.5; dinner: 48 and nobody came.
    assert rows["lunch"]["used_minutes_milli"] == 129_000
    assert rows["lunch"]["utilisation_ratio"] == 129 / 144
    assert (rows["lunch"]["is_busy"], rows["dinner"]["is_busy"]) == (True, False)
    assert rows["dinner"]["unused_minutes_milli"] == 48_000
    assert (cost["cost_kind"], cost["cost_minor"]) == ("unused_capacity", 1500 + 4800)
    assert (day["service_cost_minor"], day["busy_order_count"]) == (6 * 2150, 6)


def test_without_minutes_in_the_policy_full_profit_is_marginal_profit(kitchen):
    kitchen.order("o1", covers=4, total_minor=3000).line("o1", 1, 3000).cook()
    order = kitchen.order_figures("o1")
    assert order["cm3_minor"] == order["cm2_minor"] == 3000
    assert kitchen.taste("select * from fct_store_costs") == []


def test_a_stores_own_rate_and_the_rate_of_the_day_count(open_kitchen):
    own = {**RATE, "store_id": "S2", "hour_cost_minor": 9600, "table_share": 0}
    before = {**RATE, "valid_to": date(2025, 3, 2), "hour_cost_minor": 2400}
    since = {**RATE, "valid_from": DAY}
    shops = [SHOP, {**SHOP, "store_id": "S2"}]
    yesterday = date(2025, 3, 2)
    with open_kitchen(stores=shops, service={"rates": [own, before, since]}) as kitchen:
        kitchen.order("o1", on=yesterday).line("o1", 1, 100).order("o2").line("o2", 1, 100)
        kitchen.order("o3", store_id="S2").line("o3", 1, 100, store_id="S2")
        kitchen.cook(yesterday, DAY)
        costs = [kitchen.order_figures(f"o{n}")["service_cost_minor"] for n in (1, 2, 3)]
    assert costs == [175, 350, 700]
