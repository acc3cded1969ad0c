"""How fast, against what: every contestant on the same order lines, ratios within one run.

    python -m benchmarks.scale                          # a million order lines
    python -m benchmarks.scale --lines 50000000         # the size that fills a small machine
    python -m benchmarks.scale --chain                  # and the whole product on them
    python -m benchmarks.scale --also postgresql://…    # the same models on another engine

Measured figures are kept by size in `benchmarks/scale/measured/`; docs/BENCHMARKS.md is written
from them. The generated files go into `--folder` (or REGULARS_BENCH), outside the repository.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.scale.generator import Size, generate, size_of
from benchmarks.scale.machine import describe
from benchmarks.scale.report import DOCUMENT, write_document
from benchmarks.scale.suite import (
    FILES,
    Arena,
    measure_engine,
    measure_files,
    measure_lower_bound,
)
from benchmarks.scale.whole_chain import measure_chain

MEASURED = Path(__file__).parent / "measured"
THREADS, MEMORY_LIMIT = 2, "3GB"


def main(words: list[str] | None = None) -> None:
    """Measure one size, keep the figures, and write the document from all that are kept."""
    given = _parse(words)
    size = size_of(given.lines, given.customers)
    made = generate(size, given.folder, _say)
    kept = _kept(given.lines)
    kept |= {"size": _described(size), "machine": describe()}
    if not given.only_chain:
        kept |= _contest(Arena(made, size.lines, given.repeats, _say), given.also)
    if given.chain or given.only_chain:
        kept["chain"] = measure_chain(given.lines, given.folder, _say)
    (MEASURED / f"{given.lines}.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    if given.document:
        write_document(DOCUMENT, MEASURED)
        _say(f"written: {DOCUMENT}")


def _contest(arena: Arena, also: list[str]) -> dict[str, Any]:
    file = arena.made / "warehouse.duckdb"
    file.unlink(missing_ok=True)
    uri = f"duckdb:///{file}?threads={THREADS}&memory_limit={MEMORY_LIMIT}"
    engines = {"duckdb": measure_engine(arena, "duckdb", uri)}
    rows = {"lower_bound": measure_lower_bound(arena, uri)}
    rows |= {one.work: measure_files(arena, one) for one in FILES}
    for other in also:
        name = other.partition("://")[0]
        engines[name] = measure_engine(arena, name, other)
    return {"engines": engines, "contestants": rows}


def _kept(lines: int) -> dict[str, Any]:
    MEASURED.mkdir(exist_ok=True)
    path = MEASURED / f"{lines}.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def _described(size: Size) -> dict[str, int]:
    return {"lines": size.lines, "orders": size.orders, "customers": size.customers}


def _say(message: str) -> None:
    print(message, flush=True)


def _parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How fast, and against what.")
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines of two years")
    parser.add_argument("--customers", type=int, help="default: 500,000, fewer for small sizes")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each; the median counts")
    default = os.environ.get("REGULARS_BENCH", str(Path(tempfile.gettempdir()) / "regulars-bench"))
    parser.add_argument("--folder", type=Path, default=Path(default), help="for generated files")
    parser.add_argument("--chain", action="store_true", help="the whole product too")
    parser.add_argument("--only-chain", action="store_true", help="nothing but the whole product")
    parser.add_argument("--also", action="append", default=[], help="a further warehouse's URI")
    parser.add_argument("--no-document", dest="document", action="store_false")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
