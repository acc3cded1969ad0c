"""Whatever comes in, only a refusal goes out: parsers under mutated files and arbitrary cells.

The mutations have a fixed seed and budget, so that every run tries the same files;
`REGULARS_FUZZ=<number>` tries more of them.
"""

import hashlib
import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from bad_file import orders, parquet, xlsx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.checks import cells
from regulars.checks.context import CheckContext, StoreRules
from regulars.checks.deriving import add_probes, settle_times
from regulars.checks.parsing import parse
from regulars.domain.money import parse_fixed_column
from regulars.domain.records import RECORDS, fields_of
from regulars.policy import SourcePolicy
from regulars.sources.decoding import decode
from regulars.sources.files import DroppedFile, FileContents, FileRefused
from regulars.sources.first_rows import first_rows
from regulars.sources.headers import fold
from regulars.sources.item_text import join_items, parse_items
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read

SEED = 20250110
BUDGET = int(os.environ.get("REGULARS_FUZZ", "2400"))
SOURCE = SourcePolicy(name="till", time_zone="Asia/Shanghai", currency_code="CNY")
SHANGHAI = StoreRules("Asia/Shanghai", time(4), "CNY", "CN")
CONTEXT = CheckContext(
    source_name="till", defaults=SHANGHAI, stores={"S1": SHANGHAI}, pseudonymise=str,
    key_accounts=str, find_company_emails=str, hash_identifiers=str, last_day=date(2099, 12, 31),
)  # fmt: skip
TEXT = orders({}, {"store_id": "S2", "total_amount": "1,149.00"}, {"customer_ref": "烤鸭"})
SEEDS = {
    "orders__plain.csv": TEXT.encode(),
    "orders__marked.csv": TEXT.encode("utf-16"),
    "orders__chinese.csv": TEXT.encode("gb18030"),
    "orders__quoted.csv": TEXT.replace("dine_in", '"dine\nin"').encode(),
    "orders.xlsx": xlsx(TEXT),
    "orders.parquet": parquet(TEXT),
}
Mutation = Callable[[random.Random, bytearray], None]


def flip(dice: random.Random, data: bytearray) -> None:
    for _ in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def cut(dice: random.Random, data: bytearray) -> None:
    del data[dice.randrange(len(data)) :]


def cut_out(dice: random.Random, data: bytearray) -> None:
    start = dice.randrange(len(data))
    del data[start : start + dice.randint(1, 64)]


def repeat(dice: random.Random, data: bytearray) -> None:
    start = dice.randrange(len(data))
    piece = data[start : start + dice.randint(1, 64)]
    data[start:start] = piece * dice.randint(1, 4)


def insert(dice: random.Random, data: bytearray) -> None:
    odd = (b'"', b"\n", b"\r", b",", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"'", b"\t;", b"\x1a")
    at = dice.randrange(len(data))
    data[at:at] = dice.choice(odd) * dice.randint(1, 3)


def swap(dice: random.Random, data: bytearray) -> None:
    one, other = dice.randrange(len(data)), dice.randrange(len(data))
    size = dice.randint(1, 32)
    data[one : one + size], data[other : other + size] = (
        data[other : other + size],
        data[one : one + size],
    )


MUTATIONS: tuple[Mutation, ...] = (flip, cut, cut_out, repeat, insert, swap)


def read_bytes(folder: Path, name: str, data: bytes) -> FileContents:
    path = folder / name
    path.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    dropped = DroppedFile(path, name, "orders", sha256, len(data))
    return read(dropped, load_layout("canonical"), SOURCE)


