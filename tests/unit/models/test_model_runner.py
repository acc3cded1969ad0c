"""Models run in order, each in the way of its kind, on a real warehouse."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from model_files import WriteModel, listed, reads

from regulars.domain.errors import OutOfMemory
from regulars.engines import Warehouse, open_warehouse
from regulars.models import (
    AuditResult,
    Dictionary,
    ModelFailed,
    contract_errors,
    load_catalog,
    load_dictionary,
    run_models,
)

D1, D2, D3 = (date(2025, 3, day) for day in (1, 2, 3))
DICTIONARY = """
order_id: {type: text, en: The check, zh: 单号}
business_date: {type: date, en: The day, zh: 营业日}
snapshot_date: {type: date, en: The day, zh: 快照日}
net_minor: {type: bigint, en: Net sales, zh: 净额}
day_count: {type: bigint, en: Days so far, zh: 天数}
"""
ORDERS = pa.table(
    {
        "order_id": ["a", "b", "c"],
        "business_date": [D1, D2, D3],
        "net_minor": pa.array([100, 200, -5], pa.int64()),
    }
)
DAYS = """
with final as (
    select business_date, cast(sum(net_minor) as bigint) as net_minor
    from raw_orders
    where business_date between :first_date and :last_date
    group by business_date
)

select * from final
"""
COUNTER = """
with yesterday as (
    select day_count from snap_counts where snapshot_date = cast(:as_of as date) - 1
),

final as (
    select
        cast(:as_of as date) as snapshot_date,
        cast(coalesce(max(day_count), 0) + 1 as bigint) as day_count
    from yesterday
)

select * from final
"""
BELOW_ZERO = """
with final as (
    select order_id, net_minor from raw_orders where net_minor < :floor order by order_id
)

select * from final
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(f"duckdb:///{tmp_path / 'warehouse.duckdb'}") as opened:
        opened.load("raw_orders", ORDERS)
        yield opened


@pytest.fixture
def dictionary(tmp_path: Path) -> Dictionary:
    path = tmp_path / "dictionary.yaml"
    path.write_text(DICTIONARY, encoding="utf-8")
    return load_dictionary(path)


def _run(
    warehouse: Warehouse,
    folder: Path,
    dictionary: Dictionary,
    windows: tuple[tuple[date, date], ...] = (),
    **params: object,
) -> tuple[AuditResult, ...]:
    models = load_catalog(folder).models
    return run_models(
        warehouse, models, dictionary, windows=windows, params=params, progress=lambda name: None
    )


def test_models_run_in_order_and_say_so(
    write: WriteModel, tmp_path: Path, warehouse: Warehouse, dictionary: Dictionary
):
    write("a_last", reads("m_middle"), inputs=listed("m_middle"))
    write("m_middle", reads("raw_orders"), kind="view")
    said: list[str] = []
    run_models(warehouse, load_catalog(tmp_path).models, dictionary, progress=said.append)
    assert said == ["m_middle", "a_last"]
    assert warehouse.query("select count(*) as n from a_last").to_pylist() == [{"n": 3}]


def test_days_run_once_per_window(
    write: WriteModel, tmp_path: Path, warehouse: Warehouse, dictionary: Dictionary
):
    write("fct_days", DAYS, kind="days", params="[first_date, last_date]")
    _run(warehouse, tmp_path, dictionary, windows=((D1, D1), (D3, D3)))
    found = warehouse.query("select business_date, net_minor from fct_days order by business_date")
    assert [tuple(row.values()) for row in found.to_pylist()] == [(D1, 100), (D3, -5)]


def test_a_snapshot_reads_its_own_yesterday_and_starts_from_nothing(
    write: WriteModel, tmp_path: Path, warehouse: Warehouse, dictionary: Dictionary
):
    write("snap_counts", COUNTER, kind="snapshot", inputs="[snap_counts]", params="[as_of]")
    for day in (D1, D2, D2, D3):
        _run(warehouse, tmp_path, dictionary, windows=((day, day),), as_of=day)
    found = warehouse.query("select day_count from snap_counts order by snapshot_date")
    assert found.column(0).to_pylist() == [1, 2, 3]


def test_an_audit_counts_and_shows_what_fails(
    write: WriteModel, tmp_path: Path, warehouse: Warehouse, dictionary: Dictionary
):
    write("audit_x", BELOW_ZERO, kind="audit", severity="warn", params="[floor]")
    assert _run(warehouse, tmp_path, dictionary, floor=0, unused=1) == (
        AuditResult("audit_x", "warn", 1, ({"order_id": "c", "net_minor": -5},)),
    )
    assert _run(warehouse, tmp_path, dictionary, floor=-9)[0].failures == 0


def test_an_audit_shows_five_rows_at_most(
    write: WriteModel, tmp_path: Path, warehouse: Warehouse, dictionary: Dictionary
):
    many = pa.table({"order_id": list("abcdefg"), "net_minor": [-1] * 7})
    warehouse.load("raw_orders", many)
    write("audit_x", BELOW_ZERO, kind="audit", severity="error", params="[floor]")
    (result,) = _run(warehouse, tmp_path, dictionary, floor=0)
    assert result.failures == 7
    assert [row["order_id"] for row in result.sample] == list("abcde")


def test_a_missing_param_names_model_and_param(
    write: WriteModel, tmp_path: Path, warehouse: Warehouse, dictionary: Dictionary
):
    write("audit_x", BELOW_ZERO, kind="audit", severity="warn", params="[floor]")
    with pytest.raises(ModelFailed, match=r"audit_x\.sql: model audit_x: no value for param floor"):
        _run(warehouse, tmp_path, dictionary)


def test_a_failing_model_names_itself_its_file_and_the_engines_reason(
    write: WriteModel, tmp_path: Path, warehouse: Warehouse, dictionary: Dictionary
):
    write("fct_x", reads("raw_nowhere"), inputs="[raw_nowhere]")
    with pytest.raises(ModelFailed, match=r"fct_x\.sql: model fct_x: .*raw_nowhere does not exist"):
        _run(warehouse, tmp_path, dictionary)


def test_a_limit_of_the_machine_is_no_fault_of_the_model(
    write: WriteModel, tmp_path: Path, dictionary: Dictionary
):
    pairs = "(select a.order_id from raw_orders as a cross join raw_orders as b)"
    write(
        "fct_x", f"select order_id from {pairs} as pairs order by order_id", inputs="[raw_orders]"
    )
    tight = f"duckdb:///{tmp_path / 'tight.duckdb'}?memory_limit=20MB&threads=1&temp_directory="
    many = pa.table({"order_id": [f"order number {number}" for number in range(1_500)]})
    with open_warehouse(tight) as warehouse:
        warehouse.load("raw_orders", many)
        with pytest.raises(OutOfMemory, match=r"^fct_x: the engine ran out of memory"):
            _run(warehouse, tmp_path, dictionary)


def test_contract_errors_name_the_column_and_both_types(
    write: WriteModel, tmp_path: Path, warehouse: Warehouse, dictionary: Dictionary
):
    sql = "\nwith final as (\n    select order_id, {} as net_minor from raw_orders\n)\n\n"
    sql += "select * from final\n"
    write("fct_good", sql.format("net_minor"))
    write("fct_bad", sql.format("cast(net_minor as double)"))
    _run(warehouse, tmp_path, dictionary)
    catalog = load_catalog(tmp_path)
    assert contract_errors(warehouse, catalog["fct_good"], dictionary) == []
    assert contract_errors(warehouse, catalog["fct_bad"], dictionary) == [
        "fct_bad.net_minor is double, not int64"
    ]
