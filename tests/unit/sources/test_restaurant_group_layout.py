"""The six-brand order file: three rows that tell its story, then the real one if it is there."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.domain.records import fields_of
from regulars.policy import SourcePolicy
from regulars.sources.discovery import discover
from regulars.sources.files import FileContents, FileRefused, Reason
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read

at = dt.datetime.fromisoformat
SHARED = os.environ.get("REGULARS_SHARED_DATA") or str(Path(__file__).parents[4] / "shared/data")
REAL_FOLDER = Path(SHARED) / "restaurant_group"
SOURCE = SourcePolicy(
    name="group", layout="restaurant_group", time_zone="Asia/Kolkata", currency_code="INR"
)
DAYS = (dt.date(2024, 9, 1), dt.date(2025, 1, 31))
ROWS = {
    "restaurant_id": ["R1", "R1", "R2"],
    "brand": ["Swaad", "Swaad", "Aura Pizzas"],
    "subzone": ["Sector 4"] * 3,
    "order_id": ["901", "902", "903"],
    "distance": ["3km"] * 3,
    "items": ["1 x Fries, 2 x Lassi", "1 x Fries .", "1 x Pizza"],
    "discount_text": ["", None, None],
    "subtotal": [100.0, 50.0, 300.0],
    "packaging": [5.25, 0.0, 10.0],
    "disc_promo": [20.0, 0.0, 0.0],
    "disc_flat": [0.0, 0.0, 0.0],
    "disc_gold": [0.5, 0.0, 0.0],
    "disc_pack": [0.0, 0.0, 0.0],
    "total": [84.75, 50.0, 310.0],
    "rating": [4.0, None, None],
    "kpt_min": [18.3] * 3,
    "rider_wait_min": [1.0] * 3,
    "complaint": ["Poor taste or quality", None, None],
    "compensation": pa.nulls(3, pa.string()),
    "penalty": pa.nulls(3, pa.string()),
    "customer": ["c1", "c2", "c1"],
    "ordered_at": [at("2024-09-10 00:38:00")] * 3,
    "day": [at("2024-09-10 00:00:00")] * 3,
    "discount": [20.5, 0.0, 0.0],
}
Drop = Callable[..., FileContents]


def read_from(folder: Path, source: SourcePolicy = SOURCE) -> FileContents:
    found = discover(source, folder, *DAYS)
    return read(found.files[0], load_layout("restaurant_group"), source)


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    def drop_and_read(source: SourcePolicy = SOURCE, **changed: object) -> FileContents:
        pq.write_table(pa.table({**ROWS, **changed}), tmp_path / "orders.parquet")
        return read_from(tmp_path, source)

    return drop_and_read


def frame_of(contents: FileContents, entity: str) -> pd.DataFrame:
    return next(batch.frame for batch in contents.batches if batch.entity == entity)


def test_an_order_keeps_its_money_its_day_and_its_customer(drop):
    order = frame_of(drop(), "orders").iloc[0]
    assert (order["gross_amount"], order["packaging_fee_amount"]) == ("100.00", "5.25")
    assert (order["discount_amount"], order["total_amount"]) == ("20.50", "84.75")
    assert (order["business_date"], order["closed_at"]) == ("2024-09-10", "2024-09-10 00:38:00")
    assert (order["customer_ref"], order["store_id"]) == ("c1", "R1")
    assert (order["channel"], order["currency_code"]) == ("delivery_platform", "INR")


def test_the_subtotal_is_shared_over_the_units_of_an_order(drop):
    lines = frame_of(drop(), "order_lines")
    first = lines[lines["order_id"] == "901"]
    assert list(first["quantity"]) == ["1", "2"]
    assert list(first["gross_amount"]) == ["33.33", "66.67"]
    assert list(first["line_no"]) == ["1", "2"]
    assert list(first["source_row"]) == [1, 1]


def test_each_discount_is_an_adjustment_of_its_own(drop):
    rows = frame_of(drop(), "adjustments")
    assert list(rows["adjustment_id"]) == ["901:promo", "901:gold"]
    assert list(rows["amount"]) == ["20.00", "0.50"]
    assert set(rows["funded_by"]) == {"merchant"}


def test_a_rating_and_a_complaint_are_two_feedbacks(drop):
    rows = frame_of(drop(), "feedback")
    assert list(rows["feedback_kind"]) == ["stars", "complaint"]
    assert list(rows["score"]) == ["4", ""]
    assert list(rows["complaint_status"]) == ["", "closed"]


def test_one_dish_of_one_brand_is_one_item(drop):
    items = frame_of(drop(), "items")
    assert list(items["item_id"]) == ["swaad:fries", "swaad:lassi", "aura_pizzas:pizza"]
    assert list(items["category"]) == ["Swaad", "Swaad", "Aura Pizzas"]


def test_customers_known_only_by_their_orders_get_no_customers_row(drop):
    entities = [batch.entity for batch in drop().batches]
    assert entities == ["orders", "order_lines", "adjustments", "payments", "feedback", "items"]


def test_every_batch_has_the_columns_of_its_template(drop):
    for batch in drop().batches:
        assert list(batch.frame) == [*(f.name for f in fields_of(batch.entity)), "source_row"]


def test_a_row_that_cannot_be_read_is_set_aside_whole(drop):
    contents = drop(
        items=["1 x Fries", "Fries", "1 x Pizza"], subtotal=[100.0, 50.0, 300.123]
    )  # fmt: skip
    rejected = contents.rejected
    assert list(rejected["source_row"]) == [2, 3]
    assert list(rejected["reason"]) == ["unreadable_items", "amount_not_exact"]
    assert contents.rows_read == 3
    for batch in contents.batches:
        assert set(batch.frame["source_row"]) <= {1}


def test_float_noise_below_a_millionth_is_not_money(drop):
    orders = frame_of(drop(subtotal=[0.1 + 0.2, 50.0, 300.0]), "orders")
    assert list(orders["gross_amount"]) == ["0.30", "50.00", "300.00"]


def test_a_compensation_that_nothing_counts_is_told(drop):
    contents = drop(compensation=pa.array(["10", None, None]))
    (finding,) = contents.findings
    assert finding.code is Reason.COLUMN_NOT_READ
    assert "compensation has 1 values" in finding.message


def test_rows_of_other_stores_are_out_of_scope(drop):
    contents = drop(SOURCE.model_copy(update={"stores": ("R2",)}))
    assert (contents.rows_read, contents.out_of_scope_rows) == (3, 2)
    assert list(frame_of(contents, "orders")["order_id"]) == ["903"]
    assert list(frame_of(contents, "items")["item_id"]) == ["aura_pizzas:pizza"]


def test_a_file_without_a_discount_column_is_refused(drop, tmp_path):
    columns = {name: values for name, values in ROWS.items() if name != "disc_gold"}
    pq.write_table(pa.table(columns), tmp_path / "orders.parquet")
    with pytest.raises(FileRefused, match="the column gold is missing"):
        read_from(tmp_path)


@pytest.fixture(scope="module")
def real() -> tuple[pd.DataFrame, FileContents]:
    path = REAL_FOLDER / "orders.parquet"
    if not path.exists():
        pytest.skip("no restaurant_group/orders.parquet: set REGULARS_SHARED_DATA to its folder")
    return pd.read_parquet(path), read_from(REAL_FOLDER)


def paise(series: pd.Series) -> pd.Series:
    return series.map(lambda text: int(Decimal(text) * 100))


def test_every_row_of_the_real_file_becomes_one_order(real):
    source, contents = real
    assert contents.rows_read == len(source) == 21_131
    assert (len(contents.rejected), contents.summary_rows, contents.out_of_scope_rows) == (0, 0, 0)
    orders = frame_of(contents, "orders")
    assert list(orders["source_row"]) == list(range(1, 21_132))
    assert list(orders["order_id"]) == list(source["order_id"])
    assert orders["customer_ref"].nunique() == 11_545
    assert contents.findings == ()


def test_the_lines_of_each_real_order_spell_its_items_and_add_up_to_its_subtotal(real):
    source, contents = real
    lines = frame_of(contents, "order_lines")
    texts = (lines["quantity"] + " x " + lines["item_name"]).groupby(lines["source_row"])
    assert list(texts.agg(", ".join)) == list(source["items"])
    shared = paise(lines["gross_amount"]).groupby(lines["source_row"]).sum()
    assert list(shared) == list((source["subtotal"] * 100).round().astype(int))


def test_the_money_of_the_real_file_ties_but_for_a_paisa_in_eighteen_orders(real):
    source, contents = real
    orders = frame_of(contents, "orders")
    amounts = {name: paise(orders[f"{name}_amount"]) for name in
               ("gross", "packaging_fee", "discount", "total")}  # fmt: skip
    gap = amounts["gross"] + amounts["packaging_fee"] - amounts["discount"] - amounts["total"]
    assert Counter(gap) == {0: 21_113, -1: 18}
    taken = frame_of(contents, "adjustments")
    by_row = paise(taken["amount"]).groupby(taken["source_row"]).sum()
    assert list(by_row.reindex(orders["source_row"], fill_value=0)) == list(amounts["discount"])
    assert amounts["discount"].sum() == round(source["discount"].sum() * 100)


def test_the_keys_of_the_real_file_are_unique(real):
    contents = real[1]
    keys = {
        "orders": ["store_id", "order_id"],
        "order_lines": ["store_id", "order_id", "line_no"],
        "adjustments": ["store_id", "adjustment_id"],
        "payments": ["store_id", "order_id", "payment_id"],
        "feedback": ["store_id", "feedback_id"],
        "items": ["item_id"],
    }
    for entity, key in keys.items():
        assert not frame_of(contents, entity).duplicated(key).any(), entity


def test_the_real_ratings_and_complaints_are_all_there(real):
    source, contents = real
    kinds = Counter(frame_of(contents, "feedback")["feedback_kind"])
    assert kinds == {
        "stars": source["rating"].notna().sum(),
        "complaint": source["complaint"].notna().sum(),
    }
