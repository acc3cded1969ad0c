"""Counts as pictures: the pyramid of tiers, and bars for lists and segments."""

from regulars.reports.figures import count_text, share_text
from regulars.reports.svg import bar, svg, text
from regulars.reports.wording import TIERS, named_counts

WIDTH = 460
NARROWEST = 3.0


def draw_pyramid(tiers: dict[str, int]) -> str:
    """The tiers from platinum down, each as wide as it has customers, around one middle."""
    rows = named_counts(tiers, TIERS)
    largest, total = _scale(rows)
    left, room, height = 120, WIDTH - 120 - 120, 40
    parts = []
    for place, (code, name, count) in enumerate(rows):
        y = 8 + place * (height + 6)
        width = max(room * count / largest, NARROWEST)
        parts.append(text(left - 10, y + 25, name, "end", "label"))
        kind = f"bar {code}" if code in TIERS else "bar"
        parts.append(bar(kind, left + (room - width) / 2, y, width, height))
        words = f"{count_text(count)} · {share_text(count / total)}"
        parts.append(text(left + room + 8, y + 25, words, "start", "label"))
    tall = 12 + len(rows) * (height + 6)
    return svg(WIDTH, tall, "Customers by tier ‖ 等级金字塔", "".join(parts))


def draw_bars(counts: dict[str, int], names: dict[str, str], label: str) -> str:
    """One bar per code with its name above and its count beside it."""
    rows = named_counts(counts, names)
    largest, _ = _scale(rows)
    room = WIDTH - 90
    parts = []
    for place, (code, name, count) in enumerate(rows):
        y = 6 + place * 40
        width = max(room * count / largest, NARROWEST)
        kind = f"bar {code}" if code in names else "bar"
        parts.append(text(0, y + 10, name, "start", "label"))
        parts.append(bar(kind, 0, y + 16, width, 14))
        parts.append(text(width + 8, y + 28, count_text(count), "start", "label"))
    return svg(WIDTH, 10 + len(rows) * 40, label, "".join(parts))


def _scale(rows: list[tuple[str, str, int]]) -> tuple[int, int]:
    """The largest count and their sum, at least one so that they can divide."""
    counts = [count for _, _, count in rows]
    return max([1, *counts]), max(sum(counts), 1)
