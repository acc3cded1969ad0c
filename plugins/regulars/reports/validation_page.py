"""The page on what was checked: by source, every file, every reason, every expectation."""

from collections.abc import Callable, Sequence
from html import escape

from regulars.reports.document import render_document
from regulars.reports.evidence import freshness_section
from regulars.reports.figures import count_text
from regulars.reports.markup import Cell, Pill, paragraph, section, table, tile
from regulars.reports.validation_report import (
    CheckedFileRow,
    ExpectationRow,
    ReasonCount,
    ValidationReport,
)

REPORT_PAGE = "report.html"
_FILE_HEADERS = (
    "File ‖ 文件", "Rows of ‖ 记录", "Read ‖ 读取", "Loaded ‖ 载入", "Quarantined ‖ 隔离",
    "Duplicate ‖ 重复", "Summary ‖ 汇总行", "Out of scope ‖ 范围外", "Released ‖ 已放行",
    "Dismissed ‖ 已确认", "Unexplained ‖ 未解释",
)  # fmt: skip
_REASON_HEADERS = (
    "Source ‖ 来源", "Rows of ‖ 记录", "Reason ‖ 原因", "Where ‖ 位置", "Rows ‖ 行数",
    "Files ‖ 文件数",
)  # fmt: skip


def render_validation(report: ValidationReport) -> str:
    """The report as an HTML document; the same figures give the same text."""
    title = f"{report.group_name} · {report.business_date} · Validation ‖ 校验"
    return render_document(title, "".join((_masthead(report), _tiles(report), _main(report))))


def _masthead(report: ValidationReport) -> str:
    days = f"{report.first_date} – {report.business_date}"
    return (
        '<header><p class="brand">Regulars ‖ 老顾客</p>'
        f"<h1>{escape(f'Validation ‖ 校验 · {report.group_name}')}</h1>"
        f"{paragraph(f'Business date ‖ 营业日期 {report.business_date}', 'lead-in')}"
        f"{paragraph(f'Days ‖ 期间 {days} · Policy ‖ 策略 {report.policy_version}', 'quiet')}"
        f'<p class="quiet"><a href="{REPORT_PAGE}">Report of the run ‖ 运行报告</a></p></header>'
    )


def _tiles(report: ValidationReport) -> str:
    failing = sum(bool(one.failures) for one in report.expectations)
    names = {(row.source, row.file) for row in report.files}
    read, loaded = (sum(getattr(row, name) for row in report.files) for name in ("read", "loaded"))
    aside = sum(row.quarantined for row in report.files)
    late = sum(row.is_late for row in report.freshness)
    tiles = (
        tile("Files taken ‖ 已采用文件", count_text(len(names)),
             f"{count_text(len(report.not_taken))} not taken ‖ 未采用"),
        tile("Rows read ‖ 读取行数", count_text(read), f"{count_text(loaded)} loaded ‖ 载入"),
        tile("In quarantine ‖ 隔离行数", count_text(aside),
             f"{count_text(sum(one.rows for one in report.warnings))} warnings ‖ 警告"),
        tile("Expectations ‖ 校验规则", count_text(len(report.expectations)),
             f"{count_text(failing)} with failures ‖ 有不合格"),
        tile("Missing days ‖ 缺失日期", count_text(len(report.missing_days)), "expected ‖ 应到"),
        tile("Late ‖ 迟到", count_text(late), "source × store ‖ 来源 × 门店"),
    )  # fmt: skip
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _main(report: ValidationReport) -> str:
    files = [
        section(
            f"{name} · Files ‖ 文件",
            _files([row for row in report.files if row.source == name]),
            kind="wide",
        )
        for name in report.sources
    ]
    return "".join(
        (
            "<main>",
            _not_taken(report),
            _missing_days(report),
            freshness_section(report.freshness),
            *files,
            _reasons("In quarantine, and why ‖ 隔离原因", report.set_aside),
            _reasons("Loaded, and worth a look ‖ 已载入但需留意", report.warnings),
            _findings(report),
            _decisions(report),
            _expectations(report),
            "</main><footer>",
            paragraph("Codes, counts and row numbers only ‖ 仅含代码、计数与行号"),
            "</footer>",
        )
    )


