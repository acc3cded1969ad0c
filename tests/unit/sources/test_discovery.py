from datetime import date
from pathlib import Path

import pytest

from regulars.domain.errors import BadInput
from regulars.policy import SourcePolicy
from regulars.sources import discovery
from regulars.sources.discovery import discover, missing_days
from regulars.sources.files import Reason

FIRST, LAST = date(2025, 1, 10), date(2025, 1, 12)


def drop(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(f"header of {name}\n")


def found(pos: SourcePolicy, folder: Path) -> dict[str, str | None]:
    files = discover(pos, folder.parent, FIRST, LAST).files
    return {file.name: file.table for file in files}


def test_files_are_recognised_by_their_template_name_whatever_case_and_type(pos, folder):
    drop(folder, "orders.csv", "Order_Lines.XLSX", "recipe_costs.parquet")
    assert found(pos, folder) == {
        "Order_Lines.XLSX": "order_lines",
        "orders.csv": "orders",
        "recipe_costs.parquet": "recipe_costs",
    }


def test_a_dated_file_is_taken_when_its_days_overlap_the_window(pos, folder):
    taken = [
        "orders_2025-01-10.csv",
        "orders_2025-01.csv",
        "orders_2024-12-01_2025-01-10.csv",
        "orders_2025-01-12__till_2.csv",
        "orders__late.csv",
    ]
    drop(folder, *taken, "orders_2025-01-09.csv", "orders_2025-01-13.csv", "orders_2024-12.csv")
    assert sorted(found(pos, folder)) == sorted(taken)


def test_a_month_ends_on_its_last_day(pos, folder):
    drop(folder, "orders_2024-02.csv")
    (file,) = discover(pos, folder.parent, date(2024, 2, 29), date(2024, 3, 1)).files
    assert (file.first_day, file.last_day) == (date(2024, 2, 1), date(2024, 2, 29))


def test_hidden_and_partial_files_are_nobodys_business(pos, folder):
    drop(folder, ".orders.csv", "orders.csv.part", "~$orders.xlsx", "orders.tmp")
    assert discover(pos, folder.parent, FIRST, LAST) == discovery.Discovery((), ())


def test_an_unknown_name_is_told_with_the_name_that_was_probably_meant(pos, folder):
    drop(folder, "order.csv", "orders_2025-13-01.csv", "notes.docx")
    refused = discover(pos, folder.parent, FIRST, LAST).refused
    assert [(file.file, file.reason_code) for file in refused] == [
        ("notes.docx", Reason.UNRECOGNISED_FILE),
        ("order.csv", Reason.UNRECOGNISED_FILE),
        ("orders_2025-13-01.csv", Reason.UNRECOGNISED_FILE),
    ]
    assert refused[1].next_move.startswith("name it orders,")
    assert "month" in refused[2].message


def test_a_range_that_ends_before_it_begins_is_refused(pos, folder):
    drop(folder, "orders_2025-01-12_2025-01-10.csv")
    (refused,) = discover(pos, folder.parent, FIRST, LAST).refused
    assert "ends before it begins" in refused.message


def test_a_link_that_leaves_the_folder_is_refused(pos, folder, tmp_path):
    (tmp_path / "secret.csv").write_text("x")
    (folder / "orders.csv").symlink_to(tmp_path / "secret.csv")
    result = discover(pos, folder.parent, FIRST, LAST)
    assert result.files == ()
    assert result.refused[0].reason_code is Reason.SYMLINK_LEAVES_FOLDER


def test_a_missing_folder_is_told_and_a_folder_outside_is_a_policy_mistake(pos, folder):
    nowhere = pos.model_copy(update={"folder": "nowhere"})
    (refused,) = discover(nowhere, folder.parent, FIRST, LAST).refused
    assert refused.reason_code is Reason.FOLDER_MISSING
    with pytest.raises(BadInput, match="outside the drop folder"):
        discover(pos.model_copy(update={"folder": "../.."}), folder.parent, FIRST, LAST)


def test_a_file_that_grows_while_it_is_hashed_waits(pos, folder, monkeypatch):
    drop(folder, "orders.csv")
    path = folder / "orders.csv"
    real_open = Path.open

    def open_while_somebody_appends(self, *args, **kwargs):
        with real_open(path, "a") as stream:
            stream.write("one more row\n")
        return real_open(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", open_while_somebody_appends)
    result = discover(pos, folder.parent, FIRST, LAST)
    assert result.files == ()
    assert result.refused[0].reason_code is Reason.FILE_CHANGED_WHILE_READ


def test_a_day_without_an_orders_file_is_reported_for_a_daily_source(pos, folder):
    drop(folder, "orders_2025-01-10.csv", "payments_2025-01-11.csv", "orders_2025-01-12.csv")
    result = discover(pos, folder.parent, FIRST, LAST)
    assert missing_days(pos, result, FIRST, LAST) == (date(2025, 1, 11),)
    relaxed = pos.model_copy(update={"expected": "none"})
    assert missing_days(relaxed, result, FIRST, LAST) == ()


def test_a_month_file_or_an_undated_file_leaves_no_day_missing(pos, folder):
    drop(folder, "orders_2025-01.csv")
    result = discover(pos, folder.parent, FIRST, LAST)
    assert missing_days(pos, result, FIRST, LAST) == ()


def test_discovery_is_the_same_every_time(pos, folder):
    drop(folder, "payments.csv", "orders.csv", "items.csv")
    results = [discover(pos, folder.parent, FIRST, LAST) for _ in range(2)]
    assert results[0] == results[1]
    assert [file.table for file in results[0].files] == ["items", "orders", "payments"]
