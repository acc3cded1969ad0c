"""The verdict: each reason, each place a row can end in, and what is handed on."""

import json
from collections import Counter
from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pytest
from check_rows import CONTEXT, FILE_A, FILE_B, GOOD_ROWS, as_table, batch, pseudonymise
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.checks.schemas import CONTACTS, raw_schema
from regulars.checks.verdict import FileCounts, Verdict, check
from regulars.domain.fields import Kind
from regulars.domain.records import RECORDS, fields_of

at = datetime.fromisoformat


def judge(entity: str, *rows: dict[str, str | None]) -> Verdict:
    return check(entity, as_table(batch(entity, *rows)), CONTEXT)


def only_row(verdict: Verdict) -> dict[str, object]:
    (row,) = verdict.rows.to_pylist()
    return row


@pytest.mark.parametrize("entity", sorted(GOOD_ROWS))
def test_a_good_row_is_loaded_with_the_schema_of_its_raw_table(entity: str) -> None:
    verdict = judge(entity)
    assert verdict.accounting == {FILE_A: FileCounts(read=1, loaded=1, quarantined=0, duplicate=0)}
    assert verdict.rows.schema.equals(raw_schema(entity))
    row = only_row(verdict)
    assert (row["source_system"], row["source_file_sha256"], row["source_row"]) == (
        "till", FILE_A, 2,
    )  # fmt: skip
    assert verdict.refusals == verdict.warnings == ()


@pytest.mark.parametrize("entity", sorted(GOOD_ROWS))
def test_a_loaded_row_satisfies_the_record_of_its_template(entity: str) -> None:
    row = only_row(judge(entity))
    good = GOOD_ROWS[entity]
    values = {
        field.name: good.get(field.name) if field.stored.kind in (Kind.CUSTOMER, Kind.CONTACT)
        else row[field.stored_name]
        for field in fields_of(entity)
    }  # fmt: skip
    record = RECORDS[entity].model_validate(values, strict=True)
    assert record.model_dump() == values


@pytest.mark.parametrize(
    ("entity", "change", "reason"),
    [
        ("orders", {"order_id": " "}, "missing_required:order_id"),
        ("orders", {"order_id": "1.3E+18"}, "scientific_notation:order_id"),
        ("orders", {"customer_ref": "1.3e+18"}, "scientific_notation:customer_ref"),
        ("items", {"item_name": "No\0odles"}, "control_character:item_name"),
        ("orders", {"closed_at": ""}, "missing_required:closed_at"),
        ("orders", {"closed_at": "31.01.2025 19:05"}, "bad_time:closed_at"),
        ("orders", {"business_date": "2025-02-30"}, "bad_date:business_date"),
        ("orders", {"channel": "drive_in"}, "unknown_code:channel"),
        ("order_lines", {"void_stage": "later"}, "unknown_code:void_stage"),
        ("orders", {"store_id": "S7"}, "unknown_store"),
        ("orders", {"total_amount": "many"}, "not_a_number:total_amount"),
        ("orders", {"total_amount": "1e2"}, "scientific_notation:total_amount"),
        ("orders", {"total_amount": "1.005"}, "too_many_decimals:total_amount"),
        ("orders", {"total_amount": "1" * 18}, "number_too_large:total_amount"),
        ("orders", {"discount_amount": "-1.00"}, "negative_amount:discount_amount"),
        ("orders", {"covers": "-1"}, "negative_number:covers"),
        ("orders", {"covers": "2.5"}, "too_many_decimals:covers"),
        ("orders", {"is_tax_included": "perhaps"}, "bad_flag:is_tax_included"),
        ("orders", {"currency_code": "XXY"}, "unknown_currency; wrong_currency"),
        ("orders", {"currency_code": "USD"}, "wrong_currency"),
        ("orders", {"closed_at": "1999-12-31 12:00"}, "date_out_of_range:business_date"),
        ("orders", {"business_date": "2025-02-02"}, "date_out_of_range:business_date"),
        ("payments", {"paid_at": "2025-02-02 12:00"}, "date_out_of_range:business_date"),
        ("recipe_costs", {"unit_cost": "-3"}, "negative_amount:unit_cost"),
        ("recipe_costs", {"valid_to": "2024-12-31"}, "ends_before_start"),
        ("cost_rules", {"rate": ""}, "missing_amount_or_rate"),
        ("cost_rules", {"basis": "per_order"}, "missing_amount_or_rate"),
        ("cost_rules", {"rate": "-0.1"}, "negative_number:rate"),
        ("stores", {"time_zone": "Eastern Time"}, "unknown_time_zone"),
        ("stores", {"cutoff": "09:00"}, "bad_cutoff"),
    ],
)
def test_each_reason_sets_a_row_aside(entity: str, change: dict[str, str], reason: str) -> None:
    verdict = judge(entity, change)
    assert verdict.quarantined["reason"].tolist() == [reason]
    assert verdict.rows.num_rows == 0
    assert verdict.accounting[FILE_A] == FileCounts(1, 0, 1, 0)


