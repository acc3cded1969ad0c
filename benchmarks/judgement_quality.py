"""How good the judgement is, on a generated group whose truth is known.

    .venv/bin/python benchmarks/judgement_quality.py [--customers 1200] [--days 300] [--seed 7]

Generates the group, runs the whole chain over it in a home of its own, and prints precision and
recall of every segment, false kills, and tier flips at constant true value, as a table in Markdown.
`--home FOLDER` measures a home that has been run already, by its `truth/` and `published/`.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))

from regulars.identity.keys import customer_key
from regulars.samples.sample_group import SampleSize, generate
from regulars.samples.true_segments import (
    CONSTANT,
    count_flips,
    precision,
    recall,
    true_segments,
)
from regulars.settings import INCLUDE, Settings
from regulars.steps.chain import run_chain

SCOPE = "sample_group"
KEY = "a key of the benchmark: public, only for generated people"
Row = dict[str, Any]


def main(words: Sequence[str] | None = None) -> None:
    """Generate and run, unless a home is given; then measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1200)
    parser.add_argument("--days", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20240831)
    parser.add_argument("--last-day", type=date.fromisoformat, default=date(2025, 6, 29))
    parser.add_argument("--home", type=Path)
    asked = parser.parse_args(words)
    if asked.home:
        print(measure(asked.home))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _run(home, SampleSize(seed=asked.seed, customers=asked.customers, days=asked.days,
                              last_day=asked.last_day, daily_files=0))  # fmt: skip
        print(measure(home))


def _run(home: Path, size: SampleSize) -> None:
    generate(size, home / "drop", home / "truth", lambda _: None)
    told = {"HOME": home, "DROP": home / "drop", "POLICY": INCLUDE / "policy" / SCOPE,
            "WAREHOUSE": "", "IDENTITY_KEY": KEY}  # fmt: skip
    os.environ.update({f"REGULARS_{name}": str(value) for name, value in told.items()})
    run_chain(size.last_day, size.first_day, lambda _name, _started: None)


def measure(home: Path) -> str:
    """The table of a home: every segment's precision and recall, and the product figures."""
    tiers = _read(home / "published" / "snap_customer_tiers")
    last = max(row["snapshot_date"] for row in tiers)
    judged = {row["customer_key"]: row for row in tiers if row["snapshot_date"] == last}
    truth = _read(home / "truth" / "customers.parquet")
    segments = true_segments(truth, _read(home / "truth" / "orders.parquet"), last)
    secret = Settings().identity_secret
    keys = {row["customer_ref"]: customer_key(row["customer_ref"], secret, "k1", SCOPE)
            for row in truth}  # fmt: skip
    pairs = [(segments[ref], judged[key]["segment"]) for ref, key in keys.items()
             if key in judged and judged[key]["segment"] != "not_profiled"]  # fmt: skip
    constant = {keys[row["customer_ref"]] for row in truth if row["true_class"] in CONSTANT}
    lines = ["| segment | truly | judged | precision | recall |", "|---|---|---|---|---|"]
    lines += [_line(pairs, segment) for segment in sorted(set(segments.values()))]
    return "\n".join([*lines, "", *_figures(home, truth, keys, judged, constant, last)])


def _line(pairs: list[tuple[str, str]], segment: str) -> str:
    truly = sum(true == segment for true, _ in pairs)
    found = sum(judged == segment for _, judged in pairs)
    shares = (precision(pairs, segment), recall(pairs, segment))
    told = " | ".join("–" if one is None else f"{one:.2f}" for one in shares)
    return f"| `{segment}` | {truly} | {found} | {told} |"


def _figures(
    home: Path, truth: list[Row], keys: dict[str, Any], judged: dict[str, Row],
    constant: set[Any], last: date,
) -> list[str]:  # fmt: skip
    """False kills among the truly profitable, flips per customer-year, and the published row."""
    good = {keys[row["customer_ref"]] for row in truth if row["true_profit_minor"] > 0}
    killed = sum(judged[key]["segment"] == "loss_maker" for key in good & judged.keys())
    moves = [row for row in _read(home / "published" / "fct_tier_moves.parquet")
             if row["customer_key"] in constant]  # fmt: skip
    days = sum(min(judged[key]["age_days"] or 0, 365) for key in constant & judged.keys())
    quality = _read(home / "published" / "fct_judgement_quality")
    (row,) = (one for one in quality if one["snapshot_date"] == last)
    kinds = Counter(judged[key]["segment"] for key in judged)
    return [
        f"- customers: {len(judged)}, of them {kinds['not_profiled']} who refused profiling",
        f"- false kills: {killed} of {len(good)} profitable ({killed / max(len(good), 1):.2%})",
        f"- flips at constant true value: {count_flips(moves) * 365 / max(days, 1):.3f}"
        " per customer-year",
        f"- published: flips {row['flips_per_year']:.3f}, false kills"
        f" {row['false_kill_count']} of {row['once_listed_count']},"
        f" unproven {row['unproven_ratio']:.1%}, anonymous orders"
        f" {row['anonymous_order_ratio']:.1%}, borderline {row['borderline_ratio']:.1%},"
        f" with notice {row['notice_ratio']:.1%}",
    ]


def _read(path: Path) -> list[Row]:
    return list(pq.read_table(path).to_pylist())


if __name__ == "__main__":
    main()