def _files(rows: Sequence[CheckedFileRow]) -> str:
    counts = (
        "read", "loaded", "quarantined", "duplicate", "summary", "out_of_scope", "released",
        "dismissed",
    )  # fmt: skip
    cells: list[tuple[Cell, ...]] = [
        (
            row.file,
            row.entity,
            *(count_text(getattr(row, name)) for name in counts),
            Pill(count_text(row.unexplained), "bad" if row.unexplained else "good"),
        )
        for row in rows
    ]
    return table(_FILE_HEADERS, cells, words=2)


def _not_taken(report: ValidationReport) -> str:
    headers = ("Source ‖ 来源", "File ‖ 文件", "Reason ‖ 原因", "What ‖ 说明", "Next ‖ 下一步")
    rows = [
        (row.source, row.file, Pill(row.reason, "bad"), row.message, row.next_move)
        for row in report.not_taken
    ]
    return _told("Files not taken ‖ 未采用文件", headers, rows, "None ‖ 无")


def _missing_days(report: ValidationReport) -> str:
    rows = [(row.source, str(row.business_date)) for row in report.missing_days]
    headers = ("Source ‖ 来源", "Business date ‖ 营业日期")
    return _told("Missing days ‖ 缺失日期", headers, rows, "None ‖ 无")


def _reasons(title: str, found: Sequence[ReasonCount]) -> str:
    rows = [
        (
            one.source,
            one.entity,
            one.reason,
            "; ".join(f"{at.file}: {', '.join(map(str, at.rows))}" for at in one.examples),
            count_text(one.rows),
            count_text(one.files),
        )
        for one in found
    ]
    return _told(title, _REASON_HEADERS, rows, "None ‖ 无", words=4)


def _findings(report: ValidationReport) -> str:
    rows = [(row.source, row.file, row.code, row.message) for row in report.findings]
    headers = ("Source ‖ 来源", "File ‖ 文件", "What ‖ 事项", "Message ‖ 说明")
    return _told("To know about files ‖ 文件提示", headers, rows, "None ‖ 无")


def _decisions(report: ValidationReport) -> str:
    rows = [
        (row.source, row.file, row.entity, row.verdict, str(row.decided_on), count_text(row.rows))
        for row in report.decisions
    ]
    headers = ("Source ‖ 来源", "File ‖ 文件", "Rows of ‖ 记录", "Decision ‖ 决定",
               "Decided on ‖ 决定日期", "Rows ‖ 行数")  # fmt: skip
    return _told("Decisions on refused rows ‖ 拒收行的处理", headers, rows, "None ‖ 无", words=5)


def _expectations(report: ValidationReport) -> str:
    headers = (
        "Source ‖ 来源", "Rows of ‖ 记录", "Expectation ‖ 规则", "Columns ‖ 列",
        "Reason if not ‖ 不合格原因", "Severity ‖ 级别", "Verdict ‖ 结果", "Rows ‖ 行数",
        "Failures ‖ 不合格",
    )  # fmt: skip
    verdicts: dict[str, Callable[[ExpectationRow], Pill]] = {
        "gate": lambda row: Pill("rows set aside ‖ 已隔离", "bad"),
        "warn": lambda row: Pill("look ‖ 留意", "warn"),
    }
    rows = [
        (
            row.source,
            row.entity,
            row.expectation,
            ", ".join(row.columns),
            row.reason,
            row.severity,
            verdicts[row.severity](row) if row.failures else Pill("met ‖ 合格", "good"),
            count_text(row.evaluated),
            count_text(row.failures),
        )
        for row in report.expectations
    ]
    return _told("Expectations that ran ‖ 已执行的校验规则", headers, rows, "None ‖ 无", words=7)


def _told(
    title: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]], none: str, words: int = 0
) -> str:
    """A wide section with a table; a few quiet words where there is nothing to tell."""
    if not rows:
        return section(title, paragraph(none, "quiet"), kind="wide")
    return section(title, table(headers, rows, words=words or len(headers)), kind="wide")
