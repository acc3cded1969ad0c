"""What to know before believing the profit: figures that changed, and what is not costed."""

from regulars.reports.figures import amount_text, count_text
from regulars.reports.markup import paragraph, section, table
from regulars.reports.run_report import RunReport
from regulars.reports.wording import COMPONENTS


def restated_section(report: RunReport) -> str:
    """The figures of earlier days that this run changed, the largest changes first."""
    title = "Numbers that changed ‖ 变更的数字"
    if not report.restated:
        return section(title, paragraph("None: earlier days stand ‖ 无变更", "quiet"))
    code = report.currency_code
    rows = [
        (
            row.business_date.isoformat(),
            row.store_name,
            COMPONENTS.get(row.component, row.component.replace("_", " ")),
            amount_text(row.before_minor, code),
            amount_text(row.after_minor, code),
            amount_text(row.after_minor - row.before_minor, code),
        )
        for row in report.restated
    ]
    headers = (
        "Business date ‖ 营业日期", "Store ‖ 门店", "Figure ‖ 构成项", "Before ‖ 变更前",
        "After ‖ 变更后", "Change ‖ 变更额",
    )  # fmt: skip
    told = f"{count_text(report.restated_count)} figures in all ‖ 共 {report.restated_count} 项"
    return section(title, table(headers, rows, words=3), paragraph(told, "quiet"), kind="wide")


def not_costed_section(report: RunReport) -> str:
    """What costs nothing in the figures because the policy gives no numbers for it."""
    title = "Not costed ‖ 未计成本"
    if not report.not_costed:
        return section(title, paragraph("Every cost has its numbers ‖ 各项成本均已计入", "quiet"))
    told = "The policy gives no numbers for these; they cost nothing here ‖ 策略未给出数值，按零计"
    rows = [(COMPONENTS[name],) for name in report.not_costed]
    return section(title, table(("Cost ‖ 成本",), rows, words=1), paragraph(told, "quiet"))
