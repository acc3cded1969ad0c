"""What the documents of ERPNext have in common."""

from regulars.sources.exact_cells import read_minor
from regulars.sources.sheets import OutOfScope, SourceRow

_STATES = {"0": "a draft", "2": "a cancelled document"}


def out_of_scope(row: SourceRow) -> OutOfScope | None:
    """Why a row of a document counts for nothing; None where it counts."""
    if row["docstatus"] != "1":
        why = _STATES.get(row["docstatus"], f"a document in state {row['docstatus']}")
        return OutOfScope(row.number, why)
    if is_set(row["is_consolidated"]):
        return OutOfScope(row.number, "made of POS invoices, which are counted themselves")
    return None


def is_set(text: str) -> bool:
    """Whether a checkbox is set."""
    return text.casefold() in ("1", "true")


def posted_at(row: SourceRow) -> str:
    """When a document was posted, on the clock of the site."""
    clock = row["posting_time"].partition(".")[0]
    return f"{row['posting_date'][:10]} {clock or '12:00:00'}"


def read_amount(row: SourceRow, name: str) -> int:
    """An amount of the document in minor units of its currency. Raises UnreadableRow."""
    return read_minor(row[name], row["currency_code"])
