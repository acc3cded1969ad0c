"""What Airflow itself costs a morning: the same day through the DAGs and through the plain steps.

    python -m benchmarks.scale.airflow_overhead --folder /tmp/regulars-bench

takes a small sample's history through `python -m regulars run`, then its last day several times,
by turns with the launcher (`make run`) and without, each in a process of its own on a home of its
own. What one takes longer than the other is Airflow. Kept in `measured/airflow.json`.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from benchmarks.scale.processes import ROOT, WorkFailed

KEPT = Path(__file__).parent / "measured" / "airflow.json"
LAST_DAY = date(2025, 10, 31)
HISTORY_DAYS, CUSTOMERS = 60, 300
WAYS = {"airflow": "regulars_airflow.launcher", "plain": "regulars"}


def main(words: list[str] | None = None) -> None:
    """Measure both ways by turns and keep the seconds of each run."""
    given = _parse(words)
    homes = {way: _home(given.folder / f"airflow-{way}") for way in WAYS}
    took: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    # Its own start of Airflow's database is the first morning's only.
    for turn in range(given.repeats + 1):
        for way, module in WAYS.items():
            wall, cpu = _day(module, homes[way], LAST_DAY)
            print(f"{way}, morning {turn}: {wall:.1f} s, {cpu:.1f} CPU", flush=True)
            if turn:
                took[way].append((wall, cpu))
    kept = {**took, "overhead": _more(took, 0), "overhead_cpu": _more(took, 1)}
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    print(f"Airflow's own: {kept['overhead']:.1f} s, {kept['overhead_cpu']:.1f} CPU")


def _more(took: dict[str, list[tuple[float, float]]], clock: int) -> float:
    """How much longer the median morning with Airflow is; clock 0 is the wall, 1 the CPU."""
    airflow, plain = (median(one[clock] for one in took[way]) for way in ("airflow", "plain"))
    return airflow - plain


def _home(folder: Path) -> Path:
    """A home whose history is built up to the day before."""
    shutil.rmtree(folder, ignore_errors=True)
    first = LAST_DAY - timedelta(days=HISTORY_DAYS - 1)
    size = ("--customers", str(CUSTOMERS), "--days", str(HISTORY_DAYS), "--daily-files", "3")
    _run(folder, "regulars", "sample", *size, "--last-day", str(LAST_DAY))
    before = str(LAST_DAY - timedelta(days=1))
    _run(folder, "regulars", "run", "--first-date", str(first), "--business-date", before)
    return folder


def _day(module: str, home: Path, day: date) -> tuple[float, float]:
    """Wall and CPU seconds of one morning, with all processes it starts."""
    started, before = time.monotonic(), _children_cpu()
    _run(home, module, "run", "--business-date", str(day), "--first-date", str(day))
    return time.monotonic() - started, _children_cpu() - before


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(home: Path, module: str, *words: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REGULARS_")}
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT, env={**kept, "REGULARS_HOME": str(home)}, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise WorkFailed(f"{module} {words[0]}: {(done.stderr or done.stdout)[-400:]}")


def _parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What Airflow itself costs a morning.")
    default = Path(tempfile.gettempdir()) / "regulars-bench"
    parser.add_argument("--folder", type=Path, default=default, help="for the homes")
    parser.add_argument("--repeats", type=int, default=3)
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
