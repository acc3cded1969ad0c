"""How evenly the lists fall on groups of guests: the page's section."""

from regulars.reports.figures import count_text, share_text
from regulars.reports.judgement_rows import FairnessRow
from regulars.reports.markup import Pill, paragraph, section, table
from regulars.reports.run_report import RunReport
from regulars.reports.wording import LISTS

MEASURES = {
    "listed": "On the list ‖ 列入名单",
    "acted": "Acted upon ‖ 获得动作",
    "benefit": "Given a benefit ‖ 获得权益",
}
DIMENSIONS = {
    "store": "Store ‖ 门店",
    "channel": "Channel ‖ 渠道",
    "language": "Language ‖ 语言",
    "tenure": "New or old ‖ 新老",
}


def fairness_section(report: RunReport) -> str:
    """Of each comparison the group served least, beside the one served most (four fifths)."""
    title = "Fairness ‖ 公平性"
    if not report.fairness:
        return section(title, paragraph("No group large enough to tell ‖ 各组人数不足", "quiet"))
    headers = ("List ‖ 名单", "Measure ‖ 口径", "By ‖ 维度", "Least, most ‖ 最低、最高",
               "Guests ‖ 人数", "Ratio ‖ 比率", "p", "Verdict ‖ 结果")  # fmt: skip
    rows = [
        (LISTS.get(row.list_name, row.list_name), MEASURES.get(row.measure, row.measure),
         DIMENSIONS.get(row.dimension, row.dimension), f"{row.group_id}, {row.best_group_id}",
         f"{count_text(row.chosen_count)} / {count_text(row.base_count)}",
         share_text(row.impact_ratio), f"{row.p_value:.3f}", _verdict(row))
        for row in report.fairness
    ]  # fmt: skip
    note = paragraph(
        "Held: a gated comparison below four fifths that chance does not explain; the rest is told"
        " and holds nothing ‖ 仅受控口径低于五分之四且非偶然时扣留名单，其余仅提示",
        "quiet",
    )
    return section(title, table(headers, rows, words=4), note, kind="wide")


def _verdict(row: FairnessRow) -> Pill:
    if row.is_held:
        return Pill("held ‖ 扣留", "bad")
    return Pill("even ‖ 均衡", "good") if row.verdict == "even" else Pill("uneven ‖ 不均", "warn")
