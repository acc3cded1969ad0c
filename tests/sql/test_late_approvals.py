"""An approval may come late: what leaves then, what does not, and what later days know of it."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from desk import FREE
from kitchen import DAY

from regulars.engines import open_warehouse
from regulars.steps.emit_action_lists import decide_actions
from regulars.steps.exception_log import Signature
from regulars.steps.exceptions import decide_by_hand
from regulars.steps.exporting import export_date
from regulars.steps.late_contacts import hold_contacted
from regulars.steps.remembering import remember_released
from regulars.steps.runtime import start

NEXT = DAY + timedelta(days=1)
NINE = datetime(2025, 3, 4, 9, tzinfo=UTC)


@pytest.fixture
def slowing(home: str) -> Path:
    """The home whose one guest is platinum, and slow: on every day an exception."""
    with open_warehouse(home) as warehouse:
        tiers = warehouse.query("select * from snap_customer_tiers")
        rows = [{**row, "tier": "platinum"} for row in tiers.to_pylist()]
        warehouse.load("snap_customer_tiers", pa.Table.from_pylist(rows, tiers.schema))
    return start(str(DAY)).settings.exports_folder


def export(day: date) -> None:
    run = start(str(day))
    with run.warehouse() as warehouse:
        hold_contacted(warehouse, run)
        remember_released(warehouse, run)
        export_date(warehouse, run)


def approve(day: date) -> None:
    run = start(str(day))
    with run.warehouse() as warehouse:
        (row,) = warehouse.query(
            "select exception_key from fct_exceptions where business_date = :day", day=day
        ).to_pylist()
    decide_by_hand([row["exception_key"]], "approved", Signature("li", NINE, "known"))


def listed(exports: Path, day: date) -> list[str]:
    text = (exports / str(day) / "incentivise" / "actions_full.csv").read_text()
    return [row["customer_key"] for row in csv.DictReader(text.splitlines())]


def manifest(exports: Path, day: date) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((exports / str(day) / "manifest.json").read_bytes())
    return found


def test_a_withheld_row_was_no_contact_and_the_one_approved_first_is_the_only_one(slowing: Path):
    for day in (DAY, NEXT):
        assert decide_actions(str(day)) == {"incentivise": 1}
        export(day)
        assert listed(slowing, day) == []
        counts = (slowing / str(day) / "incentivise" / "suppressed_counts.csv").read_text()
        assert "incentivise,needs_approval,1" in counts

    approve(DAY)
    export(DAY)
    assert listed(slowing, DAY) == [FREE[0]]
    assert manifest(slowing, DAY)["supersedes"]["business_date"] == str(DAY)

    approve(NEXT)
    export(NEXT)
    assert listed(slowing, NEXT) == []


def test_what_was_approved_is_a_contact_to_days_that_are_decided_again(slowing: Path):
    decide_actions(str(DAY))
    approve(DAY)
    export(DAY)
    assert decide_actions(str(DAY)) == {"incentivise": 1}
    assert decide_actions(str(NEXT)) == {}
    export(DAY)
    assert listed(slowing, DAY) == [FREE[0]]
