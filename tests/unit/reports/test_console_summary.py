"""The summary on the terminal."""

from pathlib import Path

import pytest

from regulars.reports.console import console_summary
from regulars.reports.figures import amount_text, short_amount


def test_the_summary_says_what_came_out_and_where_it_is(report):
    text = console_summary(report(), [Path("var/reports/2025-01-31/report.html")])
    lines = {line.strip() for line in text.splitlines()}
    assert "Regulars · Lantern & Tide · 2025-01-31" in lines
    assert "Customers ‖ 客户                  3" in lines
    assert "True profit ‖ 真实利润            CNY 100.00" in lines
    assert "80 % of profit from ‖ 八成利润    50.0 % of customers" in lines
    assert "Whale curve peak ‖ 鲸鱼曲线峰值   CNY 120.00 at 66.7 %" in lines
    assert "Reward ‖ 奖励                     2" in lines
    assert "Audits ‖ 稽核                     1 passed, 1 to look at" in lines
    assert "var/reports/2025-01-31/report.html" in lines


def test_without_service_cost_the_profit_is_not_called_true(report):
    text = console_summary(report(not_costed=("service_cost",)), [])
    assert "True profit" not in text
    assert "Profit before service ‖ 服务前利润 CNY 100.00" in text


def test_the_summary_fits_on_a_screen(report):
    text = console_summary(report(), [Path(f"file{n}") for n in range(9)])
    assert len(text.splitlines()) <= 27
    assert "\x1b" not in text


def test_without_a_profit_there_is_nothing_to_share_out(report):
    text = console_summary(report(k80_share=None), [])
    assert "no profit to share out" in text


@pytest.mark.parametrize(
    ("minor", "code", "words"),
    [
        (0, "CNY", "0.00"),
        (-5, "CNY", "−0.05"),
        (123456, "JPY", "123,456"),
        (1234567, "KWD", "1,234.567"),
    ],
)
def test_amounts_keep_every_decimal_of_their_currency(minor, code, words):
    assert amount_text(minor, code) == words


@pytest.mark.parametrize(
    ("minor", "words"),
    [(99900, "999"), (100000, "1 k"), (-155000, "−1.5 k"), (250000000, "2.5 M")],
)
def test_axis_amounts_are_short(minor, words):
    assert short_amount(minor, "CNY") == words
