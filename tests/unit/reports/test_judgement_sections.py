"""The judgement on the page and on the terminal: who stands where, and how good it is."""

from collections.abc import Callable
from typing import Any

import pytest

from regulars.reports.console import console_summary
from regulars.reports.fairness import fairness_section
from regulars.reports.judgement import (
    calibration_section,
    migration_section,
    move_section,
    quality_section,
    stage_section,
    standing_section,
)
from regulars.reports.judgement_rows import (
    CalibrationRow,
    CalibrationSum,
    FairnessRow,
    MigrationRow,
    MoveRow,
    QualityRow,
    StandingRow,
)
from regulars.reports.page import render_page
from regulars.reports.run_report import RunReport

Report = Callable[..., RunReport]
QUALITY: dict[str, Any] = {
    "flips_per_year": 0.214, "max_flips_per_year": 0.4, "false_kills": 1, "once_listed": 40,
    "max_false_kill_share": 0.01, "moves": 21, "move_share": 0.0175, "max_move_share": 0.05,
    "is_move_alarm": False, "unproven": 330, "unproven_share": 0.275,
    "unproven_profit_minor": 3244336, "anonymous_order_share": 0.572,
    "anonymous_sales_share": 0.551, "borderline_share": 0.125, "notice_share": 0.029,
    "loss_maker_share": 0.047,
}  # fmt: skip


def _cells(html: str) -> list[str]:
    return [cell.split("<")[0] for cell in html.replace("</", "<").split(">") if cell[:1] != "<"]


def test_segments_by_tier_add_up_to_all_heads_and_all_money(report: Report):
    standings = (
        StandingRow(segment="loyal", tier="platinum", customers=1200, profit_minor=123456),
        StandingRow(segment="loyal", tier="gold", customers=3, profit_minor=-100),
        StandingRow(segment="loss_maker", tier="lead", customers=2, profit_minor=-5000),
    )
    cells = _cells(standing_section(report(standings=standings)))
    loyal = cells.index("Loyal ‖ 忠诚")
    assert [one for one in cells[loyal:] if one.strip()][:7] == [
        "Loyal ‖ 忠诚", "1,200", "3", "0", "0", "1,203", "1,233.56",
    ]  # fmt: skip
    whole = [one for one in cells[cells.index("All ‖ 合计", loyal) :] if one.strip()]
    assert whole[:7] == ["All ‖ 合计", "1,200", "3", "0", "2", "1,205", "1,183.56"]
    assert whole[8:12] == ["1,234.56", "−1.00", "0.00", "−50.00"]


def test_a_figure_beyond_its_aim_is_missed_and_one_without_data_is_open(report: Report):
    html = quality_section(report(quality=QualityRow(**QUALITY)))
    assert "0.21" in html
    assert "1 / 40 · 2.5 %" in html
    assert html.count("met ‖ 达标") == 2
    assert html.count("missed ‖ 未达标") == 1
    unknown = QualityRow(**QUALITY | {"flips_per_year": None, "once_listed": 0, "false_kills": 0,
                                      "is_move_alarm": True})  # fmt: skip
    html = quality_section(report(quality=unknown))
    assert html.count("no data yet ‖ 暂无") == 2
    assert "alarm ‖ 异常" in html


def test_moves_and_stages_are_told_by_their_names(report: Report):
    moves = (MoveRow(tier_before="gold", tier="iron", customers=7),)
    html = move_section(report(moves=moves)) + stage_section(report(stages={"establish": 5}))
    assert all(words in html for words in ("Gold ‖ 黄金", "Iron ‖ 铁", ">7<", "Establish ‖ 建立"))
    assert "None today ‖ 当日无" in move_section(report())


def test_a_migration_has_its_goal_and_its_verdict(report: Report):
    row = {"stage_before": "establish", "stage": "stabilise", "customers": 9, "share": 0.12}
    goal = MigrationRow(**row, goal_bound="at_least", goal_share=0.1, is_goal_met=True)
    free = MigrationRow(**row | {"customers": 3, "stage": "gone"}, goal_bound=None,
                        goal_share=None, is_goal_met=None)  # fmt: skip
    nobody = free.model_copy(update={"customers": 0, "stage": "strengthen"})
    html = migration_section(report(migrations=(goal, free, nobody)))
    assert "≥ 10.0 %" in html
    assert html.count('class="pill') == 1
    assert "No longer known ‖ 不再知晓" in html
    assert "Strengthen" not in html
    assert migration_section(report()) == ""


def test_what_was_predicted_stands_beside_what_happened(report: Report):
    whole = CalibrationSum(status="measured", customers=20, auc=0.8131, brier=0.1,
                           returned_share=0.5, expected_share=0.45)  # fmt: skip
    tenth = CalibrationRow(decile=1, customers=2, expected_share=0.9, returned_share=1.0)
    html = calibration_section(report(calibration=whole, calibrations=(tenth,)))
    assert "AUC 0.813, Brier 0.100; 45.0 % predicted, 50.0 % happened" in html
    assert html.count("<circle") == 1
    assert "Not enough history yet" in calibration_section(report())


@pytest.mark.parametrize("words", ["Segments by tier ‖ 分群与等级", "判断质量", "预测与实际"])
def test_the_page_has_the_sections_of_the_judgement(report: Report, words: str):
    assert words in render_page(report(quality=QualityRow(**QUALITY)))


def test_the_terminal_says_how_good_the_judgement_is(report: Report):
    assert "0.21 tier flips a year, 1 of 40 false kills" in console_summary(
        report(quality=QualityRow(**QUALITY)), []
    )
    assert "– (not measured yet)" in console_summary(report(), [])


@pytest.mark.parametrize(
    ("verdict", "is_gate", "words"),
    [("uneven", True, "held"), ("uneven", False, "uneven"), ("even", True, "even")],
)
def test_fairness_shows_the_group_served_least_and_only_a_gate_holds(
    report: Report, verdict: str, is_gate: bool, words: str
):
    row = FairnessRow(
        list_name="reward", measure="acted", dimension="language", group_id="zh",
        best_group_id="en", base_count=1200, chosen_count=300, impact_ratio=0.5, p_value=0.0004,
        verdict=verdict, is_gate=is_gate,
    )  # fmt: skip
    html = fairness_section(report(fairness=(row,)))
    cells = _cells(html)
    start = cells.index("zh, en")
    assert cells[start : start + 4] == ["zh, en", "300 / 1,200", "50.0 %", "0.000"]
    assert f">{words} ‖" in html


def test_without_a_group_large_enough_fairness_says_so(report: Report):
    assert "No group large enough" in fairness_section(report())
