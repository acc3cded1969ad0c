"""How fresh a source is for a store: from orders, from files seen, and from the calendar."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from kitchen import DAY, Kitchen

from regulars.steps.raw_tables import BUILT_DAYS, INTAKE

Named = tuple[str, int | None, int | None]


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def freshness(
    kitchen: Kitchen, built: list[int], seen: list[Named], expected: list[int]
) -> dict[int, dict[str, Any]]:
    """Store S1's freshness by day number, where these files were seen of a daily till."""
    tables = {
        "raw_seen_files": [
            {"source_system": "pos", "file_name": name,
             "first_day": None if first is None else day(first),
             "last_day": None if last is None else day(last)}
            for name, first, last in seen
        ],
        "ref_expected_days": [
            {"source_system": "pos", "business_date": day(number)} for number in expected
        ],
        "ref_expected_stores": [{"source_system": "pos", "store_id": "S1"}],
    }  # fmt: skip
    kitchen.stage()
    for table, rows in tables.items():
        kitchen.warehouse.load(table, pa.Table.from_pylist(rows, INTAKE[table]))
    days = [{"business_date": day(number), "fingerprint": "x"} for number in built]
    kitchen.warehouse.load("ops_built_days", pa.Table.from_pylist(days, BUILT_DAYS))
    kitchen.build("fct_freshness")
    rows = kitchen.taste("select * from fct_freshness where store_id = 'S1'")
    return {(row["business_date"] - DAY).days: row for row in rows}


@pytest.mark.parametrize(
    ("seen", "is_late"),
    [
        ([("orders_0.csv", 0, 0)], {0: False, 1: True, 2: True}),
        ([("orders_0.csv", 0, 0), ("orders_1.csv", 1, 1)], {0: False, 1: False, 2: True}),
        ([("orders_0_2.csv", 0, 2)], {0: False, 1: False, 2: False}),
        ([("orders.csv", None, None)], {0: False, 1: False, 2: False}),
    ],
    ids=["no_file", "header_only_then_none", "span", "undated"],
)
def test_no_file_is_late_and_a_file_without_orders_is_not(
    kitchen: Kitchen, seen: list[Named], is_late: dict[int, bool]
):
    """Orders on day 0 only; the till brings a file every day."""
    kitchen.order("o1", on=day(0))
    found = freshness(kitchen, [0, 1, 2], seen, [0, 1, 2])
    assert {number: row["is_late"] for number, row in found.items()} == is_late
    assert {row["last_business_date"] for row in found.values()} == {day(0)}
    assert [found[number]["behind_day_count"] for number in (0, 1, 2)] == [0, 1, 2]
    assert found[2]["file_name"] == "orders.csv"


def test_a_day_off_is_not_late(kitchen: Kitchen):
    kitchen.order("o1", on=day(0))
    found = freshness(kitchen, [0, 1, 2], [("orders_0.csv", 0, 0)], [0, 2])
    assert {number: (row["is_expected"], row["is_late"]) for number, row in found.items()} == {
        0: (True, False), 1: (False, False), 2: (True, True),
    }  # fmt: skip


def test_a_late_file_heals_every_day_after_it(kitchen: Kitchen):
    """Day 1 came after day 2: nothing is missing any more, nor was it on day 2."""
    kitchen.order("o1", on=day(0)).order("o2", on=day(2)).order("o3", on=day(1))
    seen = [(f"orders_{number}.csv", number, number) for number in (0, 1, 2)]
    found = freshness(kitchen, [0, 1, 2], seen, [0, 1, 2])
    assert [row["is_late"] for row in found.values()] == [False] * 3
    assert found[1]["last_business_date"] == day(1)


def test_a_store_that_never_brought_an_order_is_known_to_be_late(kitchen: Kitchen):
    found = freshness(kitchen, [1], [], [0, 1])
    assert found[1]["last_business_date"] is None
    assert found[1]["behind_day_count"] is None
    assert (found[1]["is_late"], found[1]["file_name"]) == (True, None)
