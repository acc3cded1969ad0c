"""`python -m regulars lists …`: what waits for a person, letting it go, delivering once more."""

import argparse
from datetime import date
from typing import Any


def add_verbs(verbs: Any) -> None:
    """Add the verb and its own verbs to the command line."""
    lists = verbs.add_parser("lists", help="exported lists: show, accept, deliver")
    own = lists.add_subparsers(dest="list_verb", required=True)

    show = own.add_parser("show", help="the lists of a day, and why some of them wait")
    show.add_argument("business_date", type=date.fromisoformat)
    show.set_defaults(act=_show)

    accept = own.add_parser("accept", help="let a held list go, in the edition that lies there")
    accept.add_argument("business_date", type=date.fromisoformat)
    accept.add_argument("list_name")
    accept.add_argument("--who", required=True)
    accept.add_argument("--why", required=True)
    accept.add_argument("--decided-on", type=date.fromisoformat, required=True)
    accept.set_defaults(act=_accept)

    deliver = own.add_parser("deliver", help="send what is released and was not sent yet")
    deliver.add_argument("business_date", type=date.fromisoformat)
    deliver.set_defaults(act=_deliver)


def _show(asked: argparse.Namespace) -> int:
    from regulars.steps.releasing import describe_lists

    print("\n".join(describe_lists(asked.business_date)))
    return 0


def _accept(asked: argparse.Namespace) -> int:
    from regulars.steps.releasing import accept

    accept(asked.business_date, asked.list_name, asked.who, asked.why, asked.decided_on)
    print(f"{asked.list_name} of {asked.business_date} may go; next: lists deliver")
    return 0


def _deliver(asked: argparse.Namespace) -> int:
    from regulars.steps.emit_action_lists import deliver_lists

    told = str(deliver_lists(asked.business_date.isoformat())["summary"])
    print(told or "the policy names no delivery: the lists are fetched from the exports folder")
    return 0