@pytest.mark.parametrize(
    ("entity", "change", "reason"),
    [
        ("orders", {"total_amount": "10,000,000.00"}, "unusual_amount"),
        ("orders", {"total_amount": "-10,000,000.00"}, "unusual_amount"),
        ("order_lines", {"quantity": "1000.001"}, "unusual_quantity"),
        ("orders", {"gross_amount": "99.99"}, "total_does_not_tie"),
        ("customers", {"home_store_id": "S7"}, "unknown_home_store"),
        ("invoices", {"due_on": "2024-12-31"}, "due_before_issue"),
    ],
)
def test_what_is_only_unusual_is_loaded_and_reported(
    entity: str, change: dict[str, str], reason: str
) -> None:
    verdict = judge(entity, change)
    assert verdict.accounting[FILE_A] == FileCounts(1, 1, 0, 0)
    assert [(notice.reason, notice.count) for notice in verdict.warnings] == [(reason, 1)]
    assert verdict.warnings[0].examples == ((FILE_A, 2),)


def test_an_order_total_ties_with_all_its_parts() -> None:
    # 100 − 10 + 5 + 4 + 1 + 8 tax + 2 tip − 0.50 rounding = 109.50
    parts = {
        "gross_amount": "100", "discount_amount": "10", "service_charge_amount": "5",
        "delivery_fee_amount": "4", "packaging_fee_amount": "1", "tax_amount": "8",
        "tip_amount": "2", "rounding_amount": "-0.50",
    }  # fmt: skip
    assert judge("orders", {**parts, "total_amount": "109.50"}).warnings == ()
    included = {**parts, "is_tax_included": "yes", "total_amount": "101.50"}
    assert judge("orders", included).warnings == ()
    assert judge("orders", {**included, "total_amount": "109.50"}).warnings[0].count == 1


def test_a_row_tells_all_its_reasons() -> None:
    verdict = judge("orders", {"total_amount": "x", "covers": "y"})
    assert verdict.quarantined["reason"].tolist() == [
        "not_a_number:total_amount; not_a_number:covers"
    ]
    assert {notice.reason for notice in verdict.refusals} == {
        "not_a_number:total_amount", "not_a_number:covers",
    }  # fmt: skip


def test_the_business_date_of_the_source_wins_else_the_cutoff_decides() -> None:
    assert only_row(judge("orders", {"closed_at": "2025-01-31 03:59:59"}))["business_date"] == date(
        2025, 1, 30
    )
    late = {"closed_at": "2025-01-31 03:59:59", "business_date": "2025-01-31"}
    assert only_row(judge("orders", late))["business_date"] == date(2025, 1, 31)
    tokyo = {"store_id": "S2", "closed_at": "2025-01-31 03:59:59", "total_amount": "100"}
    assert only_row(judge("orders", tokyo))["business_date"] == date(2025, 1, 31)


@pytest.mark.parametrize("entity", ["payments", "adjustments", "feedback", "leads"])
def test_events_without_a_business_date_get_one(entity: str) -> None:
    assert only_row(judge(entity))["business_date"] == date(2025, 1, 31)


def test_a_payment_without_a_time_has_no_business_date_and_is_still_loaded() -> None:
    row = only_row(judge("payments", {"paid_at": ""}))
    assert row["business_date"] is None and row["paid_local_at"] is None


def test_closed_at_is_the_instant_in_utc() -> None:
    row = only_row(judge("orders"))
    assert row["closed_at"] == at("2025-01-31 11:05")
    assert row["closed_local_at"] == at("2025-01-31 19:05")
    offset = only_row(judge("orders", {"closed_at": "2025-01-31T11:05:00Z"}))
    assert (offset["closed_at"], offset["closed_local_at"]) == (
        row["closed_at"], row["closed_local_at"],
    )  # fmt: skip


