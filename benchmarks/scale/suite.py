"""Everybody once: the contestants of one size, measured one after the other and compared."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.scale.comparison import differences, summary_differences
from benchmarks.scale.generator import LAST_DAY
from benchmarks.scale.machine import available_bytes
from benchmarks.scale.processes import ROOT, Measured, WorkFailed, measure, median_of

BENCH_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PATIENCE_SECONDS = 20 * 60
MEMORY_SHARE = 0.8
Row = dict[str, Any]
Compare = Callable[[pa.Table, pa.Table], list[str]]


@dataclass(frozen=True)
class Contestant:
    """A piece of work of `contest.py`: the bytes and seconds it wants per order line, if known.

    They are what it took at a smaller size; a size that it would not survive is not tried.
    """

    work: str
    is_outside: bool = False
    line_bytes: float = 0
    line_seconds: float = 0

    def refusal(self, lines: int) -> str:
        """Why this size is not tried, or nothing."""
        if self.is_outside and not BENCH_PYTHON.exists():
            return "not run: .venv-bench is not there (make bench makes it)"
        if lines * self.line_bytes > MEMORY_SHARE * available_bytes():
            return f"not run: would need about {lines * self.line_bytes / 1e9:.0f} GB of memory"
        if lines * self.line_seconds > PATIENCE_SECONDS:
            return f"not run: would take about {lines * self.line_seconds / 60:.0f} minutes"
        return ""


FILES = (
    Contestant("polars_careful", is_outside=True),
    Contestant("pandas_careful", line_bytes=270),
    Contestant("pandas_naive", line_bytes=800, line_seconds=50e-6),
    Contestant("lifetimes_summary", is_outside=True, line_bytes=330),
)


@dataclass(frozen=True)
class Arena:
    """Where one size is measured: the generated files, the results, and how often each works."""

    made: Path
    lines: int
    repeats: int
    show: Callable[[str], None]

    @property
    def results(self) -> Path:
        """The folder of what each contestant worked out."""
        folder = self.made / "results"
        folder.mkdir(exist_ok=True)
        return folder

    def result(self, name: str) -> Path:
        """The file of one contestant's result."""
        return self.results / f"{name}.parquet"


def measure_engine(arena: Arena, name: str, uri: str) -> dict[str, Row]:
    """Loading, the whole history and one further day, through the product's engine."""
    rows = {"load": _load(arena, uri)}
    for work in ("history", "one_day"):
        out = arena.result(f"{name}_{work}")
        words = ("--day", str(LAST_DAY), "--uri", uri, "--out", str(out))
        rows[work] = _measured(arena, _in_warehouse(work), arena.repeats, *words)
        rows[work]["same"] = _verdict(arena, out)
    return rows


def measure_lower_bound(arena: Arena, uri: str) -> Row:
    """The scan and the group by over the loaded lines."""
    words = ("--day", str(LAST_DAY), "--uri", uri)
    return _measured(arena, _in_warehouse("lower_bound"), arena.repeats, *words)


def measure_lower_bound_of(made: Path, lines: int) -> Row:
    """The same for generated files that are in no warehouse yet."""
    arena = Arena(made, lines, 3, lambda _: None)
    uri = f"duckdb:///{made / 'lines.duckdb'}"
    _load(arena, uri)
    return measure_lower_bound(arena, uri)


def measure_files(arena: Arena, contestant: Contestant) -> Row:
    """A contestant that reads the generated files."""
    if refusal := contestant.refusal(arena.lines):
        return {"note": refusal}
    out = arena.result(contestant.work)
    python = str(BENCH_PYTHON) if contestant.is_outside else sys.executable
    command = (python, "-m", "benchmarks.scale.contest", contestant.work)
    place = ("--folder", str(arena.made), "--day", str(LAST_DAY), "--out", str(out))
    times = 1 if contestant.line_seconds else arena.repeats
    row = _measured(arena, command, times, *place)
    if "note" not in row:
        is_part = contestant.work == "lifetimes_summary"
        row["same"] = _verdict(arena, out, summary_differences if is_part else differences)
    return row


def _load(arena: Arena, uri: str) -> Row:
    words = ("--folder", str(arena.made), "--uri", uri)
    return _measured(arena, _in_warehouse("load"), 1, *words)


def _in_warehouse(work: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "benchmarks.scale.engine_contest", work)


def _measured(arena: Arena, program: Sequence[str], times: int, *words: str) -> Row:
    arena.show(f"{program[-1]} at {arena.lines:,} lines")

    def once() -> Measured:
        return measure([*program, *words])

    try:
        return asdict(median_of(once, times)) | {"runs": times}
    except WorkFailed as failure:
        return {"note": f"failed: {failure}"}


def _verdict(arena: Arena, out: Path, compare: Compare = differences) -> str:
    """How a result compares with the reference: the product's on DuckDB, from the whole history."""
    reference = arena.result("duckdb_history")
    if not (out.exists() and reference.exists()):
        return "no result"
    if out == reference:
        return "the reference"
    return "; ".join(compare(pq.read_table(reference), pq.read_table(out))) or "same"
