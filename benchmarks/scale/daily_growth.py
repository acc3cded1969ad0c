"""What one further day costs after a short and after a long history: CPU seconds by step.

    python -m benchmarks.scale.daily_growth --customers 1000 --days 90 180 365 730

For every length of history (and every number of customers) a sample is generated, its history is
run in one go, and then the day after it. The table has a column per history: what the further day
took, step by step, and all of it as a share of the full run. A line that grows to the right grows
with history; the day itself is the same everywhere. CPU time of all threads of the process is
counted, so that other work on the machine disturbs little.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

from regulars.samples.sample_group import SampleSize, generate
from regulars.steps.chain import run_chain

ROOT = Path(__file__).resolve().parents[2]
LAST_DAY = date(2025, 11, 4)
"""A Tuesday: no review of tiers is due, and November's delivery fees are still to come."""
LATE_FILES = 8
Case = tuple[int, int]


def main() -> None:
    """Measure every case in a process of its own and print the table as Markdown."""
    asked = _parse()
    if asked.case:
        print(json.dumps(measure(*asked.case)))
        return
    cases = [(people, days) for people in asked.customers for days in asked.days]
    found: dict[Case, dict[str, Any]] = {}
    for case in cases:
        found[case] = _measure_apart(case)
        print(f"{case[0]} customers, {case[1]} days: measured", file=sys.stderr)
    print(table(found))


def measure(customers: int, days: int) -> dict[str, Any]:
    """CPU seconds of the full history, and by step of the day after it."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ |= {
            "REGULARS_HOME": folder,
            "REGULARS_DROP": f"{home / 'drop'}",
            "REGULARS_IDENTITY_KEY": "a key for benchmarks, never a real one",
        }
        size = SampleSize(customers=customers, days=days, last_day=LAST_DAY, daily_files=LATE_FILES)
        made = generate(size, home / "drop", home / "truth", lambda _: None)
        full = _clocked(size.first_day, LAST_DAY - timedelta(days=1))
        day = _clocked(LAST_DAY, LAST_DAY)
    return {"orders": made.order_count, "full": sum(full.values()), "day": day}


def _clocked(first: date, last: date) -> dict[str, float]:
    """CPU seconds by step of one run of the chain; all sources' readings are one step."""
    seconds: dict[str, float] = defaultdict(float)
    since = 0.0

    def show(step: str, started: float | None) -> None:
        nonlocal since
        if started is not None:
            seconds[step.split(" ")[0]] += time.process_time() - since
        since = time.process_time()

    run_chain(last, first, show)
    return dict(seconds)


def table(found: dict[Case, dict[str, Any]]) -> str:
    """A row per step, a column per case."""
    heads = [f"{people:,} × {days} days" for people, days in found]
    lines = [
        f"| CPU seconds of one further day | {' | '.join(heads)} |",
        f"|---|{'---:|' * len(found)}",
    ]
    for step in next(iter(found.values()))["day"]:
        cells = [f"{one['day'].get(step, 0):.2f}" for one in found.values()]
        lines.append(f"| `{step}` | {' | '.join(cells)} |")
    totals = [sum(one["day"].values()) for one in found.values()]
    rows = {
        "**one further day**": [f"**{total:.1f}**" for total in totals],
        "full history": [f"{one['full']:.1f}" for one in found.values()],
        "further day ÷ full": [
            f"1/{one['full'] / total:.1f}"
            for one, total in zip(found.values(), totals, strict=True)
        ],
        "orders of history": [f"{one['orders']:,}" for one in found.values()],
    }
    return "\n".join([*lines, *(f"| {name} | {' | '.join(row)} |" for name, row in rows.items())])


def _measure_apart(case: Case) -> dict[str, Any]:
    words = [sys.executable, "-m", "benchmarks.scale.daily_growth", "--case", *map(str, case)]
    done = subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--customers", type=int, nargs="+", default=[1000])
    parser.add_argument("--days", type=int, nargs="+", default=[90, 180, 365, 730])
    parser.add_argument("--case", type=int, nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
