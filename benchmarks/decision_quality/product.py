"""The product's own score: its SQL models, run on DuckDB over the log. Nothing is written again."""

import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from benchmarks.decision_quality.splits import Split
from regulars.engines import Warehouse, open_warehouse
from regulars.models import load_catalog, load_dictionary, run_models
from regulars.models.outputs import output_columns
from regulars.policy import Policy
from regulars.settings import Settings
from regulars.steps.parameters import model_params
from regulars.steps.raw_tables import ensure_tables
from regulars.steps.runtime import SQL_FOLDER, Run
from regulars.steps.score_blends import PREDICTIONS, SCORES, learn_blends

_CURRENCY = "XXX"
_TABLE = "fct_customer_days"
_NOBODY_REFUSED = pa.schema({"customer_key": pa.string(), "is_profiling_opt_out": pa.bool_()})


def predict(split: Split, blend: str, amount: str = "profit_minor") -> pd.DataFrame:
    """The product's predictions on the day before the cut, by customer.

    Columns are those of `snap_customer_predictions`. `blend` is the policy's word (`auto`,
    `never`); `amount` says what the score takes for profit.
    """
    snapshot = split.cut - timedelta(days=1)
    with tempfile.TemporaryDirectory() as home:
        run = _run_of(snapshot, split.horizon_days, blend, Path(home))
        with open_warehouse(f"duckdb:///{home}/benchmark.duckdb") as warehouse:
            ensure_tables(warehouse)
            warehouse.load("int_customers", _NOBODY_REFUSED.empty_table())
            _load_days(warehouse, run, split.past, amount)
            dates = pa.table({"snapshot_date": pa.array([snapshot], pa.date32())})
            warehouse.load("ref_snapshot_dates", dates)
            _run_models(warehouse, run, SCORES)
            learn_blends(warehouse, [snapshot], lambda _: run.policy.score)
            _run_models(warehouse, run, PREDICTIONS)
            rows = warehouse.query("select * from snap_customer_predictions order by customer_key")
    return rows.to_pandas().set_index("customer_key").rename_axis("customer")


def _run_of(day: date, horizon_days: int, blend: str, home: Path) -> Run:
    policy = Policy(
        name="benchmark", valid_from=date(1990, 1, 1),
        group={"name": "Benchmark", "name_zh": "基准", "currency_code": _CURRENCY},
        stores=[{"store_id": "S1", "store_name": "S1", "time_zone": "UTC",
                 "currency_code": _CURRENCY}],
        sources=[{"name": "log", "time_zone": "UTC", "currency_code": _CURRENCY}],
        score={"horizon_days": horizon_days, "long_horizon_days": horizon_days + 365,
               "blend": blend},
    )  # fmt: skip
    run = Run(day, day, Settings(home=home))
    run.__dict__.update(_models(), policy=policy)
    return run


@cache
def _models() -> dict[str, Any]:
    """The product's models and the meanings of their columns, read once."""
    dictionary = load_dictionary(SQL_FOLDER / "dictionary.yaml")
    return {"catalog": load_catalog(SQL_FOLDER), "dictionary": dictionary}


def _load_days(warehouse: Warehouse, run: Run, past: pd.DataFrame, amount: str) -> None:
    """The log as the table that the models read; columns that a log does not have are blank."""
    given: dict[str, Any] = {
        "customer_key": past["customer"], "business_date": past["day"].dt.date,
        "visit_count": past["visits"], "true_profit_minor": past[amount],
    }  # fmt: skip
    columns = {}
    for name in output_columns(run.catalog[_TABLE]):
        kind = run.dictionary.columns[name].arrow_type
        blank = _CURRENCY if name == "currency_code" else None
        columns[name] = pa.array(given.get(name, [blank] * len(past)), kind)
    warehouse.load(_TABLE, pa.table(columns))


def _run_models(warehouse: Warehouse, run: Run, names: Iterable[str]) -> None:
    day = run.business_date
    run_models(
        warehouse, run.catalog.select(names), run.dictionary, windows=[(day, day)],
        params=model_params(run), progress=lambda _: None,
    )  # fmt: skip
