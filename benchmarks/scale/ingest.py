"""How fast order files become validated Parquet and rows of the warehouse, stage by stage.

    .venv/bin/python -m benchmarks.scale.ingest [--lines 1000000] [--kinds csv parquet]
        [--layouts canonical toast] [--warehouse URI]

Each case is a process of its own, through the product's own steps: discover, read, check, land,
load. Seconds are processor seconds of the whole process beside the clock's: on a machine that
others use too, the former are the ones to compare. Starting up is told apart: imports (above all
Great Expectations'), once a process, and the tables of a new warehouse, once in its life.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import yaml

from benchmarks.scale.order_files import STORES, WRITERS
from benchmarks.scale.stopwatch import Stopwatch, watched
from regulars.engines import open_warehouse
from regulars.settings import Settings
from regulars.sources.landing import read_receipts
from regulars.steps.ingest_sales import ingest_source, load_sources
from regulars.steps.raw_tables import ensure_tables

ROOT = Path(__file__).resolve().parents[2]
FIRST, LAST = "2023-01-01", "2024-12-31"
KEY = "the key of the ingest benchmark, known to all"
STAGES = {
    "find": ["regulars.steps.bringing_in:bring_in"],
    "read": ["regulars.steps.landing_files:read"],
    "parse": ["regulars.checks.sorting:parse"],
    "derive": ["regulars.checks.sorting:settle_times", "regulars.checks.sorting:add_probes"],
    "checks": ["regulars.checks.sorting:judge"],
    "repeats": [
        "regulars.checks.sorting:find_repeated",
        "regulars.checks.sorting:find_conflicts", "regulars.checks.sorting:find_duplicates",
    ],
    "keys": ["regulars.checks.verdict:_add_keys"],
    "quarantine": ["regulars.checks.verdict:_set_aside"],
    "count": ["regulars.steps.landing_files:count_file"],
    "write": ["regulars.steps.landed_parts:land"],
    "load": ["regulars.steps.ingest_sales:load_landed"],
    "once a run": [
        "regulars.steps.ingest_sales:ensure_tables",
        "regulars.steps.ingest_sales:load_policy_tables",
        "regulars.steps.ingest_sales:load_intake_tables",
        "regulars.steps.validation_report:write_validation",
    ],
}  # fmt: skip
"""Where each stage begins: what is not inside any of them is told as `rest`."""


@dataclass(frozen=True)
class Measured:
    """One case: its rows, seconds by stage (processor, clock), and the most memory it took.

    `yardstick` is the processor seconds of a piece of work that is always the same, measured in
    the same process: where others use the machine it grows, and all other figures with it.
    """

    layout: str
    kind: str
    lines: int
    rows: int
    file_mb: int
    start_up: float
    stages: Mapping[str, tuple[float, float]]
    peak_mb: int
    yardstick: float
    receipts: Mapping[str, Mapping[str, int]]

    @property
    def seconds(self) -> tuple[float, float]:
        """Processor and clock seconds of all stages."""
        times = list(self.stages.values())
        return sum(cpu for cpu, _ in times), sum(wall for _, wall in times)

    @property
    def lines_per_second(self) -> tuple[int, int]:
        """Order lines by processor second and by second of the clock."""
        cpu, wall = self.seconds
        return int(self.lines / cpu), int(self.lines / wall)


def measure(
    lines: int,
    kind: str,
    layout: str = "canonical",
    tables: Sequence[str] = (),
    warehouse: str = "",
) -> Measured:
    """Measure one case in a process of its own. `tables` names the files to keep (none: all)."""
    case = {"lines": lines, "kind": kind, "layout": layout, "tables": list(tables)}
    with tempfile.TemporaryDirectory() as home:
        environment = _make_home(Path(home), case, warehouse)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.scale.ingest", "--case", json.dumps(case)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _make_home(home: Path, case: Mapping[str, Any], warehouse: str) -> dict[str, str]:
    """A group of one source with its policy, and its files in the drop folder."""
    for name, path in WRITERS[case["layout"]](
        home / "drop" / "till", case["lines"], case["kind"]
    ).items():
        if case["tables"] and name not in case["tables"]:
            path.unlink()
    store = {"time_zone": "Asia/Shanghai", "currency_code": "CNY", "country": "CN"}
    policy = {
        "name": "ingest",
        "valid_from": "2000-01-01",
        "group": {"name": "Group", "name_zh": "集团", "currency_code": "CNY"},
        "stores": [{"store_id": one, "store_name": one, **store} for one in STORES],
        "sources": [
            {
                "name": "till", "folder": "till", "layout": case["layout"],
                "time_zone": "Asia/Shanghai", "currency_code": "CNY", "country": "CN",
            }
        ],
    }  # fmt: skip
    (home / "policy").mkdir()
    (home / "policy" / "2000-01-01.yaml").write_text(yaml.safe_dump(policy), "utf-8")
    return {
        **os.environ,
        "REGULARS_HOME": str(home / "home"),
        "REGULARS_POLICY": str(home / "policy"),
        "REGULARS_DROP": str(home / "drop"),
        "REGULARS_IDENTITY_KEY": KEY,
        "REGULARS_WAREHOUSE": warehouse,
    }


def run_case(case: Mapping[str, Any]) -> Measured:
    """Run a case in this process, whose environment names its home."""
    import_module("regulars.checks.judging")._batch_definition()
    with open_warehouse(Settings().warehouse_uri) as warehouse:
        ensure_tables(warehouse)
    start_up = time.process_time()
    watch = Stopwatch()
    with watched(watch, STAGES), watch.stage("rest"):
        receipt = ingest_source("till", LAST, FIRST)
        load_sources([receipt], LAST, FIRST)
    settings = Settings()
    receipts = _receipts(settings.landing_folder)
    files = [path for path in (settings.drop_folder / "till").rglob("*") if path.is_file()]
    return Measured(
        case["layout"],
        case["kind"],
        case["lines"],
        sum(one["read"] for one in receipts.values()),
        sum(path.stat().st_size for path in files) >> 20,
        round(start_up, 2),
        {name: (round(cpu, 3), round(wall, 3)) for name, (cpu, wall) in watch.spent.items()},
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        round(_yardstick(), 3),
        receipts,
    )


def _yardstick() -> float:
    began = time.process_time()
    numbers = np.random.default_rng(1).integers(0, 1 << 40, 2_000_000)
    pc.utf8_trim_whitespace(pa.array(np.sort(numbers)).cast(pa.string()))
    return time.process_time() - began


def _receipts(landing: Path) -> dict[str, dict[str, int]]:
    return {one.file_name: one.rows.model_dump() for one in read_receipts(landing)}


def show(one: Measured) -> str:
    """A case as lines of text: its rates, then its stages."""
    cpu, wall = one.lines_per_second
    lines = [
        f"{one.layout} {one.kind}: {one.rows:,} rows, {one.file_mb} MB:"
        f" {cpu:,} lines per processor second, {wall:,} by the clock;"
        f" peak {one.peak_mb:,} MB, start-up {one.start_up} s,"
        f" yardstick {one.yardstick} s"
    ]
    for name, (spent, by_clock) in one.stages.items():
        lines.append(f"    {name:<11}{spent:8.2f} s{by_clock:8.2f} s by the clock")
    lines += [f"    {name}: {counts}" for name, counts in one.receipts.items()]
    return "\n".join(lines)


def main() -> None:
    """Measure the cases asked for and print them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lines", type=int, nargs="+", default=[1_000_000])
    asked.add_argument("--kinds", nargs="+", default=["csv", "parquet"])
    asked.add_argument("--layouts", nargs="+", default=["canonical"])
    asked.add_argument("--tables", nargs="*", default=[])
    asked.add_argument("--warehouse", default="")
    asked.add_argument("--case", default="")
    wanted = asked.parse_args()
    if wanted.case:
        print(json.dumps(asdict(run_case(json.loads(wanted.case)))))
        return
    for layout in wanted.layouts:
        for kind in wanted.kinds:
            for lines in wanted.lines:
                print(show(measure(lines, kind, layout, wanted.tables, wanted.warehouse)))


if __name__ == "__main__":
    main()
