"""One piece of work in a warehouse, in a process of its own: load, history, one_day, lower_bound.

python -m benchmarks.scale.engine_contest history --uri duckdb:///w.duckdb --day 2025-12-30
"""

import argparse
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.scale import core_path
from benchmarks.scale.contestants import lower_bound
from benchmarks.scale.generator import FIRST_DAY
from benchmarks.scale.processes import clocked
from regulars.engines import open_warehouse

Given = argparse.Namespace


def main(words: list[str] | None = None) -> None:
    """Measure one piece of work; the standing it leads to goes into `--out`."""
    given = _parse(words)
    _WORK[given.work](given)


def _load(given: Given) -> None:
    figures: dict[str, Any] = {}
    with open_warehouse(given.uri) as warehouse, clocked(figures):
        figures["lines"] = core_path.load(warehouse, given.folder)


def _history(given: Given) -> None:
    """The whole history up to the day, into tables that are not there yet."""
    with open_warehouse(given.uri) as warehouse:
        core_path.forget(warehouse)
        with clocked({}):
            core_path.build_history(warehouse, given.first, given.day)
        pq.write_table(core_path.standings(warehouse, given.day), given.out)


def _one_day(given: Given) -> None:
    """The day itself, on a history that ends on the day before (built here, off the clock)."""
    before = given.day - timedelta(days=1)
    with open_warehouse(given.uri) as warehouse:
        if not core_path.stands_on(warehouse, before):
            core_path.forget(warehouse)
            core_path.build_history(warehouse, given.first, before)
    with open_warehouse(given.uri) as warehouse:
        with clocked({}):
            core_path.add_day(warehouse, given.day)
        pq.write_table(core_path.standings(warehouse, given.day), given.out)


def _lower_bound(given: Given) -> None:
    figures: dict[str, Any] = {}
    file = Path(given.uri.removeprefix("duckdb:///").partition("?")[0])
    with clocked(figures):
        figures["customer_days"] = lower_bound.run(file, given.day)


_WORK: dict[str, Callable[[Given], None]] = {
    "load": _load, "history": _history, "one_day": _one_day, "lower_bound": _lower_bound,
}  # fmt: skip


def _parse(words: list[str] | None) -> Given:
    parser = argparse.ArgumentParser(description="One piece of work in a warehouse, measured.")
    parser.add_argument("work", choices=_WORK)
    parser.add_argument("--uri", required=True, help="the warehouse")
    parser.add_argument("--folder", type=Path, help="the generated files, to load")
    parser.add_argument("--first", type=date.fromisoformat, default=FIRST_DAY)
    parser.add_argument("--day", type=date.fromisoformat, help="as of which day")
    parser.add_argument("--out", type=Path, help="where the result goes")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
