"""A measured process: seconds, CPU and peak memory of one piece of work."""

import json
import os
import resource
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Measured:
    """Wall seconds and CPU seconds of the work itself, peak memory of the whole process in bytes.

    `figures` is what the work has to tell: rows, steps. Imports and starting up are not counted
    in the seconds; they are in the memory.
    """

    wall: float
    cpu: float
    peak_bytes: int
    figures: dict[str, Any]


class WorkFailed(Exception):
    """A process did not end well: the last words it said."""


@contextmanager
def clocked(figures: dict[str, Any]) -> Iterator[None]:
    """Measure a block of this process and tell it to whoever started the process."""
    wall, cpu = time.monotonic(), time.process_time()
    yield
    spent = Measured(time.monotonic() - wall, time.process_time() - cpu, peak_rss_bytes(), figures)
    print(json.dumps(asdict(spent)), flush=True)


def measure(command: Sequence[str], settings: Mapping[str, str] | None = None) -> Measured:
    """Run a command that tells its measurement in its last line. Raises WorkFailed."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(settings or {})}, capture_output=True, text=True
    )
    lines = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    if done.returncode:
        said = lines[-1] if lines else f"ended by signal {-done.returncode}: out of memory?"
        raise WorkFailed(said)
    return Measured(**json.loads(lines[-1]))


def middle_of(runs: Sequence[Measured]) -> Measured:
    """The run with the median wall time (of two the longer), with the highest peak of all."""
    middle = sorted(runs, key=lambda one: one.wall)[len(runs) // 2]
    return replace(middle, peak_bytes=max(one.peak_bytes for one in runs))


def peak_rss_bytes() -> int:
    """The most memory this process has held at once.

    From /proc where there is one: what getrusage says of a new process starts at its parent's.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
