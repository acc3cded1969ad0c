"""The command line: the same steps as the DAGs, for those who want them without a scheduler."""

import argparse
import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from regulars import exception_verbs, list_verbs, quarantine_verbs, role_verbs
from regulars.domain.errors import RegularsError
from regulars.settings import Settings

SAMPLE_KEY = "the sample group's key: public, so that every sample run gives the same lists"
"""Only for generated people. A home that holds it must never see real ones."""


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says. 0 when it went well, 1 with a sentence when it did not."""
    asked = _read(words)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
    logging.getLogger("regulars").setLevel(logging.INFO if asked.verbose else logging.WARNING)
    try:
        return int(asked.act(asked) or 0)
    except RegularsError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1


def _sample(asked: argparse.Namespace) -> int:
    from regulars.samples.sample_group import SampleSize, generate

    size = SampleSize(
        seed=asked.seed,
        customers=asked.customers,
        days=asked.days,
        last_day=asked.last_day,
        daily_files=asked.daily_files,
        format=asked.format,
        orders=asked.orders,
    )
    settings = Settings()
    settings.keep_identity_key(SAMPLE_KEY)
    drop = asked.folder or settings.drop_folder
    made = generate(size, drop, asked.truth or settings.root / "truth", print)
    print(f"{made.order_count:,} orders, {made.first_day} to {made.last_day}, in {drop}")
    return 0


def _run(asked: argparse.Namespace) -> int:
    from regulars.steps.chain import find_window, run_chain

    found = None if asked.business_date else find_window()
    last = asked.business_date or (found and found[1])
    if last is None:
        raise RegularsError(
            "no dated file in the drop folder", next_move="give --business-date and --first-date"
        )
    first = asked.first_date or (found[0] if found else last)
    print(run_chain(last, first, _show_step))
    return 0


def _explain(asked: argparse.Namespace) -> int:
    from regulars.steps.explain_customer import explain_customer

    day = asked.business_date.isoformat()
    print(explain_customer(asked.customer, day, asked.language, asked.only_profit))
    return 0


def _rebuild(_asked: argparse.Namespace) -> int:
    from regulars.steps.chain import forget_built

    print(f"{forget_built()} tables forgotten; the next run builds them from what was landed")
    return 0


def _limits(_asked: argparse.Namespace) -> int:
    from regulars.steps.limits_in_force import describe_limits
    from regulars.steps.runtime import Run

    print(describe_limits(Run(date.max, date.max, Settings())))
    return 0


def _suggest_duplicates(asked: argparse.Namespace) -> int:
    from regulars.steps.suggest_duplicates import suggest_duplicates

    receipt = suggest_duplicates(asked.business_date.isoformat(), asked.at_least)
    print(f"{receipt['pairs']} pairs to look at: {receipt['file']}")
    return 0


def _docs(asked: argparse.Namespace) -> int:
    from regulars.steps.documents import write_documents

    changed = write_documents(check_only=asked.check)
    for path in changed:
        print(f"{'differs' if asked.check else 'written'}: {path}")
    if asked.check and changed:
        print("Next: python -m regulars docs, and look at the difference before it is committed")
    return 1 if asked.check and changed else 0


def _lint_sql(_asked: argparse.Namespace) -> int:
    from regulars.steps.documents import lint_models

    findings = lint_models()
    for finding in findings:
        print(finding)
    return 1 if findings else 0


def _bench(asked: argparse.Namespace) -> int:
    from regulars.settings import INCLUDE

    folder = INCLUDE.parent
    if not (folder / "benchmarks" / "scale").is_dir():
        raise RegularsError(
            "the benchmarks are not installed with the product",
            next_move="run it in a clone of the repository",
        )
    parts = ["--parts", "contest", "chain"] if asked.chain else []
    command = [sys.executable, "-m", "benchmarks.scale", "--lines", str(asked.lines), *parts]
    return subprocess.run(command, cwd=folder, check=False).returncode


def _show_step(name: str, started: float | None) -> None:
    """One line per step: its name when it starts, its time when it has ended."""
    if started is None:
        print(f"  {name:<50}", end="", flush=True)
    else:
        print(f"{time.monotonic() - started:6.1f} s")


def _read(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m regulars", description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="a line for every model")
    verbs = parser.add_subparsers(dest="verb", required=True)

    sample = verbs.add_parser("sample", help="generate the sample group and its truth")
    sample.add_argument("--seed", type=int, default=20240831)
    sample.add_argument("--customers", type=int, default=5000)
    sample.add_argument("--days", type=int, default=420)
    sample.add_argument("--last-day", type=date.fromisoformat, default=date(2025, 10, 31))
    sample.add_argument("--daily-files", type=int, default=10, help="newest days, one file a day")
    sample.add_argument("--orders", type=int, help="as many orders; customers follow from it")
    sample.add_argument("--format", choices=("parquet", "csv"), default="parquet")
    sample.add_argument("--folder", type=Path, help="default: the drop folder")
    sample.add_argument("--truth", type=Path, help="default: truth/ in REGULARS_HOME")
    sample.set_defaults(act=_sample)

    run = verbs.add_parser("run", help="the whole chain for a business date or a window")
    run.add_argument("--business-date", type=date.fromisoformat, help="default: the newest")
    run.add_argument("--first-date", type=date.fromisoformat, help="first day of the window")
    run.set_defaults(act=_run)

    story = verbs.add_parser("explain", help="one customer on a day: figures, verdict, reasons")
    profit = verbs.add_parser("profit", help="what a customer brought in a year, and why")
    for verb in (story, profit):
        verb.add_argument("customer", help="a customer_key, or a customer number of the tills")
        verb.add_argument("--language", choices=("en", "zh", "both"), default="both")
        verb.set_defaults(act=_explain, only_profit=verb is profit)
    story.add_argument("business_date", type=date.fromisoformat, nargs="?", default=date.max)
    profit.add_argument("--business-date", type=date.fromisoformat, default=date.max)

    rebuild = verbs.add_parser("rebuild", help="forget all built tables; landed files stay")
    rebuild.set_defaults(act=_rebuild)

    limits = verbs.add_parser("limits", help="memory, spilling and disks: what may be taken")
    limits.set_defaults(act=_limits)

    suggest = verbs.add_parser(
        "suggest-duplicates", help="contacts that may be one person, for a person to decide"
    )
    suggest.add_argument("--business-date", type=date.fromisoformat, required=True)
    suggest.add_argument("--at-least", type=float, default=0.8, help="lowest probability shown")
    suggest.set_defaults(act=_suggest_duplicates)

    docs = verbs.add_parser("docs", help="write the generated documents and golden SQL")
    docs.add_argument("--check", action="store_true", help="only say which of them differ")
    docs.set_defaults(act=_docs)

    lint = verbs.add_parser("lint-sql", help="check the models: portable, described, in order")
    lint.set_defaults(act=_lint_sql)

    bench = verbs.add_parser("bench", help="how fast, against what: see docs/BENCHMARKS.md")
    bench.add_argument("--lines", type=int, default=1_000_000, help="order lines of two years")
    bench.add_argument("--chain", action="store_true", help="the whole product on them, too")
    bench.set_defaults(act=_bench)

    exception_verbs.add_verbs(verbs)
    quarantine_verbs.add_verbs(verbs)
    list_verbs.add_verbs(verbs)
    role_verbs.add_verbs(verbs)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
