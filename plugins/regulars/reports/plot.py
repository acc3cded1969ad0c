"""The plot area of a curve over customers: where a share and an amount stand in pixels."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from regulars.reports.board_rows import WhalePoint

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

    @property
    def ticks(self) -> range:
        """The axis values that are written at the axis."""
        return range(self.low, self.high + 1, self.step)


def frame_for(amounts: Iterable[int], unit: Fraction) -> Frame:
    """The plot area that holds all amounts and zero, with a tick at both ends."""
    values = [Fraction(0), *(amount / unit for amount in amounts)]
    low, high = min(values), max(values)
    step = _round_step(high - low)
    bottom, top = low // step * step, -(-high // step) * step
    return Frame(bottom, top if top > bottom else bottom + step, step, unit)


def curve_path(points: Iterable[WhalePoint], frame: Frame) -> str:
    """The path data of a curve: from nobody's profit through every point."""
    pairs = [(frame.x(0), frame.y(0))]
    pairs += [(frame.x(p.customer_share), frame.y(p.cumulative_profit_minor)) for p in points]
    return path_data(pairs)


def path_data(pairs: Iterable[tuple[float, float]]) -> str:
    """Points in pixels as the data of an SVG path."""
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in pairs)


def _round_step(span: Fraction) -> int:
    """The smallest of 1, 2, 5, 10, 20 … that divides the span into few enough ticks."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if span <= MOST_TICKS * step:
                return step
        size *= 10
