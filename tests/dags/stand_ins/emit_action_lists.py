"""Two guests a day. In 2031 one is an exception, and so is a store: real rows, real views."""

from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa

from regulars.engines import Warehouse
from regulars.steps import take_note
from regulars.steps.action_tables import ACTION_TABLES
from regulars.steps.open_exceptions import tell_open
from regulars.steps.runtime import Run, start

ROUTINE, HELD = "c_routine", "c_held"


def decide_actions(business_date: str, first_date: str | None) -> dict[str, Any]:
    if business_date.startswith("2031"):
        _seed(start(business_date))
    return take_note("decide_actions", business_date=business_date, first_date=first_date)


def export_lists(business_date: str, first_date: str | None) -> dict[str, Any]:
    note = partial(take_note, "export_lists", business_date=business_date, first_date=first_date)
    if not business_date.startswith("2031"):
        return note() | {"summary": "All is routine."}
    run = start(business_date)
    with run.warehouse() as warehouse:
        shipped = warehouse.query(
            "select customer_key from act_released_actions where business_date = :day"
            " order by customer_key",
            day=run.business_date,
        )
        told = tell_open(warehouse, [run.business_date])
    return note(shipped=shipped["customer_key"].to_pylist()) | {"summary": told}


def days_to_emit(_warehouse: Warehouse, run: Run) -> list[date]:
    return [run.business_date]


def _seed(run: Run) -> None:
    day = run.business_date
    with run.warehouse() as warehouse:
        for table, schema in ACTION_TABLES.items():
            if not warehouse.has_table(table):
                warehouse.load(table, schema.empty_table())
        both = [{"customer_key": key, "business_date": day} for key in (ROUTINE, HELD)]
        slow = _exception(day, "big_slowing", "customer", HELD)
        rich = _exception(day, "top_customer", "nothing", "")
        held = {**both[1], "exception_key": slow["exception_key"], "evidence_hash": "e1"}
        for table, rows in (
            ("fct_actions", both),
            ("act_exceptions", [slow, rich]),
            ("act_withholdings", [held]),
        ):
            warehouse.load_slices(table, pa.Table.from_pylist(rows), "business_date")
        for view in ("fct_exceptions", "act_released_actions"):
            warehouse.create_view(view, run.catalog[view].sql)


def _exception(day: date, code: str, withholds: str, customer: str) -> dict[str, Any]:
    return {
        "exception_key": f"{day}-{code}", "exception_code": code, "subject_kind": withholds,
        "customer_key": customer, "list_name": "", "store_id": "", "withholds": withholds,
        "measured_ratio": 1.7, "limit_ratio": 1.5, "measured_minor": 120_000,
        "limit_minor": 80_000, "evidence_hash": "e1", "currency_code": "CNY",
        "policy_version": "p1", "business_date": day,
    }  # fmt: skip


def deliver_lists(places: Any, **days: Any) -> dict[str, Any]:
    """Note the days; the places are Airflow's."""
    return take_note("deliver_lists", **days)
