"""Refused rows are corrected by a person, checked again, and counted once, whatever comes after."""

import csv
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_home import DAY, ORDERS, POLICY, SmallHome, make_home

from regulars.__main__ import main
from regulars.checks.decisions import read_decisions
from regulars.domain.errors import BadInput
from regulars.models import load_catalog
from regulars.steps import decided_files
from regulars.steps.build_customer_profit import build_staging
from regulars.steps.chain import forget_built
from regulars.steps.deciding import dismiss, release
from regulars.steps.review_quarantine import (
    Choice,
    count_rows,
    export_corrections,
    list_rows,
    write_personal,
)
from regulars.steps.runtime import SQL_FOLDER

FRIDAY = f"orders_{DAY}.csv"
ROWS = (
    "1,S1,2025-01-10 12:00,dine_in,paid,10.00,G1\n"
    "2,S9,2025-01-10 12:10,dine_in,paid,20.00,G2\n"
    "3,S1,2025-01-10 12:20,dine_in,paid,abc,G3\n"
    "4,S1,2025-01-10 12:30,dine_in\n"
)
DECIDED = date(2025, 1, 12)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallHome:
    """One good order, one of an unknown store, one without an amount, one cut short."""
    made = make_home(tmp_path, monkeypatch)
    made.drop(FRIDAY, ORDERS + ROWS)
    made.load()
    return made


Mend = Callable[[dict[str, str]], dict[str, str] | None]


def mended(home: SmallHome, mend: Mend, entity: str = "orders") -> Path:
    """The correction file, with every row mended; a row of which nothing comes is left out."""
    path = home.root / "fix.csv"
    export_corrections(Choice("till", entity), path)
    with path.open(newline="", encoding="utf-8") as stream:
        reader = csv.DictReader(stream)
        rows = [row for row in map(mend, reader) if row]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, reader.fieldnames or ())
        writer.writeheader()
        writer.writerows(rows)
    return path


def right_store(row: dict[str, str]) -> dict[str, str] | None:
    signed = {"who": "Example Clerk", "why": "the till was set up wrongly"}
    return {**row, **signed, "store_id": "S2"} if row["store_id"] == "S9" else None


def audit(home: SmallHome, name: str) -> list[dict[str, object]]:
    return home.rows(load_catalog(SQL_FOLDER)[name].sql)


def counts(home: SmallHome) -> tuple[int, ...]:
    (one,) = home.receipts()[FRIDAY].entities
    rows = one.rows
    return rows.read, rows.loaded, rows.quarantined, one.released, one.dismissed


def test_the_quarantine_is_told_in_counts_and_row_numbers(home: SmallHome):
    told = {(one.reason, one.rows) for one in count_rows(Choice())}
    assert told == {("unknown_store", 1), ("not_a_number:total_amount", 1), ("ragged_row", 1)}
    assert [(row, reason) for _, _, row, reason in list_rows(Choice("till"))] == [
        (3, "unknown_store"), (4, "not_a_number:total_amount"), (5, "ragged_row"),
    ]  # fmt: skip
    assert count_rows(Choice(reason="unknown_store", file="else.csv")) == []


def test_what_rows_say_is_written_only_when_asked_and_for_the_owner_alone(
    home: SmallHome, capsys: pytest.CaptureFixture[str]
):
    assert main(["quarantine", "list"]) == main(["quarantine", "show"]) == 0
    assert "G2" not in capsys.readouterr().out
    for path, make in (
        (home.root / "rows.jsonl", lambda path: write_personal(Choice("till"), path)),
        (home.root / "fix.csv", lambda path: export_corrections(Choice("till", "orders"), path)),
    ):
        assert make(path) == 3
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "G2" in path.read_text(encoding="utf-8")


def test_a_corrected_row_is_checked_landed_loaded_and_counted_once(home: SmallHome):
    assert counts(home) == (4, 1, 3, 0, 0)
    assert release(mended(home, right_store), DECIDED) == 1
    assert counts(home) == (4, 2, 2, 1, 0)
    receipt = home.receipts()[FRIDAY]
    (note,) = receipt.decisions
    assert (note.verdict, note.rows, note.decided_by, note.decided_on, note.why) == (
        "released", 1, "Example Clerk", DECIDED, "the till was set up wrongly",
    )  # fmt: skip
    (one,) = receipt.entities
    landed = pq.read_table(home.settings().landing_folder / str(one.corrected_file)).to_pylist()
    assert [(row["order_id"], row["store_id"], row["source_row"]) for row in landed] == [
        ("2", "S2", 3)
    ]
    assert [row["source_row"] for row in home.kept()] == [4, 5]
    home.load()
    assert home.rows("select order_id, store_id, total_minor from raw_orders order by 1") == [
        {"order_id": "1", "store_id": "S1", "total_minor": 1000},
        {"order_id": "2", "store_id": "S2", "total_minor": 2000},
    ]
    assert audit(home, "audit_rows_landed") == []


