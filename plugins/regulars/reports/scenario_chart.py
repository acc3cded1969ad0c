"""The whale curve of each cost assumption in one picture, in money: no curve stands alone."""

from fractions import Fraction

from regulars.domain.money import exponent_of
from regulars.reports.board_rows import ScenarioRow
from regulars.reports.figures import short_amount
from regulars.reports.plot import BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, Frame, curve_path, frame_for
from regulars.reports.svg import line, svg, text
from regulars.reports.wording import SCENARIOS


def draw_scenarios(scenarios: tuple[ScenarioRow, ...], currency_code: str) -> str:
    """The curves as an SVG element, or a sentence when there is none."""
    if not any(one.curve for one in scenarios):
        return '<p class="quiet">No identified customer yet ‖ 尚无已识别客户</p>'
    unit = Fraction(10 ** exponent_of(currency_code))
    amounts = [point.cumulative_profit_minor for one in scenarios for point in one.curve]
    frame = frame_for(amounts, unit)
    curves = "".join(
        f'<path class="curve {one.scenario}" d="{curve_path(one.curve, frame)}"/>'
        + _name(one, frame)
        for one in scenarios
    )
    label = "Whale curves by cost assumption ‖ 各成本假设的鲸鱼曲线"
    return svg(WIDTH, HEIGHT, label, _axes(frame, currency_code) + curves)


def _name(one: ScenarioRow, frame: Frame) -> str:
    """Which curve it is, above its end."""
    y = frame.y(one.true_profit_minor) - 6
    words = SCENARIOS.get(one.scenario, one.scenario)
    return text(WIDTH - RIGHT, y, words, "end", "mark")


def _axes(frame: Frame, currency_code: str) -> str:
    parts = [text(6, 18, f"Cumulative profit, {currency_code} ‖ 累计利润", "start", "name")]
    for value in frame.ticks:
        y = frame.y(value * frame.unit)
        parts.append(line("even" if value == 0 else "grid", LEFT, y, WIDTH - RIGHT, y))
        minor = value * 10 ** exponent_of(currency_code)
        parts.append(text(LEFT - 8, y + 4, short_amount(minor, currency_code), "end"))
    for tenth in range(0, 11, 2):
        parts.append(text(frame.x(tenth / 10), HEIGHT - BOTTOM + 20, f"{tenth * 10} %", "middle"))
    across = "Customers, best first ‖ 客户，由高到低"
    parts.append(text(WIDTH - RIGHT, HEIGHT - 10, across, "end", "name"))
    return "".join(parts)
