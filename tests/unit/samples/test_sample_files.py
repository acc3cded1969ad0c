"""The files look like real deliveries: dated, late, corrected, repeated and partly broken."""

import csv
import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_sample import SMALL, Sample

from oracle.plain_files import business_date, read_rows
from regulars.domain.records import RECORDS, fields_of
from regulars.samples.disturbing import FLAWS_OF
from regulars.samples.sample_group import SampleSize, generate
from regulars.samples.writing import plan_delivery


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.*"))
    }


def test_the_same_seed_gives_the_same_bytes(sample: Sample, tmp_path: Path):
    generate(SMALL, tmp_path / "drop", tmp_path / "truth", lambda _: None)
    assert fingerprint(tmp_path / "drop") == fingerprint(sample.drop)
    assert fingerprint(tmp_path / "truth") == fingerprint(sample.truth)


def test_another_seed_gives_another_group_in_the_same_folder(sample: Sample, tmp_path: Path):
    size = replace(SMALL, format="csv")
    generate(size, tmp_path / "drop", tmp_path / "truth", lambda _: None)
    assert not list(tmp_path.rglob("pos/*.parquet"))
    generate(replace(SMALL, seed=7), tmp_path / "drop", tmp_path / "truth", lambda _: None)
    names = fingerprint(tmp_path / "drop")
    assert "pos/orders_2024-12.parquet" in names
    assert "pos/orders_2024-12.csv" not in names
    key = "pos/orders_2024-12.parquet"
    assert names[key] != fingerprint(sample.drop)[key]


def test_a_second_run_finds_the_sample_already_there(tmp_path: Path):
    said: list[str] = []
    first = generate(SMALL, tmp_path / "drop", tmp_path / "truth", said.append)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    again = generate(SMALL, tmp_path / "drop", tmp_path / "truth", said.append)
    assert again == replace(first, is_reused=True)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == before
    assert said[-1] == "the sample is already there"


def test_a_missing_file_is_made_again(tmp_path: Path):
    generate(SMALL, tmp_path / "drop", tmp_path / "truth", lambda _: None)
    lost = tmp_path / "drop/pos/items.csv"
    lost.unlink()
    assert not generate(SMALL, tmp_path / "drop", tmp_path / "truth", lambda _: None).is_reused
    assert lost.exists()


def test_files_of_somebody_else_are_not_overwritten(tmp_path: Path):
    own = tmp_path / "drop/pos/items.csv"
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match=r"items\.csv is not part of a sample; choose an empty"):
        generate(SMALL, tmp_path / "drop", tmp_path / "truth", lambda _: None)
    assert own.read_text(encoding="utf-8") == "mine"
    assert fingerprint(tmp_path / "drop").keys() == {"pos/items.csv"}


def test_months_come_whole_and_the_last_days_one_by_one(sample: Sample):
    names = [path.name for path in sorted(sample.drop.glob("pos/orders_*"))]
    assert names == [
        "orders_2024-11.parquet", "orders_2024-12.parquet", "orders_2025-01.parquet",
        "orders_2025-02.parquet", "orders_2025-03-01_2025-03-07.parquet",
        *(f"orders_2025-03-{day:02d}.csv" for day in range(8, 13)),
    ]  # fmt: skip


def test_a_month_that_ends_before_the_daily_files_stays_whole():
    plan = plan_delivery(SampleSize(days=61, last_day=date(2025, 3, 31), daily_files=31))
    assert plan.labels[:3] == ("2025-01", "2025-02", "2025-03-01")
    assert list(plan.file_of_day[:31]) == [0] * 2 + [1] * 28 + [2]


def test_every_file_has_the_columns_of_its_template(sample: Sample):
    seen = set()
    for entity in RECORDS:
        rows = read_rows(sample.drop, entity)
        if rows:
            seen.add(entity)
            assert list(rows[0]) == [field.name for field in fields_of(entity)]
    never = {"stores", "order_identifiers", "customer_overrides", "loyalty_events",
             "exchange_rates", "action_events"}  # fmt: skip
    assert seen == set(RECORDS) - never


def test_row_counts_are_those_of_the_files(sample: Sample):
    for entity, count in sample.summary.row_counts.items():
        assert len(read_rows(sample.drop, entity)) == count, entity


