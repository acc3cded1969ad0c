"""The whole product on the generated orders: all steps, a full history and one further day."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.scale.drop_folder import LAST_BUT_ONE, write_drop, write_policy
from benchmarks.scale.generator import FIRST_DAY, LAST_DAY, generate, size_of
from benchmarks.scale.processes import WorkFailed, measure
from benchmarks.scale.suite import measure_lower_bound

LINES_PER_CUSTOMER = 100
"""As many visits a customer as 50 million lines of half a million customers have."""


def measure_chain(lines: int, folder: Path, show: Callable[[str], None]) -> dict[str, Any]:
    """Seconds by step, wall and CPU, of the whole history and of the day after it."""
    made = generate(size_of(lines, lines // LINES_PER_CUSTOMER), folder, show)
    home = made / "home"
    shutil.rmtree(home, ignore_errors=True)
    settings = {
        "REGULARS_HOME": str(home),
        "REGULARS_POLICY": str(write_policy(made)),
        "REGULARS_DROP": str(write_drop(made, made)),
    }
    found: dict[str, Any] = {"customers": lines // LINES_PER_CUSTOMER}
    found["lower_bound"] = measure_lower_bound(made, lines)
    for name, first, last in (("full", FIRST_DAY, LAST_BUT_ONE), ("one_day", LAST_DAY, LAST_DAY)):
        show(f"the whole product, {first} to {last}")
        found[name] = _chain(first, last, settings)
    return found


def _chain(first: date, last: date, settings: dict[str, str]) -> dict[str, Any]:
    window = ("--first-date", str(first), "--business-date", str(last))
    command = (sys.executable, "-m", "benchmarks.scale.step_times", *window, "--json")
    try:
        return asdict(measure(command, settings))
    except WorkFailed as failure:
        return {"note": f"failed: {failure}"}