def test_the_day_of_a_released_row_becomes_stale(home: SmallHome):
    fingerprints = []
    for _ in range(2):
        build_staging(DAY.isoformat())
        fingerprints += home.rows("select * from int_day_inputs")
        if len(fingerprints) == 1:
            release(mended(home, right_store), DECIDED)
            home.load()
    assert [one["business_date"] for one in fingerprints] == [DAY, DAY]
    assert fingerprints[0]["fingerprint"] != fingerprints[1]["fingerprint"]


def test_a_row_is_released_once(home: SmallHome):
    path = mended(home, right_store)
    release(path, DECIDED)
    before = counts(home)
    with pytest.raises(BadInput, match=r"row 3 was released on 2025-01-12"):
        release(path, DECIDED)
    assert counts(home) == before
    assert len(home.kept()) == 2


def test_rows_that_are_still_wrong_change_nothing_at_all(home: SmallHome):
    """Two rows given back, one of them still without an amount: neither is taken."""

    def half(row: dict[str, str]) -> dict[str, str] | None:
        if row["source_row"] == "5":
            return None
        return {**row, "store_id": "S2", "who": "Example Clerk", "why": "tried"}

    path = mended(home, half)
    with pytest.raises(BadInput, match=r"1 corrected rows .*row 4: not_a_number:total_amount"):
        release(path, DECIDED)
    assert counts(home) == (4, 1, 3, 0, 0)
    assert [row["source_row"] for row in home.kept()] == [3, 4, 5]


def test_a_correction_that_repeats_an_order_of_its_file_is_refused(home: SmallHome):
    def same_key(row: dict[str, str]) -> dict[str, str] | None:
        mended_row = right_store(row)
        return mended_row and {**mended_row, "order_id": "1", "store_id": "S1"}

    with pytest.raises(BadInput, match="row 3: conflicting_key"):
        release(mended(home, same_key), DECIDED)


@pytest.mark.parametrize("field", ["who", "why"])
def test_somebody_says_who_and_why(home: SmallHome, field: str):
    path = mended(home, lambda row: (got := right_store(row)) and {**got, field: " "})
    with pytest.raises(BadInput, match=f"line 2 does not say {field}"):
        release(path, DECIDED)


def test_released_rows_survive_a_reading_under_other_rules_and_a_rebuild(home: SmallHome):
    """A comment in the policy is another version: every file is read again under it."""
    release(mended(home, right_store), DECIDED)
    dismiss("till", "orders", FRIDAY, [5], "Example Clerk", "a test order", DECIDED)
    home.load()
    before = home.rows("select * from raw_orders order by order_id")
    home.write_policy(assumptions=["nothing changes but the version"])
    assert home.ingest()["read_files"] == 1
    home.load()
    forget_built()
    home.load()
    assert home.rows("select * from raw_orders order by order_id") == before
    assert counts(home) == (4, 2, 2, 1, 1)
    assert [row["source_row"] for row in home.kept()] == [4]
    assert len(home.receipts()[FRIDAY].decisions) == 2
    assert audit(home, "audit_rows_landed") == []


def test_a_correction_that_other_rules_refuse_goes_back_to_quarantine(home: SmallHome):
    release(mended(home, right_store), DECIDED)
    home.write_policy(stores=POLICY["stores"][:1])
    home.load()
    assert counts(home) == (4, 1, 3, 0, 0)
    assert (home.kept()[0]["source_row"], home.kept()[0]["reason"]) == (3, "unknown_store")
    assert home.receipts()[FRIDAY].decisions == ()
    assert audit(home, "audit_rows_landed") == []


def test_dismissed_rows_stay_counted_and_are_no_longer_listed(home: SmallHome):
    assert dismiss("till", "orders", FRIDAY, [4, 5], "Example Clerk", "tests", DECIDED) == 2
    assert counts(home) == (4, 1, 3, 0, 2)
    assert [one.reason for one in count_rows(Choice())] == ["unknown_store"]
    home.load()
    assert audit(home, "audit_rows_landed") == []
    with pytest.raises(BadInput, match="row 4 was dismissed on"):
        dismiss("till", "orders", FRIDAY, [4], "Example Clerk", "again", DECIDED)
    with pytest.raises(BadInput, match="row 99 is not in quarantine"):
        dismiss("till", "orders", FRIDAY, [99], "Example Clerk", "never there", DECIDED)


