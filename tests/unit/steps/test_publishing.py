"""Published amounts are exact decimals in every currency, as a view and as a Parquet copy."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.engines import PublishedTable, Warehouse, open_warehouse
from regulars.models import Model, read_model
from regulars.steps.published_copies import to_published
from regulars.steps.published_terms import published_name
from regulars.steps.publishing import publish_tables, published_select
from regulars.steps.runtime import start

DECIMALS = {"CNY": 2, "JPY": 0, "KWD": 3, "USD": 2}
BIGINT = st.integers(-(2**63), 2**63 - 1)
MODEL = """/*
grain: one row per item
kind: full
inputs: [raw_items]
unique: [item_id]
publish: true
describe: Items. ‖ 品项。
*/
with final as (
    select item_id, net_sales_minor, quantity_milli, currency_code
    from raw_items
)

select * from final
"""
Rows = list[tuple[int | None, int | None, str | None]]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    path = tmp_path_factory.mktemp("marts") / "dim_items.sql"
    path.write_text(MODEL, encoding="utf-8")
    return read_model(path)


@pytest.fixture(scope="module")
def view_of(
    tmp_path_factory: pytest.TempPathFactory, model: Model
) -> Iterator[Callable[[pa.Table], pa.Table]]:
    """What readers see in the warehouse when these rows are published."""
    home = tmp_path_factory.mktemp("home")
    with open_warehouse(f"duckdb:///{home / 'w.duckdb'}") as warehouse:

        def look(rows: pa.Table) -> pa.Table:
            warehouse.load("dim_items", rows)
            select = published_select(model)
            table = PublishedTable("dim_items", select, "Items", {}, {}, ("item_id",))
            warehouse.publish([table], {})
            return warehouse.query("select * from mart.dim_items order by item_id")

        yield look


def _rows(*cells: tuple[int | None, int | None, str | None]) -> pa.Table:
    minor, milli, codes = zip(*cells, strict=True) if cells else ((), (), ())
    return pa.table(
        {
            "item_id": pa.array(range(len(cells)), pa.int64()),
            "net_sales_minor": pa.array(minor, pa.int64()),
            "quantity_milli": pa.array(milli, pa.int64()),
            "currency_code": pa.array(codes, pa.string()),
        }
    )


def test_fen_yen_and_fils_have_two_no_and_three_decimals():
    shown = to_published(_rows((12345, 1000, "CNY"), (12345, 1000, "JPY"), (12345, 1, "KWD")))
    assert shown["net_sales_amount"].to_pylist() == [
        Decimal("123.45"), Decimal("12345"), Decimal("12.345"),
    ]  # fmt: skip


def test_a_quantity_is_shown_in_whole_units_with_three_decimals():
    shown = to_published(_rows((0, 2500, "CNY"), (0, -1, "CNY")))
    assert shown["quantity"].to_pylist() == [Decimal("2.500"), Decimal("-0.001")]


def test_what_is_unknown_stays_unknown():
    shown = to_published(_rows((None, None, "CNY"), (5, 5, "CNY")))
    assert shown["net_sales_amount"].to_pylist() == [None, Decimal("0.05")]
    assert shown["quantity"][0].as_py() is None


def test_a_table_without_rows_keeps_its_decimal_columns():
    shown = to_published(_rows())
    assert shown.num_rows == 0
    assert shown.schema.field("net_sales_amount").type == pa.decimal128(23, 4)
    assert shown.schema.field("quantity").type == pa.decimal128(22, 3)


def test_names_say_what_a_reader_gets():
    assert published_name("net_sales_minor") == "net_sales_amount"
    assert published_name("quantity_milli") == "quantity"
    assert published_name("order_count") == "order_count"


def test_the_view_and_the_parquet_copy_have_the_same_columns_and_types(view_of):
    rows = _rows((12345, 1500, "CNY"), (-7, 0, "JPY"))
    assert view_of(rows).schema.equals(to_published(rows).schema)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            BIGINT | st.none(), BIGINT | st.none(), st.sampled_from(sorted(DECIMALS)) | st.none()
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_amount_is_exact_in_the_view_and_in_the_copy(view_of, cells: Rows):
    by_hand = [
        None if minor is None or code is None else Decimal(minor).scaleb(-DECIMALS[code])
        for minor, _, code in cells
    ]
    quantities = [None if milli is None else Decimal(milli).scaleb(-3) for _, milli, _ in cells]
    for shown in (to_published(_rows(*cells)), view_of(_rows(*cells))):
        assert shown["net_sales_amount"].to_pylist() == by_hand
        assert shown["quantity"].to_pylist() == quantities


@pytest.mark.parametrize("currency", ["EUR", "BHD", "VND", "CLF"])
def test_a_currency_of_no_store_is_shown_the_same_in_the_view_and_in_the_copy(view_of, currency):
    rows = _rows((12345, 1000, currency))
    assert view_of(rows)["net_sales_amount"].to_pylist() == (
        to_published(rows)["net_sales_amount"].to_pylist()
    )


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path))
    with start("2025-03-03").warehouse() as warehouse:
        yield warehouse


def test_the_copy_is_sorted_by_its_key_and_the_same_bytes_again(shop: Warehouse, model: Model):
    run = start("2025-03-03")
    rows = _rows((100, 1000, "CNY"), (200, 2000, "CNY"), (300, 3000, "CNY"))
    shop.load("dim_items", rows)
    (path,) = publish_tables(shop, run, [model], {})
    first = path.read_bytes()
    shop.load("dim_items", rows.take([2, 0, 1]))
    publish_tables(shop, run, [model], {})
    assert path.read_bytes() == first
    assert pq.read_table(path)["item_id"].to_pylist() == [0, 1, 2]
    assert [one.name for one in path.parent.iterdir()] == ["dim_items.parquet"]


def test_what_is_not_marked_for_publishing_stays_inside(shop: Warehouse, model: Model):
    inner = model.model_copy(update={"publish": False})
    assert publish_tables(shop, start("2025-03-03"), [inner], {}) == []
