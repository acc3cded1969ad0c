"""The whale curve: profit of the best customers together, then what the rest takes away.

Drawn as SVG by hand, so that the page needs nobody else's script. 100 % is the profit of all;
a group without profit is drawn in money, because a share of a loss says nothing.
"""

from dataclasses import dataclass
from fractions import Fraction

from regulars.domain.money import exponent_of
from regulars.reports.figures import count_text, money_text, share_text, short_amount
from regulars.reports.run_report import RunReport
from regulars.reports.svg import circle, line, svg, text

WIDTH, HEIGHT = 1000, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 28, 48, 60
MOST_TICKS = 8


@dataclass(frozen=True)
class Frame:
    """The plot area. `low` and `high` are axis values, `unit` is one axis unit in minor units."""

    low: int
    high: int
    step: int
    unit: Fraction

    def x(self, share: float) -> float:
        """Where a share of customers stands, in pixels from the left."""
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, minor: float | Fraction) -> float:
        """Where an amount in minor units stands, in pixels from the top."""
        height = HEIGHT - TOP - BOTTOM
        return TOP + float((self.high - minor / self.unit) / (self.high - self.low)) * height


def draw_whale(report: RunReport) -> str:
    """The whale curve of a report as an SVG element, or a sentence when there is nothing."""
    if not report.whale:
        return '<p class="quiet">No identified customer yet ‖ 尚无已识别客户</p>'
    frame = frame_of(report)
    parts = [
        _axes(report, frame),
        f'<path class="eroded" d="{_eroded_path(report, frame)}"/>',
        f'<path class="curve" d="{curve_path(report, frame)}"/>',
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
    values = [Fraction(0), *(point.cumulative_profit_minor / unit for point in report.whale)]
    low, high = min(values), max(values)
    step = _round_step(high - low)
    bottom, top = low // step * step, -(-high // step) * step
    return Frame(bottom, top if top > bottom else bottom + step, step, unit)


def curve_path(report: RunReport, frame: Frame) -> str:
    """The path data of the curve: from nobody's profit through every point."""
    pairs = [(frame.x(0), frame.y(0))]
    pairs += [(frame.x(p.customer_share), frame.y(p.cumulative_profit_minor)) for p in report.whale]
    return _path(pairs)


def _eroded_path(report: RunReport, frame: Frame) -> str:
    """The area between the peak's height and the curve after the peak."""
    top = frame.y(report.peak_profit_minor)
    after = [p for p in report.whale if p.customer_share >= report.peak_share]
    pairs = [(frame.x(report.peak_share), top)]
    pairs += [(frame.x(p.customer_share), frame.y(p.cumulative_profit_minor)) for p in after]
    return _path([*pairs, (frame.x(1), top)]) + " Z"


def _path(pairs: list[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in pairs)


def _round_step(span: Fraction) -> int:
    """The smallest of 1, 2, 5, 10, 20 … that divides the span into few enough ticks."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if span <= MOST_TICKS * step:
                return step
        size *= 10


def _axes(report: RunReport, frame: Frame) -> str:
    """Ticks and names. Along the zero line costs and profit are even."""
    parts = []
    for value in range(frame.low, frame.high + 1, frame.step):
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
