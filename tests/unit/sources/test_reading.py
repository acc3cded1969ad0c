from datetime import date
from pathlib import Path

import pytest

from regulars.domain.records import fields_of
from regulars.policy import SourcePolicy
from regulars.sources.discovery import discover
from regulars.sources.files import FileRefused, Reason
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read

ITEMS = "item_id,item_name,category\nD01,Roast duck,mains\nD02,Rice,sides\nD03,Tea,drinks\n"
ORDERS_HEADER = "order_id,store_id,closed_at,channel,status,total_amount\n"


def test_a_batch_has_every_column_of_the_template_in_order_as_text(read_one):
    (batch,) = read_one("items.csv", ITEMS).batches
    assert list(batch.frame) == [*(f.name for f in fields_of("items")), "source_row"]
    assert list(batch.frame["item_name"]) == ["Roast duck", "Rice", "Tea"]
    assert list(batch.frame["revenue_kind"]) == ["", "", ""]
    assert {str(kind) for kind in batch.frame.dtypes[:-1]} == {"str"}


def test_rows_are_numbered_as_a_person_counts_them_with_the_header_as_row_one(read_one):
    (batch,) = read_one("items.csv", ITEMS).batches
    assert list(batch.frame["source_row"]) == [2, 3, 4]
    assert str(batch.frame["source_row"].dtype) == "int64"


def test_headers_are_found_in_any_order_case_spelling_and_by_alias(read_one):
    text = "菜品名称,Sales-Category,ITEM ID\nRice,sides,D02\n"
    (batch,) = read_one("items.csv", text).batches
    row = batch.frame.iloc[0]
    assert (row["item_id"], row["item_name"], row["category"]) == ("D02", "Rice", "sides")


def test_an_unknown_column_is_named_and_not_read(read_one):
    contents = read_one("items.csv", "item_id,item_name,Colour,\nD01,Duck,brown,\n")
    assert contents.batches[0].unknown_columns == ("Colour", "(no name, column 4)")
    assert [finding.code for finding in contents.findings] == [Reason.UNKNOWN_COLUMNS]
    assert "Colour" in contents.findings[0].message


def test_a_missing_required_column_refuses_the_file_and_names_what_was_seen(read_one):
    with pytest.raises(FileRefused, match=r"item_name is missing.*headers are: item_id, Colour"):
        read_one("items.csv", "item_id,Colour\nD01,brown\n")


def test_a_file_without_header_is_refused_without_repeating_its_first_row(read_one):
    with pytest.raises(FileRefused) as refusal:
        read_one("customers.csv", "M1,Example One,+8613800000001\n")
    assert refusal.value.reason_code is Reason.MISSING_COLUMN
    assert "Example" not in str(refusal.value)


def test_two_headers_for_one_column_refuse_the_file(read_one):
    with pytest.raises(FileRefused) as refusal:
        read_one("items.csv", "item_id,item_name,SKU\nD01,Duck,D02\n")
    assert refusal.value.reason_code is Reason.DUPLICATE_COLUMN
    assert "'item_id' and 'SKU'" in str(refusal.value)


def test_a_payments_file_named_orders_is_refused_as_what_it_is(read_one):
    with pytest.raises(FileRefused) as refusal:
        read_one("orders.csv", "payment_id,order_id,store_id,tender,amount,fee_amount\n")
    assert refusal.value.reason_code is Reason.WRONG_TEMPLATE
    assert "those of payments" in str(refusal.value)


def test_a_header_without_rows_is_a_day_on_which_nothing_happened(read_one):
    contents = read_one("orders_2025-01-10.csv", ORDERS_HEADER)
    assert contents.rows_read == 0
    assert contents.batches[0].frame.empty
    assert [finding.code for finding in contents.findings] == [Reason.EMPTY]


def test_a_ragged_row_is_set_aside_and_every_row_is_counted(read_one):
    text = "item_id,item_name\nD01,Duck\nD02,Rice,extra\nD03\nD04,Tea\n"
    contents = read_one("items.csv", text)
    assert contents.rows_read == 4
    assert list(contents.batches[0].frame["source_row"]) == [2, 5]
    rejected = contents.rejected.to_dict("records")
    assert rejected == [
        {"source_row": 3, "reason": "ragged_row", "raw_text": "D02,Rice,extra"},
        {"source_row": 4, "reason": "ragged_row", "raw_text": "D03"},
    ]


def test_blank_lines_are_no_rows_but_are_counted_past(read_one):
    text = "item_id,item_name\n\nD01,Duck\n , \n\nD02,Rice\n\n"
    contents = read_one("items.csv", text)
    assert contents.rows_read == 2
    assert list(contents.batches[0].frame["source_row"]) == [3, 6]
    assert contents.rejected.empty


def test_a_cell_with_line_breaks_is_one_row(read_one):
    text = 'item_id,item_name\r\nD01,"Duck,\r\n""crispy"""\r\nD02,12" pizza\r\n'
    (batch,) = read_one("items.csv", text).batches
    assert list(batch.frame["item_name"]) == ['Duck,\r\n"crispy"', '12" pizza']
    assert list(batch.frame["source_row"]) == [2, 3]


