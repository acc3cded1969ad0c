"""Predicted against happened, a dot for every tenth: on the line, the prediction was right."""

from collections.abc import Iterable

from regulars.reports.judgement_rows import CalibrationRow
from regulars.reports.svg import circle, line, svg, text

SIZE, LEFT, BOTTOM, TOP = 460, 52, 44, 14


def draw_calibration(rows: Iterable[CalibrationRow]) -> str:
    """The dots in a square of shares from 0 to 1, over the line where both are equal."""
    dots = "".join(
        circle("k80", _x(row.expected_share), _y(row.returned_share), 5)
        for row in rows
        if row.expected_share is not None and row.returned_share is not None
    )
    label = "Predicted and happened ‖ 预测与实际"
    return svg(SIZE, SIZE - 120, label, _axes() + line("even", _x(0), _y(0), _x(1), _y(1)) + dots)


def _axes() -> str:
    parts = []
    for tenth in range(0, 11, 2):
        share = tenth / 10
        parts.append(line("grid", _x(0), _y(share), _x(1), _y(share)))
        parts.append(text(LEFT - 8, _y(share) + 4, f"{tenth * 10} %", "end"))
        parts.append(text(_x(share), _y(0) + 18, f"{tenth * 10} %", "middle"))
    parts.append(text(_x(1), _y(0) + 36, "Predicted ‖ 预测", "end", "name"))
    parts.append(text(LEFT + 6, TOP + 12, "Happened ‖ 实际", "start", "name"))
    return "".join(parts)


def _x(share: float) -> float:
    return LEFT + share * (SIZE - LEFT - 20)


def _y(share: float) -> float:
    return TOP + (1 - share) * (SIZE - 120 - TOP - BOTTOM)
