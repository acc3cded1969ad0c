"""How fast, against what: every contestant on the same order lines, ratios within one run.

    python -m benchmarks.scale                          # a million order lines
    python -m benchmarks.scale --lines 50000000         # the size that fills a small machine
    python -m benchmarks.scale --parts contest chain    # and the whole product on them
    python -m benchmarks.scale --parts engines --also 'PostgreSQL 15=postgresql://…'

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
from benchmarks.scale.suite import Arena, Row, measure_contest, measure_engine
from benchmarks.scale.whole_chain import measure_chain

MEASURED = Path(__file__).parent / "measured"
THREADS, MEMORY_LIMIT = 2, "3GB"
PARTS = ("contest", "engines", "chain")


def main(words: list[str] | None = None) -> None:
    """Measure one size, keep the figures, and write the document from all that are kept."""
    given = _parse(words)
    size = size_of(given.lines, given.customers)
    made = generate(size, given.folder, _say)
    kept = _kept(given.lines)
    kept |= {"size": _described(size), "machine": describe()}
    arena = Arena(made, size.lines, given.rounds, _say)
    if "contest" in given.parts:
        engine, kept["contestants"] = _contest(arena)
        kept.setdefault("engines", {})["duckdb"] = engine
    if "engines" in given.parts:
        kept["engines"] |= _engines(arena, given.also)
    if "chain" in given.parts:
        kept["chain"] = measure_chain(given.lines, given.folder, _say)
    (MEASURED / f"{given.lines}.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    if given.document:
        write_document(DOCUMENT, MEASURED)
        _say(f"written: {DOCUMENT}")


def _contest(arena: Arena) -> tuple[dict[str, Row], dict[str, Row]]:
    file = arena.made / "warehouse.duckdb"
    file.unlink(missing_ok=True)
    return measure_contest(arena, f"duckdb:///{file}?threads={THREADS}&memory_limit={MEMORY_LIMIT}")


def _engines(arena: Arena, also: list[str]) -> dict[str, Any]:
    """The same models on other engines, given as `title=URI`; compared with DuckDB's result."""
    named = (one.partition("=") for one in also)
    return {title: measure_engine(arena, title.split()[0], uri) for title, _, uri in named}


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
    parser.add_argument("--rounds", type=int, default=3, help="runs of each; the median counts")
    default = os.environ.get("REGULARS_BENCH", str(Path(tempfile.gettempdir()) / "regulars-bench"))
    parser.add_argument("--folder", type=Path, default=Path(default), help="for generated files")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS[:1])
    parser.add_argument("--also", nargs="*", default=[], help="other engines: title=URI")
    parser.add_argument("--no-document", dest="document", action="store_false")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
