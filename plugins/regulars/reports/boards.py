"""The 80/20 board on the page: figures, cost sweep, waterfall, reasons, cost to win and keep."""

from regulars.reports.board_rows import BoardRow, ScenarioRow
from regulars.reports.figures import amount_text, count_text, money_text, share_text
from regulars.reports.markup import Pill, paragraph, section, table
from regulars.reports.run_report import RunReport
from regulars.reports.scenario_chart import draw_scenarios
from regulars.reports.waterfall_chart import draw_waterfall
from regulars.reports.wording import DRIVERS, SCENARIOS

DASH = "–"


def board_section(report: RunReport) -> str:
    """The board of the group, of every kind and of every store, erosion in money."""
    code = report.currency_code
    headers = (
        "Board ‖ 看板", "Customers ‖ 客户", "True profit ‖ 真实利润", "80 % from ‖ 八成来自",
        "Peak ‖ 峰值", "Erosion ‖ 侵蚀", "Below zero ‖ 亏损客户", "Gini ‖ 基尼",
        "Effective ‖ 有效客户数", "Best ‖ 第一名", "Top five ‖ 前五名", "Without them ‖ 前五名离开",
    )  # fmt: skip
    rows = [_board_cells(board, code) for board in report.boards]
    note = paragraph(
        "Shares only where there is a profit to share. Erosion is what customers below zero take"
        " away; effective customers are 1 / HHI. ‖ 有利润才有占比；侵蚀为亏损客户造成的损失。",
        "quiet",
    )
    title = f"The 80/20 board ‖ 二八看板 ({code})"
    return section(title, table(headers, rows), note, kind="wide")


def _board_cells(board: BoardRow, code: str) -> tuple[str, ...]:
    return (
        board.name,
        count_text(board.customers),
        amount_text(board.true_profit_minor, code),
        share_text(board.k80_share),
        amount_text(board.peak_minor, code),
        amount_text(board.erosion_minor, code),
        count_text(board.below_zero),
        DASH if board.gini is None else f"{board.gini:.2f}",
        DASH if board.effective_customers is None else f"{board.effective_customers:.1f}",
        share_text(board.top_1_share),
        share_text(board.top_5_share),
        amount_text(board.without_top_5_minor, code),
    )


def sweep_section(report: RunReport) -> str:
    """The group's curve under every cost assumption: what stays true whatever the costs are."""
    code = report.currency_code
    headers = (
        "Costs ‖ 成本假设", "True profit ‖ 真实利润", "80 % from ‖ 八成来自", "Peak ‖ 峰值",
        "at ‖ 位于", "Erosion ‖ 侵蚀", "Below zero ‖ 亏损客户",
    )  # fmt: skip
    rows = [_scenario_cells(one, code) for one in report.scenarios]
    chart = draw_scenarios(report.scenarios, code)
    return section("If costs were other ‖ 成本假设", chart, table(headers, rows), kind="wide")


def _scenario_cells(one: ScenarioRow, code: str) -> tuple[str, ...]:
    return (
        SCENARIOS.get(one.scenario, one.scenario),
        amount_text(one.true_profit_minor, code),
        share_text(one.k80_share),
        amount_text(one.peak_minor, code),
        share_text(one.peak_share),
        amount_text(one.erosion_minor, code),
        share_text(one.below_zero_share),
    )


def waterfall_section(report: RunReport) -> str:
    """From gross to true profit of all known customers."""
    chart = draw_waterfall(report.waterfall, report.currency_code)
    title = f"From gross to true profit ‖ 利润瀑布 ({report.currency_code})"
    return section(title, chart, kind="wide")


def driver_section(report: RunReport) -> str:
    """Why customers below zero are there, the dearest reason first."""
    ordered = sorted(report.drivers, key=lambda row: (-row.excess_minor, row.driver))
    rows = [
        (DRIVERS.get(row.driver, row.driver), count_text(row.customers),
         money_text(row.excess_minor, report.currency_code))
        for row in ordered
    ]  # fmt: skip
    headers = ("Reason ‖ 原因", "Customers ‖ 客户", "Beyond peers ‖ 超出同类")
    return section("Why some lose money ‖ 亏损原因", table(headers, rows))


def source_section(report: RunReport) -> str:
    """What winning and keeping cost by source; a prior is called a prior."""
    code = report.currency_code
    rows = [
        (
            row.source,
            f"{count_text(row.won)} × {_each(row.winning_minor, code)}",
            f"{count_text(row.kept)} × {_each(row.keeping_minor, code)}",
            f"{row.cost_multiple:.{1 if row.cost_multiple >= 1 else 2}f} : 1",
            Pill("measured ‖ 实测", "good") if row.is_measured else Pill("prior ‖ 先验", "warn"),
        )
        for row in report.sources
    ]
    headers = ("Source ‖ 来源", "Won ‖ 获客", "Kept ‖ 维系", "New : old ‖ 新旧比", "Basis ‖ 依据")
    return section("Cost to win and to keep ‖ 获客与维系成本", table(headers, rows))


def _each(minor: int | None, code: str) -> str:
    return DASH if minor is None else amount_text(minor, code)
