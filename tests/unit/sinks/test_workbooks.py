"""The workbook for people, and that nothing in an export comes alive in a spreadsheet."""

import csv
import io
import re
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from regulars.sinks import workbook
from regulars.sinks.day_export import export_day
from regulars.sinks.sheet_styles import plain_text, row_height

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def book(tmp_path, stamp, action, table, nothing_suppressed):
    """Export one row to the incentivise list; returns the path of its workbook."""

    def run(**changes):
        export_day(tmp_path, table(action(**changes)), nothing_suppressed, stamp)
        return tmp_path / "2025-01-31/incentivise/actions.xlsx"

    return run


def test_the_list_comes_first_and_explains_itself_last(book):
    workbook = CalamineWorkbook.from_path(book())
    assert workbook.sheet_names == ["Incentivise ‖ 激励", "Read me ‖ 说明"]


def test_a_row_shows_both_languages_and_the_exact_offer(book):
    sheet = CalamineWorkbook.from_path(book(reason_2="Came 9 times", reason_2_zh="到店9次"))
    header, row = sheet.get_sheet_by_index(0).to_python()
    shown = dict(zip((name.replace("\n", " ‖ ") for name in header), row, strict=True))
    assert shown["What to do ‖ 动作"] == "Come back this week\n本周回店"
    assert shown["Offer ‖ 优惠"] == 20.5
    assert shown["Channel ‖ 渠道"] == "Text message\n短信"
    assert shown["Why ‖ 原因（英文）"] == "1. Last visit 40 days ago\n2. Came 9 times"
    assert shown["Why (Chinese) ‖ 原因"] == "1. 距上次到店40天\n2. 到店9次"


def test_a_long_member_number_keeps_all_its_digits(book):
    sheet = CalamineWorkbook.from_path(book(member_ref="1234567890123456789"))
    assert sheet.get_sheet_by_index(0).to_python()[1][1] == "1234567890123456789"


def test_the_read_me_sheet_says_day_policy_and_size(book):
    text = str(CalamineWorkbook.from_path(book()).get_sheet_by_index(1).to_python())
    for said in ("2025-01-31", "2025-01-01.1", "营业日期", "Nobody was left out.", "如何使用"):
        assert said in text


def test_headers_stay_in_sight_and_can_be_filtered(book, unzip):
    sheet = unzip(book())["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:L2"/>' in sheet


def test_mark_up_in_a_reason_stays_text(book, unzip):
    attack = "<r><t>x</t></r><f>1+1</f><r></r>"
    parts = unzip(book(reason_1=attack, action_name=attack, action_name_zh=attack))
    assert "<f>" not in "".join(parts.values())
    assert "&lt;f&gt;1+1" in parts["xl/sharedStrings.xml"]


def test_a_row_is_as_high_as_its_longest_text():
    one = row_height([("short", 20)])
    assert row_height([("a\nb\nc", 20)]) - one == 2 * 15.5
    assert row_height([("会" * 20, 20)]) - one == 15.5


def test_signs_that_cannot_be_printed_become_spaces():
    assert plain_text("a\x07b\ufffec\u202ed\te\nf") == "a b c d e\nf"


def test_a_list_too_long_to_work_down_says_so(
    tmp_path, stamp, action, table, nothing_suppressed, monkeypatch
):
    monkeypatch.setattr(workbook, "PEOPLE_ROWS", 1)
    rows = table(action("c1", priority=1), action("c2", priority=2, member_ref="88002"))
    manifest = export_day(tmp_path, rows, nothing_suppressed, stamp)
    book = CalamineWorkbook.from_path(tmp_path / "2025-01-31/incentivise/actions.xlsx")
    assert [row[1] for row in book.get_sheet_by_index(0).to_python()[1:]] == ["88001"]
    edition = {row[0]: row[2] for row in book.get_sheet_by_index(1).to_python()}
    assert (edition["Customers on the list"], edition["Rows in this workbook"]) == (2, 1)
    sizes = {entry.path: entry.rows for entry in manifest.files}
    assert sizes["incentivise/actions_full.csv"] == 2
    assert sizes["incentivise/actions.xlsx"] == 1


def test_an_endless_text_is_cut_and_says_so():
    assert len(plain_text("x" * 5_000)) == 1_000
    assert plain_text("x" * 5_000).endswith("…")


nasty = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.builds(
        "".join,
        st.lists(
            st.sampled_from(
                ["=", "+", "-", "@", "\t", "\r", "\n", "|", "'", '"', ",", ";", "<f>", "<r>",
                 "</r>", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x\")", "SUM(1)", "]]>", "&",
                 "\x00", "\ufffe", "＝1", "http://x.y", "_x000D_", "1e5", "亏"]
            ),
            max_size=6,
        ),
    ),
)  # fmt: skip


def words_may_leave(text):
    return not re.search(r"(?i)loss[ _-]?(mak|giv)", text)


@settings(max_examples=60, deadline=None)
@given(reason=nasty.filter(words_may_leave), name=nasty.filter(words_may_leave), member=nasty)
def test_no_text_ever_becomes_a_formula(
    reason, name, member, stamp, action, table, nothing_suppressed, unzip
):
    row = action(reason_1=reason, reason_1_zh=reason, action_name=name, member_ref=member)
    with tempfile.TemporaryDirectory() as folder:
        export_day(Path(folder), table(row), nothing_suppressed, stamp)
        day = Path(folder) / "2025-01-31/incentivise"
        parts = unzip(day / "actions.xlsx")
        machine = [(day / f"actions_{kind}.csv").read_text() for kind in ("full", "delta")]
        people = (day / "actions_excel.csv").read_text("utf-8-sig")
    for part, xml in parts.items():
        root = ElementTree.parse(io.StringIO(xml)).getroot()
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"f", "hyperlink", "externalLink", "ddeLink"}, part
    for text in machine:
        lines = text.split("\n")
        assert lines[-1] == ""
        assert len(lines) == 3
        for cell in lines[1].split(","):
            assert not cell.startswith(TRIGGERS)
        assert '"' not in text
    for cells in csv.reader(io.StringIO(people, newline="")):
        assert not any(cell.lstrip().startswith((*TRIGGERS, "＝", "＠", "|")) for cell in cells)
