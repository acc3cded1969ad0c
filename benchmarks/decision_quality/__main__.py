"""The decision-quality benchmark.

    python -m benchmarks.decision_quality                        # the three shops, final cuts
    python -m benchmarks.decision_quality --development          # earlier cuts, to try a change on
    python -m benchmarks.decision_quality --log tx.parquet --cut 2025-01-01 --horizon 30

A log of one's own is a Parquet or CSV file with `customer`, `day`, `value` and, if known, `visits`
and `profit`; `--profit` and the like take SQL expressions over the file's columns.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

from benchmarks.decision_quality.document import write_document
from benchmarks.decision_quality.judging import judge
from benchmarks.decision_quality.logs import read_log
from benchmarks.decision_quality.report import table, title
from benchmarks.decision_quality.shops import read_shops, splits_of
from benchmarks.decision_quality.splits import Split, known_figures, outcomes


def main(words: list[str] | None = None) -> None:
    """Measure, print, and with `--document` write the tables into a document."""
    given = _parse(words)
    started = time.process_time()
    blocks = []
    for split in _splits(given):
        known = known_figures(split)
        returned = float((outcomes(split, known.index)["visits"] > 0).mean())
        block = f"{title(split, len(known), returned)}\n\n{table(judge(split, given.draws))}"
        print(block, flush=True)
        blocks.append(block)
    spent = f"{time.process_time() - started:.0f} CPU seconds in all, intervals of {given.draws}"
    blocks.append(f"{spent} bootstrap samples (90 %) included.")
    print(blocks[-1])
    if given.document:
        write_document(given.document, "\n\n".join(blocks))


def _splits(given: argparse.Namespace) -> Iterator[Split]:
    if given.log:
        log = read_log(
            given.log.stem, given.log, customer=given.customer, day=given.day,
            visits=given.visits, value=given.value, profit=given.profit,
        )  # fmt: skip
        yield Split(log, given.cut, given.horizon)
        return
    for shop, log in read_shops(given.data, given.cache):
        yield from splits_of(shop, log, not given.development)


def _parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How good are the decisions of the score?")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the shops")
    parser.add_argument("--cache", type=Path, default=Path("var/benchmarks"), help="for the wheel")
    parser.add_argument("--development", action="store_true", help="earlier cuts only")
    parser.add_argument("--draws", type=int, default=200, help="bootstrap samples")
    parser.add_argument("--document", type=Path, help="write the tables into this document")
    parser.add_argument("--log", type=Path, help="a log of one's own")
    parser.add_argument("--cut", type=date.fromisoformat, help="first day of the future")
    parser.add_argument("--horizon", type=int, default=30, help="days of the future")
    for column, default in (("customer",) * 2, ("day",) * 2, ("value",) * 2, ("visits", "1")):
        parser.add_argument(f"--{column}", default=default, help=f"{column}: SQL expression")
    parser.add_argument("--profit", default="", help="profit: SQL expression; the value if unknown")
    given = parser.parse_args(words)
    if given.log and not given.cut:
        parser.error("--log needs --cut")
    return given


if __name__ == "__main__":
    main()
