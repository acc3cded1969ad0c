"""The summary on the terminal: what came out, and where to look."""

from collections.abc import Iterable
from pathlib import Path
from unicodedata import east_asian_width

from regulars.reports.figures import count_text, money_text, share_text
from regulars.reports.run_report import RunReport
from regulars.reports.wording import LISTS, named_counts

NAME_WIDTH = 34
RULE = "─" * 76


def console_summary(report: RunReport, paths: Iterable[Path]) -> str:
    """A block of plain text, at most 27 lines for nine paths: figures, lists, places."""
    code = report.currency_code
    failed = sum(1 for audit in report.audits if audit.failures)
    peak = money_text(report.peak_profit_minor, code)
    figures = [
        ("Customers ‖ 客户", count_text(report.customers)),
        (report.profit_name, money_text(report.total_profit_minor, code)),
        ("80 % of profit from ‖ 八成利润", _k80(report)),
        ("Whale curve peak ‖ 鲸鱼曲线峰值", f"{peak} at {share_text(report.peak_share)}"),
        ("Erosion ‖ 利润流失", money_text(report.erosion_minor, code)),
        ("Judgement ‖ 判断质量", _judgement(report)),
        ("Audits ‖ 稽核", f"{len(report.audits) - failed} passed, {failed} to look at"),
        ("Not taken ‖ 未采用", _not_taken(report)),
    ]
    lists = [(name, count_text(count)) for _, name, count in named_counts(report.lists, LISTS)]
    title = f"Regulars · {report.group_name} · {report.business_date}"
    rows = [_row(name, value) for name, value in figures]
    sizes = [_row(name, value) for name, value in lists]
    places = [f"  {path}" for path in paths]
    return "\n".join([RULE, title, RULE, *rows, RULE, *sizes, RULE, *places, RULE])


def _not_taken(report: RunReport) -> str:
    """What did not get in: refused files, quarantined rows, days without a file."""
    rows = sum(row.quarantined for row in report.accounting)
    parts = (
        f"{len(report.refused_files)} files",
        f"{count_text(rows)} rows",
        f"{len(report.missing_days)} days missing",
    )
    return ", ".join(parts)


def _judgement(report: RunReport) -> str:
    """How often tiers flip and how many were written off by mistake; not before it is measured."""
    one = report.quality
    if one is None:
        return "– (not measured yet)"
    flips = "–" if one.flips_per_year is None else f"{one.flips_per_year:.2f}"
    return f"{flips} tier flips a year, {one.false_kills} of {one.once_listed} false kills"


def _k80(report: RunReport) -> str:
    if report.k80_share is None:
        return "– (no profit to share out)"
    return f"{share_text(report.k80_share)} of customers"


def _row(name: str, value: str) -> str:
    """A name and its value in two columns; a Chinese character is two columns wide."""
    width = sum(1 + (east_asian_width(character) in "WF") for character in name)
    return f"  {name}{' ' * max(NAME_WIDTH - width, 1)}{value}"
