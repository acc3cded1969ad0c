"""The page of a run: its figures, and what stands behind them."""

from html import escape

from regulars.reports.anonymity import anonymity_section
from regulars.reports.boards import (
    board_section,
    driver_section,
    source_section,
    sweep_section,
    waterfall_section,
)
from regulars.reports.count_charts import draw_bars, draw_pyramid
from regulars.reports.document import render_document
from regulars.reports.evidence import (
    accounting_section,
    audit_section,
    freshness_section,
    missing_days_section,
    reasons_section,
    refused_section,
    store_section,
    suppressed_section,
)
from regulars.reports.fairness import fairness_section
from regulars.reports.figures import count_text, money_text, share_text
from regulars.reports.judgement import (
    calibration_section,
    migration_section,
    move_section,
    quality_section,
    stage_section,
    standing_section,
)
from regulars.reports.markup import paragraph, section, tile
from regulars.reports.profit_notes import not_costed_section, restated_section
from regulars.reports.run_report import RunReport
from regulars.reports.whale_chart import draw_whale
from regulars.reports.wording import LISTS, SEGMENTS


def render_page(report: RunReport) -> str:
    """The report as an HTML document; the same figures give the same text."""
    title = f"{report.group_name} · {report.business_date} · Regulars"
    return render_document(
        title, "".join((_masthead(report), _tiles(report), _main(report), _footer(report)))
    )


def _masthead(report: RunReport) -> str:
    days = f"{report.first_date} – {report.business_date}"
    return (
        '<header><p class="brand">Regulars ‖ 老顾客</p>'
        f"<h1>{escape(report.group_name)}</h1>"
        f"{paragraph(f'Business date ‖ 营业日期 {report.business_date}', 'lead-in')}"
        f"{paragraph(f'Days ‖ 期间 {days} · Policy ‖ 策略 {report.policy_version}', 'quiet')}"
        "</header>"
    )


def _tiles(report: RunReport) -> str:
    total = money_text(report.total_profit_minor, report.currency_code)
    per_cent = f"{share_text(report.below_zero_share)} below zero ‖ 低于零"
    tiles = (
        tile(report.profit_name, total, "365 days, known guests ‖ 近一年"),
        tile("Customers ‖ 客户", count_text(report.customers), per_cent),
        tile("80 % of profit ‖ 八成利润", share_text(report.k80_share), "of customers ‖ 的客户"),
        tile("Erosion ‖ 利润流失", money_text(report.erosion_minor, report.currency_code),
             f"after the peak at ‖ 峰值 {share_text(report.peak_share)}"),
        tile("Net sales ‖ 净销售额", money_text(report.net_sales_minor, report.currency_code),
             f"{count_text(report.orders)} orders ‖ 订单"),
        tile("Contribution CM2 ‖ 贡献毛利", money_text(report.cm2_minor, report.currency_code),
             f"{share_text(report.anonymous_share)} anonymous ‖ 匿名销售"),
    )  # fmt: skip
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _main(report: RunReport) -> str:
    lists, segments = "Today's lists ‖ 今日名单", "Segments ‖ 分群"
    return "<main>" + "".join(
        (
            section("Whale curve ‖ 鲸鱼曲线", draw_whale(report), _moral(report), kind="wide"),
            board_section(report),
            sweep_section(report),
            waterfall_section(report),
            driver_section(report),
            source_section(report),
            section("Tiers ‖ 等级", draw_pyramid(report.tiers)),
            section(lists, draw_bars(report.lists, LISTS, lists)),
            section(segments, draw_bars(report.segments, SEGMENTS, segments)),
            suppressed_section(report),
            reasons_section(report),
            fairness_section(report),
            standing_section(report),
            quality_section(report),
            stage_section(report),
            move_section(report),
            migration_section(report),
            calibration_section(report),
            store_section(report),
            anonymity_section(report),
            accounting_section(report),
            audit_section(report),
            restated_section(report),
            not_costed_section(report),
            missing_days_section(report),
            freshness_section(report.freshness),
            refused_section(report),
        )
    ) + "</main>"  # fmt: skip


def _moral(report: RunReport) -> str:
    """What the curve says, in a sentence of each language."""
    peak = money_text(report.peak_profit_minor, report.currency_code)
    lost = money_text(report.erosion_minor, report.currency_code)
    share = share_text(report.peak_share)
    return paragraph(
        f"The best {share} of customers bring {peak}; the rest take {lost} away."
    ) + paragraph(f"最好的 {share} 客户带来 {peak}；其余客户使其减少 {lost}。")


def _footer(report: RunReport) -> str:
    note = "Counts, money and shares only; no personal data ‖ 仅含汇总数字，不含个人信息"
    return f"<footer>{paragraph(f'Run ‖ 运行 {report.run_key}')}{paragraph(note)}</footer>"
