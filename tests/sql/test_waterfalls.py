"""From gross to true profit, step by step: one guest by hand, a town by its own sums."""

from typing import Any

from kitchen import DAY, Kitchen

WATERFALL = ("snap_waterfall_sums", "fct_profit_waterfalls")
COSTS = {"gross": 10000, "discount": 1000, "comp": 500, "refund": 200, "fee_income": 300,
         "food_cost": 3000, "packaging_cost": 100, "channel_cost": 900, "payment_fee": 60,
         "incentive_cost": 40, "contact_cost": 10, "service_cost": 1500, "complaint_cost": 250,
         "acquisition_cost": 120, "credit_cost": 20}  # fmt: skip
Row = dict[str, Any]


def sold(who: str, store: str = "S1", **changes: int) -> Row:
    costs = {f"{name}_minor": amount for name, amount in {**COSTS, **changes}.items()}
    return {"store_id": store, "customer_key": who, "currency_code": "CNY", "order_count": 1,
            "snapshot_date": DAY, **costs}  # fmt: skip


def peer(who: str, kind: str = "consumer", store: str = "S1") -> Row:
    return {"customer_key": who, "currency_code": "CNY", "main_store_id": store,
            "board_kind": kind, "snapshot_date": DAY}  # fmt: skip


def levels(kitchen: Kitchen, scope: str, scope_id: str = "all") -> dict[str, int]:
    rows = kitchen.taste(
        f"select * from fct_profit_waterfalls where scope = '{scope}'"
        f" and scope_id = '{scope_id}' order by step_number"
    )
    return {row["step_code"]: row["level_minor"] for row in rows}


def test_the_steps_of_one_guest_lead_from_gross_to_true_profit(counter: Kitchen):
    counter.serve("snap_store_customers", sold("c1")).serve("snap_customer_peers", peer("c1"))
    counter.serve("snap_customer_tiers").measure([DAY], *WATERFALL)
    assert levels(counter, "group") == {
        "gross": 10000, "discount": 9000, "comp": 8500, "refund": 8300, "fee_income": 8600,
        "net_sales": 8600, "food_cost": 5600, "packaging_cost": 5500, "cm1": 5500,
        "channel_cost": 4600, "payment_fee": 4540, "incentive_cost": 4500, "contact_cost": 4490,
        "cm2": 4490, "service_cost": 2990, "cm3": 2990, "complaint_cost": 2740,
        "acquisition_cost": 2620, "credit_cost": 2600, "true_profit": 2600,
    }  # fmt: skip
    rows = counter.taste("select * from fct_profit_waterfalls where scope = 'group'")
    subtotals = {row["step_code"] for row in rows if row["is_subtotal"]}
    assert subtotals == {"net_sales", "cm1", "cm2", "cm3", "true_profit"}


def test_stores_kinds_and_segments_have_their_own_and_strangers_stand_apart(counter: Kitchen):
    counter.serve("snap_store_customers", sold("c1"), sold("c1", "S2", gross=4000),
                  sold("c2", "S2"), sold("", "S1", gross=20000))  # fmt: skip
    counter.serve("snap_customer_peers", peer("c1"), peer("c2", "business", "S2"))
    loyal = {"customer_key": "c1", "currency_code": "CNY", "segment": "loyal",
             "snapshot_date": DAY}  # fmt: skip
    counter.serve("snap_customer_tiers", loyal).measure([DAY], *WATERFALL)
    ends = {
        name: levels(counter, *name)["true_profit"]
        for name in [("group",), ("store", "S1"), ("store", "S2"), ("kind", "consumer"),
                     ("kind", "business"), ("segment", "loyal"), ("anonymous", "S1")]
    }  # fmt: skip
    assert ends == {
        ("group",): 2600 - 3400 + 2600, ("store", "S1"): 2600, ("store", "S2"): -3400 + 2600,
        ("kind", "consumer"): 2600 - 3400, ("kind", "business"): 2600,
        ("segment", "loyal"): 2600 - 3400, ("anonymous", "S1"): 12600,
    }  # fmt: skip


def test_in_a_town_every_waterfall_ties_to_its_board_and_its_customers(town: Kitchen):
    assert town.inspect("audit_waterfall_ties").failures == 0
    assert town.inspect("audit_base_scenario").failures == 0
    (row,) = town.taste(
        "select sum(level_minor) filter (where scope = 'store') as stores,"
        " sum(level_minor) filter (where scope = 'kind') as kinds,"
        " sum(level_minor) filter (where scope = 'segment') as segments,"
        " sum(level_minor) filter (where scope = 'group') as whole, count(*) as n"
        f" from fct_profit_waterfalls where step_code = 'true_profit'"
        f" and snapshot_date = date '{DAY}'"
    )
    assert row["n"] >= 5
    assert row["stores"] == row["kinds"] == row["segments"] == row["whole"] != 0


def test_a_waterfall_that_misses_a_cent_is_found(counter: Kitchen):
    counter.serve("snap_store_customers", sold("c1")).serve("snap_customer_peers", peer("c1"))
    counter.serve("snap_customer_tiers").measure([DAY], *WATERFALL)
    profits = {f"{name}_minor": level for name, level in levels(counter, "group").items()}
    right = {"customer_key": "c1", "currency_code": "CNY", "snapshot_date": DAY, **profits}
    counter.serve("fct_concentration")
    counter.serve("fct_customer_profits", right)
    assert counter.inspect("audit_waterfall_ties").failures == 0
    counter.serve("fct_customer_profits", {**right, "cm2_minor": profits["cm2_minor"] + 1})
    assert counter.inspect("audit_waterfall_ties").failures == 1