def test_nothing_is_taken_for_missing_or_for_a_number(read_one):
    texts = ["None", "NA", "null", "N/A", "nan", "007", "1.3E+18", "1300000015734303232"]
    lines = "".join(f"{text},{text}\n" for text in texts)
    (batch,) = read_one("items.csv", "item_id,item_name\n" + lines).batches
    assert list(batch.frame["item_id"]) == texts


def test_space_around_a_text_is_not_part_of_it(read_one):
    (batch,) = read_one("items.csv", "item_id;item_name\n D01 ;\u3000Duck\u00a0\n").batches
    assert list(batch.frame.iloc[0][["item_id", "item_name"]]) == ["D01", "Duck"]


def test_rows_of_other_stores_are_left_out_counted_and_told(read_one):
    rows = "".join(f"{n},{store},2025-01-10 12:00,dine_in,paid,10\n" for n, store in
                   ((1, "S01"), (2, "S09"), (3, "S02"), (4, "S09")))  # fmt: skip
    contents = read_one("orders.csv", ORDERS_HEADER + rows, stores=("S01", "S02"))
    assert contents.out_of_scope_rows == 2
    assert list(contents.batches[0].frame["source_row"]) == [2, 4]
    assert contents.rows_read == 4
    assert [finding.code for finding in contents.findings] == [Reason.OTHER_STORES]


def test_a_file_that_changed_since_it_was_found_is_not_read(pos, folder):
    path = folder / "items.csv"
    path.write_text(ITEMS)
    (dropped,) = discover(pos, folder.parent, date(2025, 1, 1), date(2025, 1, 1)).files
    path.write_text(ITEMS.replace("Tea", "Tee"))
    with pytest.raises(FileRefused) as refusal:
        read(dropped, load_layout("canonical"), pos)
    assert refusal.value.reason_code is Reason.FILE_CHANGED_WHILE_READ
    path.unlink()
    with pytest.raises(FileRefused, match="changed"):
        read(dropped, load_layout("canonical"), pos)


def test_titles_totals_and_foreign_dates_are_read_by_layout(pos, folder, tmp_path):
    (tmp_path / "shop.yaml").write_text(
        """
describe: Orders of another system.
entities:
  orders:
    files: [daily report]
    header: [Order No, Paid]
    summary_markers: [合计, Total]
    date_formats: ["%d/%m/%Y %H:%M"]
    columns:
      order_id: [Order No]
      closed_at: [Closed]
      total_amount: [Paid]
    constants: {store_id: S01, channel: dine_in, status: paid}
"""
    )
    (folder / "Daily Report_2025-01-10.csv").write_text(
        "Daily report;;\nprinted 11/01/2025;;\nOrder No;Closed;Paid\n"
        "1;10/01/2025 12:30;20\n2;yesterday;30\nTotal;;50\n合计;50\n"
    )
    source = pos.model_copy(update={"layout": "shop"})
    window = (date(2025, 1, 10), date(2025, 1, 10))
    (dropped,) = discover(source, folder.parent, *window, layouts=tmp_path).files
    contents = read(dropped, load_layout("shop", tmp_path), source)
    frame = contents.batches[0].frame
    assert list(frame["closed_at"]) == ["2025-01-10 12:30:00", "yesterday"]
    assert list(frame["store_id"]) == ["S01", "S01"]
    assert list(frame["source_row"]) == [4, 5]
    assert (contents.rows_read, contents.summary_rows, len(contents.rejected)) == (4, 2, 0)


def test_reading_twice_gives_the_same(read_one, folder: Path):
    first = read_one("items.csv", ITEMS)
    again = read_one("items.csv", ITEMS)
    assert first.batches[0].frame.equals(again.batches[0].frame)
    assert first.dropped == again.dropped


def test_a_layout_translates_words_and_the_policy_translates_stores(tmp_path):
    layout = """
describe: Items of another system.
entities:
  orders:
    files: [checks]
    columns:
      {order_id: [Check], store_id: [Outlet], closed_at: [At], channel: [How], total_amount: [Due]}
    constants: {status: paid}
    codes: {channel: {EAT: dine_in, "TO GO": takeaway}}
"""
    (tmp_path / "other.yaml").write_text(layout)
    rows = "Check,Outlet,At,How,Due\n1,Corner,2025-01-10 12:00,eat,5\n2,S2,2025-01-10 12:00,fly,5\n"
    (tmp_path / "checks.csv").write_text(rows)
    source = SourcePolicy(
        name="till", layout="other", time_zone="Asia/Shanghai", currency_code="CNY",
        store_map={"corner": "S1"},
    )  # fmt: skip
    (file,) = discover(source, tmp_path, date(2025, 1, 10), date(2025, 1, 10), tmp_path).files
    frame = read(file, load_layout("other", tmp_path), source).batches[0].frame
    assert list(frame["channel"]) == ["dine_in", "fly"]
    assert list(frame["store_id"]) == ["S1", "S2"]