def test_a_blank_currency_is_that_of_the_store_else_of_the_source() -> None:
    assert only_row(judge("orders"))["currency_code"] == "CNY"
    yen = only_row(judge("orders", {"store_id": "S2", "total_amount": "1200"}))
    assert (yen["currency_code"], yen["total_minor"]) == ("JPY", 1200)
    assert only_row(judge("leads"))["currency_code"] == "CNY"


def test_a_customer_leaves_as_a_pseudonym_and_the_contact_apart() -> None:
    verdict = judge("customers")
    key = pseudonymise(pd.Series(["M-1001"]))[0]
    assert only_row(verdict)["customer_key"] == key
    assert verdict.contacts is not None and verdict.contacts.schema.equals(CONTACTS)
    assert verdict.contacts.to_pylist() == [
        {
            "customer_key": key, "member_ref": "M-1001", "display_name": "Ann Example",
            "phone": "+8613800138000", "email": "ann@example.org", "source_system": "till",
            "source_file_sha256": FILE_A, "source_row": 2,
        }
    ]  # fmt: skip
    assert judge("orders").contacts is None


PERSONAL = ("M-1001", "Ann", "13800138000", "ann@example.org")


@pytest.mark.parametrize("entity", ["customers", "customer_identifiers", "consents", "leads"])
def test_s11_nothing_personal_is_in_rows_or_report(entity: str) -> None:
    verdict = judge(entity, {}, {"customer_ref": "M-1001\0"}, {})
    shown = json.dumps(verdict.report()) + str(verdict.rows.to_pylist())
    assert not [word for word in PERSONAL if word in shown]
    assert verdict.report()["files"][FILE_A]["quarantined"] == 1


def test_the_quarantine_keeps_the_original_text() -> None:
    verdict = judge("orders", {}, {"order_id": "O2", "total_amount": " zwölf "})
    assert list(verdict.quarantined) == [
        "source_file_sha256", "source_row", "reason", "raw_json",
    ]  # fmt: skip
    (aside,) = verdict.quarantined.to_dict("records")
    assert (aside["source_file_sha256"], aside["source_row"]) == (FILE_A, 3)
    assert json.loads(aside["raw_json"])["total_amount"] == " zwölf "


def test_the_same_row_twice_is_loaded_once() -> None:
    verdict = judge("orders", {}, {"total_amount": "100.0", "channel": "DINE_IN"})
    assert verdict.accounting[FILE_A] == FileCounts(read=2, loaded=1, quarantined=0, duplicate=1)
    assert only_row(verdict)["source_row"] == 2


def test_i4_the_same_row_in_two_files_is_loaded_from_both_for_the_warehouse_to_choose() -> None:
    frame = pd.concat([batch("orders", file=FILE_B), batch("orders", file=FILE_A)])
    verdict = check("orders", as_table(frame), CONTEXT)
    assert verdict.accounting == {
        FILE_A: FileCounts(1, 1, 0, 0),
        FILE_B: FileCounts(1, 1, 0, 0),
    }


def test_another_revision_is_loaded_beside_the_first() -> None:
    verdict = judge("orders", {"revision": "1"}, {"revision": "2", "total_amount": "90.00"})
    assert verdict.rows.column("revision").to_pylist() == [1, 2]


def test_a_file_that_contradicts_itself_loads_neither_row() -> None:
    verdict = judge("orders", {}, {"total_amount": "90.00", "revision": "0"}, {"order_id": "O2"})
    assert verdict.quarantined["reason"].tolist() == ["conflicting_key"] * 2
    assert only_row(verdict)["order_id"] == "O2"


def test_two_files_may_differ_and_the_warehouse_decides() -> None:
    frame = pd.concat([batch("orders"), batch("orders", {"total_amount": "90.00"}, file=FILE_B)])
    assert check("orders", as_table(frame), CONTEXT).rows.num_rows == 2


def test_a_key_with_a_blank_part_is_a_key() -> None:
    verdict = judge("recipe_costs", {}, {"unit_cost": "4"}, {"store_id": "S1"})
    assert verdict.quarantined["reason"].tolist() == ["conflicting_key"] * 2
    assert only_row(verdict)["store_id"] == "S1"


def test_r26_two_equal_lines_of_an_order_are_two_lines() -> None:
    assert judge("order_lines", {}, {"line_no": "2"}).rows.num_rows == 2


def test_the_order_of_rows_does_not_matter() -> None:
    frame = batch("orders", {}, {"order_id": "O2"}, {"covers": "x"}, {})
    verdict, reverse = (
        check("orders", as_table(rows), CONTEXT) for rows in (frame, frame.iloc[::-1])
    )
    assert verdict.rows.equals(reverse.rows) and verdict.report() == reverse.report()
    assert verdict.quarantined.equals(reverse.quarantined)


