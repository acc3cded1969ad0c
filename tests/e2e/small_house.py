"""A small house: one store, one till, a drop folder to write a few rows into, and a way to look."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from regulars.engines import open_warehouse
from regulars.settings import Settings
from regulars.steps import build_customer_profit, ingest_sales

FIRST, SECOND, THIRD = "2025-03-03", "2025-03-04", "2025-03-05"
OLD_KEY = "the first key of this house"
ORDERS = "order_id,store_id,closed_at,channel,status,total_amount,customer_ref,revision\n"
CUSTOMERS = "customer_ref,customer_kind,joined_on,phone,household_ref\n"
IDENTIFIERS = "order_id,store_id,identifier_type,identifier_value\n"
Look = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def drop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A drop folder of a house with one till; its policy and home are set."""
    policy = {
        "name": "house", "valid_from": "2020-01-01",
        "group": {"name": "House", "name_zh": "小馆", "currency_code": "CNY"},
        "stores": [{"store_id": "S1", "store_name": "Corner", "time_zone": "Asia/Shanghai",
                    "currency_code": "CNY", "country": "CN"}],
        "sources": [{"name": "till", "time_zone": "Asia/Shanghai", "currency_code": "CNY",
                     "country": "CN"}],
    }  # fmt: skip
    (tmp_path / "policy").mkdir()
    text = yaml.safe_dump(policy, allow_unicode=True)
    (tmp_path / "policy" / "p.yaml").write_text(text, "utf-8")
    (tmp_path / "drop").mkdir()
    for name, place in (("HOME", "home"), ("POLICY", "policy"), ("DROP", "drop")):
        monkeypatch.setenv(f"REGULARS_{name}", str(tmp_path / place))
    monkeypatch.setenv("REGULARS_IDENTITY_KEY", OLD_KEY)
    return tmp_path / "drop"


def run(day: str, first_day: str | None = None) -> None:
    """The day, or the days from the first one on, from the files to orders and customer-days."""
    receipts = [ingest_sales.ingest_source("till", day, first_day)]
    ingest_sales.load_sources(receipts, day, first_day)
    build_customer_profit.build_staging(day, first_day)
    build_customer_profit.resolve_customers(day, first_day)
    build_customer_profit.build_margins(day, first_day)


@pytest.fixture
def look() -> Look:
    """The rows of a select on the house's warehouse."""

    def _look(sql: str) -> list[dict[str, Any]]:
        with open_warehouse(Settings().warehouse_uri) as warehouse:
            rows: list[dict[str, Any]] = warehouse.query(sql).to_pylist()
            return rows

    return _look
