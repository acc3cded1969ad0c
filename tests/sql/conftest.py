"""A kitchen to cook small stories in: raw rows in, models run, figures out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from regulars.checks.schemas import raw_schema
from regulars.engines import Warehouse, open_warehouse
from regulars.models import Catalog, ModelKind, load_catalog, run_models
from regulars.policy import Policy
from regulars.settings import Settings
from regulars.steps.parameters import model_params
from regulars.steps.raw_tables import ensure_tables, load_policy_tables
from regulars.steps.runtime import SQL_FOLDER, Run
from regulars.steps.snapshots import review_tiers

DAY = date(2025, 3, 3)
SHOP = {
    "store_id": "S1",
    "store_name": "Corner",
    "time_zone": "Asia/Shanghai",
    "currency_code": "CNY",
}


def make_policy(**changes: Any) -> Policy:
    """A policy of one store in CNY; sections may be changed."""
    sections: dict[str, Any] = {
        "name": "story",
        "valid_from": date(2020, 1, 1),
        "group": {"name": "Story", "name_zh": "故事", "currency_code": "CNY"},
        "stores": [SHOP],
        "sources": [{"name": "pos", "time_zone": "Asia/Shanghai", "currency_code": "CNY"}],
        "fingerprint": "0123456789",
    }
    return Policy(**{**sections, **changes})


@dataclass
class Kitchen:
    """A warehouse with a policy; rows are put in by entity, with sensible blanks."""

    warehouse: Warehouse
    run: Run
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def put(self, entity: str, **values: Any) -> "Kitchen":
        """Add one raw row."""
        row = {"source_system": "pos", "source_file_sha256": "f1", "source_row": next(self.numbers)}
        self.rows.setdefault(entity, []).append({**row, **values})
        return self

    def order(self, order_id: str, *, on: date = DAY, **values: Any) -> "Kitchen":
        """Add a paid dine-in order of store S1."""
        noon = datetime(on.year, on.month, on.day, 12)
        given = {
            "order_id": order_id, "store_id": "S1", "channel": "dine_in", "status": "paid",
            "total_minor": 0, "currency_code": "CNY", "business_date": on,
            "closed_local_at": noon, "closed_at": noon,
        }  # fmt: skip
        return self.put("orders", **{**given, **values})

    def line(self, order_id: str, line_no: int, gross: int, **values: Any) -> "Kitchen":
        """Add a line of one noodle."""
        given = {"order_id": order_id, "store_id": "S1", "line_no": line_no, "item_id": "noodle",
                 "quantity_milli": 1000, "gross_minor": gross}  # fmt: skip
        return self.put("order_lines", **{**given, **values})

    def adjust(self, order_id: str | None, kind: str, amount: int, **values: Any) -> "Kitchen":
        """Add an adjustment paid by the merchant."""
        given = {
            "adjustment_id": f"a{len(self.rows.get('adjustments', []))}", "store_id": "S1",
            "adjustment_type": kind, "funded_by": "merchant", "amount_minor": amount,
            "order_id": order_id, "currency_code": "CNY", "business_date": DAY,
        }  # fmt: skip
        return self.put("adjustments", **{**given, **values})

    def recipe(self, item_id: str, cost: int, **values: Any) -> "Kitchen":
        """Add a recipe cost in minor units, valid for ever unless said otherwise."""
        given = {"item_id": item_id, "unit_cost_micro": cost * 1_000_000,
                 "valid_from": date(2020, 1, 1), "currency_code": "CNY"}  # fmt: skip
        return self.put("recipe_costs", **{**given, **values})

    def rule(self, component: str, basis: str = "rate", **values: Any) -> "Kitchen":
        """Add a cost rule."""
        given = {
            "rule_id": f"r{len(self.rows.get('cost_rules', []))}", "component": component,
            "basis": basis, "valid_from": date(2020, 1, 1), "currency_code": "CNY",
        }  # fmt: skip
        return self.put("cost_rules", **{**given, **values})

    def cook(self, first: date = DAY, last: date = DAY) -> "Kitchen":
        """Load what was put in and build lines, orders, customer-days and the reconciliation."""
        self._load()
        catalog = self.run.catalog
        staging = catalog.in_room("staging")
        days = [
            m for m in catalog.select(kinds=[ModelKind.DAYS]) if m.path.parent.name != "actions"
        ]
        self._run([*staging, *days], [(first, last)])
        return self

    def judge(self, dates: list[date]) -> "Kitchen":
        """Take the snapshots of these dates and review the tiers."""
        self._run(self.run.catalog.select(["int_customers"]))
        days = pa.table({"snapshot_date": pa.array(dates, pa.date32())})
        self.warehouse.load("ref_snapshot_dates", days)
        snapshots = self.run.catalog.select(kinds=[ModelKind.SNAPSHOT])
        before = [m for m in snapshots if "ops_tier_reviews" not in m.inputs]
        window = [(dates[0], dates[-1])]
        names = [m.name for m in before]
        split = names.index("snap_customer_scores") + 1
        self._run(before[:split], window)
        review_tiers(self.warehouse, dates, self.run.policy)
        done = {m.name for m in before[:split]}
        self._run([m for m in snapshots if m.name not in done], window)
        return self

    def taste(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a select."""
        return self.warehouse.query(sql).to_pylist()

    def order_figures(self, order_id: str) -> dict[str, Any]:
        """One order's row of fct_orders."""
        return next(r for r in self.taste("select * from fct_orders") if r["order_id"] == order_id)

    def audits(self) -> dict[str, int]:
        """The profit audits and how many rows break each."""
        models = [m for m in self.run.catalog.select(kinds=[ModelKind.AUDIT])
                  if set(m.inputs) <= {"fct_orders", "fct_order_lines", "fct_reconciliation",
                                       "fct_customer_days"}]  # fmt: skip
        return {r.name: r.failures for r in self._run(models)}

    def _load(self) -> None:
        ensure_tables(self.warehouse)
        load_policy_tables(self.warehouse, self.run.policy, *self.run.calendar_span)
        for entity, rows in self.rows.items():
            self.warehouse.load(f"raw_{entity}", pa.Table.from_pylist(rows, raw_schema(entity)))

    def _run(self, models: Any, windows: Any = ()) -> Any:
        return run_models(
            self.warehouse, models, self.run.dictionary, windows=windows,
            params=model_params(self.run), progress=lambda _: None,
        )  # fmt: skip


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """All models, read once for all stories."""
    return load_catalog(SQL_FOLDER)


@pytest.fixture
def kitchen(tmp_path: Path, catalog: Catalog) -> Iterator[Kitchen]:
    """An empty kitchen on DuckDB."""
    run = Run(DAY, DAY, Settings(home=tmp_path))
    run.__dict__.update(policy=make_policy(), catalog=catalog)
    with open_warehouse(f"duckdb:///{tmp_path / 'story.duckdb'}") as warehouse:
        yield Kitchen(warehouse, run)
