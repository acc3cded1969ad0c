"""Everybody in turn: the contestants of one size, measured round by round and compared.

In every round each works once, so that an hour in which the machine is busy falls on all of them.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.scale.comparison import differences, summary_differences
from benchmarks.scale.generator import LAST_DAY
from benchmarks.scale.machine import available_bytes
from benchmarks.scale.processes import ROOT, Measured, WorkFailed, measure, middle_of

BENCH_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PATIENCE_SECONDS = 10 * 60
MEMORY_SHARE = 0.8
Row = dict[str, Any]
Command = tuple[str, ...]
Compare = Callable[[pa.Table, pa.Table], list[str]]


@dataclass(frozen=True)
class Contestant:
    """A module of contestants/: the bytes and seconds it wants per order line, if it wants many.

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
    Contestant("pandas_careful", line_bytes=240),
    Contestant("pandas_naive", line_bytes=800, line_seconds=90e-6),
    Contestant("lifetimes_summary", is_outside=True, line_bytes=200),
)


@dataclass(frozen=True)
class Arena:
    """Where one size is measured: the generated files, how many rounds, who is told."""

    made: Path
    lines: int
    rounds: int
    show: Callable[[str], None]

    def result(self, name: str) -> Path:
        """The file of one contestant's result."""
        folder = self.made / "results"
        folder.mkdir(exist_ok=True)
        return folder / f"{name}.parquet"


def measure_contest(arena: Arena, uri: str) -> tuple[dict[str, Row], dict[str, Row]]:
    """What the product took on DuckDB (load, history, one_day), and what everybody else took."""
    load = _rounds(arena, {"load": _loading(arena, uri)}, 1)["load"]
    refused = {one.work: one.refusal(arena.lines) for one in FILES}
    commands = {"history": _building(arena, "history", "duckdb", uri), "lower_bound": _bound(uri)}
    commands |= {one.work: _file_work(arena, one) for one in FILES if not refused[one.work]}
    once = {name: commands.pop(name) for name in ("pandas_naive",) if name in commands}
    rows = _rounds(arena, commands, arena.rounds) | _rounds(arena, once, 1)
    for name in (*commands, *once):
        rows[name]["same"] = _verdict(arena, name)
    rows |= {name: {"note": why} for name, why in refused.items() if why}
    engine = {"load": load, "history": rows.pop("history")}
    return engine | _one_day(arena, "duckdb", uri), rows


def measure_engine(arena: Arena, name: str, uri: str) -> dict[str, Row]:
    """The same three pieces of work on another engine."""
    commands = {"load": _loading(arena, uri), "history": _building(arena, "history", name, uri)}
    rows = _rounds(arena, commands, 1)
    rows["history"]["same"] = _verdict(arena, f"{name}_history")
    return rows | _one_day(arena, name, uri)


def measure_lower_bound(made: Path, lines: int) -> Row:
    """The lower bound of generated files that are in no warehouse yet."""
    arena, uri = Arena(made, lines, 3, lambda _: None), f"duckdb:///{made / 'lines.duckdb'}"
    _rounds(arena, {"load": _loading(arena, uri)}, 1)
    return _rounds(arena, {"lower_bound": _bound(uri)}, arena.rounds)["lower_bound"]


def _one_day(arena: Arena, name: str, uri: str) -> dict[str, Row]:
    rows = _rounds(arena, {"one_day": _building(arena, "one_day", name, uri)}, arena.rounds)
    rows["one_day"]["same"] = _verdict(arena, f"{name}_one_day")
    return rows


def _rounds(arena: Arena, commands: Mapping[str, Command], rounds: int) -> dict[str, Row]:
    """Each command once a round; the median run of each, or why there is none."""
    runs: dict[str, list[Measured]] = {name: [] for name in commands}
    failed: dict[str, Row] = {}
    for turn in range(rounds):
        for name, command in commands.items():
            if name in failed:
                continue
            arena.show(f"round {turn + 1} of {rounds}: {name} at {arena.lines:,} lines")
            try:
                runs[name].append(measure(command))
            except WorkFailed as failure:
                failed[name] = {"note": f"failed: {failure}"}
    told = {name: done for name, done in runs.items() if name not in failed}
    return failed | {
        name: asdict(middle_of(done)) | {"runs": rounds} for name, done in told.items()
    }


def _file_work(arena: Arena, contestant: Contestant) -> Command:
    python = str(BENCH_PYTHON) if contestant.is_outside else sys.executable
    place = ("--folder", str(arena.made), "--out", str(arena.result(contestant.work)))
    program = (python, "-m", "benchmarks.scale.contest", contestant.work)
    return (*program, "--day", str(LAST_DAY), *place)


def _building(arena: Arena, work: str, engine: str, uri: str) -> Command:
    out = arena.result(f"{engine}_{work}")
    return (*_in_warehouse(work, uri), "--day", str(LAST_DAY), "--out", str(out))


def _bound(uri: str) -> Command:
    return (*_in_warehouse("lower_bound", uri), "--day", str(LAST_DAY))


def _loading(arena: Arena, uri: str) -> Command:
    return (*_in_warehouse("load", uri), "--folder", str(arena.made))


def _in_warehouse(work: str, uri: str) -> Command:
    return (sys.executable, "-m", "benchmarks.scale.engine_contest", work, "--uri", uri)


def _verdict(arena: Arena, name: str) -> str:
    """How a result compares with the reference: the product's on DuckDB, from the whole history."""
    if name in ("history", "duckdb_history"):
        return "the reference"
    if name == "lower_bound":
        return "groups only"
    reference, out = arena.result("duckdb_history"), arena.result(name)
    if not (out.exists() and reference.exists()):
        return "no result"
    compare: Compare = summary_differences if name == "lifetimes_summary" else differences
    return "; ".join(compare(pq.read_table(reference), pq.read_table(out))) or "same"