def assert_all_told(contents: FileContents) -> None:
    (batch,) = contents.batches
    rows = batch.frame["source_row"].tolist() + contents.rejected["source_row"].tolist()
    assert contents.rows_read == len(rows) + contents.summary_rows + contents.out_of_scope_rows
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_files_are_read_or_refused_and_nothing_else(tmp_path: Path, name: str):
    dice = random.Random(f"{SEED}/{name}")
    outcomes = Counter[str]()
    for _ in range(BUDGET // len(SEEDS)):
        data = bytearray(SEEDS[name])
        for mutate in dice.choices(MUTATIONS, k=dice.randint(1, 3)):
            if data:
                mutate(dice, data)
        try:
            contents = read_bytes(tmp_path, name, bytes(data))
        except FileRefused as refusal:
            assert refusal.next_move
            outcomes[refusal.reason_code.value] += 1
            continue
        assert_all_told(contents)
        outcomes["read"] += 1
    assert sum(outcomes.values()) == BUDGET // len(SEEDS)
    assert len(outcomes) >= 2


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(st.text(max_size=8), min_size=7, max_size=7), max_size=5))
def test_any_text_as_rows_is_read_or_refused(tmp_path: Path, rows: list[list[str]]):
    body = "\n".join(",".join(row) for row in rows)
    data = (orders() + body).encode(errors="surrogatepass")
    try:
        assert_all_told(read_bytes(tmp_path, "orders.csv", data))
    except FileRefused as refusal:
        assert refusal.next_move


@settings(max_examples=150)
@given(data=st.binary(max_size=300), encoding=st.sampled_from(["", "gb18030", "latin-1"]))
def test_any_bytes_are_decoded_or_refused(data: bytes, encoding: str):
    try:
        text, _ = decode("a.csv", data, encoding)
    except FileRefused:
        return
    assert isinstance(text.decode(), str)
    first_rows("a.csv", data)


ODD = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.text("0123456789.,-+()¥￥$% eE/:TZ０９－", max_size=14),
    st.sampled_from(["9" * 30, "1e400", "-0", "()", "1.", ".", "2025-02-30", "24:00", "nan", "∞",
                     "2025-01-10 12:00+99:99", "0001-01-01", "20250110", "١٢", "1_000"]),
)  # fmt: skip
COLUMN = st.lists(ODD, max_size=8)


@given(column=COLUMN, places=st.integers(0, 10))
def test_any_cell_is_a_number_a_reason_or_blank(column: list[str | None], places: int):
    texts = pd.Series(column, dtype="str")
    numbers, reasons = parse_fixed_column(texts, places)
    blank = texts.isna() | (texts.str.strip() == "")
    assert ((numbers.notna() ^ reasons.notna()) | blank).all()


@given(column=COLUMN)
def test_any_cell_is_a_day_a_time_a_flag_or_has_a_reason(column: list[str | None]):
    texts = pd.Series([text.strip() or None if text else None for text in column], dtype="str")
    for values, reasons in (
        cells.read_day(texts),
        cells.read_flag(texts),
        cells.read_moment(texts)[::2],
        cells.read_text(texts, is_id=True),
    ):
        assert len(values) == len(reasons) == len(texts)
        assert reasons[texts.isna()].isna().all()
    days, reasons = cells.read_day(texts)
    assert (days.notna() ^ reasons.notna() ^ texts.isna()).all()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), entity=st.sampled_from(sorted(RECORDS)))
def test_any_row_of_any_template_is_typed_or_has_its_faults_told(data: st.DataObject, entity: str):
    count = data.draw(st.integers(0, 4))
    columns = {
        field.name: data.draw(st.lists(ODD, min_size=count, max_size=count))
        for field in fields_of(entity)
    }
    frame = pd.DataFrame({name: pd.Series(column, dtype="str") for name, column in columns.items()})
    frame = frame.assign(source_file_sha256="f", source_row=range(2, 2 + count))
    parsed = parse(entity, pa.Table.from_pandas(frame, preserve_index=False), CONTEXT)
    assert len(parsed.rows) == count
    assert set(parsed.faults["batch_row"]) <= set(range(count))
    add_probes(entity, settle_times(entity, parsed), CONTEXT)


@given(text=st.text(max_size=60))
def test_any_text_of_items_is_taken_apart_whole_or_not_at_all(text: str):
    try:
        items = parse_items(text)
    except ValueError:
        return
    assert join_items(items) == text
    assert all(item.quantity > 0 for item in items)


@given(name=st.text(max_size=40))
def test_folding_a_header_twice_is_folding_it_once(name: str):
    assert fold(fold(name)) == fold(name)
