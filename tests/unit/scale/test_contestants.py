"""Everybody works the same standing out of the same order lines, to the row and to the cent."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.scale import core_path
from benchmarks.scale.comparison import differences, summary_differences
from benchmarks.scale.contestants import RESULT, pandas_careful, pandas_naive
from benchmarks.scale.generator import FIRST_DAY, LAST_DAY, generate, size_of
from benchmarks.scale.processes import measure
from benchmarks.scale.suite import BENCH_PYTHON

from regulars.engines import open_warehouse
from regulars.models import load_catalog
from regulars.models.lint import lint_model


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(size_of(5000), tmp_path_factory.mktemp("scale"), lambda _: None)


@pytest.fixture(scope="module")
def standing(made: Path) -> pa.Table:
    with open_warehouse(f"duckdb:///{made / 'history.duckdb'}") as warehouse:
        core_path.load(warehouse, made)
        core_path.build_history(warehouse, FIRST_DAY, LAST_DAY)
        return core_path.standings(warehouse, LAST_DAY)


def test_the_product_agrees_with_careful_pandas(made: Path, standing: pa.Table):
    other = pa.Table.from_pandas(pandas_careful.run(made, LAST_DAY), preserve_index=False)
    assert differences(standing, other) == []
    assert standing.num_rows > 150 and set(standing["tier"].to_pylist()) == {
        "lead", "iron", "gold", "platinum",
    }  # fmt: skip


def test_the_usual_notebook_agrees_too(made: Path, standing: pa.Table):
    other = pa.Table.from_pandas(pandas_naive.run(made, LAST_DAY), preserve_index=False)
    assert differences(standing, other) == []


@pytest.mark.skipif(not BENCH_PYTHON.exists(), reason="no .venv-bench: make bench makes it")
@pytest.mark.parametrize(
    ("contestant", "compare"),
    [("polars_careful", differences), ("lifetimes_summary", summary_differences)],
)
def test_those_with_an_environment_of_their_own_agree_too(
    contestant: str,
    compare: Callable[[pa.Table, pa.Table], list[str]],
    made: Path,
    standing: pa.Table,
    tmp_path: Path,
):
    out = tmp_path / "result.parquet"
    place = ("--folder", str(made), "--day", str(LAST_DAY), "--out", str(out))
    took = measure([str(BENCH_PYTHON), "-m", "benchmarks.scale.contest", contestant, *place])
    assert compare(standing, pq.read_table(out)) == []
    assert took.wall > 0 and took.peak_bytes > 10_000_000


def test_three_further_days_lead_where_the_whole_history_leads(made: Path, standing: pa.Table):
    with open_warehouse(f"duckdb:///{made / 'daily.duckdb'}") as warehouse:
        core_path.load(warehouse, made)
        core_path.build_history(warehouse, FIRST_DAY, LAST_DAY - timedelta(days=3))
        for age in (2, 1, 0, 0):
            core_path.add_day(warehouse, LAST_DAY - timedelta(days=age))
        assert differences(standing, core_path.standings(warehouse, LAST_DAY)) == []


def test_one_customer_is_what_his_lines_add_up_to(made: Path, standing: pa.Table):
    """By another route: one guest's own lines, added up in Python."""
    found = max(standing.to_pylist(), key=lambda row: row["visit_count"])
    lines = duckdb.sql(
        f"""select order_no, channel_no, business_date, quantity, gross_minor - discount_minor,
            unit_cost_micro
        from '{made}/order_lines/*.parquet' as lines
        join '{made}/guests.parquet' using (guest_no)
        join '{made}/item_costs.parquet' as costs on lines.item_no = costs.item_no
            and business_date >= valid_from and business_date < valid_to
        where customer_no = {found["customer_no"]}"""
    ).fetchall()
    sums: dict[tuple, list[int]] = {}
    for order, channel, day, quantity, net, cost in lines:
        kept = sums.setdefault((order, channel, day), [0, 0])
        kept[0], kept[1] = kept[0] + net, kept[1] + quantity * cost
    rates = {1: 0, 2: 0, 3: 1800, 4: 2200}
    year = 0
    for (_, channel, day), (net, cost) in sums.items():
        rate = rates[channel] + (100 if rates[channel] and day.year == 2025 else 0)
        year += (net - cost // 1_000_000 - net * rate // 10_000) * ((LAST_DAY - day).days < 365)
    days = sorted({day for _, _, day in sums})
    gaps = [(after - before).days for before, after in pairwise(days)]
    assert found["visit_count"] == len(days)
    assert found["year_profit_minor"] == year
    assert found["gap_days_square"] == sum(gap * gap for gap in gaps)
    assert found["overdue_ratio"] == (LAST_DAY - days[-1]).days * len(gaps) / sum(gaps)


def test_a_difference_of_a_cent_or_of_a_row_is_told(standing: pa.Table):
    at = standing.schema.get_field_index("year_profit_minor")
    cents = standing["year_profit_minor"].to_pylist()
    changed = standing.set_column(at, "year_profit_minor", pa.array([cents[0] + 1, *cents[1:]]))
    assert differences(standing, changed) == ["year_profit_minor differs in 1 rows"]
    assert differences(standing, standing.slice(1)) == [
        f"{standing.num_rows - 1:,} rows instead of {standing.num_rows:,}"
    ]


def test_the_models_of_the_core_path_pass_the_products_lint():
    models = [*load_catalog(core_path.HERE / "sql").models, *core_path.one_day_models()]
    assert len(models) == 6
    assert [finding for model in models for finding in lint_model(model)] == []


def test_the_result_has_the_columns_that_everybody_promises(standing: pa.Table):
    assert tuple(standing.column_names) == RESULT
