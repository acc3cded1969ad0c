"""The results as Markdown tables."""

from collections.abc import Iterable

from benchmarks.decision_quality.judging import Result
from benchmarks.decision_quality.splits import Split

COLUMNS = {
    "auc": "AUC comes back", "brier": "Brier", "quiet": "AUC a good one goes quiet",
    "top_value": "sales of the top 20 %", "top_profit": "profit of the top 20 %",
    "visits_level": "visits, level", "profit_level": "profit, level",
}  # fmt: skip
_SIGNED = ("visits_level", "profit_level")


def title(split: Split, customers: int, returned: float) -> str:
    """The heading of a split: what, when, how many."""
    return (
        f"### {split.log.name}, cut {split.cut.isoformat()}, {split.horizon_days} days\n\n"
        f"{customers:,} customers, {returned:.1%} came back. {split.log.note}"
    )


def table(results: Iterable[Result]) -> str:
    """A row per method; intervals in brackets, a dash where a method does not say it."""
    heads = ["method", *COLUMNS.values(), "CPU s"]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for one in results:
        if one.absent:
            lines.append(_row([one.method, f"not here: {one.absent}", *[""] * len(COLUMNS)]))
        else:
            cells = [_cell(one, name) for name in COLUMNS]
            lines.append(_row([one.method, *cells, f"{one.seconds:.1f}"]))
    return "\n".join(lines)


def _cell(result: Result, name: str) -> str:
    value = result.figures[name]
    if value != value:
        return "–"
    if name in _SIGNED:
        return f"{value:+.1%}{_bounds(result, name, '+.0%')}"
    places = ".4f" if name == "brier" else ".3f"
    return f"{value:{places}}{_bounds(result, name, places)}"


def _bounds(result: Result, name: str, form: str) -> str:
    low, high = result.bounds.get(name, (float("nan"),) * 2)
    return f" [{low:{form}}, {high:{form}}]" if low == low else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
