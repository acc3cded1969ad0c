"""`python -m regulars quarantine …`: look at refused rows, correct and release them, dismiss them.

Only `show --personal` and `fix` write what the rows say, into files for their owner alone.
"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any


def add_verbs(verbs: Any) -> None:
    """Add the verb and its own verbs to the command line."""
    quarantine = verbs.add_parser("quarantine", help="refused rows: list, show, fix, release")
    own = quarantine.add_subparsers(dest="quarantine_verb", required=True)

    listing = own.add_parser("list", help="how many rows, by source, entity, file and reason")
    _add_choice(listing)
    listing.set_defaults(act=_list)

    show = own.add_parser("show", help="row numbers and reasons")
    _add_choice(show)
    show.add_argument("--personal", type=Path, help="also write the rows to this file (0600)")
    show.set_defaults(act=_show)

    fix = own.add_parser("fix", help="write a correction file (0600): correct it, then release it")
    _add_choice(fix, needed=("source", "entity"))
    fix.add_argument("--to", type=Path, required=True, help="the CSV file to write")
    fix.set_defaults(act=_fix)

    release = own.add_parser("release", help="check the corrected rows and take them in")
    release.add_argument("file", type=Path, help="a correction file, with who and why filled in")
    release.add_argument("--decided-on", type=date.fromisoformat, required=True)
    release.set_defaults(act=_release)

    dismiss = own.add_parser("dismiss", help="say of rows that they are rightly refused")
    _add_choice(dismiss, needed=("source", "entity", "file"), without=("reason",))
    dismiss.add_argument("--rows", type=_numbers, required=True, help="row numbers: 3,5,9")
    dismiss.add_argument("--who", required=True)
    dismiss.add_argument("--why", required=True)
    dismiss.add_argument("--decided-on", type=date.fromisoformat, required=True)
    dismiss.set_defaults(act=_dismiss)


def _add_choice(
    parser: argparse.ArgumentParser, needed: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> None:
    for name in ("source", "entity", "file", "reason"):
        if name not in without:
            parser.add_argument(f"--{name}", required=name in needed, default="")


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _choice(asked: argparse.Namespace) -> Any:
    from regulars.steps.review_quarantine import Choice

    return Choice(asked.source, asked.entity, asked.file, asked.reason)


def _list(asked: argparse.Namespace) -> int:
    from regulars.steps.review_quarantine import count_rows

    counts = count_rows(_choice(asked))
    for one in counts:
        print(f"{one.rows:>7,}  {one.source}  {one.entity}  {one.file}  {one.reason}")
    print(f"{sum(one.rows for one in counts):>7,}  in all")
    return 0


def _show(asked: argparse.Namespace) -> int:
    from regulars.steps.review_quarantine import list_rows, write_personal

    for file, entity, row, reasons in list_rows(_choice(asked)):
        print(f"{file}  {entity}  row {row}  {reasons}")
    if asked.personal:
        count = write_personal(_choice(asked), asked.personal)
        print(f"{count} rows as they were written: {asked.personal} (personal; delete it soon)")
    return 0


def _fix(asked: argparse.Namespace) -> int:
    from regulars.steps.review_quarantine import export_corrections

    count = export_corrections(_choice(asked), asked.to)
    print(f"{count} rows to correct: {asked.to} (personal). Fill in who and why, delete the lines")
    print(f"you leave, then: python -m regulars quarantine release {asked.to} --decided-on <day>")
    return 0


def _release(asked: argparse.Namespace) -> int:
    from regulars.steps.deciding import release

    count = release(asked.file, asked.decided_on)
    print(f"{count} rows released; the next run loads them and builds their days again")
    return 0


def _dismiss(asked: argparse.Namespace) -> int:
    from regulars.steps.deciding import dismiss

    count = dismiss(
        asked.source, asked.entity, asked.file, asked.rows, asked.who, asked.why, asked.decided_on
    )
    print(f"{count} rows dismissed; they stay counted as quarantined")
    return 0
