"""The page of a run: complete, bilingual, escaped, self-contained, the same every time."""

from html.parser import HTMLParser

import pytest
from pydantic import ValidationError

from regulars.reports.files import read_run_report, write_run_report
from regulars.reports.page import render_page

VOID = {"meta", "line", "circle", "rect", "path"}


class Nesting(HTMLParser):
    """Follows the tags of a page and remembers what was left open and which were used."""

    def __init__(self):
        super().__init__()
        self.open, self.used = [], set()

    def handle_starttag(self, tag, attrs):
        self.used.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def test_the_report_comes_as_a_page_and_as_figures(tmp_path, report):
    page, figures = write_run_report(tmp_path, report())
    assert (page, figures) == (
        tmp_path / "2025-01-31/report.html", tmp_path / "2025-01-31/report.json",
    )  # fmt: skip
    assert read_run_report(figures) == report()
    assert sorted(p.name for p in page.parent.iterdir()) == ["report.html", "report.json"]


def test_the_same_report_is_the_same_bytes(tmp_path, report):
    first = [path.read_bytes() for path in write_run_report(tmp_path / "a", report())]
    second = [path.read_bytes() for path in write_run_report(tmp_path / "b", report())]
    assert first == second


def test_names_are_escaped_everywhere(report):
    page = render_page(report(group_name="<script>alert(1)</script>", run_key="a&b"))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;Bund&lt;/b&gt;" in page
    assert "a&amp;b" in page


@pytest.mark.parametrize("field", ["tiers", "segments", "lists", "suppressed"])
def test_an_unknown_code_is_escaped_too(report, field):
    page = render_page(report(**{field: {"<i>x</i>": 3}}))
    assert "<i>" not in page
    assert "&lt;i&gt;x&lt;/i&gt;" in page


def test_every_tag_is_closed_and_no_script_is_used(report):
    nesting = Nesting()
    nesting.feed(render_page(report()))
    assert nesting.open == []
    assert not nesting.used & {"script", "link", "img", "iframe"}


def test_the_page_loads_nothing_from_elsewhere(report):
    page = render_page(report())
    assert "default-src 'none'" in page
    assert not any(word in page for word in ("http:", "https:", "url(", "@import"))


def test_both_languages_stand_side_by_side(report):
    page = render_page(report())
    for words in (
        "True profit ‖ 真实利润", "The 80/20 board ‖ 二八看板", "Whale curve ‖ 鲸鱼曲线",
        "Tiers ‖ 等级", "Reconciliation ‖ 对账",
        "Audits ‖ 稽核", "Missing days ‖ 缺失日期", "On cadence ‖ 按时到店", "Platinum ‖ 白金",
        "No consent ‖ 未同意",
    ):  # fmt: skip
        assert words in page


def test_money_is_exact_and_grouped(report):
    page = render_page(report(net_sales_minor=123456789))
    assert "CNY 1,234,567.89" in page
    assert '<td class="figure">−0.05</td>' in page


def test_verdicts_tell_what_passed_what_differs_and_what_is_unexplained(report):
    page = render_page(report())
    assert '<span class="pill good">passed ‖ 通过</span>' in page
    assert '<span class="pill warn">look ‖ 留意</span>' in page
    assert '<span class="pill warn">differs ‖ 不符</span>' in page
    # 20 read − 12 loaded − 3 quarantined − 2 duplicate − 1 summary
    assert '<span class="pill bad">2</span>' in page


def test_a_report_with_nothing_in_it_is_still_a_page(report):
    page = render_page(
        report(whale=(), k80_share=None, peak_share=0, erosion_minor=0, stores=(), accounting=(),
               audits=(), missing_days=(), reasons=(), tiers={}, lists={}, segments={},
               suppressed={}, boards=(), scenarios=(), waterfall=(), drivers=(), sources=())
    )  # fmt: skip
    assert "Nothing to show ‖ 暂无" in page
    assert "None: every expected day is here" in page


@pytest.mark.parametrize("wrong", [{"anonymous_share": float("nan")}, {"k80_share": 1.2},
                                   {"customers": -1}, {"phone": "1"}])  # fmt: skip
def test_impossible_figures_are_refused(report, wrong):
    with pytest.raises(ValidationError):
        report(**wrong)
