"""The report's table on the predictions of one horizon ago."""

import pytest

from regulars.reports.page import render_page
from regulars.reports.run_report import CalibrationRow

ALL = {"tenth": 0, "status": "measured", "customers": 1200, "said_share": 0.25,
       "returned_share": 0.221, "said_visits": 410.7, "visits": 388, "said_profit_minor": 1234500,
       "profit_minor": -50, "auc": 0.757, "top_profit_share": 0.61}  # fmt: skip


def _shown(page: str) -> str:
    start = page.index("Were the predictions right?")
    return page[start : page.index("</section>", start)]


def test_what_was_said_stands_beside_what_happened_in_two_languages(report):
    tenth = CalibrationRow(**{**ALL, "tenth": 10, "customers": 120, "auc": None})
    shown = _shown(render_page(report(calibration=(CalibrationRow(**ALL), tenth))))
    for text in ("25.0 % were said to return, 22.1 % did", "75.7 %", "61.0 %", "实际 22.1 %",
                 "1,200", "410", "388", "12,345.00", "−0.50", "All ‖ 全部"):  # fmt: skip
        assert text in shown


@pytest.mark.parametrize(
    ("status", "customers", "words"),
    [
        ("not_enough_history", 0, "less than one horizon of history"),
        ("nobody_returned", 3, "Nobody came back"),
        ("everybody_returned", 3, "Everybody came back"),
    ],
)
def test_what_cannot_be_measured_is_said_in_words(report, status: str, customers: int, words: str):
    row = CalibrationRow(**{**ALL, "status": status, "customers": customers, "auc": None,
                            "top_profit_share": None})  # fmt: skip
    shown = _shown(render_page(report(calibration=(row,))))
    assert words in shown and "were said to return" not in shown


def test_a_home_from_before_the_calibration_has_an_empty_section(report):
    assert "Nothing to show" in _shown(render_page(report()))
