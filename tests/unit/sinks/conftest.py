"""One day's actions in three rows, and ways to read what was exported."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from regulars.sinks.columns import ACTION_TYPES, SUPPRESSED_TYPES
from regulars.sinks.manifest import ExportStamp

FRIDAY = date(2025, 1, 31)

Row = dict[str, Any]


@pytest.fixture(scope="session")
def stamp() -> ExportStamp:
    return ExportStamp(business_date=FRIDAY, run_key="run-1", policy_version="2025-01-01.1")


@pytest.fixture(scope="session")
def action() -> Callable[..., Row]:
    """An action row; what matters to a test is named in the call."""

    def build(customer_key: str = "c1", **changes: Any) -> Row:
        row: Row = {
            "business_date": FRIDAY,
            "list_name": "incentivise",
            "customer_key": customer_key,
            "member_ref": "88001",
            "action_code": "A20",
            "action_name": "Come back this week",
            "action_name_zh": "本周回店",
            "contact_channel": "sms",
            "store_id": "SH-01",
            "offer_minor": 2050,
            "currency_code": "CNY",
            "starts_on": FRIDAY,
            "expires_on": date(2025, 2, 14),
            "priority": 1,
            "reason_1": "Last visit 40 days ago",
            "reason_1_zh": "距上次到店40天",
            "policy_version": "2025-01-01.1",
        }
        return row | changes

    return build


@pytest.fixture(scope="session")
def table() -> Callable[..., pa.Table]:
    """Action rows as the table a step hands over."""

    def build(*rows: Row) -> pa.Table:
        return pa.Table.from_pylist(list(rows), schema=ACTION_TYPES)

    return build


@pytest.fixture(scope="session")
def nothing_suppressed() -> pa.Table:
    return SUPPRESSED_TYPES.empty_table()


@pytest.fixture(scope="session")
def unzip() -> Callable[[Path], dict[str, str]]:
    """The parts of a workbook as texts."""

    def read(path: Path) -> dict[str, str]:
        with zipfile.ZipFile(path) as book:
            return {name: book.read(name).decode() for name in book.namelist()}

    return read
