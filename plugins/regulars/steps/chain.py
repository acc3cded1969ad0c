"""The whole chain in one process, without a scheduler: the same steps in the same order."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from regulars.settings import Settings
from regulars.steps import build_customer_profit, emit_action_lists, ingest_sales
from regulars.steps.action_tables import KEPT_TABLES
from regulars.steps.bringing_in import find_files
from regulars.steps.runtime import Run, start
from regulars.steps.unpublished import ALL_DAYS, PARTS, note

Show = Callable[[str, float | None], None]
STEPS = (
    build_customer_profit.build_staging,
    build_customer_profit.resolve_customers,
    build_customer_profit.build_margins,
    build_customer_profit.take_snapshots,
    build_customer_profit.build_marts,
    build_customer_profit.run_audits,
    build_customer_profit.publish_marts,
    emit_action_lists.decide_actions,
    emit_action_lists.export_lists,
    emit_action_lists.deliver_lists,
)
KEPT = ("raw_", "restricted_", "ref_", "ops_restatements", *KEPT_TABLES)


def run_chain(business_date: date, first_date: date, show: Show) -> str:
    """Ingest, build and emit; returns the summary. Raises at the first step that fails."""
    days = {"business_date": business_date.isoformat(), "first_date": first_date.isoformat()}
    receipts = [
        _timed(f"ingest_source {source}", show, ingest_sales.ingest_source, source=source, **days)
        for source in ingest_sales.list_sources(**days)
    ]
    _timed("load_sources", show, ingest_sales.load_sources, receipts=receipts, **days)
    done = [_timed(step.__name__, show, step, **days) for step in STEPS]
    return "\n".join(told for receipt in done if (told := str(receipt.get("summary", ""))))


def find_window() -> tuple[date, date] | None:
    """The first and the last day that the names of the files that are here speak of."""
    run = Run(date.max, date.max, Settings())
    days: list[date] = []
    for source in run.policy.sources:
        found = find_files(run.settings, source, date.min, date.max)
        days += [file.first_day for file in found.files if file.first_day]
        days += [file.last_day for file in found.files if file.last_day]
    return (min(days), max(days)) if days else None


def forget_built() -> int:
    """Drop every table that is built from others; returns how many. Needed when a model changes."""
    run = start(date.max.isoformat())
    with run.warehouse() as warehouse:
        built = [name for name in warehouse.tables() if not name.startswith(KEPT)]
        for name in built:
            warehouse.drop(name)
        for part in PARTS:
            for column in ("business_date", "snapshot_date"):
                note(warehouse, column, [ALL_DAYS], part)
    return len(built)


def _timed(name: str, show: Show, step: Callable[..., Any], **arguments: object) -> Any:
    show(name, None)
    started = time.monotonic()
    receipt = step(**arguments)
    show(name, started)
    return receipt
