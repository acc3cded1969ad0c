"""How the cost grows: lines, customers and days varied one at a time, and a model fitted on them.

    python -m benchmarks.scale.growth --folder /tmp/regulars-bench

measures CPU seconds of the core path on DuckDB (they bear a busy machine better than the clock),
keeps them in `measured/growth.json` and writes the tables of docs/SCALING.md.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.scale.generator import FIRST_DAY, LAST_DAY, Size, generate
from benchmarks.scale.processes import measure, middle_of

KEPT = Path(__file__).parent / "measured" / "growth.json"
LINES = (500_000, 1_000_000, 2_000_000, 4_000_000)
CUSTOMERS = (1_000, 50_000, 200_000)
HISTORY_DAYS = (120, 240, 480, 729)
BASE = Size(2_000_000, 50_000)
HELD_OUT = Size(8_000_000, 400_000)
Point = dict[str, Any]


def main(words: list[str] | None = None) -> None:
    """Measure all points and keep them."""
    given = _parse(words)
    sizes = {Size(lines, BASE.customers) for lines in LINES}
    sizes |= {Size(BASE.lines, customers) for customers in CUSTOMERS}
    found = {
        "points": [point(size, given.folder) for size in sorted(sizes, key=_by_size)],
        "held_out": point(HELD_OUT, given.folder),
        "days": [point(BASE, given.folder, days) for days in HISTORY_DAYS],
    }
    KEPT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def point(size: Size, folder: Path, days: int = (LAST_DAY - FIRST_DAY).days) -> Point:
    """A history of so many days and the day after it: amounts, CPU seconds, peak memory."""
    _say(f"{size.lines:,} lines, {size.customers:,} customers, {days} days")
    made = generate(size, folder, lambda _: None)
    day = FIRST_DAY + timedelta(days=days)
    uri = f"duckdb:///{made / 'growth.duckdb'}?threads=2&memory_limit=3GB"
    if not (made / "growth.duckdb").exists():
        measure(_work("load", "--uri", uri, "--folder", str(made)))
    words = ("--uri", uri, "--day", str(day), "--out", str(made / "growth.parquet"))
    history = middle_of([measure(_work("history", *words)) for _ in range(3)])
    one_day = middle_of([measure(_work("one_day", *words)) for _ in range(3)])
    return {
        "asked": asdict(size), "history_days": days, **_amounts(made / "growth.duckdb", day),
        "history": asdict(history), "one_day": asdict(one_day),
    }  # fmt: skip


def _amounts(file: Path, day: date) -> dict[str, int]:
    """What there is to work on up to the day, and on the day itself."""
    with duckdb.connect(str(file), read_only=True) as engine:
        lines, lines_of_day = engine.execute(
            "select count(*), count(*) filter (where business_date = $1)"
            " from raw_order_lines where business_date <= $1",
            [day],
        ).fetchall()[0]
        days, customers = engine.execute(
            "select count(*), count(distinct customer_no) from fct_customer_days"
        ).fetchall()[0]
    return {
        "lines": lines, "lines_of_day": lines_of_day,
        "customer_days": days, "customers": customers,
    }  # fmt: skip


def _work(*words: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.scale.engine_contest", *words]


def _by_size(size: Size) -> tuple[int, int]:
    return size.lines, size.customers


def _say(message: str) -> None:
    print(message, flush=True)


def _parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How the cost of the core path grows.")
    default = Path(tempfile.gettempdir()) / "regulars-bench"
    parser.add_argument("--folder", type=Path, default=default, help="for generated files")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
