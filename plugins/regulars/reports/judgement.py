"""The judgement on the page: segments by tier, stages, moves, and how good all of it is."""

from regulars.reports.calibration_chart import draw_calibration
from regulars.reports.figures import amount_text, count_text, share_text
from regulars.reports.judgement_rows import MigrationRow, QualityRow
from regulars.reports.markup import Cell, Pill, paragraph, section, table
from regulars.reports.run_report import RunReport
from regulars.reports.wording import SEGMENTS, STAGES, TIERS

DASH = "–"
STATES = STAGES | {"gone": "No longer known ‖ 不再知晓"}
MET, MISSED, OPEN = (
    Pill("met ‖ 达标", "good"), Pill("missed ‖ 未达标", "bad"), Pill("no data yet ‖ 暂无", "warn"),
)  # fmt: skip


def standing_section(report: RunReport) -> str:
    """Segments down, tiers across: heads, and under them the profit of the review window."""
    code = report.currency_code
    found = {(row.segment, row.tier): row for row in report.standings}
    rows = []
    for segment, name in SEGMENTS.items():
        cells = [found.get((segment, tier)) for tier in TIERS]
        heads = [row.customers if row else 0 for row in cells]
        money = [row.profit_minor if row else 0 for row in cells]
        if any(heads):
            rows.append((name, *map(count_text, heads), count_text(sum(heads)),
                         amount_text(sum(money), code)))  # fmt: skip
    profit = [sum(row.profit_minor for row in report.standings if row.tier == tier)
              for tier in TIERS]  # fmt: skip
    if rows:
        heads = [sum(row.customers for row in report.standings if row.tier == tier)
                 for tier in TIERS]  # fmt: skip
        rows.append(("All ‖ 合计", *map(count_text, heads), count_text(sum(heads)),
                     amount_text(sum(profit), code)))  # fmt: skip
        rows.append((f"Profit, {code} ‖ 利润", *(amount_text(one, code) for one in profit), "", ""))
    headers = ("Segment ‖ 分群", *TIERS.values(), "All ‖ 合计", f"Profit, {code} ‖ 利润")
    note = paragraph("Profit of the review window ‖ 考察期真实利润", "quiet")
    return section("Segments by tier ‖ 分群与等级", table(headers, rows), note, kind="wide")


def move_section(report: RunReport) -> str:
    """Who moved between tiers on the business date, and where the relationships stand."""
    moves = [(TIERS.get(row.tier_before, row.tier_before), TIERS.get(row.tier, row.tier),
              count_text(row.customers)) for row in report.moves]  # fmt: skip
    headers = ("From ‖ 由", "To ‖ 至", "Customers ‖ 客户")
    content = table(headers, moves, words=2) if moves else paragraph("None today ‖ 当日无", "quiet")
    return section("Tier moves of the day ‖ 当日等级变动", content)


def stage_section(report: RunReport) -> str:
    """How many relationships are in each stage."""
    rows = [(name, count_text(report.stages.get(code, 0))) for code, name in STAGES.items()]
    return section("Stages ‖ 关系阶段", table(("Stage ‖ 阶段", "Customers ‖ 客户"), rows))


def migration_section(report: RunReport) -> str:
    """How the stages moved in the newest month, beside the goals."""
    if not report.migrations:
        return ""
    headers = ("From ‖ 由", "To ‖ 至", "Customers ‖ 客户", "Share ‖ 占比", "Goal ‖ 目标",
               "Verdict ‖ 结果")  # fmt: skip
    rows = [
        (STATES.get(row.stage_before, row.stage_before), STATES.get(row.stage, row.stage),
         count_text(row.customers), share_text(row.share), _goal(row),
         _verdict(row.is_goal_met) if row.goal_bound else "")
        for row in report.migrations if row.customers or row.goal_bound
    ]  # fmt: skip
    return section(
        "Stages, month by month ‖ 月度阶段迁移", table(headers, rows, words=2), kind="wide"
    )


