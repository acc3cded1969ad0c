"""What every engine promises about writing."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.domain.errors import BadInput, RegularsError
from regulars.engines import SchemaChanged, StatementFailed, Warehouse

Rows = Callable[[str], list[dict[str, Any]]]
D1, D2, D3 = (date(2025, 3, day) for day in (1, 2, 3))

SALES = pa.table(
    {
        "order_id": ["a", "b", "c"],
        "business_date": [D1, D2, D3],
        "net_minor": pa.array([100, 200, 300], pa.int64()),
    }
)
DAYS = """
    select business_date, cast(sum(net_minor) as bigint) as net_minor
    from raw_sales
    where business_date between :first_date and :last_date
    group by business_date
"""
ALL_SALES = "select order_id, net_minor from raw_sales order by order_id"
ALL_DAYS = "select business_date, net_minor from fct_days order by business_date"


def _days(*pairs: tuple[date, int]) -> list[dict[str, Any]]:
    return [{"business_date": day, "net_minor": net} for day, net in pairs]


def test_a_loaded_table_holds_exactly_its_rows(warehouse: Warehouse):
    warehouse.load("raw_sales", SALES)
    assert warehouse.query("select * from raw_sales order by order_id").equals(SALES)


def test_every_stored_type_comes_back_as_it_went_in(warehouse: Warehouse):
    moment = datetime.fromisoformat("2024-02-29 23:59:59.123456")
    rows = pa.table(
        {
            "whole": pa.array([-(2**63), 2**63 - 1, None], pa.int64()),
            "words": ["", 'O\'Brien ‖ 餐厅 \\ \n "x"', None],
            "day": pa.array([date(1, 1, 1), date(9999, 12, 31), None], pa.date32()),
            "moment": pa.array(
                [moment, datetime.fromisoformat("1970-01-01"), None], pa.timestamp("us")
            ),
            "flag": [True, False, None],
            "share": [0.1, -1e300, None],
        }
    )
    warehouse.load("raw_types", rows)
    assert warehouse.query("select * from raw_types order by whole nulls last").equals(rows)


def test_an_empty_load_makes_an_empty_table(warehouse: Warehouse):
    warehouse.load("raw_sales", SALES)
    warehouse.load("raw_sales", SALES.slice(0, 0))
    assert warehouse.query("select * from raw_sales").equals(SALES.schema.empty_table())


def test_a_load_replaces_the_table_also_with_other_columns(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    warehouse.load("raw_sales", pa.table({"other": ["x"]}))
    assert rows_of("select * from raw_sales") == [{"other": "x"}]


def test_convertible_types_are_stored_as_the_canonical_ones(warehouse: Warehouse):
    shanghai = pa.timestamp("ns", "Asia/Shanghai")
    noon = datetime.fromisoformat("2025-03-01 12:00")
    rows = pa.table(
        {
            "small": pa.array([7], pa.int16()),
            "code": pa.array(["x"]).dictionary_encode(),
            "nothing": pa.nulls(1),
            "moment": pa.array([noon], pa.timestamp("us", "UTC")).cast(shanghai),
        }
    )
    warehouse.load("raw_types", rows)
    stored = warehouse.query("select * from raw_types")
    assert stored.schema.types == [pa.int64(), pa.string(), pa.string(), pa.timestamp("us")]
    assert stored.to_pylist() == [{"small": 7, "code": "x", "nothing": None, "moment": noon}]


def test_a_type_without_a_place_is_refused_by_column_name(warehouse: Warehouse):
    with pytest.raises(BadInput, match="column tags has type list"):
        warehouse.load("raw_types", pa.table({"tags": [["a"]]}))


def test_a_number_too_large_for_the_store_is_refused_by_column_name(warehouse: Warehouse):
    with pytest.raises(BadInput, match="column big"):
        warehouse.load("raw_types", pa.table({"big": pa.array([2**63], pa.uint64())}))


def test_slices_are_replaced_and_others_stay(warehouse: Warehouse, rows_of: Rows):
    first = pa.table({"file": ["f1", "f1", "f2"], "n": pa.array([1, 2, 3], pa.int64())})
    again = pa.table({"file": ["f1", "f3"], "n": pa.array([9, 4], pa.int64())})
    warehouse.load_slices("raw_lines", first, key="file")
    warehouse.load_slices("raw_lines", again, key="file")
    assert [(row["file"], row["n"]) for row in rows_of("select * from raw_lines order by n")] == [
        ("f2", 3),
        ("f3", 4),
        ("f1", 9),
    ]


def test_loading_the_same_slice_twice_changes_nothing(warehouse: Warehouse, rows_of: Rows):
    for _ in range(2):
        warehouse.load_slices("raw_sales", SALES, key="order_id")
    assert rows_of("select count(*) as n from raw_sales") == [{"n": 3}]


def test_no_slices_make_an_empty_table(warehouse: Warehouse, rows_of: Rows):
    warehouse.load_slices("raw_sales", SALES.slice(0, 0), key="order_id")
    assert rows_of(ALL_SALES) == []


def test_a_row_without_its_slice_is_refused(warehouse: Warehouse):
    with pytest.raises(BadInput, match="every row needs a file"):
        warehouse.load_slices("raw_lines", pa.table({"file": ["f1", None]}), key="file")


def test_slices_with_other_columns_are_refused_and_change_nothing(
    warehouse: Warehouse, rows_of: Rows
):
    warehouse.load_slices("raw_sales", SALES, key="order_id")
    wider = SALES.append_column("extra", pa.array(["x"] * 3))
    with pytest.raises(SchemaChanged, match="extra is an addition"):
        warehouse.load_slices("raw_sales", wider, key="order_id")
    assert rows_of("select count(*) as n from raw_sales") == [{"n": 3}]


def test_columns_find_their_place_by_name(warehouse: Warehouse, rows_of: Rows):
    warehouse.load_slices("raw_sales", SALES, key="order_id")
    turned = SALES.select(["net_minor", "business_date", "order_id"])
    warehouse.load_slices("raw_sales", turned, key="order_id")
    assert rows_of(ALL_SALES)[0] == {"order_id": "a", "net_minor": 100}


def test_a_built_table_is_the_select(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    sql = "select order_id from raw_sales where net_minor > :floor"
    for floor in (50, 150):
        warehouse.build("dim_big_orders", sql, floor=floor)
    assert rows_of("select order_id from dim_big_orders order by order_id") == [
        {"order_id": "b"},
        {"order_id": "c"},
    ]


def test_a_build_that_fails_leaves_the_old_table(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    warehouse.build("dim_orders", "select order_id from raw_sales")
    with pytest.raises(StatementFailed, match="dim_orders"):
        warehouse.build("dim_orders", "select cast(order_id as bigint) as order_id from raw_sales")
    assert rows_of("select count(*) as n from dim_orders") == [{"n": 3}]
    assert warehouse.tables() == ("dim_orders", "raw_sales")


def test_a_load_that_fails_leaves_the_old_table(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    with pytest.raises(BadInput):
        warehouse.load("raw_sales", pa.table({"tags": [["a"]]}))
    assert len(rows_of(ALL_SALES)) == 3


@pytest.mark.parametrize("order", permutations([D1, D2, D3]))
def test_days_in_any_order_give_the_same_table(
    warehouse: Warehouse, rows_of: Rows, order: tuple[date, ...]
):
    warehouse.load("raw_sales", SALES)
    for day in order:
        warehouse.replace_days("fct_days", DAYS, day, day)
    assert rows_of(ALL_DAYS) == _days((D1, 100), (D2, 200), (D3, 300))


def test_a_day_run_twice_counts_once(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    for _ in range(2):
        warehouse.replace_days("fct_days", DAYS, D1, D3)
    assert rows_of(ALL_DAYS) == _days((D1, 100), (D2, 200), (D3, 300))


def test_a_day_that_became_empty_loses_its_row(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    warehouse.replace_days("fct_days", DAYS, D1, D3)
    warehouse.load("raw_sales", SALES.slice(0, 1))
    warehouse.replace_days("fct_days", DAYS, D2, D2)
    assert rows_of(ALL_DAYS) == _days((D1, 100), (D3, 300))


def test_a_day_whose_insert_fails_keeps_its_old_rows(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    warehouse.replace_days("fct_days", DAYS, D1, D3)
    if warehouse.dialect == "spark":
        holes = DAYS.replace("sum(net_minor)", "min(cast(order_id as bigint))")
    else:
        warehouse._run("alter table fct_days alter column net_minor set not null", where="test")
        holes = DAYS.replace("sum(net_minor)", "null")
    with pytest.raises(StatementFailed):
        warehouse.replace_days("fct_days", holes, D1, D3)
    assert rows_of(ALL_DAYS) == _days((D1, 100), (D2, 200), (D3, 300))


def test_a_row_outside_the_window_is_refused(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    warehouse.replace_days("fct_days", DAYS, D1, D1)
    careless = "select business_date, net_minor from raw_sales"
    with pytest.raises(BadInput, match="2 rows are not within"):
        warehouse.replace_days("fct_days", careless, D1, D1)
    assert rows_of(ALL_DAYS) == _days((D1, 100))


def test_a_row_without_a_day_is_refused(warehouse: Warehouse):
    with pytest.raises(BadInput, match="1 rows are not within"):
        warehouse.replace_days("fct_days", "select cast(null as date) as business_date", D1, D1)


def test_days_with_other_columns_ask_for_a_rebuild(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    warehouse.replace_days("fct_days", DAYS, D1, D1)
    renamed = DAYS.replace("as net_minor", "as profit_minor")
    with pytest.raises(SchemaChanged, match=r"net_minor is gone.*rebuild with full history"):
        warehouse.replace_days("fct_days", renamed, D1, D1)
    retyped = DAYS.replace("as bigint", "as double")
    with pytest.raises(SchemaChanged, match="was int64 and is now double"):
        warehouse.replace_days("fct_days", retyped, D1, D1)
    assert rows_of(ALL_DAYS) == _days((D1, 100))


def test_a_snapshot_may_read_its_own_earlier_slice(warehouse: Warehouse, rows_of: Rows):
    warehouse.build("snap_levels", "select cast(:day as date) as snapshot_date, 1 as level", day=D1)
    step = """
        select cast(snapshot_date + 1 as date) as snapshot_date, level + 1 as level
        from snap_levels
        where snapshot_date = :first_date - 1
    """
    for day in (D2, D3, D3):
        warehouse.replace_days("snap_levels", step, day, day, column="snapshot_date")
    levels = rows_of("select level from snap_levels order by snapshot_date")
    assert [row["level"] for row in levels] == [1, 2, 3]


def test_a_dropped_table_is_gone_and_dropping_again_is_fine(warehouse: Warehouse):
    warehouse.load("raw_sales", SALES)
    assert warehouse.has_table("raw_sales")
    for _ in range(2):
        warehouse.drop("raw_sales")
    assert not warehouse.has_table("raw_sales")


@pytest.mark.parametrize("name", ["Orders", "a-b", 'a"b', "1st", "", "a" * 64, "a;b"])
def test_a_name_that_needs_quoting_is_refused(warehouse: Warehouse, name: str):
    with pytest.raises(BadInput, match="cannot be a table or column name"):
        warehouse.load(name, SALES)


def test_a_query_cannot_change_anything(warehouse: Warehouse, rows_of: Rows):
    warehouse.load("raw_sales", SALES)
    for sql in ("delete from raw_sales", "drop table raw_sales", "select 1; drop table raw_sales"):
        with pytest.raises(BadInput, match="exactly one select"):
            warehouse.query(sql)
    assert len(rows_of(ALL_SALES)) == 3


def test_an_engine_error_reads_like_a_sentence(warehouse: Warehouse):
    with pytest.raises(StatementFailed) as caught:
        warehouse.build("dim_x", "select nope from nowhere")
    assert str(caught.value).startswith("dim_x: ")
    assert "nowhere" in caught.value.problem
    assert "LINE" not in caught.value.problem


def test_slices_are_removed_by_their_keys_and_no_others(warehouse: Warehouse):
    warehouse.load("raw_sales", SALES)
    warehouse.delete_slices("raw_sales", "order_id", ["b", "not there", "a' or 'a' = 'a"])
    assert warehouse.query(ALL_SALES)["order_id"].to_pylist() == ["a", "c"]
    warehouse.delete_slices("raw_sales", "order_id", [])
    assert warehouse.query(ALL_SALES)["order_id"].to_pylist() == ["a", "c"]


def test_files_take_the_place_of_their_slices(warehouse: Warehouse, tmp_path: Path):
    folder = tmp_path / "day=[1]*"
    folder.mkdir()
    early = pa.table({"file": ["f1", "f1"], "amount_minor": [1, 2]})
    whole = early.append_column("note", pa.array([None, "late"], pa.string()))
    paths = {}
    for name, rows in {
        "early": early,
        "more": pa.table({"amount_minor": [4], "file": ["f1"]}),
        "whole": whole.set_column(0, "file", pa.array(["f2", "f2"])),
        "none": whole.slice(0, 0),
    }.items():
        paths[name] = folder / f"{name}.parquet"
        pq.write_table(rows, paths[name])
    warehouse.load("raw_lines", pa.concat_tables([
        whole.set_column(0, "file", pa.array([file] * 2)) for file in ("f1", "f3", "f4")
    ]))  # fmt: skip
    files = {"f1": [paths["early"], paths["more"]], "f2": [paths["whole"]], "f3": [paths["none"]]}
    for _ in range(2):
        warehouse.load_files("raw_lines", whole.schema, files, key="file")
        assert sorted(warehouse.query("select * from raw_lines").to_pylist(), key=str) == [
            {"file": "f1", "amount_minor": 1, "note": None},
            {"file": "f1", "amount_minor": 2, "note": None},
            {"file": "f1", "amount_minor": 4, "note": None},
            {"file": "f2", "amount_minor": 1, "note": None},
            {"file": "f2", "amount_minor": 2, "note": "late"},
            {"file": "f4", "amount_minor": 1, "note": None},
            {"file": "f4", "amount_minor": 2, "note": "late"},
        ]


def test_a_file_that_cannot_be_loaded_leaves_the_table_as_it_was(
    warehouse: Warehouse, tmp_path: Path
):
    rows = pa.table({"file": ["f1"], "amount_minor": [1]})
    warehouse.load("raw_lines", rows)
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises((RegularsError, pa.ArrowException)):
        warehouse.load_files("raw_lines", rows.schema, {"f1": [tmp_path / "cut.parquet"]}, "file")
    assert warehouse.query("select * from raw_lines").to_pylist() == rows.to_pylist()
