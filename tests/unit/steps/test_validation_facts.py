"""The validation report is made of what was kept at landing, so that it can be made again."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from small_home import DAY, ORDERS, SmallHome, make_home

from regulars.sources.check_notes import read_checks
from regulars.sources.seen import read_seen
from regulars.steps.runtime import start
from regulars.steps.validation_report import gather_validation

FRIDAY, SATURDAY = DAY, date(2025, 1, 11)
GOOD = "1,S1,2025-01-10 12:00,dine_in,paid,10.00,Guest One\n"
SKEWED = "order_id,store_id,closed_at,opened_at,channel,status,total_amount,customer_ref\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallHome:
    """Two days, of which the second brought only a payout under the wrong name."""
    made = make_home(tmp_path, monkeypatch)
    rows = "2,S9,2025-01-10 12:10,dine_in,paid,20.00,Guest Two\n3,S1,2025-01-10,dine_in\n"
    made.drop(f"orders_{FRIDAY}.csv", ORDERS + GOOD + GOOD + rows)
    header = "settlement_id,platform,store_id,fee_type,amount,payout_date\n"
    made.drop(f"orders_{SATURDAY}.csv", header)
    made.drop(f"oders_{SATURDAY}.csv", ORDERS)
    made.load(FRIDAY, SATURDAY)
    return made


def told(home: SmallHome) -> dict[str, Any]:
    path = home.settings().reports_folder / f"{SATURDAY}" / "validation.json"
    return dict(json.loads(path.read_bytes()))


def test_every_row_of_every_file_is_told(home: SmallHome):
    (row,) = told(home)["files"]
    names = ("file", "entity", "read", "loaded", "quarantined", "duplicate")
    assert [row[name] for name in names] == [f"orders_{FRIDAY}.csv", "orders", 4, 1, 2, 1]


def test_why_rows_were_set_aside_is_told_with_row_numbers(home: SmallHome):
    found = {row["reason"]: (row["rows"], row["examples"]) for row in told(home)["set_aside"]}
    file = f"orders_{FRIDAY}.csv"
    assert found == {
        "unknown_store": (1, [{"file": file, "rows": [4]}]),
        "ragged_row": (1, [{"file": file, "rows": [5]}]),
    }


def test_files_not_taken_are_told_with_their_next_move(home: SmallHome):
    found = {row["file"]: row for row in told(home)["not_taken"]}
    assert {name: row["reason"] for name, row in found.items()} == {
        f"oders_{SATURDAY}.csv": "unrecognised_file", f"orders_{SATURDAY}.csv": "wrong_template",
    }  # fmt: skip
    assert all(row["next_move"] and row["message"] for row in found.values())
    assert "those of settlements" in found[f"orders_{SATURDAY}.csv"]["message"]


def test_every_expectation_is_told_with_what_it_saw(home: SmallHome):
    """Three rows could be read; the row that was cut short never came before the suite."""
    rows = {row["reason"]: row for row in told(home)["expectations"]}
    assert len(rows) > 10
    assert {row["evaluated"] for row in rows.values()} == {3}
    failing = {reason: row["failures"] for reason, row in rows.items() if row["failures"]}
    assert failing == {"unknown_store": 1}


def test_a_clock_that_is_off_by_more_than_a_quarter_of_an_hour_is_a_warning(home: SmallHome):
    """Opened 15 and 16 minutes after it was closed: the second one is told, both are loaded."""
    rows = "".join(f"{n},S1,2025-01-11 12:00,2025-01-11 12:{n},dine_in,paid,1,\n" for n in (15, 16))
    home.drop(f"orders_{SATURDAY}__late.csv", SKEWED + rows)
    home.load(FRIDAY, SATURDAY)
    (warning,) = told(home)["warnings"]
    assert (warning["reason"], warning["rows"]) == ("clock_skew", 1)
    assert warning["examples"] == [{"file": f"orders_{SATURDAY}__late.csv", "rows": [3]}]
    assert len(home.rows("select * from raw_orders where business_date = date '2025-01-11'")) == 2


def test_making_it_again_gives_the_same_bytes(home: SmallHome):
    folder = home.settings().reports_folder / f"{SATURDAY}"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    home.load(FRIDAY, SATURDAY)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    for path in home.till.iterdir():
        path.unlink()
    run = start(f"{SATURDAY}", f"{FRIDAY}")
    assert gather_validation(run).model_dump(mode="json") == told(home)


def test_no_cell_of_any_file_is_in_it_nor_in_what_it_is_made_of(home: SmallHome):
    places = [home.settings().reports_folder, *home.settings().landing_folder.glob("*/*")]
    notes = [path for place in places for path in place.rglob("*.*") if path.suffix != ".parquet"]
    assert len(notes) >= 6
    assert not any(b"Guest" in path.read_bytes() for path in notes)


def test_what_was_seen_and_checked_is_kept_beside_the_receipts(home: SmallHome):
    folder = home.settings().landing_folder
    seen = read_seen(folder, "till", (FRIDAY, SATURDAY))
    assert seen is not None
    assert [file.file_name for file in seen.files] == [
        f"orders_{FRIDAY}.csv", f"orders_{SATURDAY}.csv",
    ]  # fmt: skip
    assert read_seen(folder, "till", (FRIDAY, FRIDAY)) is None
    checks = read_checks(folder, "till", [(one.file_name, one.sha256) for one in seen.files])
    assert [one.file_name for one in checks] == [f"orders_{FRIDAY}.csv"]


def test_a_file_that_is_refused_by_new_rules_takes_its_rows_with_it(home: SmallHome):
    """The till loses its store: what it brought for it is no longer anybody's sale."""
    assert len(home.rows("select * from raw_orders")) == 1
    sources = [{"name": "till", "folder": "till", "time_zone": "Asia/Shanghai",
                "currency_code": "CNY", "stores": ["S2"]}]  # fmt: skip
    home.write_policy(sources=sources)
    home.drop(f"orders_{FRIDAY}__two.csv", ORDERS + GOOD.replace("S1", "S2"))
    home.load(FRIDAY, SATURDAY)
    assert home.rows("select store_id from raw_orders") == [{"store_id": "S2"}]
