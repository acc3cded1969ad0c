"""Why a customer earns or loses, beside peers who bought the same: every figure by hand."""

from typing import Any

from kitchen import DAY, Kitchen

DRIVERS = ("snap_customer_costs", "fct_profit_drivers")
BLANK = ("discount", "comp", "incentive_cost", "food_cost", "channel_cost", "payment_fee",
         "refund", "complaint_cost", "service_cost", "packaging_cost", "acquisition_cost",
         "contact_cost", "credit_cost")  # fmt: skip
Row = dict[str, Any]


def bought(who: str, gross: int = 10000, orders: int = 10, **costs: int) -> Row:
    given = dict.fromkeys(BLANK, 0) | {"food_cost": gross * 3 // 10} | costs
    return {"customer_key": who, "currency_code": "CNY", "gross_minor": gross,
            "order_count": orders, "true_profit_minor": gross - sum(given.values()),
            "snapshot_date": DAY, **{f"{n}_minor": c for n, c in given.items()}}  # fmt: skip


def explain(kitchen: Kitchen, *guests: Row, kinds: dict[str, str] | None = None) -> list[Row]:
    peers = [
        {"customer_key": row["customer_key"], "currency_code": "CNY", "main_store_id": "S1",
         "board_kind": (kinds or {}).get(row["customer_key"], "consumer"), "snapshot_date": DAY}
        for row in guests
    ]  # fmt: skip
    kitchen.serve("fct_customer_profits", *guests).serve("snap_customer_peers", *peers)
    kitchen.measure([DAY], *DRIVERS)
    return kitchen.taste("select * from fct_profit_drivers order by customer_key, driver_rank")


PLAIN = [bought(f"p{number}") for number in range(4)]


def drags(rows: list[Row], who: str) -> dict[str, int]:
    return {row["driver_code"]: row["excess_minor"] for row in rows
            if row["customer_key"] == who and row["is_drag"]}  # fmt: skip


def test_peers_who_are_alike_have_nothing_to_explain(counter: Kitchen):
    assert explain(counter, *PLAIN, bought("p4")) == []


def test_a_guest_of_discounts_pays_less_for_the_same(counter: Kitchen):
    rows = explain(counter, *PLAIN, bought("deep", discount=5000))
    # All five gave away 5000 of 50000: a peer with sales of 10000 would have had 1000.
    assert drags(rows, "deep") == {"deep_discounts": 4000}
    (row,) = [row for row in rows if row["customer_key"] == "deep"]
    assert (row["own_minor"], row["peer_minor"]) == (5000, 1000)
    assert (row["own_rate_bps"], row["peer_rate_bps"], row["peer_count"]) == (5000, 1000, 5)
    spared = [row for row in rows if row["customer_key"] == "p0"]
    assert [(row["excess_minor"], row["is_drag"]) for row in spared] == [(-1000, False)]


def test_the_dearest_driver_stands_first(counter: Kitchen):
    rows = explain(counter, *PLAIN, bought("c1", channel_cost=2000, complaint_cost=600, refund=400))
    mine = [row for row in rows if row["customer_key"] == "c1"]
    assert [(row["driver_rank"], row["driver_code"], row["excess_minor"]) for row in mine] == [
        (1, "commission", 1600), (2, "complaints", 800),
    ]  # fmt: skip


def test_serving_small_tickets_and_serving_slowly_are_told_apart(counter: Kitchen):
    peers = [bought(f"p{number}", service_cost=1000) for number in range(4)]
    # Twenty small orders at the usual hundred each; ten usual orders at two hundred each.
    rows = explain(counter, *peers, bought("small", orders=20, service_cost=2000))
    # 60 orders cost 6000, sales are 50000: 20 orders 2000, a peer's sales 1200.
    assert drags(rows, "small") == {"small_ticket": 800}
    rows = explain(counter, *peers, bought("slow", service_cost=2000))
    # 50 orders cost 6000: ten of them 1200.
    assert drags(rows, "slow") == {"long_service": 800}


def test_what_does_not_matter_is_left_out(counter: Kitchen):
    # A peer with the same sales would have had 24 or 25: 99 and 100 more of 10000.
    assert drags(explain(counter, *PLAIN, bought("c1", payment_fee=123)), "c1") == {}
    assert drags(explain(counter, *PLAIN, bought("c1", payment_fee=125)), "c1") == {
        "payment_fees": 100
    }


def test_a_kind_is_compared_with_its_own_and_too_few_with_nobody(counter: Kitchen):
    firms = {"f1": "business", "f2": "business"}
    rows = explain(counter, *PLAIN, bought("p4"), bought("f1", credit_cost=900), bought("f2"),
                   kinds=firms)  # fmt: skip
    assert rows == [], "two firms are too few to compare, and no measure for guests"


def test_small_stores_are_compared_together(counter: Kitchen):
    guests = [*PLAIN, bought("deep", discount=5000)]
    peers = [{"customer_key": row["customer_key"], "currency_code": "CNY",
              "main_store_id": f"S{number % 2}", "board_kind": "consumer", "snapshot_date": DAY}
             for number, row in enumerate(guests)]  # fmt: skip
    counter.serve("fct_customer_profits", *guests).serve("snap_customer_peers", *peers)
    counter.measure([DAY], *DRIVERS)
    rows = counter.taste("select * from fct_profit_drivers")
    assert drags(rows, "deep") == {"deep_discounts": 4000}
