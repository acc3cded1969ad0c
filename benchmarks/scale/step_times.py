"""Where the time of the whole product chain goes: seconds by step and by model.

    python -m benchmarks.scale.step_times --first-date 2024-01-01 --business-date 2025-12-31

runs the chain of `python -m regulars run` in this process, on the drop folder and the home that
the environment names, and prints one line per step and per model. Every progress message of the
product is a mark on the clock: what passes until the next one belongs to the model it names.
"""

import argparse
import logging
import sys
import time
from collections import defaultdict
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from benchmarks.scale.processes import clocked, peak_rss_bytes

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

from regulars.steps.chain import run_chain


class Marks(logging.Handler):
    """Seconds of wall clock and of CPU by (step, model), in the order of their first mark."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.seconds: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.step, self._model, self._since = "", "", (time.monotonic(), time.process_time())

    def emit(self, record: logging.LogRecord) -> None:
        self.turn_to(record.getMessage())

    def show(self, step: str, started: float | None) -> None:
        """The chain's own announcement that a step starts (no time yet) or has ended."""
        self.turn_to("(the step itself)" if started is None else "(after it)", step)

    def turn_to(self, model: str, step: str | None = None) -> None:
        """Give the time since the last mark to what it named."""
        now = time.monotonic(), time.process_time()
        kept = self.seconds[self.step, self._model]
        for clock in (0, 1):
            kept[clock] += now[clock] - self._since[clock]
        self.step, self._model, self._since = step or self.step, model, now


def main(words: list[str] | None = None) -> None:
    """Run the chain of a window of days and print, as text or JSON, where its time went."""
    given = _parse(words)
    marks = Marks()
    product = logging.getLogger("regulars")
    product.addHandler(marks)
    product.setLevel(logging.INFO)
    figures: dict[str, object] = {}
    with clocked(figures) if given.json else nullcontext():
        summary = run_chain(given.business_date, given.first_date, marks.show)
        figures |= _record(marks)
    if not given.json:
        print(_table(marks, given.models), summary, sep="\n")


def by_step(marks: Marks) -> dict[str, list[float]]:
    """Wall and CPU seconds by step. All sources' readings are one step."""
    steps: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (step, _), (wall, cpu) in marks.seconds.items():
        kept = steps[step.split(" ")[0]]
        kept[0], kept[1] = kept[0] + wall, kept[1] + cpu
    steps.pop("", None)
    return dict(steps)


def _record(marks: Marks) -> dict[str, object]:
    models = [[*names, *seconds] for names, seconds in marks.seconds.items() if names[0]]
    return {"steps": by_step(marks), "models": sorted(models, key=lambda one: -one[3])[:20]}


def _table(marks: Marks, count: int) -> str:
    lines = [
        f"{wall:8.1f} s {cpu:8.1f} CPU  {name}" for name, (wall, cpu) in by_step(marks).items()
    ]
    dearest = sorted(marks.seconds.items(), key=lambda one: -one[1][1])[:count]
    lines += ["", "the dearest models:"]
    lines += [f"{wall:8.1f} s {cpu:8.1f} CPU  {' '.join(names)}" for names, (wall, cpu) in dearest]
    return "\n".join([*lines, f"peak memory {peak_rss_bytes() / 2**20:,.0f} MB"])


def _parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Seconds of the whole chain by step and model.")
    parser.add_argument("--business-date", type=date.fromisoformat, required=True)
    parser.add_argument("--first-date", type=date.fromisoformat, required=True)
    parser.add_argument("--models", type=int, default=40, help="how many models to show")
    parser.add_argument("--json", action="store_true", help="all of it, for another program")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
