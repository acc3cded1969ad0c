"""A day's export: complete, neutral, the same bytes for the same day."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.domain.errors import BadInput
from regulars.sinks.columns import ACTION_TYPES, SUPPRESSED_TYPES
from regulars.sinks.day_export import export_day

LISTS = ("reward", "incentivise", "activate", "deprioritise")
FILES = (
    "actions_full.csv", "actions_full.parquet", "actions_delta.csv", "actions.xlsx",
    "actions_excel.csv", "suppressed_counts.csv",
)  # fmt: skip


def contents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_all_four_lists_are_written_even_when_nobody_is_on_them(
    tmp_path, stamp, nothing_suppressed
):
    export_day(tmp_path, ACTION_TYPES.empty_table(), nothing_suppressed, stamp)
    expected = {f"{name}/{file}" for name in LISTS for file in FILES} | {"manifest.json"}
    assert contents(tmp_path / "2025-01-31").keys() == expected


def test_the_machine_file_says_exactly_this(tmp_path, stamp, action, table, nothing_suppressed):
    rows = table(
        action("c2", priority=2, member_ref=None, contact_channel=None, offer_minor=0),
        action("c1", priority=1),
    )
    export_day(tmp_path, rows, nothing_suppressed, stamp)
    assert (tmp_path / "2025-01-31/incentivise/actions_full.csv").read_bytes().decode() == (
        "business_date,list_name,priority,customer_key,member_ref,action_code,contact_channel,"
        "store_id,offer_amount,currency_code,starts_on,expires_on,policy_version\n"
        "2025-01-31,incentivise,1,c1,88001,A20,sms,SH-01,20.50,CNY,2025-01-31,2025-02-14,"
        "2025-01-01.1\n"
        "2025-01-31,incentivise,2,c2,,A20,,SH-01,0.00,CNY,2025-01-31,2025-02-14,2025-01-01.1\n"
    )


def test_money_has_the_decimals_of_its_currency(tmp_path, stamp, action, table, nothing_suppressed):
    rows = table(
        action("c1", currency_code="JPY", offer_minor=500),
        action("c2", currency_code="KWD", offer_minor=500),
    )
    export_day(tmp_path, rows, nothing_suppressed, stamp)
    lines = (tmp_path / "2025-01-31/incentivise/actions_full.csv").read_text().splitlines()
    assert [line.split(",")[8] for line in lines[1:]] == ["500", "0.500"]


def test_parquet_carries_days_whole_numbers_and_decimals(
    tmp_path, stamp, action, table, nothing_suppressed
):
    export_day(tmp_path, table(action()), nothing_suppressed, stamp)
    typed = pq.read_table(tmp_path / "2025-01-31/incentivise/actions_full.parquet")
    assert pa.types.is_decimal128(typed.schema.field("offer_amount").type)
    row = typed.to_pylist()[0]
    assert (row["offer_amount"], row["priority"]) == (Decimal("20.50"), 1)
    assert row["expires_on"] == date(2025, 2, 14)


def test_the_same_day_twice_is_the_same_bytes(tmp_path, stamp, action, table, nothing_suppressed):
    rows = table(action("c1"), action("c2", list_name="reward", offer_minor=0))
    for name in ("first", "second"):
        export_day(tmp_path / name, rows, nothing_suppressed, stamp)
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_a_day_that_would_not_change_is_left_untouched(
    tmp_path, stamp, action, table, nothing_suppressed
):
    export_day(tmp_path, table(action()), nothing_suppressed, stamp)
    before = (tmp_path / "2025-01-31").stat().st_ino
    export_day(tmp_path, table(action()), nothing_suppressed, stamp)
    assert (tmp_path / "2025-01-31").stat().st_ino == before


def test_the_order_in_which_rows_arrive_does_not_matter(
    tmp_path, stamp, action, table, nothing_suppressed
):
    one, two = action("c1", priority=1), action("c2", priority=2)
    export_day(tmp_path / "a", table(one, two), nothing_suppressed, stamp)
    export_day(tmp_path / "b", table(two, one), nothing_suppressed, stamp)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_the_manifest_proves_every_file(tmp_path, stamp, action, table, nothing_suppressed):
    returned = export_day(tmp_path, table(action()), nothing_suppressed, stamp)
    day = tmp_path / "2025-01-31"
    said = json.loads((day / "manifest.json").read_text())
    proofs = {entry["path"]: entry["sha256"] for entry in said["files"]}
    files = contents(day)
    del files["manifest.json"]
    assert proofs == {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    assert {entry["path"]: entry["bytes"] for entry in said["files"]} == {
        path: len(data) for path, data in files.items()
    }
    assert (said["business_date"], said["run_key"], said["policy_version"]) == (
        "2025-01-31", "run-1", "2025-01-01.1",
    )  # fmt: skip
    full = next(e for e in returned.files if e.path == "incentivise/actions_full.csv")
    assert (full.rows, full.columns[0]) == (1, "business_date")


def test_what_was_left_out_is_counted_by_list_and_guardrail(tmp_path, stamp, action, table):
    suppressed = pa.Table.from_pylist(
        [
            {"list_name": "incentivise", "guardrail": "consent", "suppressed_count": 3},
            {"list_name": "reward", "guardrail": "staff", "suppressed_count": 1},
        ],
        schema=SUPPRESSED_TYPES,
    )
    export_day(tmp_path, table(action(member_ref="=1+1")), suppressed, stamp)
    assert (tmp_path / "2025-01-31/incentivise/suppressed_counts.csv").read_text() == (
        "business_date,list_name,guardrail,suppressed_count\n"
        "2025-01-31,incentivise,consent,3\n"
        "2025-01-31,incentivise,unsafe_reference,1\n"
    )


def test_an_unsafe_member_number_is_blank_and_its_row_still_leaves(
    tmp_path, stamp, action, table, nothing_suppressed
):
    export_day(tmp_path, table(action(member_ref="+8613800000000")), nothing_suppressed, stamp)
    line = (tmp_path / "2025-01-31/incentivise/actions_full.csv").read_text().splitlines()[1]
    assert line.startswith("2025-01-31,incentivise,1,c1,,A20,")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action_code", "=A20"),
        ("store_id", "-SH"),
        ("store_id", "SH-01\n"),
        ("store_id", "SH,01"),
        ("contact_channel", "Sms please"),
        ("currency_code", "cny"),
        ("customer_key", "@c1"),
        ("offer_minor", -1),
        ("priority", 0),
    ],
)
def test_a_value_that_fails_its_pattern_names_column_and_row(
    tmp_path, stamp, action, table, nothing_suppressed, column, value
):
    rows = table(action("c0", priority=1), action("c1", priority=2) | {column: value})
    with pytest.raises(BadInput) as failure:
        export_day(tmp_path, rows, nothing_suppressed, stamp)
    name = "offer_amount" if column == "offer_minor" else column
    assert name in str(failure.value)
    assert f"row {1 if column == 'priority' else 2}" in str(failure.value)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"list_name": "refuse"}, "list_name is none of"),
        ({"business_date": date(2025, 1, 30)}, "is not the exported day 2025-01-31"),
        ({"policy_version": "2024"}, "is not the policy of this run"),
        ({"store_id": None}, "store_id is blank"),
        ({"customer_key": "c0"}, "more than one action"),
        ({"reason_2": "A loss-maker for 90 days"}, "reason_2 holds a word"),
        ({"reason_2_zh": "亏损客户"}, "reason_2_zh holds a word"),
        ({"action_name": "Loss_Maker treatment"}, "action_name holds a word"),
    ],
)
def test_what_may_not_leave_stops_the_whole_day(
    tmp_path, stamp, action, table, nothing_suppressed, changes, problem
):
    rows = table(action("c0"), action("c1") | changes)
    with pytest.raises(BadInput, match=problem):
        export_day(tmp_path, rows, nothing_suppressed, stamp)
    assert contents(tmp_path) == {}


def test_a_missing_column_is_named(tmp_path, stamp, action, table, nothing_suppressed):
    with pytest.raises(BadInput, match="column expires_on is missing"):
        export_day(tmp_path, table(action()).drop_columns("expires_on"), nothing_suppressed, stamp)


def test_no_judgement_on_a_person_leaves_the_house(
    tmp_path, stamp, action, table, nothing_suppressed, unzip
):
    rows = table(*(action(f"c{n}", list_name=name) for n, name in enumerate(LISTS)))
    export_day(tmp_path, rows, nothing_suppressed, stamp)
    said = [data.decode("utf-8", "replace") for data in contents(tmp_path).values()]
    said += [part for book in tmp_path.rglob("*.xlsx") for part in unzip(book).values()]
    for text in said:
        lowered = text.lower()
        assert not any(w in lowered for w in ("loss-mak", "loss mak", "loss_mak", "亏损", "refuse"))
