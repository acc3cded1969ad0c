from functools import partial
from typing import Any

from regulars.steps import take_note

decide_actions = partial(take_note, "decide_actions")


def export_lists(business_date: str, first_date: str | None) -> dict[str, Any]:
    note = take_note("export_lists", business_date=business_date, first_date=first_date)
    waits = business_date.startswith("2031")
    return note | {"summary": "2 exceptions are open." if waits else "All is routine."}
