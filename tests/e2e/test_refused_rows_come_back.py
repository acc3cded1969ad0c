"""Rows that were refused, corrected and released are sales like any other, in every figure."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from chain_home import Home
from group_sample import LAST_DAYS

from regulars.steps.chain import forget_built
from regulars.steps.deciding import release
from regulars.steps.review_quarantine import Choice, export_corrections

DAY = LAST_DAYS[0]


@pytest.fixture
def mended(history: Home, own_drop: Path, place: Callable[[], Path], tmp_path: Path) -> Home:
    """An order and its lines under a store that is not ours; taken up, corrected, run again."""
    for entity in ("orders", "order_lines"):
        path = own_drop / "pos" / f"{entity}_{DAY}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        order_id = rows[0]["order_id"]
        spoilt = [{**row, "store_id": "S9"} if row["order_id"] == order_id else row for row in rows]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(spoilt)
    home = history.copy(place(), drop=own_drop)
    home.run(DAY, DAY)
    return home


def corrected(home: Home, entity: str, store: str, path: Path) -> Path:
    with home.environment():
        export_corrections(Choice("pos", entity, f"{entity}_{DAY}.csv", "unknown_store"), path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        signed = {"store_id": store, "who": "Example Clerk", "why": "the till was renamed"}
        writer.writerows({**row, **signed} for row in rows)
    return path


def test_the_day_is_built_again_with_the_released_rows(
    mended: Home, in_order: Home, sample: object, tmp_path: Path
):
    """The day is short of just that order, then whole again: as if it had never been spoilt."""
    sql = (
        f"select order_id, store_id, net_sales_minor, food_cost_minor from fct_orders"
        f" where business_date = date '{DAY}' order by order_id"
    )
    right = {row["order_id"]: row for row in in_order.rows(sql)}
    before = {row["order_id"]: row for row in mended.rows(sql)}
    (lost,) = set(right) - set(before)
    for entity in ("orders", "order_lines"):
        path = corrected(mended, entity, right[lost]["store_id"], tmp_path / f"{entity}.csv")
        with mended.environment():
            assert release(path, DAY) >= 1
    mended.run(LAST_DAYS[1], LAST_DAYS[1])
    after = {row["order_id"]: row for row in mended.rows(sql)}
    assert set(after) == set(right)
    assert after[lost] == right[lost]
    loads = mended.rows("select * from audit_loads where released_count > 0")
    assert {row["entity"] for row in loads} == {"orders", "order_lines"}

    with mended.environment():
        forget_built()
    mended.run(LAST_DAYS[1], LAST_DAYS[1])
    assert {row["order_id"]: row for row in mended.rows(sql)}[lost] == right[lost]
