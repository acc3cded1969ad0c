"""Who is on today's lists, and who must never be."""

import hashlib
import json
import zipfile
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
import yaml
from chain_home import KEY, SAMPLE_POLICY, Home, Row, Table
from group_sample import DAY_BEFORE, LAST_DAYS, SIZE, Sample

from regulars.actions.holdout import is_held_out
from regulars.identity.keys import customer_key

REMOTE = {"sms", "wechat", "email", "push"}
SEGMENTS = ("loss_maker", "wavering", "lapsed", "prospect", "unproven", "not_profiled", "steady")


@pytest.fixture(scope="module")
def lists(in_order: Home) -> dict[date, Table]:
    """The exported rows of the seven days with lists."""
    return {day: in_order.exported(day) for day in (DAY_BEFORE, *LAST_DAYS)}


@pytest.fixture(scope="module")
def crm(sample: Sample) -> dict[str, list[Row]]:
    """The customer system's rows, read without the pipeline."""
    return {entity: read(sample.drop / "crm", entity) for entity in ("customers", "consents")}


def read(folder: Path, entity: str) -> list[Row]:
    rows: list[Row] = []
    for path in sorted(folder.glob(f"{entity}_20*")):
        table = pq.read_table(path) if path.suffix == ".parquet" else pacsv.read_csv(path)
        rows += [{name: "" if value is None else str(value) for name, value in row.items()}
                 for row in table.to_pylist()]  # fmt: skip
    return [row | {"key": customer_key(row["customer_ref"], KEY.encode(), "k1", "sample_group")}
            for row in rows]  # fmt: skip


def policy() -> Row:
    (path,) = SAMPLE_POLICY.glob("*.yaml")
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))["actions"])


def test_at_most_one_action_per_customer_and_day(lists: dict[date, Table]):
    assert sum(map(len, lists.values())) > 50
    for rows in lists.values():
        assert max(Counter(row["customer_key"] for row in rows).values(), default=1) == 1


def test_nobody_is_contacted_twice_within_the_gap(lists: dict[date, Table]):
    """The gap is of seven days, as many as there are lists."""
    assert policy().get("contact_gap_days", 7) == len(lists)
    contacted = Counter(
        row["customer_key"]
        for rows in lists.values()
        for row in rows
        if row["list_name"] != "deprioritise"
    )
    assert max(contacted.values()) == 1


def test_nobody_is_written_to_without_consent(lists: dict[date, Table], crm: dict[str, Table]):
    said: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in crm["consents"]:
        place = (row["key"], row["contact_channel"])
        said[place].append((row["consented_at"][:10], row["consent_status"]))
    written = 0
    for day, rows in lists.items():
        for row in rows:
            if row["contact_channel"] in REMOTE:
                known = [one for one in said[row["customer_key"], row["contact_channel"]]
                         if one[0] <= str(day)]  # fmt: skip
                assert max(known)[1] == "granted", row
                written += 1
    assert written > 20


def test_the_holdout_staff_and_opted_out_are_on_no_list(
    lists: dict[date, Table], crm: dict[str, Table], in_order: Home
):
    """The draw is the one of a hundred that was written down on the first day with lists."""
    (drawn,) = in_order.rows("select seed, holdout_ratio, chosen_on from ops_experiments")
    assert drawn["chosen_on"] == DAY_BEFORE
    assert drawn["holdout_ratio"] == policy()["holdout_share"]
    barred = {
        row["key"]
        for row in crm["customers"]
        if "true" in (row["is_staff"].lower(), row["is_profiling_opt_out"].lower())
    }
    held = {
        row["key"]
        for row in crm["customers"]
        if row["key"] and is_held_out(drawn["seed"], row["key"], policy()["holdout_share"])
    }
    assert barred
    assert 10 < len(held) < 60
    for rows in lists.values():
        assert not {row["customer_key"] for row in rows} & (barred | held)


def test_offers_stay_within_the_budget_of_store_and_day(lists: dict[date, Table]):
    for rows in lists.values():
        spent = Counter[str]()
        for row in rows:
            spent[row["store_id"]] += row["offer_amount"] * 100
        assert all(amount <= policy()["store_daily_budget_minor"] for amount in spent.values())


def test_the_counts_left_out_and_the_rows_that_left_make_up_the_candidates(in_order: Home):
    tiers = in_order.rows(
        "select list_name, cast(count(*) as bigint) as n from snap_customer_tiers"
        f" where snapshot_date = cast('{LAST_DAYS[-1]}' as date) and list_name is not null"
        " and store_id is not null group by list_name"
    )
    folder = in_order.folder / "exports" / f"{LAST_DAYS[-1]}"
    for row in tiers:
        place = folder / row["list_name"]
        left = pq.read_metadata(place / "actions_full.parquet").num_rows
        suppressed = pacsv.read_csv(place / "suppressed_counts.csv")
        kept = sum(suppressed["suppressed_count"].to_pylist()) if suppressed.num_rows else 0
        assert left + kept == row["n"], row["list_name"]


def test_the_manifest_tells_the_sha256_of_every_file(in_order: Home):
    for day in LAST_DAYS:
        folder = in_order.folder / "exports" / f"{day}"
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        told = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
        found = {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }
        assert told == found
        assert len(told) == 24


def test_a_delta_on_the_day_before_gives_the_day(in_order: Home):
    for before, day in pairwise(LAST_DAYS):
        for name in ("reward", "incentivise", "activate", "deprioritise"):
            old = {row["customer_key"] for row in listed(in_order, before, name)}
            delta = read_text(in_order, day, name, "actions_delta.csv")
            added = {row["customer_key"] for row in delta if row["operation"] == "add"}
            removed = {row["customer_key"] for row in delta if row["operation"] == "remove"}
            assert removed <= old and not added & old
            assert (old | added) - removed == {
                row["customer_key"] for row in listed(in_order, day, name)
            }


def listed(home: Home, day: date, name: str) -> Table:
    return read_text(home, day, name, "actions_full.csv")


def read_text(home: Home, day: date, name: str, file: str) -> Table:
    return list(pacsv.read_csv(home.folder / "exports" / f"{day}" / name / file).to_pylist())


@pytest.mark.parametrize("segment", SEGMENTS)
def test_no_judgement_on_a_person_leaves_the_house(in_order: Home, segment: str):
    for path in (in_order.folder / "exports").rglob("*"):
        if path.is_file():
            parts = [path.read_bytes()]
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as book:
                    parts = [book.read(name) for name in book.namelist()]
            elif path.suffix == ".parquet":
                parts.append(repr(pq.read_table(path).to_pylist()).encode())
            assert not any(segment.encode() in part.lower() for part in parts), path


def test_only_days_that_ended_a_run_have_lists(complete: Home):
    assert [path.name for path in (complete.folder / "exports").iterdir()] == [f"{SIZE.last_day}"]
