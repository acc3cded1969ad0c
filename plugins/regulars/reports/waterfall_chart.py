"""The profit waterfall: each step of the ladder as a bar from where it was to where it is."""

from regulars.reports.board_rows import StepRow
from regulars.reports.figures import amount_text
from regulars.reports.svg import bar, line, svg, text
from regulars.reports.wording import STEPS

WIDTH, LEFT, RIGHT, ROW = 1000, 250, 130, 24
NARROWEST = 1.0


def draw_waterfall(steps: tuple[StepRow, ...], currency_code: str) -> str:
    """The ladder as an SVG element, or a sentence when there is none. Bars share one scale."""
    if not steps:
        return '<p class="quiet">Nothing to show ‖ 暂无</p>'
    levels = [0, *(step.level_minor for step in steps)]
    low, high = min(levels), max(levels)
    scale = (WIDTH - LEFT - RIGHT) / max(high - low, 1)
    parts = [_zero_line(low, scale, len(steps))]
    for place, step in enumerate(steps):
        parts.append(_row(step, place * ROW, low, scale, currency_code))
    label = "From gross to true profit ‖ 从总额到真实利润"
    return svg(WIDTH, len(steps) * ROW + 8, label, "".join(parts))


def _zero_line(low: int, scale: float, rows: int) -> str:
    x = LEFT - low * scale
    return line("even", x, 0, x, rows * ROW)


def _row(step: StepRow, y: float, low: int, scale: float, currency_code: str) -> str:
    """A step's name, its bar and its amount: a subtotal stands on zero, a change hangs."""
    start = 0 if _stands(step) else step.level_minor - step.change_minor
    left, right = sorted((start, step.level_minor))
    amount = step.level_minor if _stands(step) else step.change_minor
    kind = "total" if _stands(step) else "gain" if step.change_minor >= 0 else "loss"
    x, width = LEFT + (left - low) * scale, max((right - left) * scale, NARROWEST)
    name = STEPS.get(step.step, step.step.replace("_", " "))
    return (
        text(LEFT - 12, y + 16, name, "end", "mark" if _stands(step) else "label")
        + bar(f"bar {kind}", x, y + 4, width, ROW - 8)
        + text(WIDTH - 4, y + 16, amount_text(amount, currency_code), "end", "label")
    )


def _stands(step: StepRow) -> bool:
    """Whether the bar stands on zero: subtotals, and gross as the first."""
    return step.is_subtotal or step.step == "gross"