def test_a_row_cut_short_is_written_anew(home: SmallHome):
    """It has no cells to correct: the person types the order from the till's own screen."""

    def typed(row: dict[str, str]) -> dict[str, str] | None:
        if row["source_row"] != "5":
            return None
        assert row["as_written"] == "4,S1,2025-01-10 12:30,dine_in"
        return {**row, "order_id": "4", "store_id": "S1", "closed_at": "2025-01-10 12:30",
                "channel": "dine_in", "status": "paid", "total_amount": "7.50",
                "who": "Example Clerk", "why": "read from the till"}  # fmt: skip

    assert release(mended(home, typed), DECIDED) == 1
    home.load()
    assert home.rows("select total_minor from raw_orders where order_id = '4'") == [
        {"total_minor": 750}
    ]


def test_what_a_spreadsheet_would_run_is_text_and_comes_back_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = make_home(tmp_path / "other", monkeypatch)
    made.drop("items.csv", 'item_id,item_name,revenue_kind\n=1+1,"@sum, a dish",tax\n')
    made.load()
    seen = []

    def keep(row: dict[str, str]) -> dict[str, str] | None:
        seen.append((row["item_id"], row["item_name"]))
        return {**row, "revenue_kind": "sale", "who": "Example Clerk", "why": "a dish"}

    assert release(mended(made, keep, "items"), DECIDED) == 1
    assert seen == [("'=1+1", "'@sum, a dish")]
    made.load()
    (item,) = made.rows("select item_id, item_name from raw_items")
    assert item == {"item_id": "=1+1", "item_name": "@sum, a dish"}


def test_contact_details_of_a_released_customer_are_for_few_eyes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = make_home(tmp_path / "other", monkeypatch)
    header = "customer_ref,customer_kind,display_name,phone\n"
    made.drop("customers.csv", header + "G1,robot,Example One,+8613800000001\n")
    made.load()
    assert made.rows("select * from restricted_contacts") == []
    path = mended(
        made, lambda row: {**row, "customer_kind": "consumer", "who": "x", "why": "y"}, "customers"
    )
    release(path, DECIDED)
    made.load()
    (contact,) = made.rows("select member_ref, display_name from restricted_contacts")
    assert contact == {"member_ref": "G1", "display_name": "Example One"}
    landed = list((made.settings().landing_folder / "till" / "restricted_contacts").iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in landed} == {0o600}
    assert audit(made, "audit_rows_landed") == []


def test_a_release_that_was_cut_short_is_finished_by_the_next_run(
    home: SmallHome, monkeypatch: pytest.MonkeyPatch
):
    """The decision is written, the power fails before the receipt is."""
    with monkeypatch.context() as patch, pytest.raises(OSError, match="no space"):

        def fail(*_: object) -> None:
            raise OSError("no space left")

        patch.setattr(decided_files, "write_receipt", fail)
        release(mended(home, right_store), DECIDED)
    assert counts(home) == (4, 1, 3, 0, 0)
    home.load()
    assert counts(home) == (4, 2, 2, 1, 0)
    assert audit(home, "audit_rows_landed") == []


def test_every_file_of_a_decision_is_for_the_owner_alone(home: SmallHome):
    release(mended(home, right_store), DECIDED)
    folder = home.settings().quarantine_folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    folders = [path for path in folder.rglob("*") if path.is_dir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    sha256 = home.receipts()[FRIDAY].sha256
    (decision,) = read_decisions(folder, "till", "orders", sha256)
    assert (decision.source_row, decision.reason) == (3, "unknown_store")


def test_the_whole_road_on_the_command_line(home: SmallHome, capsys: pytest.CaptureFixture[str]):
    path = str(mended(home, right_store))
    assert main(["quarantine", "release", path, "--decided-on", "2025-01-12"]) == 0
    words = ["quarantine", "dismiss", "--source", "till", "--entity", "orders", "--file", FRIDAY,
             "--rows", "4,5", "--who", "Example Clerk", "--why", "tests",
             "--decided-on", "2025-01-12"]  # fmt: skip
    assert main(words) == 0
    assert "1 rows released" in capsys.readouterr().out
    assert main(["quarantine", "list"]) == 0
    assert capsys.readouterr().out.strip() == "0  in all"
    assert main(["quarantine", "release", path, "--decided-on", "2025-01-13"]) == 1
    assert "was released on 2025-01-12" in capsys.readouterr().err


def test_a_file_that_is_no_correction_file_is_told_so(home: SmallHome):
    path = home.root / "odd.csv"
    for text, words in (("a,b\n1,2\n", "it has no column entity"), ('a\n"', "line")):
        path.write_text(text)
        with pytest.raises(BadInput, match=words):
            release(path, DECIDED)
    with pytest.raises(BadInput, match="cannot be read"):
        release(home.root / "nowhere.csv", DECIDED)