def test_an_empty_file_has_an_empty_table() -> None:
    verdict = check("orders", as_table(batch("orders").iloc[:0]), CONTEXT)
    assert verdict.rows.num_rows == 0 and verdict.accounting == {}
    assert verdict.rows.schema.equals(raw_schema("orders"))


ROWS = st.fixed_dictionaries(
    {
        "order_id": st.sampled_from(["O1", "O2", ""]),
        "store_id": st.sampled_from(["S1", "S1", "S1", "S7"]),
        "total_amount": st.sampled_from(["1", "1", "2", "x"]),
        "revision": st.sampled_from(["", "0", "1"]),
    }
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROWS, max_size=8), st.lists(ROWS, max_size=8))
def test_i5_every_row_ends_in_exactly_one_place(
    first: list[dict[str, str]], second: list[dict[str, str]]
) -> None:
    parts = [
        batch("orders", *rows, file=file)
        for rows, file in ((first, FILE_A), (second, FILE_B))
        if rows
    ]
    if not parts:
        return
    frame = pd.concat(parts, ignore_index=True)
    verdict = check("orders", as_table(frame), CONTEXT)
    loaded = verdict.rows.select(["source_file_sha256", "source_row"]).to_pylist()
    aside = verdict.quarantined[["source_file_sha256", "source_row"]].to_dict("records")
    places = Counter((row["source_file_sha256"], row["source_row"]) for row in [*loaded, *aside])
    assert all(count == 1 for count in places.values())
    expected = _expected_places(frame)
    assert set(places) == {mark for mark, place in expected.items() if place != "duplicate"}
    assert {(row["source_file_sha256"], row["source_row"]) for row in aside} == {
        mark for mark, place in expected.items() if place == "quarantined"
    }
    for file, counts in verdict.accounting.items():
        tally = Counter(place for mark, place in expected.items() if mark[0] == file)
        assert (counts.loaded, counts.quarantined, counts.duplicate) == (
            tally["loaded"], tally["quarantined"], tally["duplicate"],
        )  # fmt: skip


def _expected_places(frame: pd.DataFrame) -> dict[tuple[str, int], str]:
    """The same rules in plain loops."""
    rows = {(r["source_file_sha256"], r["source_row"]): r for r in frame.to_dict("records")}
    places: dict[tuple[str, int], str] = {}
    sound: dict[tuple[str, int], tuple[str, str, str]] = {}
    for mark, row in sorted(rows.items()):
        if not row["order_id"] or row["store_id"] == "S7" or row["total_amount"] == "x":
            places[mark] = "quarantined"
        else:
            sound[mark] = (row["order_id"], row["revision"] or "0", row["total_amount"])
    seen: set[tuple[str, tuple[str, str, str]]] = set()
    for mark, fact in sound.items():
        rivals = {
            other for there, other in sound.items()
            if there[0] == mark[0] and other[:2] == fact[:2] and other != fact
        }  # fmt: skip
        if rivals:
            places[mark] = "quarantined"
        else:
            places[mark] = "duplicate" if (mark[0], fact) in seen else "loaded"
            seen.add((mark[0], fact))
    return places


def test_counts_that_do_not_add_up_cannot_be_said() -> None:
    with pytest.raises(ValueError, match="rows went missing"):
        FileCounts(read=3, loaded=1, quarantined=1, duplicate=0)


def test_money_columns_are_whole_numbers() -> None:
    types = {field.type for field in raw_schema("orders") if field.name.endswith("_minor")}
    assert types == {pa.int64()}


@pytest.mark.parametrize("word", ["null", "None", "NA", "N/A", "散客", "0000"])
def test_a_word_for_nobody_is_no_customer(word):
    verdict = check("orders", as_table(batch("orders", {"customer_ref": word})), CONTEXT)
    assert verdict.rows["customer_key"].to_pylist() == [None]
    assert [notice.reason for notice in verdict.warnings] == ["nobodys_reference:customer_ref"]


def test_a_consent_of_nobody_is_set_aside_and_a_real_name_is_not():
    rows = batch("consents", {"customer_ref": "null"}, {"customer_ref": "Nulla"})
    verdict = check("consents", as_table(rows), CONTEXT)
    assert list(verdict.quarantined["reason"]) == ["nobodys_reference:customer_ref"]
    assert verdict.rows.num_rows == 1
