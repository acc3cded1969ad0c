"""Which day a run is about. Decided here and nowhere else in the Airflow layer."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from airflow.sdk import get_current_context

from regulars.domain.errors import BadInput
from regulars_airflow.clock import time_zone


class Days(TypedDict):
    """The window of a run, both ends included, as ISO days. No first date: the one day only."""

    business_date: str
    first_date: str | None


def business_date(context: Mapping[str, Any]) -> str:
    """Return the business date of a run as an ISO day.

    The partition key says it for scheduled, asset-triggered and backfilled runs; the parameter for
    runs started by hand; else it is the last whole day before the end of the data interval.
    Raises `BadInput` when the day is no day or nothing says it.
    """
    run = context["dag_run"]
    if run.partition_key:
        return _iso_day(run.partition_key, "the partition key")
    if context["params"].get("business_date"):
        return _iso_day(context["params"]["business_date"], "the parameter business_date")
    if run.data_interval_end is not None:
        end = run.data_interval_end.astimezone(ZoneInfo(time_zone()))
        return str((end - timedelta(days=1)).date())
    raise BadInput(
        "This run does not say which day it is about.",
        where=f"{run.dag_id} {run.run_id}",
        next_move="Start it again with the parameter business_date, such as 2025-01-31.",
    )


def first_date(context: Mapping[str, Any]) -> str | None:
    """Return the first day of the window, from the parameter or the event that woke the run."""
    given = context["params"].get("first_date") or next(_announced_first_dates(context), None)
    return _iso_day(given, "the parameter first_date") if given else None


def read_days() -> Days:
    """Return the window of the running task. Raises `BadInput` when it ends before it begins."""
    context = get_current_context()
    first, last = first_date(context), business_date(context)
    if first and first > last:
        raise BadInput(
            f"The window begins on {first}, after its end on {last}.",
            where=context["dag_run"].dag_id,
            next_move="Start the run again with first_date on or before business_date.",
        )
    return Days(business_date=last, first_date=first)


def _announced_first_dates(context: Mapping[str, Any]) -> Iterator[str]:
    for events in context["triggering_asset_events"].values():
        yield from (event.extra["first_date"] for event in events if event.extra.get("first_date"))


def _iso_day(text: str, source: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput(
            f"{text!r} is not a day.",
            where=source,
            next_move="Write the day as year-month-day, such as 2025-01-31.",
        ) from None
