"""`python -m regulars exceptions …`: see what waits for a person, approve it, reject it.

The twin of the approval task in Airflow, for those who work without a scheduler.
"""

import argparse
from datetime import date, datetime
from typing import Any

from regulars.settings import Settings


def add_verbs(verbs: Any) -> None:
    """Add the verb and its own verbs to the command line."""
    exceptions = verbs.add_parser("exceptions", help="what waits for a person: list, approve")
    own = exceptions.add_subparsers(dest="exceptions_verb", required=True)

    listing = own.add_parser("list", help="exceptions with their keys, numbers and status")
    listing.add_argument("--business-date", type=date.fromisoformat, help="default: all days")
    listing.add_argument("--all", action="store_true", help="also those that are decided")
    listing.set_defaults(act=_list)

    for verb, verdict, meaning in (
        ("approve", "approved", "let the withheld rows go: export and deliver their days again"),
        ("reject", "rejected", "keep the rows back for good"),
    ):
        parser = own.add_parser(verb, help=meaning)
        parser.add_argument("keys", nargs="+", metavar="KEY", help="keys, or how they begin")
        parser.add_argument("--who", required=True)
        parser.add_argument("--why", required=True, help="kept for ever: no names, no numbers")
        parser.add_argument(
            "--decided-at", type=_moment, required=True, help="such as 2025-01-31T09:30"
        )
        parser.set_defaults(act=_decide, verdict=verdict)


def _moment(text: str) -> datetime:
    from regulars.steps.exceptions import read_moment

    return read_moment(text, Settings().time_zone)


def _list(asked: argparse.Namespace) -> int:
    from regulars.steps.exceptions import list_by_hand

    lines = list_by_hand(asked.business_date, asked.all)
    for line in lines:
        print(line)
    print(f"{len(lines)} exceptions")
    return 0


def _decide(asked: argparse.Namespace) -> int:
    from regulars.steps.emit_action_lists import deliver_lists, export_lists
    from regulars.steps.exception_log import Signature
    from regulars.steps.exceptions import decide_by_hand

    signature = Signature(asked.who, asked.decided_at, asked.why)
    days = decide_by_hand(asked.keys, asked.verdict, signature)
    print(f"{asked.verdict}: {len(set(asked.keys))}")
    if asked.verdict == "approved":
        for day in days:
            print(f"exported again: {export_lists(day.isoformat())['folder']}")
            if told := deliver_lists(day.isoformat())["summary"]:
                print(told)
    return 0
