from collections.abc import Callable
from functools import partial
from typing import Any

from regulars.steps import take_note

Step = Callable[..., dict[str, Any]]

build_staging: Step = partial(take_note, "build_staging")
resolve_customers: Step = partial(take_note, "resolve_customers")
build_margins: Step = partial(take_note, "build_margins")
build_marts: Step = partial(take_note, "build_marts")
take_snapshots: Step = partial(take_note, "take_snapshots")
run_audits: Step = partial(take_note, "run_audits")


def publish_marts(business_date: str, first_date: str | None) -> dict[str, Any]:
    note = take_note("publish_marts", business_date=business_date, first_date=first_date)
    return note | {"summary": f"Marts of {business_date} are published."}
