"""The page says which figures a run changed, and which costs nobody gave numbers for."""

from collections.abc import Callable
from datetime import date

from regulars.reports.page import render_page
from regulars.reports.run_report import RestatedRow, RunReport

Build = Callable[..., RunReport]


def test_a_figure_that_changed_is_shown_with_before_after_and_difference(report: Build):
    row = RestatedRow(business_date=date(2025, 1, 20), store_name="<Bund>",
                      component="channel_cost", before_minor=120_000,
                      after_minor=131_150)  # fmt: skip
    page = render_page(report(restated=(row,), restated_count=40))
    for words in ("2025-01-20", "&lt;Bund&gt;", "Channel cost ‖ 渠道成本", "1,200.00", "1,311.50",
                  "111.50", "40 figures in all"):  # fmt: skip
        assert words in page


def test_a_run_that_changed_nothing_says_so(report: Build):
    assert "None: earlier days stand" in render_page(report())


def test_what_is_not_costed_is_named(report: Build):
    page = render_page(report(not_costed=("service_cost", "credit_cost")))
    assert "Service time ‖ 服务时间" in page and "Credit to accounts ‖ 赊账资金" in page
    assert "Every cost has its numbers" in render_page(report())
