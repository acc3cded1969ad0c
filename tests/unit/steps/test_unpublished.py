"""What was rebuilt is remembered until it is published, and no day of it is lost."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from regulars.engines import Warehouse, open_warehouse
from regulars.steps.unpublished import ALL_DAYS, forget, note, pending


def day(number: int) -> date:
    return date(2026, 3, number)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(f"duckdb:///{tmp_path / 'w.duckdb'}") as opened:
        yield opened


def test_nothing_was_ever_built_so_nothing_is_pending(warehouse: Warehouse):
    forget(warehouse)
    assert pending(warehouse) == {}


def test_windows_that_overlap_or_touch_are_one_and_others_stay_apart(warehouse: Warehouse):
    note(warehouse, "business_date", [(day(9), day(10)), (day(1), day(3))])
    note(warehouse, "business_date", [(day(3), day(4)), (day(5), day(5)), (day(7), day(7))])
    assert pending(warehouse) == {
        "business_date": [(day(1), day(5)), (day(7), day(7)), (day(9), day(10))]
    }


def test_a_window_noted_by_a_run_and_its_rerun_is_one_window(warehouse: Warehouse):
    for _ in range(2):
        note(warehouse, "snapshot_date", [(day(2), day(2))])
    assert warehouse.query("select * from ops_unpublished").num_rows == 1


def test_publishing_the_profit_leaves_the_actions_of_an_unfinished_run_pending(
    warehouse: Warehouse,
):
    note(warehouse, "business_date", [(day(1), day(1))])
    note(warehouse, "business_date", [(day(2), day(2))], part="actions")
    forget(warehouse)
    assert pending(warehouse) == {}
    assert pending(warehouse, "actions") == {"business_date": [(day(2), day(2))]}


def test_what_was_dropped_is_pending_on_every_day_whatever_else_is_noted(warehouse: Warehouse):
    note(warehouse, "business_date", [ALL_DAYS, (day(2), day(2))])
    assert pending(warehouse) == {"business_date": [ALL_DAYS]}


def test_a_note_of_no_days_is_no_note(warehouse: Warehouse):
    note(warehouse, "business_date", [])
    assert pending(warehouse) == {}
