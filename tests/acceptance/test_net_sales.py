"""A group on Square, Shopify and three platforms: from its files to the net sales of its orders."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from acceptance.sources import doordash, grubhub, shopify, square, uber_eats
from regulars.engines import open_warehouse
from regulars.policy import StorePolicy
from regulars.settings import Settings
from regulars.steps.chain import run_chain

FIRST, LAST = date(2025, 1, 6), date(2025, 1, 13)
STORIES = [module.STORY for module in (square, shopify, uber_eats, doordash, grubhub)]
Rows = list[dict[str, Any]]


def make_policy() -> str:
    stores = {store.store_id: store for story in STORIES for store in story.stores}
    assert all(isinstance(store, StorePolicy) for store in stores.values())
    return yaml.safe_dump(
        {
            "name": "pier_group",
            "valid_from": date(2025, 1, 1),
            "group": {"name": "Pier Group", "name_zh": "码头餐饮", "currency_code": "USD"},
            "stores": [store.model_dump(mode="json") for store in stores.values()],
            "sources": [story.source.model_dump(mode="json") for story in STORIES],
        },
        allow_unicode=True,
    )


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    """The whole chain over the files of all five, and what it left in the warehouse."""
    root: Path = tmp_path_factory.mktemp("pier_group")
    (root / "policy").mkdir()
    (root / "policy" / "2025-01-01.yaml").write_text(make_policy(), encoding="utf-8")
    for story in STORIES:
        (root / "drop" / story.source.folder).mkdir(parents=True)
        for file in story.files:
            (root / "drop" / story.source.folder / file.name).write_bytes(file.render())
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("HOME", root / "home"), ("POLICY", root / "policy"),
                            ("DROP", root / "drop"), ("IDENTITY_KEY", "the key of these stories"),
                            ("WAREHOUSE", "")):  # fmt: skip
            patch.setenv(f"REGULARS_{name}", str(value))
        run_chain(LAST, FIRST, lambda _name, _started: None)
        with open_warehouse(Settings().warehouse_uri) as opened:
            names = ("fct_orders", "fct_reconciliation", "audit_loads", "stg_settlements")
            return {name: opened.query(f"select * from {name}").to_pylist() for name in names}


def test_the_net_sales_of_every_order_are_those_worked_out_by_hand(group):
    net = {row["order_id"]: row["net_sales_minor"] for row in group["fct_orders"]}
    assert net == {
        "T1": 1630, "T2": 2400, "T3": 0,
        "#1002": 500, "#1001": 2067, "#1003": 0,
    }  # fmt: skip
    assert sum(net.values()) == 4030 + 2567


def test_what_came_in_and_what_went_back_is_the_ledger_of_each_store(group):
    ledger = {row["store_id"]: row for row in group["fct_reconciliation"]}
    # The cake given back, 6.30, belongs to an order of another day: it lowers the day's sales.
    assert ledger["S1"]["unallocated_minor"] == -630
    assert ledger["S1"]["ledger_minor"] == 1630 + 2400 + 500 - 630
    assert ledger["S9"]["ledger_minor"] == 2067
    assert all(row["recon_delta_minor"] == 0 for row in ledger.values())
    assert all(row["payment_delta_minor"] == 0 for row in ledger.values())


def test_a_gift_card_is_a_liability(group):
    sold = {row["order_id"]: row["liability_minor"] for row in group["fct_orders"]}
    assert {order_id: minor for order_id, minor in sold.items() if minor} == {"T3": 2500}


def test_the_processors_own_fee_and_the_platforms_own_take_win_over_any_rule(group):
    orders = {row["order_id"]: row for row in group["fct_orders"]}
    assert orders["T1"]["payment_fee_minor"] == 81
    assert (orders["T2"]["is_settled"], orders["T2"]["channel_cost_minor"]) == (True, 600)
    assert not orders["T1"]["is_settled"]


def test_advertising_stays_with_the_store(group):
    ads = [row for row in group["stg_settlements"] if row["fee_type"] == "ads"]
    assert sorted((row["platform"], row["amount_minor"], row["order_id"]) for row in ads) == [
        ("doordash", 1250, None), ("uber_eats", 2500, None),
    ]  # fmt: skip


def test_every_row_of_every_file_is_accounted_for(group):
    for row in group["audit_loads"]:
        parts = ("loaded", "quarantined", "duplicate", "summary", "out_of_scope")
        assert row["read_count"] == sum(row[f"{part}_count"] for part in parts)
        assert row["quarantined_count"] == row["duplicate_count"] == 0
