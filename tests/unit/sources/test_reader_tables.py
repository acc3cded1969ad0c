"""Tables with a reader: every row is spoken for, stores and words are translated."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from regulars.policy import SourcePolicy
from regulars.sources import layouts
from regulars.sources.discovery import discover, missing_days
from regulars.sources.files import FileContents, FileRefused, Reason
from regulars.sources.layouts import READERS_PACKAGE, load_layout
from regulars.sources.reading import read
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet

DAY = date(2025, 1, 10)
LAYOUT = """
describe: Checks of a till, one folder a day.
day_folders: "%Y%m%d"
tables:
  checks:
    files: [checks]
    reader: till_of_the_story
    makes: [orders]
    header: [Check]
    summary_markers: [Total]
    control_totals: [amount]
    columns: {order_id: [Check], store_id: [Outlet], amount: [Due], guest: [Guest]}
    optional: [store_id, guest]
    ignored: [Printed]
  guests:
    files: [guests]
    reader: till_of_the_story
    makes: [customers]
    columns: {order_id: [Check], guest: [Guest]}
"""
SOURCE = SourcePolicy(
    name="till",
    layout="story",
    time_zone="Asia/Shanghai",
    currency_code="CNY",
    expected="daily",
    stores=("S1",),
    store_map={"Corner Shop": "S1", "Old Town": "S2"},
)
Story = Callable[..., FileContents]


def tell(sheet: Sheet) -> Iterator[Outcome]:
    guests = sheet.companion("guests")
    names = {row["order_id"]: row["guest"] for row in guests.rows} if guests else {}
    for row in sheet.rows:
        match row["order_id"]:
            case "bad":
                yield Record("orders", row.number, {"order_id": "bad"})
                yield Rejected(row.number, Reason.AMOUNT_NOT_EXACT)
            case "test":
                yield OutOfScope(row.number, "a test sale")
            case "forgotten":
                pass
            case order_id:
                ref = names.get(order_id, "")
                values = {"order_id": order_id, "store_id": row["store_id"], "customer_ref": ref}
                yield Record("orders", row.number, values)


@pytest.fixture
def drop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    module = ModuleType(f"{READERS_PACKAGE}.till_of_the_story")
    module.__dict__["read_rows"] = tell
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(layouts, "find_spec", lambda name: sys.modules.get(name))
    (tmp_path / "story.yaml").write_text(LAYOUT)
    day = tmp_path / "drop" / "17" / "20250110"
    day.mkdir(parents=True)

    def drop_and_read(text: str, source: SourcePolicy = SOURCE, **beside: str) -> FileContents:
        (day / "checks.csv").write_text(text)
        for stem, content in beside.items():
            (day / f"{stem}.csv").write_text(content)
        found = discover(source, tmp_path / "drop", DAY, DAY, tmp_path)
        assert not found.refused
        assert missing_days(source, found, DAY, DAY, tmp_path) == ()
        file = next(one for one in found.files if one.table == "checks")
        assert (file.name, file.first_day) == ("17/20250110/checks.csv", DAY)
        return read(file, load_layout("story", tmp_path), source)

    return drop_and_read


def orders_of(contents: FileContents) -> list[str]:
    return list(contents.batches[0].frame["order_id"])


def test_a_row_ends_in_a_record_in_the_quarantine_or_out_of_scope(drop):
    contents = drop("Check,Due\n1,5.00\nbad,5.00\ntest,5.00\n")
    assert orders_of(contents) == ["1"]
    assert list(contents.rejected["source_row"]) == [3]
    assert '"amount": "5.00"' in contents.rejected["raw_text"][0]
    assert (contents.rows_read, contents.out_of_scope_rows, contents.summary_rows) == (3, 1, 0)
    (finding,) = contents.findings
    assert finding.message == "17/20250110/checks.csv: 1 rows left out: a test sale"


def test_a_reader_that_forgets_a_row_is_stopped(drop):
    with pytest.raises(RuntimeError, match="said nothing of row 3"):
        drop("Check,Due\n1,5.00\nforgotten,5.00\n")


def test_stores_get_the_groups_own_names_and_other_stores_are_left_out(drop):
    contents = drop("Check,Due,Outlet\n1,5.00,corner shop\n2,5.00,Old Town\n3,5.00,\n")
    assert list(contents.batches[0].frame["store_id"]) == ["S1", "S1"]
    assert orders_of(contents) == ["1", "3"]
    assert contents.out_of_scope_rows == 1


def test_a_file_without_a_store_column_is_the_only_stores(drop):
    assert list(drop("Check,Due\n1,5.00\n").batches[0].frame["store_id"]) == ["S1"]


def test_what_lies_beside_a_file_may_say_who_the_guest_was(drop):
    contents = drop("Check,Due\n1,5.00\n2,1.00\n", guests="Check,Guest\n1,M17\n")
    assert list(contents.batches[0].frame["customer_ref"]) == ["M17", ""]


def test_a_total_row_is_no_sale_and_has_to_be_the_sum(drop):
    contents = drop("Shop report\nCheck,Due\n1,5.00\n2,1.50\nTotal,6.50\n")
    assert (orders_of(contents), contents.rows_read, contents.summary_rows) == (["1", "2"], 3, 1)
    with pytest.raises(FileRefused) as refusal:
        drop("Shop report\nCheck,Due\n1,5.00\nTotal,6.50\n")
    assert refusal.value.reason_code is Reason.CONTROL_TOTAL_DIFFERS


def test_known_headers_are_ignored_and_unknown_ones_are_told(drop):
    (finding,) = drop("Check,Due,Printed,Mood\n1,5.00,x,y\n").findings
    assert finding.message == "17/20250110/checks.csv: not read: Mood"


def test_a_file_without_a_needed_column_is_refused(drop):
    with pytest.raises(FileRefused, match="amount is missing"):
        drop("Check,Guest\n1,M1\n")
