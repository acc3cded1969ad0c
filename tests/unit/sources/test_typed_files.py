"""XLSX and Parquet become the text a person would have written."""

import datetime as dt
import io
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.sources.files import FileRefused, Reason
from regulars.sources.parquet_text import column_text
from regulars.sources.xlsx_text import cell_text

at = dt.datetime.fromisoformat
ORDER = {
    "order_id": [10**18 + 1, 2],
    "store_id": ["S01", "S01"],
    "closed_at": [at("2025-01-10 19:05:00"), at("2025-01-11 00:00:00")],
    "channel": ["dine_in", "dine_in"],
    "status": ["paid", None],
    "total_amount": [12.5, 100.0],
    "business_date": [at("2025-01-10 00:00:00"), at("2025-01-11 00:00:00")],
    "is_tax_included": [True, False],
}


def to_parquet(columns: dict[str, object]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def to_xlsx(sheets: dict[str, list[list[object]]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day, time = ({"num_format": f} for f in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    formats = {dt.date: book.add_format(day), dt.datetime: book.add_format(time)}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(r, c, cell, formats[type(cell)])
                else:
                    sheet.write(r, c, cell)
    book.close()
    return stream.getvalue()


def test_parquet_types_become_plain_text(read_one):
    frame = read_one("orders.parquet", to_parquet(ORDER)).batches[0].frame
    first, second = frame.to_dict("records")
    assert first["order_id"] == "1000000000000000001"
    assert (first["closed_at"], second["closed_at"]) == (
        "2025-01-10 19:05:00",
        "2025-01-11 00:00:00",
    )
    assert (first["total_amount"], second["total_amount"]) == ("12.5", "100")
    assert first["business_date"] == "2025-01-10"
    assert (first["is_tax_included"], second["is_tax_included"]) == ("true", "false")
    assert second["status"] == ""
    assert list(frame["source_row"]) == [1, 2]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array([Decimal("12.50")]), ["12.50"]),
        (pa.array([dt.date(2025, 1, 31), None]), ["2025-01-31", ""]),
        (pa.array([1.0, None, 0.1, -0.0]), ["1", "", "0.1", "0"]),
        (pa.array([123456789012.34, 0.0000001]), ["123456789012.34", "0.0000001"]),
        (pa.array([1300000015734303232.0]), ["1.3000000157343032e+18"]),
        (pa.array([float("nan")]), [""]),
        (pa.array([31.75], pa.float32()), ["31.75"]),
        (pa.array(["a", "b"]).dictionary_encode(), ["a", "b"]),
        (pa.array([2**63 - 1]), ["9223372036854775807"]),
        (
            pa.array([at("2025-01-01 01:02:03")], pa.timestamp("ns", "UTC")),
            ["2025-01-01 01:02:03Z"],
        ),
        (pa.array([at("2025-01-01 01:02:03.500000")]), ["2025-01-01 01:02:03.500000"]),
    ],
)
def test_every_parquet_type_keeps_its_value(values, texts):
    assert column_text(pa.chunked_array([values])).to_pylist() == texts


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_the_text_of_a_float_reads_back_as_the_same_float(values):
    column = pa.chunked_array([pa.array(values, pa.float64())])
    texts = column_text(column).to_pylist()
    assert [float(text) for text in texts] == values
    assert not [t for t, v in zip(texts, values, strict=True) if "e" in t and abs(v) < 2**53]


def test_a_column_of_lists_is_told_and_left_out(read_one):
    data = to_parquet({"item_id": ["D01"], "item_name": ["Duck"], "tags": [["a"]]})
    contents = read_one("items.parquet", data)
    assert len(contents.batches[0].frame) == 1
    assert Reason.COLUMN_NOT_READ in [finding.code for finding in contents.findings]


def test_xlsx_cells_become_plain_text(read_one):
    header = ["order_id", "store_id", "closed_at", "channel", "status", "total_amount",
              "business_date", "is_tax_included"]  # fmt: skip
    day, moment = dt.date(2025, 1, 10), at("2025-01-10 19:05:00")
    rows = [header, ["007", "S01", moment, "dine_in", "paid", 12.5, day, True], [],
            [1001, "S01", moment, "dine_in", "paid", 100, day, False]]  # fmt: skip
    frame = read_one("orders.xlsx", to_xlsx({"Sheet1": rows})).batches[0].frame
    assert list(frame["order_id"]) == ["007", "1001"]
    assert list(frame["closed_at"]) == ["2025-01-10 19:05:00"] * 2
    assert list(frame["business_date"]) == ["2025-01-10"] * 2
    assert list(frame["total_amount"]) == ["12.5", "100"]
    assert list(frame["is_tax_included"]) == ["true", "false"]
    assert list(frame["source_row"]) == [2, 4]


def test_a_number_that_excel_has_cut_keeps_its_exponent():
    assert cell_text(1300000015734303232.0) == "1.3000000157343032e+18"
    assert cell_text(9007199254740991.0) == "9007199254740991"


def test_the_sheet_named_as_the_template_is_read_among_several(read_one):
    items = [["item_id", "item_name"], ["D01", "Duck"]]
    book = to_xlsx({"Notes": [["as of January"]], "Items": items})
    assert len(read_one("items.xlsx", book).batches[0].frame) == 1


def test_several_sheets_without_such_a_name_are_refused(read_one):
    items = [["item_id", "item_name"], ["D01", "Duck"]]
    with pytest.raises(FileRefused) as refusal:
        read_one("items.xlsx", to_xlsx({"January": items, "February": items}))
    assert refusal.value.reason_code is Reason.AMBIGUOUS_SHEET
