"""The results as Markdown tables."""

from collections.abc import Iterable

from benchmarks.decision_quality.judging import Result
from benchmarks.decision_quality.metrics import interval
from benchmarks.decision_quality.splits import Split

COLUMNS = {
    "auc": "AUC comes back", "brier": "Brier", "quiet": "AUC a good one goes quiet",
    "top_value": "sales of the top 20 %", "top_profit": "profit of the top 20 %",
    "visits_level": "visits, level", "profit_level": "profit, level",
}  # fmt: skip
_LEVELS = ("visits_level", "profit_level")
_LOWER_IS_BETTER = "brier"


def title(split: Split, customers: int, returned: float) -> str:
    """The heading of a split: what, when, how many."""
    return (
        f"### {split.log.name}, cut {split.cut.isoformat()}, {split.horizon_days} days\n\n"
        f"{customers:,} customers, {returned:.1%} came back. {split.log.note}"
    )


def table(results: Iterable[Result]) -> str:
    """A row per method; intervals in brackets, a dash where a method does not say it.

    ▲ and ▽ mark what is surely better and surely worse than the first row: the interval of the
    difference, draw by draw, is on one side of zero.
    """
    first, *others = results
    heads = ["method", *COLUMNS.values(), "CPU s"]
    lines = [_row(heads), _row(["---"] * len(heads)), _line(first, first)]
    return "\n".join([*lines, *(_line(one, first) for one in others)])


def _line(result: Result, first: Result) -> str:
    if result.absent:
        return _row([result.method, f"not here: {result.absent}", *[""] * len(COLUMNS)])
    cells = [_cell(result, name) + _mark(result, first, name) for name in COLUMNS]
    return _row([result.method, *cells, f"{result.seconds:.1f}"])


def _cell(result: Result, name: str) -> str:
    value = result.figures[name]
    if value != value:
        return "–"
    form, bound_form = ("+.1%", "+.0%") if name in _LEVELS else (_places(name),) * 2
    low, high = interval(result.drawn.get(name))
    bounds = f" [{low:{bound_form}}, {high:{bound_form}}]" if low == low else ""
    return f"{value:{form}}{bounds}"


def _places(name: str) -> str:
    return ".4f" if name == _LOWER_IS_BETTER else ".3f"


def _mark(result: Result, first: Result, name: str) -> str:
    if name in _LEVELS or name not in result.drawn or name not in first.drawn:
        return ""
    low, high = interval(result.drawn[name] - first.drawn[name])
    if name == _LOWER_IS_BETTER:
        low, high = -high, -low
    return " ▲" if low > 0 else " ▽" if high < 0 else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
