"""What the pipeline says, against a plain ledger kept from the dropped files and the policy."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
import yaml
from chain_home import KEY, SAMPLE_POLICY, Home
from group_sample import SIZE, Sample

from oracle.plain_files import read_drop
from oracle.plain_ladder import COMPONENTS, SUBTOTALS, Ladder
from oracle.plain_ledger import PlainLedger
from regulars.__main__ import main
from regulars.identity.keys import customer_key

COLUMNS = [f"{name}_minor" for name in (*COMPONENTS, *SUBTOTALS)]
Figures = dict[Any, dict[str, int]]


@pytest.fixture(scope="module")
def ledger(sample: Sample) -> PlainLedger:
    (policy,) = SAMPLE_POLICY.glob("*.yaml")
    return PlainLedger(read_drop(sample.drop), yaml.safe_load(policy.read_text("utf-8")))


def figures(home: Home, table: str, *key: str) -> Figures:
    rows = home.rows(f"select * from {table}")
    return {tuple(row[name] for name in key): {name: row[name] for name in COLUMNS}
            for row in rows}  # fmt: skip


def added(ladders: Iterable[Ladder]) -> dict[str, int]:
    whole = Ladder()
    for ladder in ladders:
        whole.update(ladder)
    return whole.climbed()


def test_every_component_of_every_order_equals_the_plain_ledger(
    complete: Home, ledger: PlainLedger
):
    wanted = {key: ledger.order_ladder(key).climbed() for key in ledger.orders}
    assert len(wanted) > 2_500
    assert figures(complete, "fct_orders", "store_id", "order_id") == wanted


def test_every_component_of_every_customer_and_day_equals_the_plain_ledger(
    complete: Home, ledger: PlainLedger
):
    found = figures(complete, "fct_customer_days", "customer_key", "business_date", "currency_code")
    wanted = {
        (customer_key(ref, KEY.encode(), "k1", "sample_group"), day, currency): one.climbed()
        for (ref, day, currency), one in ledger.customer_days().items()
    }
    assert len(wanted) > 800
    assert found == wanted


def test_the_groups_waterfall_is_the_sum_of_the_ledgers_customers(
    complete: Home, ledger: PlainLedger
):
    # The sample is shorter than the year of the curve: all of it is on the waterfall.
    wanted = added(ledger.customer_days().values())
    rows = complete.rows(
        "select step_code, level_minor from fct_profit_waterfalls where scope = 'group' and"
        " is_subtotal and snapshot_date = (select max(snapshot_date) from fct_profit_waterfalls)"
    )
    assert {row["step_code"]: row["level_minor"] for row in rows} == {
        name: wanted[f"{name}_minor"] for name in SUBTOTALS
    }


def test_audits_of_the_board_find_nothing(complete: Home):
    path = complete.folder / "reports" / f"{SIZE.last_day}" / "report.json"
    report = json.loads(path.read_text("utf-8"))
    failures = {audit["name"]: audit["failures"] for audit in report["audits"]}
    assert failures["audit_waterfall_ties"] == failures["audit_base_scenario"] == 0
    base, group = report["scenarios"][1], report["boards"][0]
    assert base["true_profit_minor"] == group["true_profit_minor"]
    stores = [row for row in report["boards"] if row["name"] in {"Riverside", "Old Town"}]
    assert all(row["erosion_minor"] > 0 for row in stores)


def test_a_customers_profit_is_explained_from_the_published_tables(
    complete: Home, capsys: pytest.CaptureFixture[str]
):
    (worst,) = complete.rows(
        "select customer_key from fct_profit_drivers where is_drag and true_profit_minor < 0"
        " and snapshot_date = (select max(snapshot_date) from fct_profit_drivers)"
        " order by excess_minor desc, customer_key limit 1"
    )
    with complete.environment():
        assert main(["profit", worst["customer_key"]]) == 0
        told = capsys.readouterr().out
        assert main(["profit", "nobody"]) == 1
    assert told.startswith("Profit of the year (CNY) ‖ 近一年利润（CNY）")
    assert "True profit ‖ 真实利润" in told
    assert " more" in told and "多出" in told
    assert "nobody is known under this number" in capsys.readouterr().err
