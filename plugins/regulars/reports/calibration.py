"""How right the predictions of one horizon ago were: in a sentence, and by tenths."""

from regulars.reports.figures import amount_text, count_text, share_text
from regulars.reports.markup import paragraph, section, table
from regulars.reports.run_report import CalibrationRow, RunReport

_WHY_NOT = {
    "not_enough_history": (
        "There is less than one horizon of history before the cut: nothing to compare with yet.",
        "分割日之前的历史不足一个预测期，暂无可比较。",
    ),
    "nobody_returned": ("Nobody came back in the horizon.", "预测期内无人回访。"),
    "everybody_returned": ("Everybody came back in the horizon.", "预测期内全部回访。"),
}
_HEADERS = (
    "Likeliest tenth is 10 ‖ 十分位", "Customers ‖ 客户", "Said to return ‖ 预测回访",
    "Returned ‖ 实际回访", "Visits said ‖ 预测到店", "Visits ‖ 实际到店",
    "Profit said ‖ 预测利润", "Profit ‖ 实际利润",
)  # fmt: skip


def calibration_section(report: RunReport) -> str:
    """What was said of the customers one horizon ago, beside what happened; nobody is named."""
    title = "Were the predictions right? ‖ 预测准吗？"
    if not report.calibration:
        return section(title, table(_HEADERS, ()), kind="wide")
    whole, *tenths = report.calibration
    words = _verdict(whole) if whole.customers else _WHY_NOT.get(whole.status, ("", ""))
    rows = [_cells(row, report.currency_code) for row in (*tenths, whole) if row.customers]
    return section(title, *map(paragraph, words), table(_HEADERS, rows), kind="wide")


def _verdict(whole: CalibrationRow) -> tuple[str, str]:
    if whole.status != "measured":
        return _WHY_NOT[whole.status]
    order, best = share_text(whole.auc), share_text(whole.top_profit_share)
    said, came = share_text(whole.said_share), share_text(whole.returned_share)
    return (
        f"{said} were said to return, {came} did. In {order} of all pairs the one who returned had"
        f" been given more; the fifth of whom most was expected brought {best} of the profit.",
        f"预测 {said} 回访，实际 {came}。{order} 的配对中回访者得分更高；"
        f"预测前 20% 的客户带来 {best} 的利润。",
    )


def _cells(row: CalibrationRow, currency_code: str) -> tuple[str, ...]:
    return (
        str(row.tenth) if row.tenth else "All ‖ 全部",
        count_text(row.customers),
        share_text(row.said_share),
        share_text(row.returned_share),
        count_text(int(row.said_visits)),
        count_text(row.visits),
        amount_text(row.said_profit_minor, currency_code),
        amount_text(row.profit_minor, currency_code),
    )
