"""`python -m regulars roles`: who may do what on a PostgreSQL warehouse."""

import argparse
from typing import Any

from regulars.settings import Settings


def add_verbs(verbs: Any) -> None:
    """Add the verb to the command line."""
    roles = verbs.add_parser(
        "roles", help="PostgreSQL: make the roles; REGULARS_WAREHOUSE is the owner's URI"
    )
    roles.add_argument("--show", action="store_true", help="only print the SQL")
    roles.add_argument("--schema", default="regulars", help="of the warehouse's own tables")
    roles.set_defaults(act=_roles)


def _roles(asked: argparse.Namespace) -> int:
    from regulars.steps.granting import apply_roles, show_roles

    if asked.show:
        print(show_roles(asked.schema), end="")
        return 0
    for role, meaning in apply_roles(Settings().warehouse_uri, asked.schema).items():
        print(f"{role:<20} {meaning}")
    print("give each login its role: grant regulars_bi to somebody")
    return 0
