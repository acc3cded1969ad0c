"""Suggestions of duplicates: who is suggested, who is not, and that nothing but a file comes of it.

Chances by hand, as odds: 1 : 1999 before, name 700 (same) or 100 (near), phone 6000 (same) or 200
(one digit off), e-mail 6000 (same) or 50 (same mailbox elsewhere); another name divides by ten.
"""

import csv
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from regulars.__main__ import main
from regulars.checks.schemas import CONTACTS, raw_schema
from regulars.engines import open_warehouse
from regulars.settings import Settings
from regulars.steps.raw_tables import IDENTITY, ensure_tables

ASKED = ["suggest-duplicates", "--business-date", "2025-03-03"]
PEOPLE = {
    "M1": ("Ann Example", "138-0000-0001", None),
    "M2": ("ann  exampel", "+86 13800000001", None),
    "M3": ("Bo Sample", "13900000002", "bo@mail.test"),
    "M4": ("Bo Sample", None, "bo@other.test"),
    "M5": ("Cy Specimen", "13700000005", None),
    "M6": ("Cy Specimen", "13700000006", None),
    "M7": ("Di Pattern", "13600000007", None),
    "M8": ("Ed Proof", "13600000007", None),
    "M9": ("Di Pattern", "138****0009", None),
}
SUGGESTED = {
    ("M1", "M2"): ("0.9967", "phone", "name"),
    ("M5", "M6"): ("0.9859", "name", "phone"),
    ("M3", "M4"): ("0.9460", "name", "email"),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with nine contacts; three pairs of them are probably one person each."""
    for name in ("WAREHOUSE", "POLICY", "DROP", "IDENTITY_KEY"):
        monkeypatch.delenv(f"REGULARS_{name}", raising=False)
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path))
    rows = [
        {"customer_key": f"c_{ref}", "member_ref": ref, "display_name": name, "phone": phone,
         "email": email, "source_file_sha256": "f1", "source_row": number}
        for number, (ref, (name, phone, email)) in enumerate(PEOPLE.items())
    ]  # fmt: skip
    _load("restricted_contacts", rows, CONTACTS)
    return tmp_path


def _load(table: str, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    with open_warehouse(Settings().warehouse_uri) as warehouse:
        ensure_tables(warehouse)
        warehouse.load(table, pa.Table.from_pylist(rows, schema))


def _suggested(home: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    pytest.importorskip("splink", reason="pip install -r requirements-suggestions.txt")
    assert main(ASKED) == 0
    path = home / "review" / "duplicates_2025-03-03.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    return {
        (row["customer_ref"], row["other_customer_ref"]): (
            row["match_probability"], row["same"], row["nearly_same"],
        )
        for row in rows
    }  # fmt: skip


def test_without_the_extra_the_command_says_what_to_install(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setitem(sys.modules, "splink", None)
    monkeypatch.delitem(sys.modules, "regulars.identity.likeness", raising=False)
    assert main(ASKED) == 1
    told = capsys.readouterr()
    assert "pip install -r requirements-suggestions.txt" in told.err
    assert not (home / "review").exists()


def test_pairs_that_agree_in_two_fields_are_suggested_likeliest_first(home: Path):
    assert list(_suggested(home).items()) == list(SUGGESTED.items())


def test_a_family_on_one_phone_and_a_mere_namesake_are_not_suggested(home: Path):
    shown = {ref for pair in _suggested(home) for ref in pair}
    assert shown.isdisjoint({"M7", "M8", "M9"})


def test_a_phone_that_six_contacts_share_says_nothing(home: Path):
    rows = [
        {"customer_key": f"c_{n}", "member_ref": f"{n}", "display_name": f"Fay Mock {'ab'[n % 2]}",
         "phone": "13500000000", "source_file_sha256": "f1", "source_row": n}
        for n in range(6)
    ]  # fmt: skip
    _load("restricted_contacts", rows, CONTACTS)
    assert _suggested(home) == {}


def test_who_is_one_person_already_is_not_suggested(home: Path):
    _load("ops_identity_map", [{"node_key": "c_M2", "customer_key": "c_M1"}],
          IDENTITY["ops_identity_map"])  # fmt: skip
    assert set(_suggested(home)) == {("M5", "M6"), ("M3", "M4")}


def test_a_pair_somebody_has_decided_about_rests_until_the_decision_ends(home: Path):
    decided = {"override_id": "v1", "override_kind": "different_customer", "customer_key": "c_M6",
               "other_customer_key": "c_M5", "decided_on": date(2025, 3, 1)}  # fmt: skip
    schema = raw_schema("customer_overrides")
    _load("raw_customer_overrides", [decided], schema)
    assert ("M5", "M6") not in _suggested(home)
    _load("raw_customer_overrides", [{**decided, "valid_to": date(2025, 3, 2)}], schema)
    assert ("M5", "M6") in _suggested(home)


def test_who_does_not_want_to_be_profiled_is_left_alone(home: Path):
    row = {"customer_key": "c_M5", "is_profiling_opt_out": True}
    _load("raw_customers", [row], raw_schema("customers"))
    assert ("M5", "M6") not in _suggested(home)


def test_a_suggestion_changes_no_table(home: Path):
    def tables() -> dict[str, list[str]]:
        with open_warehouse(Settings().warehouse_uri) as warehouse:
            return {
                name: sorted(map(repr, warehouse.query(f"select * from {name}").to_pylist()))
                for name in warehouse.tables()
            }

    before = tables()
    assert _suggested(home) == SUGGESTED
    assert tables() == before
