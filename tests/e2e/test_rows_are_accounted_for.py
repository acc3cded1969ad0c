"""No row is lost: what was read is loaded, set aside, or known to be a repetition."""

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from chain_home import Home
from group_sample import Sample

from regulars.domain.records import RECORDS

PARTS = ("loaded", "quarantined", "duplicate", "summary", "out_of_scope")


def rows_in(path: Path) -> int:
    if path.suffix == ".parquet":
        return int(pq.read_metadata(path).num_rows)
    return len(path.read_text(encoding="utf-8").splitlines()) - 1


def test_refused_and_repeated_rows_are_exactly_those_put_in(complete: Home, sample: Sample):
    """A row repeated in a later file is loaded there; staging takes it once."""
    events, found = sample.events(), Counter[tuple[str, str]]()
    for row in complete.rows("select * from audit_loads"):
        for kind in ("quarantined", "duplicate"):
            found[row["entity"], kind] += row[f"{kind}_count"]
    put_in = Counter[tuple[str, str]]()
    for entity, reasons in events["bad_rows"].items():
        put_in[entity, "quarantined"] = sum(reasons.values())
    for entity, places in events["duplicates"].items():
        put_in[entity, "duplicate"] = places["same_file"]
        assert repeated_rows(complete, entity) == places["later_file"], entity
    assert len(put_in) == 12
    assert +found == +put_in


def repeated_rows(home: Home, entity: str) -> int:
    """How many rows of a raw table say again what another file said."""
    names = [name.replace("customer_ref", "customer_key") for name in RECORDS[entity].key]
    key = ", ".join([*names, "revision"])
    (row,) = home.rows(
        f"select cast(sum(n - 1) as bigint) as n from ("
        f"select {key}, count(*) as n from raw_{entity} group by {key})"
    )
    return int(row["n"])


def test_every_file_is_read_to_its_last_row(complete: Home, sample: Sample):
    told = {(row["source_system"], row["file_name"], row["entity"]): row
            for row in complete.rows("select * from audit_loads")}  # fmt: skip
    files = [path for path in sample.drop.rglob("*/*") if path.is_file()]
    assert len(files) > 90
    for path in files:
        entity = path.stem.split("_20")[0]
        row = told[path.parent.name, path.name, entity]
        assert row["read_count"] == rows_in(path), path.name
        assert row["read_count"] == sum(row[f"{part}_count"] for part in PARTS), path.name


def test_raw_tables_hold_exactly_the_loaded_rows_of_every_file(complete: Home):
    loads = complete.rows("select * from audit_loads")
    entities = {row["entity"] for row in loads} - {"restricted_contacts"}
    held = Counter[tuple[str, str]]()
    for entity in entities:
        for row in complete.rows(
            f"select source_file_sha256 as file, count(*) as n from raw_{entity} group by 1"
        ):
            held[entity, row["file"]] = row["n"]
    loaded = {(row["entity"], row["source_file_sha256"]): row["loaded_count"]
              for row in loads if row["entity"] in entities}  # fmt: skip
    assert +held == +Counter(loaded)


def test_a_refused_row_is_kept_with_its_reason_for_few_eyes(complete: Home, sample: Sample):
    bad = sum(sum(reasons.values()) for reasons in sample.events()["bad_rows"].values())
    files = list((complete.folder / "quarantine").rglob("*.parquet"))
    kept = [row for path in files for row in pq.read_table(path).to_pylist()]
    assert len(kept) == bad
    assert all(row["reason"] and row["raw_json"] for row in kept)
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


@pytest.mark.parametrize("folder", ["published", "exports", "reports"])
def test_no_phone_or_address_leaves_the_restricted_table(complete: Home, folder: str):
    (one,) = complete.rows(
        "select phone, email from restricted_contacts"
        " where phone is not null and email is not null order by member_ref limit 1"
    )
    needles = {str(one["phone"])[-11:].encode(), str(one["email"]).encode()}
    for path in (complete.folder / folder).rglob("*"):
        if path.suffix == ".parquet":
            content = repr(pq.read_table(path).to_pylist()).encode()
        else:
            content = path.read_bytes() if path.is_file() else b""
        assert not any(needle in content for needle in needles), path.name
