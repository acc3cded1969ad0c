"""A home with one till and two stores, to drop three-row files into and take them up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from regulars.engines import open_warehouse
from regulars.settings import Settings
from regulars.sources.landing import FileReceipt, read_receipts
from regulars.steps.ingest_sales import ingest_source, load_sources

DAY = date(2025, 1, 10)
POLICY: dict[str, Any] = {
    "name": "corner", "valid_from": date(2020, 1, 1),
    "group": {"name": "Corner", "name_zh": "街角", "currency_code": "CNY"},
    "stores": [
        {"store_id": store, "store_name": store, "time_zone": "Asia/Shanghai",
         "currency_code": "CNY", "country": "CN"}
        for store in ("S1", "S2")
    ],
    "sources": [{"name": "till", "folder": "till", "time_zone": "Asia/Shanghai",
                 "currency_code": "CNY", "country": "CN", "expected": "daily"}],
}  # fmt: skip
ORDERS = "order_id,store_id,closed_at,channel,status,total_amount,customer_ref\n"


@dataclass(frozen=True)
class SmallHome:
    """A home, its drop folder and its policy."""

    root: Path

    @property
    def till(self) -> Path:
        return self.root / "drop" / "till"

    def settings(self) -> Settings:
        return Settings()

    @contextmanager
    def policy(self, **changes: Any) -> Iterator[None]:
        """Other rules while the block lasts."""
        self.write_policy(**changes)
        yield
        self.write_policy()

    def write_policy(self, **changes: Any) -> None:
        text = yaml.safe_dump(POLICY | changes, allow_unicode=True)
        (self.root / "policy").mkdir(parents=True, exist_ok=True)
        (self.root / "policy" / "2020-01-01.yaml").write_text(text, encoding="utf-8")

    def drop(self, name: str, content: str | bytes) -> Path:
        path = self.till / name
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)
        return path

    def ingest(self, first: date = DAY, last: date = DAY) -> dict[str, Any]:
        return dict(ingest_source("till", last.isoformat(), first.isoformat()))

    def load(self, first: date = DAY, last: date = DAY) -> None:
        """Take up what was dropped, into the warehouse."""
        receipt = self.ingest(first, last)
        load_sources([receipt], last.isoformat(), first.isoformat())

    def receipts(self) -> dict[str, FileReceipt]:
        return {one.file_name: one for one in read_receipts(self.settings().landing_folder)}

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with open_warehouse(self.settings().warehouse_uri) as warehouse:
            return list(warehouse.query(sql).to_pylist())

    def kept(self, entity: str = "orders") -> list[dict[str, Any]]:
        """What is in quarantine of an entity."""
        folder = self.settings().quarantine_folder / "till" / entity
        return [row for path in sorted(folder.glob("*.parquet"))
                for row in pq.read_table(path).to_pylist()]  # fmt: skip


def make_home(root: Path, patch: pytest.MonkeyPatch) -> SmallHome:
    """An empty home; the steps find it by their environment."""
    home = SmallHome(root)
    home.till.mkdir(parents=True)
    home.write_policy()
    told = {
        "HOME": root / "home", "DROP": root / "drop", "POLICY": root / "policy",
        "WAREHOUSE": "", "IDENTITY_KEY": "a key for tests, never a real one",
    }  # fmt: skip
    for name, value in told.items():
        patch.setenv(f"REGULARS_{name}", str(value))
    return home
