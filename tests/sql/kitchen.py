"""A kitchen to cook small stories in: raw rows in, models run, figures out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

import pyarrow as pa
import sqlglot
from sqlglot import exp

from regulars.checks.schemas import raw_schema
from regulars.domain.records import RECORDS
from regulars.engines import Warehouse
from regulars.models import AuditResult, Model, ModelKind, run_models
from regulars.models.outputs import output_columns
from regulars.policy import Policy
from regulars.steps.build_customer_profit import ACCOUNTS, CHARGES, CUSTOMERS
from regulars.steps.changed_files import SEEN_FILES, SEEN_TABLE
from regulars.steps.days import Window
from regulars.steps.parameters import model_params
from regulars.steps.policy_tables import load_policy_tables
from regulars.steps.raw_tables import (
    CONTACTS_MADE,
    IDENTITY_MAP,
    INTAKE,
    RECEIPTS,
    ensure_tables,
)
from regulars.steps.resolving import resolve
from regulars.steps.runtime import Run
from regulars.steps.satisfaction_curves import fit_satisfaction
from regulars.steps.score_blends import SCORES, learn_blends
from regulars.steps.snapshots import review_tiers
from regulars.steps.superseding import SUPERSEDED, supersede

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
    due: dict[str, Window] = field(default_factory=dict)
    """Models that have been ordered and are made when somebody asks for them, by their window."""

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

    def settle(self, order_id: str | None, fee: str, amount: int, **values: Any) -> "Kitchen":
        """Add a line of a payout of the platform meiwei."""
        given = {
            "settlement_id": f"s{len(self.rows.get('settlements', []))}", "platform": "meiwei",
            "store_id": "S1", "order_id": order_id, "fee_type": fee, "amount_minor": amount,
            "payout_date": DAY, "currency_code": "CNY",
        }  # fmt: skip
        return self.put("settlements", **{**given, **values})

    def contacts(self, *made: Mapping[str, Any]) -> "Kitchen":
        """Say who was contacted how, and when."""
        self.warehouse.load("ops_contacts_made", pa.Table.from_pylist([*made], CONTACTS_MADE))
        return self

    def points(self, order_id: str | None, points: int, **values: Any) -> "Kitchen":
        """Add points earned."""
        given = {
            "event_id": f"e{len(self.rows.get('loyalty_events', []))}", "store_id": "S1",
            "event_kind": "earned", "points_milli": points * 1000, "order_id": order_id,
            "business_date": DAY,
        }  # fmt: skip
        return self.put("loyalty_events", **{**given, **values})

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

    def map_identities(self, **persons: str) -> "Kitchen":
        """Say which person each reference is."""
        rows = {"node_key": list(persons), "customer_key": list(persons.values())}
        self.warehouse.load("ops_identity_map", pa.table(rows, IDENTITY_MAP))
        return self

    def cook(self, first: date = DAY, last: date = DAY) -> "Kitchen":
        """Load what was put in; lines, orders, customer-days and so on are made when asked for."""
        models = self.run.catalog.select(kinds=[ModelKind.DAYS])
        days = [model.name for model in models if model.path.parent.name != "actions"]
        days += CUSTOMERS
        if set(self.due.values()) - {(first, last)}:
            self.finish()
        self.stage().due.update(dict.fromkeys(days, (first, last)))
        return self

    def resolve(self) -> "Kitchen":
        """Load what was put in and find out who is who."""
        resolve(self.stage().warehouse, self.run)
        return self

    def stage(self) -> "Kitchen":
        """Load what was put in and make it readable; build nothing upon it."""
        self._load()
        self._run(self.run.catalog.in_room("staging"))
        self._run(self.run.catalog.select([*ACCOUNTS, *CHARGES]))
        return self

    def judge(self, dates: list[date]) -> "Kitchen":
        """Take the snapshots of these dates and review the tiers."""
        self._run(self.run.catalog.select(CUSTOMERS))
        days = pa.table({"snapshot_date": pa.array(dates, pa.date32())})
        self.warehouse.load("ref_snapshot_dates", days)
        window = [(dates[0], dates[-1])]
        self._run(self.run.catalog.select(SCORES), window)
        learn_blends(self.warehouse, dates, lambda _: self.run.policy.score)
        tallying, scoring = (
            self.run.catalog.select([name], upstream=True, kinds=[ModelKind.SNAPSHOT])
            for name in ("snap_satisfaction_tallies", "snap_customer_scores")
        )
        self._run([m for m in tallying if m.name not in SCORES], window)
        fit_satisfaction(self.warehouse, dates, lambda _: self.run.policy.satisfaction)
        tallied = {*SCORES, *(m.name for m in tallying)}
        self._run([m for m in scoring if m.name not in tallied], window)
        review_tiers(self.warehouse, dates, lambda _: self.run.policy.tiers)
        done = {*tallied, *(m.name for m in scoring)}
        snapshots = self.run.catalog.select(kinds=[ModelKind.SNAPSHOT])
        later = [m.name for m in snapshots if m.name not in done]
        self.due.update(dict.fromkeys(later, window[0]))
        return self

    def finish(self) -> "Kitchen":
        """Make all that was ordered."""
        self._make(self.due)
        return self

    def serve(self, table: str, *rows: Mapping[str, Any]) -> "Kitchen":
        """Put finished rows on a model's table as if it had been built; blanks are unknown."""
        known = self.run.dictionary.columns
        cells = {
            name: pa.array(
                [row.get(name) for row in rows], known[name].arrow_type if name in known else None
            )
            for name in output_columns(self.run.catalog[table])
        }
        self.warehouse.load(table, pa.table(cells))
        self.due.pop(table, None)
        return self

    def measure(self, dates: Iterable[date], *names: str) -> "Kitchen":
        """Run some snapshot models only, on what is already there."""
        days = sorted(dates)
        self.warehouse.load(
            "ref_snapshot_dates", pa.table({"snapshot_date": pa.array(days, pa.date32())})
        )
        self._run(self.run.catalog.select(names), [(days[0], days[-1])])
        return self

    def build(self, *names: str) -> "Kitchen":
        """Run some models for the business date."""
        day = self.run.business_date
        self._run(self.run.catalog.select(names), [(day, day)])
        return self

    def inspect(self, name: str) -> AuditResult:
        """What one audit finds."""
        (result,) = self._run(self.run.catalog.select([name]))
        return result

    def taste(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a select."""
        read = sqlglot.parse_one(sql, read="duckdb").find_all(exp.Table)
        self._make(table.name for table in read)
        return self.warehouse.query(sql).to_pylist()

    def order_figures(self, order_id: str) -> dict[str, Any]:
        """One order's row of fct_orders."""
        return next(r for r in self.taste("select * from fct_orders") if r["order_id"] == order_id)

    def audits(self) -> dict[str, int]:
        """The profit audits and how many rows break each."""
        models = [m for m in self.run.catalog.select(kinds=[ModelKind.AUDIT])
                  if set(m.inputs) <= {"fct_orders", "fct_order_lines", "fct_reconciliation",
                                       "fct_customer_days", "int_charge_days", "stg_cost_rules",
                                       "int_settlement_orders", "fct_store_costs",
                                       "int_audited_days"}]  # fmt: skip
        return {r.name: r.failures for r in self._run(models)}

    def _load(self) -> None:
        ensure_tables(self.warehouse)
        load_policy_tables(self.warehouse, self.run.policy, *self.run.calendar_span)
        for entity, rows in self.rows.items():
            self.warehouse.load(f"raw_{entity}", pa.Table.from_pylist(rows, raw_schema(entity)))
        # Every day of a story is looked at by its audits.
        self.warehouse.build(
            "int_audited_days", "select calendar_date as business_date from ref_dates"
        )
        self._account()
        if any(_repeats(entity, rows) for entity, rows in self.rows.items()):
            self.warehouse.load(SEEN_TABLE, SEEN_FILES.empty_table())
            supersede(self.warehouse)

    def _account(self) -> None:
        """Receipts as if every row had come in a file and had been loaded."""
        files = {
            (entity, row["source_system"], row["source_file_sha256"])
            for entity, rows in self.rows.items()
            for row in rows
        }
        receipts, counts = [], []
        for entity, source, sha256 in sorted(files):
            n = sum(row["source_file_sha256"] == sha256 for row in self.rows[entity])
            file = {"source_system": source, "source_file_sha256": sha256, "entity": entity}
            receipts.append(
                {**dict.fromkeys(RECEIPTS.names, 0), **file, "file_name": f"{entity}.csv",
                 "landed_file": f"{entity}-{sha256}", "corrected_file": None, "read_count": n,
                 "loaded_count": n}
            )  # fmt: skip
            counts.append({**file, "landed_count": n, "kept_count": 0})
        self.warehouse.load("raw_file_receipts", pa.Table.from_pylist(receipts, RECEIPTS))
        table = pa.Table.from_pylist(counts, INTAKE["raw_file_counts"])
        self.warehouse.load("raw_file_counts", table)

    def _make(self, names: Iterable[str]) -> None:
        """Make those models, and all that they are made of, as far as they have been ordered."""
        catalog = self.run.catalog
        known = [name for name in names if name in {model.name for model in catalog.models}]
        for model in catalog.select(known, upstream=True):
            if window := self.due.pop(model.name, None):
                self._run([model], [window])

    def _run(
        self, models: Iterable[Model], windows: Iterable[Window] = ()
    ) -> tuple[AuditResult, ...]:
        chosen = list(models)
        names = {model.name for model in chosen}
        self._make({name for model in chosen for name in model.upstream} - names)
        for name in names:
            self.due.pop(name, None)
        return run_models(
            self.warehouse, chosen, self.run.dictionary, windows=tuple(windows),
            params=model_params(self.run), progress=lambda _: None,
        )  # fmt: skip


def _repeats(entity: str, rows: list[dict[str, Any]]) -> bool:
    """Whether a key occurs twice: only then is there a revision to find."""
    keys = [tuple(row.get(name) for name in RECORDS[entity].key) for row in rows]
    return entity in SUPERSEDED and len(set(keys)) < len(keys)


OpenKitchen = Callable[..., AbstractContextManager[Kitchen]]