def reason_of(entity: str, row: dict[str, str]) -> str:
    if row.get("store_id") == "S9":
        return "unknown_store"
    if "barter" in row.values():
        return "unknown_code"
    if "12,5O" in row.values():
        return "bad_number"
    identifier = "order_id" if entity == "order_lines" else RECORDS[entity].key[-1]
    return "missing_id" if row[identifier] == "" else "sound"


@pytest.mark.parametrize("entity", FLAWS_OF)
def test_as_many_rows_are_broken_as_the_truth_says(sample: Sample, entity: str):
    reasons = Counter(reason_of(entity, row) for row in read_rows(sample.drop, entity))
    del reasons["sound"]
    assert reasons == sample.events()["bad_rows"][entity]


@pytest.mark.parametrize("entity", FLAWS_OF)
def test_as_many_rows_are_repeated_as_the_truth_says(sample: Sample, entity: str):
    rows = Counter(tuple(row.values()) for row in read_rows(sample.drop, entity))
    repeated = sum(count - 1 for count in rows.values())
    assert repeated == sum(sample.events()["duplicates"][entity].values()) > 0


def test_a_broken_row_touches_no_real_order(sample: Sample):
    real = {row["order_id"] for row in sample.rows("orders")}
    broken = [r for r in read_rows(sample.drop, "orders") if reason_of("orders", r) != "sound"]
    assert broken
    assert real.isdisjoint(row["order_id"] for row in broken)


def test_the_late_store_leaves_the_business_date_to_the_closing_time(sample: Sample):
    rows = read_rows(sample.drop, "orders")
    assert {row["store_id"] for row in rows if row["business_date"] == ""} >= {"S3"}
    assert not any(row["business_date"] for row in rows if row["store_id"] == "S3")
    at_night = [row for row in rows if row["closed_at"][11:] < "04:00"]
    assert {row["store_id"] for row in at_night} <= {"S3", "S9"}
    assert len(at_night) > 10


def test_corrected_checks_come_twice(sample: Sample):
    rows = read_rows(sample.drop, "orders")
    second = {row["order_id"]: row for row in rows if row["revision"] == "2"}
    assert len(second) == sample.events()["corrected_orders"] > 0
    for row in rows:
        if row["order_id"] in second and row["revision"] == "1":
            assert row["total_amount"] != second[row["order_id"]]["total_amount"]


def test_late_checks_come_in_the_file_of_a_later_day(tmp_path: Path):
    size = replace(SMALL, days=60, daily_files=60)
    generate(size, tmp_path / "drop", tmp_path / "truth", lambda _: None)
    real = {row["order_id"] for row in pq.read_table(tmp_path / "truth/orders.parquet").to_pylist()}
    delay: dict[str, int] = {}
    for path in sorted(tmp_path.glob("drop/pos/orders_*.csv")):
        sent = date.fromisoformat(path.stem.removeprefix("orders_"))
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                waited = (sent - business_date(row)).days
                delay.setdefault(row["order_id"], waited)
    late = [days for order_id, days in delay.items() if order_id in real and days]
    events = json.loads((tmp_path / "truth/events.json").read_text(encoding="utf-8"))
    assert len(late) == events["late_orders"] > 5
    assert set(late) <= {1, 2, 3, 4, 5}


def test_ads_belong_to_a_store_and_to_no_order(sample: Sample):
    billed = read_rows(sample.drop, "settlements")
    assert all(row["order_id"] == "" for row in billed if row["fee_type"] == "ads")
    assert sum(row["fee_type"] == "ads" for row in billed) > 10


def test_the_number_of_orders_can_be_asked_for(tmp_path: Path):
    size = replace(SMALL, orders=5000)
    summary = generate(size, tmp_path / "drop", tmp_path / "truth", lambda _: None)
    assert summary.order_count == 5000
    assert abs(summary.anonymous_order_count / 5000 - 0.6) < 0.05


@pytest.mark.parametrize("wrong", [{"customers": 3}, {"days": 10}, {"orders": 10}])
def test_a_sample_too_small_for_every_kind_is_refused(wrong: dict[str, int]):
    with pytest.raises(ValueError, match="at least 100 customers, 60 days"):
        SampleSize(**wrong)  # type: ignore[arg-type]
