"""A full rebuild is the sum of its days, and late data recomputes what depends on it, no more."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from small_house import CUSTOMERS, IDENTIFIERS, ORDERS, Look, run
from small_house import drop as drop
from small_house import look as look

from regulars.engines import Warehouse
from regulars.steps import build_customer_profit
from regulars.steps.chain import forget_built

MARCH_3, MARCH_20, APRIL_10, APRIL_11 = "2025-03-03", "2025-03-20", "2025-04-10", "2025-04-11"
LOGS = (
    "fct_identity_moves", "ops_restatements", "ops_build_plan", "ops_unpublished",
    "ops_audit_results",
)  # fmt: skip
"""What says which run found or did something, not what is so."""
Write = tuple[str, str, str]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Write]]:
    """Every replacement of days: table, first day, last day."""
    found: list[Write] = []
    replace_days = Warehouse.replace_days

    def noted(
        self: Warehouse, table: str, sql: str, first: date, last: date, *args: str, **given: object
    ) -> None:
        found.append((table, f"{first}", f"{last}"))
        replace_days(self, table, sql, first, last, *args, **given)

    monkeypatch.setattr(Warehouse, "replace_days", noted)
    yield found


def state(look: Look) -> dict[str, list[str]]:
    """Every built table as its sorted rows."""
    tables = look("select table_name as name from information_schema.tables"
                  " where table_schema = 'main'")  # fmt: skip
    names = [row["name"] for row in tables]
    found = {
        name: sorted(map(repr, look(f"select * from {name}")))
        for name in names
        if not name.startswith(("raw_", "ref_", "restricted_")) and name not in LOGS
    }
    # A day without any input is known to a run whose window it is in, and to no other.
    found["ops_built_days"] = [
        day for day in found["ops_built_days"] if "'fingerprint': ''" not in day
    ]
    return found


def sell(drop: Path, day: str, *orders: str) -> None:
    """Orders in a file of a day; their gross amount is their total."""
    rows = [f"{order},{order.split(',')[5]}" for order in orders]
    head = f"{ORDERS.strip()},gross_amount"
    (drop / f"orders_{day}.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")


def test_a_full_rebuild_equals_the_days_one_by_one_with_their_corrections(
    drop: Path, look: Look, written: list[Write]
):
    """Two guests buy on three days; then a bill of the first is corrected and they are one."""
    sell(drop, MARCH_3, "o1,S1,2025-03-03 12:00,dine_in,paid,80.00,g1,0",
         "o2,S1,2025-03-03 13:00,dine_in,paid,50.00,g2,0")  # fmt: skip
    sell(drop, MARCH_20, "o3,S1,2025-03-20 12:00,dine_in,paid,70.00,g1,0")
    sell(drop, APRIL_10, "o4,S1,2025-04-10 12:00,dine_in,paid,30.00,g3,0")
    for day in (MARCH_3, MARCH_20, APRIL_10):
        run(day)
    assert {(first, last) for table, first, last in written if table == "fct_orders"} == {
        (MARCH_3, MARCH_3), (MARCH_20, MARCH_20), (APRIL_10, APRIL_10)
    }  # fmt: skip

    written.clear()
    sell(drop, APRIL_11, "o1,S1,2025-03-03 12:00,dine_in,paid,8.00,g1,1")
    run(APRIL_11)
    # The day of the bill and the day asked for, each model once; the day between is left alone.
    assert {(first, last) for _, first, last in written} == {
        (MARCH_3, MARCH_3), (APRIL_11, APRIL_11)
    }  # fmt: skip
    assert max(written.count(one) for one in written) == 1

    written.clear()
    (drop / "customers.csv").write_text(
        CUSTOMERS + "g2,consumer,2025-01-01,13800138000,\ng3,consumer,2025-02-01,13800138000,\n",
        "utf-8",
    )
    (drop / "order_identifiers.csv").write_text(IDENTIFIERS, "utf-8")
    run(APRIL_11)
    # The younger goes by the elder's key from now on: his day is built again, not the elder's.
    assert {(first, last) for _, first, last in written} == {(APRIL_10, APRIL_11)}
    assert look("select count(distinct customer_key) as n from fct_orders") == [{"n": 2}]
    assert look("select sum(net_sales_minor) as n from fct_customer_days") == [{"n": 15_800}]

    day_by_day = state(look)
    assert forget_built() > 50
    run(APRIL_11, MARCH_3)
    rebuilt = state(look)
    assert {*day_by_day} == {*rebuilt}
    assert [name for name in rebuilt if rebuilt[name] != day_by_day[name]] == []


def test_nothing_new_builds_the_day_asked_for_and_nothing_else(drop: Path, written: list[Write]):
    sell(drop, MARCH_3, "o1,S1,2025-03-03 12:00,dine_in,paid,80.00,g1,0")
    sell(drop, MARCH_20, "o3,S1,2025-03-20 12:00,dine_in,paid,70.00,g1,0")
    run(MARCH_20, MARCH_3)
    written.clear()
    found = build_customer_profit.resolve_customers(MARCH_20)
    assert found["windows"] == [f"{MARCH_20}/{MARCH_20}"]
    build_customer_profit.build_margins(MARCH_20)
    assert {(first, last) for _, first, last in written} == {(MARCH_20, MARCH_20)}
