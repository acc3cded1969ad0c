"""What the tables of Odoo's point of sale have in common."""

import json
from datetime import datetime

from regulars.sources.exact_cells import UnreadableRow
from regulars.sources.files import Reason
from regulars.sources.sheets import OutOfScope, SourceRow

_FINAL_STATES = ("paid", "done", "invoiced")


def out_of_scope(row: SourceRow) -> OutOfScope | None:
    """Why a row of an order that is not final counts for nothing; None where it counts."""
    state = row["state"]
    return None if state in _FINAL_STATES else OutOfScope(row.number, f"an order in state {state}")


def read_instant(text: str) -> datetime | None:
    """A time as Odoo keeps it: UTC, without saying so. Raises UnreadableRow."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError as error:
        raise UnreadableRow(Reason.UNREADABLE_TIME) from error


def instant_text(text: str) -> str:
    """The same time as the templates write an instant. Raises UnreadableRow."""
    moment = read_instant(text)
    return f"{moment:%Y-%m-%d %H:%M:%S}Z" if moment else ""


def plain_name(text: str) -> str:
    """A name that Odoo keeps in several languages, in English or else in its first one."""
    if not text.startswith("{"):
        return text
    try:
        names = json.loads(text)
    except ValueError:
        return text
    return str(names.get("en_US") or next(iter(names.values()), ""))


def is_true(text: str) -> bool:
    """Whether a flag is set, however the database writes it."""
    return text.casefold() in ("true", "t", "1")
