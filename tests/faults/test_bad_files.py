"""Bad files, made here family by family: each is refused or set aside with its own reason."""

import io
import random
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.policy import SourcePolicy
from regulars.sources.discovery import discover
from regulars.sources.files import FileContents, FileRefused, Reason
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read

DAY = date(2025, 1, 10)
SOURCE = SourcePolicy(name="pos", time_zone="Asia/Shanghai", currency_code="CNY")
TEXT = "item_id,item_name\nD01,烤鸭\nD02,米饭\nD03,茶\n"


def make_parquet() -> bytes:
    stream = io.BytesIO()
    columns = {"item_id": ["D01", "D02", "D03"], "item_name": ["烤鸭", "米饭", "茶"]}
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def make_xlsx() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, line in enumerate(TEXT.splitlines()):
        sheet.write_row(row, 0, line.split(","))
    book.close()
    return stream.getvalue()


def read_bytes(folder: Path, name: str, data: bytes) -> FileContents:
    (folder / name).write_bytes(data)
    (dropped,) = discover(SOURCE, folder, DAY, DAY).files
    return read(dropped, load_layout("canonical"), SOURCE)


def refusal_of(folder: Path, name: str, data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refusal:
        read_bytes(folder, name, data)
    return refusal.value


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.rstrip("\n").encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
    ],
)
def test_the_same_rows_come_out_of_every_encoding_and_dialect(tmp_path, data):
    frame = read_bytes(tmp_path, "items.csv", data).batches[0].frame
    assert list(frame["item_name"]) == ["烤鸭", "米饭", "茶"]
    assert list(frame["source_row"]) == [2, 3, 4]


