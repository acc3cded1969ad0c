"""One contestant that reads the generated files, in a process and an environment of its own.

python -m benchmarks.scale.contest polars_careful --folder … --day 2025-12-30 --out x.parquet
"""

import argparse
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.scale.processes import clocked


def main(words: list[str] | None = None) -> None:
    """From the Parquet files to the result, in one go; what a contestant prepares is not timed."""
    given = _parse(words)
    contestant = import_module(f"benchmarks.scale.contestants.{given.contestant}")
    source: Any = given.folder
    if hasattr(contestant, "prepare"):
        source = contestant.prepare(given.folder, given.day)
    package = given.contestant.partition("_")[0]
    with clocked({"with": f"{package} {version(package)}"}):
        _write(contestant.run(source, given.day), given.out)


def _write(frame: Any, path: Path) -> None:
    if hasattr(frame, "write_parquet"):
        frame.write_parquet(path)
    else:
        frame.to_parquet(path, index=False)


def _parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="One contestant, measured.")
    parser.add_argument("contestant", help="a module of benchmarks/scale/contestants")
    parser.add_argument("--folder", type=Path, required=True, help="the generated files")
    parser.add_argument("--day", type=date.fromisoformat, required=True, help="as of which day")
    parser.add_argument("--out", type=Path, required=True, help="where the result goes")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