def _goal(row: MigrationRow) -> str:
    sign = {"at_least": "≥", "at_most": "≤"}.get(row.goal_bound or "")
    return f"{sign} {share_text(row.goal_share)}" if sign else DASH


def quality_section(report: RunReport) -> str:
    """The product figures with their aims."""
    title = "How good the judgement is ‖ 判断质量"
    if report.quality is None:
        return section(title, paragraph("Not measured yet ‖ 尚未测得", "quiet"))
    headers = ("Figure ‖ 指标", "Today ‖ 当前", "Aim ‖ 目标", "Verdict ‖ 结果")
    return section(
        title, table(headers, _figures(report.quality, report.currency_code)), kind="wide"
    )


def _figures(one: QualityRow, code: str) -> list[tuple[Cell, ...]]:
    flips = DASH if one.flips_per_year is None else f"{one.flips_per_year:.2f}"
    killed = f"{one.false_kills} / {one.once_listed} · {share_text(one.false_kill_share)}"
    moved = f"{count_text(one.moves)} · {share_text(one.move_share)}"
    unproven = f"{count_text(one.unproven)} · {share_text(one.unproven_share)}"
    money = amount_text(one.unproven_profit_minor, code)
    nobody = f"{share_text(one.anonymous_order_share)} · {share_text(one.anonymous_sales_share)}"
    return [
        ("Tier flips per customer-year ‖ 每客户年等级反复", flips, f"< {one.max_flips_per_year:g}",
         _verdict(None if one.flips_per_year is None
                  else one.flips_per_year < one.max_flips_per_year)),
        ("Once loss-makers who paid since ‖ 曾列亏损后盈利", killed,
         f"≤ {share_text(one.max_false_kill_share)}",
         _verdict(None if one.false_kill_share is None
                  else one.false_kill_share <= one.max_false_kill_share)),
        ("Tier moves of the day ‖ 当日等级变动", moved, f"≤ {share_text(one.max_move_share)}",
         Pill("alarm ‖ 异常", "bad") if one.is_move_alarm else MET),
        (f"Unproven · profit, {code} ‖ 待观察 · 利润", f"{unproven} · {money}", DASH, ""),
        ("Anonymous orders · sales ‖ 匿名订单 · 销售", nobody, DASH, ""),
        ("Borderline ‖ 等级边界", share_text(one.borderline_share), DASH, ""),
        ("With notice of a downgrade ‖ 已通知降级", share_text(one.notice_share), DASH, ""),
        ("Loss-makers ‖ 亏损客户", share_text(one.loss_maker_share), DASH, ""),
    ]  # fmt: skip


def calibration_section(report: RunReport) -> str:
    """What was predicted one horizon ago, beside what happened since."""
    title, whole = "Predicted and happened ‖ 预测与实际", report.calibration
    if whole is None or not report.calibrations:
        return section(title, paragraph("Not enough history yet ‖ 历史不足", "quiet"))
    headers = ("Tenth ‖ 十分位", "Customers ‖ 客户", "Predicted ‖ 预测回访", "Happened ‖ 实际回访")
    rows = [(count_text(row.decile), count_text(row.customers), share_text(row.expected_share),
             share_text(row.returned_share)) for row in report.calibrations]  # fmt: skip
    told = paragraph(
        f"AUC {_decimals(whole.auc)}, Brier {_decimals(whole.brier)};"
        f" {share_text(whole.expected_share)} predicted, {share_text(whole.returned_share)}"
        f" happened ‖ 预测 {share_text(whole.expected_share)}，实际"
        f" {share_text(whole.returned_share)}",
        "quiet",
    )
    by_tenth = section("By tenths ‖ 按十分位", table(headers, rows))
    return section(title, draw_calibration(report.calibrations), told) + by_tenth


def _decimals(value: float | None) -> str:
    return DASH if value is None else f"{value:.3f}"


def _verdict(is_met: bool | None) -> Pill:
    return OPEN if is_met is None else MET if is_met else MISSED
