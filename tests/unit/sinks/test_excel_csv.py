"""The CSV for people in a Chinese Excel."""

import csv
import io

import pytest

from regulars.sinks.day_export import export_day
from regulars.sinks.excel_csv import harmless


def test_it_has_a_mark_windows_lines_and_both_languages(
    tmp_path, stamp, action, table, nothing_suppressed
):
    rows = table(action(member_ref="123456789012", store_name="Riverside"))
    export_day(tmp_path, rows, nothing_suppressed, stamp)
    content = (tmp_path / "2025-01-31/incentivise/actions_excel.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 2
    header, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    shown = dict(zip(header, row, strict=True))
    assert shown["Member ‖ 会员"] == "'123456789012"
    assert shown["Offer ‖ 优惠"] == "20.50"
    assert shown["Until ‖ 截止"] == "2025-02-14"
    assert shown["Store ‖ 门店"] == "Riverside / SH-01"
    assert shown["What to do ‖ 动作"] == "Come back this week / 本周回店"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+8613800138000", "'+8613800138000"),
        ("  -2", "'  -2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("\t=1", "' =1"),
        ("123456789012", "'123456789012"),
        ("12345678901", "12345678901"),
        ("88001", "88001"),
        ("20.50", "20.50"),
        (None, ""),
    ],
)
def test_what_could_act_or_be_cut_short_gets_an_apostrophe(value, shown):
    assert harmless(value) == shown