def test_a_guess_at_the_encoding_is_told(tmp_path):
    findings = read_bytes(tmp_path, "items.csv", TEXT.encode("gbk")).findings
    assert [finding.code for finding in findings] == [Reason.READ_AS_GB18030]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("items.csv", b"", Reason.EMPTY_FILE),
        ("items.csv", b"\xef\xbb\xbf\r\n", Reason.EMPTY_FILE),
        ("items.xlsx", b"", Reason.EMPTY_FILE),
        ("items.parquet", b"", Reason.EMPTY_FILE),
        ("items.csv", TEXT.encode() + b"D04,a\0b\n", Reason.NUL_BYTE),
        ("items.csv", TEXT.encode("utf-16-le"), Reason.NUL_BYTE),
        ("items.csv", b"item_id,item_name\nD01,Caf\xe9 noir\n", Reason.UNKNOWN_ENCODING),
        ("items.csv", TEXT.encode() + "D04,面\n".encode("gbk"), Reason.UNKNOWN_ENCODING),
        ("items.csv", TEXT.encode("utf-16")[:-1], Reason.UNKNOWN_ENCODING),
        ("items.csv", TEXT.encode() + b'D04,"open\nD05,x\n', Reason.UNCLOSED_QUOTE),
        ("items.csv", TEXT.encode() + b'D04,12" cake\nD05,"x\n', Reason.UNCLOSED_QUOTE),
        (
            "items.csv",
            TEXT.encode() + b"D04," + b"x" * (40 << 20) + b"\nD05,x\n",
            Reason.UNREADABLE_FILE,
        ),
        ("items.csv", b'item_id,item_name\nD01,"cut in here', Reason.UNCLOSED_QUOTE),
        ("items.csv", make_xlsx(), Reason.WRONG_FILE_TYPE),
        ("items.csv", make_parquet(), Reason.WRONG_FILE_TYPE),
        ("items.xlsx", TEXT.encode(), Reason.WRONG_FILE_TYPE),
        ("items.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 600, Reason.WRONG_FILE_TYPE),
        ("items.parquet", TEXT.encode(), Reason.WRONG_FILE_TYPE),
        ("items.parquet", make_parquet()[:-20], Reason.UNREADABLE_FILE),
        ("items.parquet", b"PAR1", Reason.UNREADABLE_FILE),
        ("items.xlsx", make_xlsx()[:-200], Reason.UNREADABLE_FILE),
        ("items.xlsx", b"PK\x03\x04", Reason.UNREADABLE_FILE),
        ("items.csv", b"item_id,item_name,item_id\nD01,x,D02\n", Reason.DUPLICATE_COLUMN),
        ("items.csv", b"item_id,price\nD01,3\n", Reason.MISSING_COLUMN),
        ("items.csv", b"<html><table><tr><td>item_id</td></tr></table>", Reason.MISSING_COLUMN),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_bad_file_is_refused_with_its_reason_and_a_next_move(tmp_path, name, data, reason):
    refusal = refusal_of(tmp_path, name, data)
    assert refusal.reason_code is reason
    assert refusal.file == name
    assert refusal.next_move
    assert name in str(refusal)


def test_the_byte_that_fits_no_encoding_is_pointed_at(tmp_path):
    data = b"item_id,item_name\nD01,Caf\xe9 noir\n"
    assert f"offset {data.index(0xE9)} " in str(refusal_of(tmp_path, "items.csv", data))


def test_text_cut_within_a_character_is_not_read_as_another_encoding(tmp_path):
    data = "item_id,item_name\nD01,烤鸭\nD02,米饭".encode()[:-1]
    assert refusal_of(tmp_path, "items.csv", data).reason_code is Reason.UNKNOWN_ENCODING


def test_a_workbook_that_unpacks_to_more_than_we_hold_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("regulars.sources.unpacking.MAX_UNPACKED_BYTES", 1000)
    assert refusal_of(tmp_path, "items.xlsx", make_xlsx()).reason_code is Reason.FILE_TOO_LARGE


def test_a_file_beyond_the_size_limit_is_not_even_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("regulars.sources.reading.MAX_FILE_BYTES", 10)
    assert refusal_of(tmp_path, "items.csv", TEXT.encode()).reason_code is Reason.FILE_TOO_LARGE


@pytest.mark.parametrize("identifier", ["1.3E+18", "0001", "1300000015734303232", "1e5", "+1"])
def test_an_id_is_text_to_the_last_character(tmp_path, identifier):
    data = f"item_id,item_name\n{identifier},x\n".encode()
    assert read_bytes(tmp_path, "items.csv", data).batches[0].frame["item_id"][0] == identifier


def test_ragged_rows_anywhere_in_a_long_file_keep_their_numbers(tmp_path):
    lines = [f"D{number},dish" for number in range(2, 60_002)]
    bad = random.Random(7).sample(range(60_000), 50)
    for index in bad:
        lines[index] += ",one,too,many"
    contents = read_bytes(tmp_path, "items.csv", "\n".join(["item_id,item_name", *lines]).encode())
    assert list(contents.rejected["source_row"]) == sorted(index + 2 for index in bad)
    frame = contents.batches[0].frame
    assert all(frame["item_id"] == "D" + frame["source_row"].astype(str))
    assert contents.rows_read == len(frame) + 50 == 60_000


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(make=st.sampled_from([make_parquet, make_xlsx, TEXT.encode]), cut=st.floats(0, 0.999))
def test_a_file_cut_anywhere_is_refused_or_loses_only_what_was_cut(tmp_path, make, cut):
    data = make()
    ending = {make_parquet: "parquet", make_xlsx: "xlsx"}.get(make, "csv")
    for old in tmp_path.iterdir():
        old.unlink()
    try:
        contents = read_bytes(tmp_path, f"items.{ending}", data[: int(len(data) * cut)])
    except FileRefused as refusal:
        assert refusal.next_move
        return
    assert ending == "csv", "a cut Parquet or XLSX file must never pass"
    names = list(contents.batches[0].frame["item_name"])
    assert len(names) <= 3
    assert names[:-1] == ["烤鸭", "米饭", "茶"][: max(len(names) - 1, 0)]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=200))
def test_no_bytes_whatever_stop_the_run(tmp_path, data):
    for name, content in (("items.csv", b"item_id,item_name\n" + data), ("items.csv", data)):
        try:
            contents = read_bytes(tmp_path, name, content)
        except FileRefused:
            continue
        frame = contents.batches[0].frame
        assert contents.rows_read == len(frame) + len(contents.rejected)
