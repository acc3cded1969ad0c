"""The whale curve: profit of the best customers together, then what the rest takes away.

Drawn as SVG by hand, so that the page needs nobody else's script. 100 % is the profit of all;
a group without profit is drawn in money, because a share of a loss says nothing.
"""

from fractions import Fraction

from regulars.domain.money import exponent_of
from regulars.reports.figures import count_text, money_text, share_text, short_amount
from regulars.reports.plot import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    WIDTH,
    Frame,
    curve_path,
    frame_for,
    path_data,
)
from regulars.reports.run_report import RunReport
from regulars.reports.svg import circle, line, svg, text


def draw_whale(report: RunReport) -> str:
    """The whale curve of a report as an SVG element, or a sentence when there is nothing."""
    if not report.whale:
        return '<p class="quiet">No identified customer yet ‖ 尚无已识别客户</p>'
    frame = frame_of(report)
    parts = [
        _axes(report, frame),
        f'<path class="eroded" d="{_eroded_path(report, frame)}"/>',
        f'<path class="curve" d="{curve_path(report.whale, frame)}"/>',
        _total_line(report, frame),
        _k80_marker(report, frame),
        _peak_marker(report, frame),
    ]
    label = "Whale curve: cumulative profit by share of customers ‖ 鲸鱼曲线"
    return svg(WIDTH, HEIGHT, label, "".join(parts))


def is_in_shares(report: RunReport) -> bool:
    """Whether the curve is drawn in shares of the total profit; in money when there is none."""
    return report.total_profit_minor > 0


def frame_of(report: RunReport) -> Frame:
    """The plot area that holds the whole curve and zero, with a tick at both ends."""
    if is_in_shares(report):
        unit = Fraction(report.total_profit_minor, 100)
    else:
        unit = Fraction(10 ** exponent_of(report.currency_code))
    return frame_for([point.cumulative_profit_minor for point in report.whale], unit)


def _eroded_path(report: RunReport, frame: Frame) -> str:
    """The area between the peak's height and the curve after the peak."""
    top = frame.y(report.peak_profit_minor)
    after = [p for p in report.whale if p.customer_share >= report.peak_share]
    pairs = [(frame.x(report.peak_share), top)]
    pairs += [(frame.x(p.customer_share), frame.y(p.cumulative_profit_minor)) for p in after]
    return path_data([*pairs, (frame.x(1), top)]) + " Z"


def _axes(report: RunReport, frame: Frame) -> str:
    """Ticks and names. Along the zero line costs and profit are even."""
    parts = []
    for value in frame.ticks:
        y = frame.y(value * frame.unit)
        kind = "even" if value == 0 else "grid"
        parts.append(line(kind, LEFT, y, WIDTH - RIGHT, y))
        parts.append(text(LEFT - 8, y + 4, _tick(report, value), "end"))
    for tenth in range(0, 11, 2):
        parts.append(text(frame.x(tenth / 10), HEIGHT - BOTTOM + 20, f"{tenth * 10} %", "middle"))
    even = frame.y(0) - 6
    parts.append(text(WIDTH - RIGHT, even, "Break-even ‖ 盈亏平衡", "end", "quiet"))
    unit = "% of total" if is_in_shares(report) else report.currency_code
    parts.append(text(6, 18, f"Cumulative profit, {unit} ‖ 累计利润", "start", "name"))
    across = "Customers, best first ‖ 客户，由高到低"
    parts.append(text(WIDTH - RIGHT, HEIGHT - 10, across, "end", "name"))
    return "".join(parts)


def _tick(report: RunReport, value: int) -> str:
    if is_in_shares(report):
        return f"{count_text(value)} %"
    minor = value * 10 ** exponent_of(report.currency_code)
    return short_amount(minor, report.currency_code)


def _total_line(report: RunReport, frame: Frame) -> str:
    """Where the curve ends; its words stand on the side that the curve leaves free."""
    y = frame.y(report.total_profit_minor)
    words = f"All ‖ 合计 {money_text(report.total_profit_minor, report.currency_code)}"
    if is_in_shares(report):
        name = text(WIDTH - RIGHT, y + 18, words, "end", "quiet")
    else:
        name = text(LEFT + 8, y - 7, words, "start", "quiet")
    return line("total", LEFT, y, WIDTH - RIGHT, y) + name


def _k80_marker(report: RunReport, frame: Frame) -> str:
    """The customers who bring 80 % of the profit; left out when there is no profit."""
    if report.k80_share is None or not is_in_shares(report):
        return ""
    x, y = frame.x(report.k80_share), frame.y(80 * frame.unit)
    words = f"80 % of profit from {share_text(report.k80_share)} ‖ 八成利润"
    anchor = "start" if report.k80_share < 0.6 else "end"
    shift = 10 if anchor == "start" else -10
    return (
        line("k80", x, y, x, frame.y(0))
        + circle("k80", x, y, 4.5)
        + text(x + shift, (y + frame.y(0)) / 2, words, anchor, "mark")
    )


def _peak_marker(report: RunReport, frame: Frame) -> str:
    x, y = frame.x(report.peak_share), frame.y(report.peak_profit_minor)
    height = short_amount(report.peak_profit_minor, report.currency_code)
    if is_in_shares(report):
        height = share_text(report.peak_profit_minor / report.total_profit_minor)
    words = f"Peak ‖ 峰值 {height} @ {share_text(report.peak_share)}"
    anchor = "end" if report.peak_share > 0.7 else "start"
    return circle("peak", x, y, 5.5) + text(x, y - 12, words, anchor, "mark")
