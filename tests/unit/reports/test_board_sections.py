"""The 80/20 board on the page: three customers who earn 60, 60 and −20, and a store at a loss."""

import re

from regulars.reports.boards import (
    board_section,
    driver_section,
    source_section,
    sweep_section,
)
from regulars.reports.waterfall_chart import draw_waterfall


def cells(html: str) -> list[list[str]]:
    """The table's body, cell by cell."""
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in body.split("</tr>") if "<td" in row]
    return [[re.sub("<[^>]+>", "", cell) for cell in row] for row in rows]


def test_the_board_tells_money_and_share(report):
    group, _ = cells(board_section(report()))
    assert group == [
        "Group ‖ 集团", "3", "100.00", "66.7 %", "120.00", "20.00", "1", "0.50", "2.0", "60.0 %",
        "100.0 %", "0.00",
    ]  # fmt: skip


def test_a_store_at_a_loss_has_money_only_and_its_name_is_escaped(report):
    html = board_section(report())
    assert "<b>" not in html
    store = cells(html)[1]
    assert store[1:] == [
        "1", "−20.00", "–", "0.00", "20.00", "1", "–", "–", "–", "–", "0.00",
    ]  # fmt: skip


def test_every_cost_assumption_has_its_curve_and_its_row(report):
    html = sweep_section(report())
    assert [row[0] for row in cells(html)] == [
        "Low costs ‖ 低成本", "As booked ‖ 基准", "High costs ‖ 高成本",
    ]  # fmt: skip
    assert [row[1] for row in cells(html)] == ["120.00", "100.00", "70.00"]
    # The axis runs from 0 to 140: x = 70 + 902 / 3 each, y = 380 − 332 × v / 140.
    assert 'class="curve hard" d="M70.0,380.0 L370.7,261.4 L671.3,142.9 L972.0,214.0"' in html


def test_a_bar_of_the_waterfall_hangs_from_the_step_before(report):
    svg = draw_waterfall(report().waterfall, "CNY")
    # 620 pixels for 200.00: discounts hang from 200 to 150, net sales stand on zero.
    assert '<rect class="bar loss" x="715.0" y="28.0" width="155.0"' in svg
    assert '<rect class="bar total" x="250.0" y="52.0" width="465.0"' in svg
    assert "−50.00" in svg


def test_reasons_stand_with_their_money(report):
    assert cells(driver_section(report())) == [["Deep discounts ‖ 折扣过深", "1", "CNY 15.00"]]


def test_a_prior_is_called_a_prior(report):
    measured, prior = cells(source_section(report()))
    assert measured == ["ads", "2 × 10.00", "1 × 2.00", "5.0 : 1", "measured ‖ 实测"]
    assert prior[2:] == ["0 × –", "5.0 : 1", "prior ‖ 先验"]
