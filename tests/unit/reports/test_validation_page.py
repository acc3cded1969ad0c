"""The page on what was checked: complete, bilingual, escaped, self-contained, always the same."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from regulars.reports.files import write_validation_report
from regulars.reports.page import render_page
from regulars.reports.run_report import FreshnessRow, MissingDay
from regulars.reports.validation_page import render_validation
from regulars.reports.validation_report import (
    CheckedFileRow,
    DecisionRow,
    ExampleRow,
    ExpectationRow,
    FindingRow,
    NotTakenRow,
    ReasonCount,
    ValidationReport,
)

DAY = date(2025, 1, 31)
FILE = {"source": "till", "file": "orders_2025-01-31.csv"}
COUNTS = {"read": 20, "loaded": 12, "quarantined": 3, "duplicate": 2, "summary": 1,
          "out_of_scope": 2, "released": 4, "dismissed": 1}  # fmt: skip
LATE = FreshnessRow(
    source="till", store_id="S2", last_business_date=date(2025, 1, 29), behind_days=2,
    is_expected=True, is_late=True, file="orders_2025-01-29.csv",
)  # fmt: skip


def checked(**changes: Any) -> ValidationReport:
    """A file of twenty rows; one that is not what it says; a store that is two days behind."""
    reason = ReasonCount(
        source="till", entity="orders", reason="unknown_store", rows=3, files=1,
        examples=(ExampleRow(file=FILE["file"], rows=(5, 9, 12)),),
    )  # fmt: skip
    figures: dict[str, Any] = {
        "business_date": DAY, "first_date": date(2025, 1, 1), "group_name": "Lantern & Tide",
        "policy_version": "v1", "sources": ("till",),
        "files": (CheckedFileRow(entity="orders", **FILE, **COUNTS),),
        "not_taken": (NotTakenRow(source="till", file="payout.csv", reason="wrong_template",
                                  message="its columns are those of settlements",
                                  next_move="name it settlements"),),
        "findings": (FindingRow(code="unknown_columns", message="not read: <b>mood</b>", **FILE),),
        "set_aside": (reason,),
        "warnings": (reason.model_copy(update={"reason": "clock_skew"}),),
        "expectations": (
            ExpectationRow(source="till", entity="orders", expectation="expect_in_set",
                           columns=("store_id",), reason="unknown_store", severity="gate",
                           evaluated=1234, failures=3),
        ),
        "decisions": (DecisionRow(entity="orders", verdict="released", rows=4, decided_on=DAY,
                                  **FILE),),
        "missing_days": (MissingDay(source="till", business_date=date(2025, 1, 30)),),
        "freshness": (LATE,),
    }  # fmt: skip
    return ValidationReport(**(figures | changes))


def test_everything_that_was_found_is_told(tmp_path):
    page = render_validation(checked())
    for words in (
        "orders_2025-01-31.csv: 5, 9, 12", "payout.csv", "those of settlements",
        "name it settlements", "clock_skew", "expect_in_set", "1,234", "released", "2025-01-30",
        "late ‖ 迟到", "rows set aside ‖ 已隔离", "Freshness ‖ 数据新鲜度",
        "Files not taken ‖ 未采用文件", "Expectations that ran ‖ 已执行的校验规则",
    ):  # fmt: skip
        assert words in page, words


def test_counts_that_do_not_add_up_are_shown_in_red():
    wrong = CheckedFileRow(entity="orders", **FILE, **{**COUNTS, "loaded": 11})
    assert wrong.unexplained == 1
    assert '<span class="pill bad">1</span>' in render_validation(checked(files=(wrong,)))
    assert '<span class="pill good">0</span>' in render_validation(checked())


def test_names_are_escaped_and_nothing_is_loaded_from_elsewhere():
    page = render_validation(checked())
    assert "<b>" not in page
    assert "&lt;b&gt;mood" in page
    assert "default-src 'none'" in page
    assert not any(word in page for word in ("http:", "https:", "url(", "@import", "<script"))


def test_the_page_and_the_figures_lie_beside_the_report_and_link_to_it(tmp_path):
    page, figures = write_validation_report(tmp_path, checked())
    assert (page, figures) == (
        tmp_path / "2025-01-31/validation.html", tmp_path / "2025-01-31/validation.json",
    )  # fmt: skip
    assert ValidationReport.model_validate_json(figures.read_bytes()) == checked()
    first = [path.read_bytes() for path in (page, figures)]
    assert [path.read_bytes() for path in write_validation_report(tmp_path, checked())] == first
    assert 'href="report.html"' in page.read_text(encoding="utf-8")


def test_the_report_of_the_run_links_to_what_was_checked_and_says_who_is_late(
    report: Any,
):
    page = render_page(report(freshness=(LATE,)))
    assert 'href="validation.html"' in page
    assert "late ‖ 迟到" in page


def test_without_anything_to_tell_it_says_so():
    nothing = checked(
        sources=(), files=(), not_taken=(), findings=(), set_aside=(), warnings=(),
        expectations=(), decisions=(), missing_days=(), freshness=(),
    )  # fmt: skip
    page = render_validation(nothing)
    assert page.count("None ‖ 无") == 7
    assert "Not built yet ‖ 尚未生成" in page


def test_a_cell_of_a_file_has_no_place_in_it():
    with pytest.raises(ValidationError):
        checked(rows=[{"customer_ref": "G1"}])
