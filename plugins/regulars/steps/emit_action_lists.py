"""Emit: decide one action per customer, let exceptions be approved, write and send the lists.

A run may restate days (a payout that came late) or change what later days saw (a contact made):
the days emitted before, from the first restated one on, are decided and exported again, in order.
"""

from datetime import date, timedelta

import pyarrow as pa

from regulars.engines import Warehouse
from regulars.models import run_models
from regulars.steps.action_tables import ACTION_MEMORY
from regulars.steps.bringing_in import EnvironmentPlaces, Places
from regulars.steps.build_customer_profit import audit, planned_windows
from regulars.steps.delivering import deliver
from regulars.steps.exporting import export_date
from regulars.steps.late_contacts import hold_contacted
from regulars.steps.open_exceptions import tell_open
from regulars.steps.parameters import model_params
from regulars.steps.publishing import publish_tables
from regulars.steps.raw_tables import RECENT_CONTACTS
from regulars.steps.run_report import summarise, write_report
from regulars.steps.runtime import Receipt, Run, start, tell


def decide_actions(business_date: str, first_date: str | None = None) -> Receipt:
    """Decide the day's actions, and again those of emitted days that the run restates."""
    run = start(business_date, first_date)
    with run.warehouse() as warehouse:
        for day in days_to_emit(warehouse, run):
            _decide(warehouse, run.on(day))
        counts = warehouse.query(
            "select list_name, count(*) as customers from fct_actions"
            " where business_date = :day group by list_name order by list_name",
            day=run.business_date,
        ).to_pylist()
    return {str(row["list_name"]): int(row["customers"]) for row in counts}


def export_lists(business_date: str, first_date: str | None = None) -> Receipt:
    """Audit, write the lists of the day (the manifest last), the report and the summary."""
    run = start(business_date, first_date)
    with run.warehouse() as warehouse:
        results = audit(warehouse, run)
        days = days_to_emit(warehouse, run)
        for day in days:
            hold_contacted(warehouse, run.on(day))
            export_date(warehouse, run.on(day))
        publish_tables(warehouse, run, run.catalog.in_room("actions"))
        report = write_report(warehouse, run, results)
        folder = run.day_folder(run.settings.exports_folder)
        summary = summarise(
            warehouse, run, results, [folder, *report, run.settings.published_folder]
        )
        summary = f"{summary.rstrip()}\n{tell_open(warehouse, days)}"
    return {"folder": str(folder), "report": str(report[0]), "summary": summary}


def deliver_lists(
    business_date: str, first_date: str | None = None, places: Places | None = None
) -> Receipt:
    """Send what was exported for the day to where the policy says, each once, and tell people."""
    run = start(business_date, first_date)
    return deliver(run, places or EnvironmentPlaces(run.settings))


def days_to_emit(warehouse: Warehouse, run: Run) -> list[date]:
    """The day itself and every emitted day that the restated days may have changed."""
    emitted: set[date] = set()
    if warehouse.has_table("fct_actions"):
        rows = warehouse.query(
            "select distinct business_date from fct_actions where business_date >= :first"
            " union select distinct business_date from act_suppressions"
            " where business_date >= :first",
            first=min([run.business_date, *(day for day, _ in planned_windows(warehouse, run))]),
        )
        emitted = set(rows["business_date"].to_pylist())
    return sorted({run.business_date, *emitted})


def _decide(warehouse: Warehouse, run: Run) -> None:
    tell(f"deciding {run.business_date}")
    warehouse.load("ops_recent_contacts", _recent_contacts(warehouse, run))
    run_models(
        warehouse,
        run.catalog.in_room("actions"),
        run.dictionary,
        windows=[(run.business_date, run.business_date)],
        params=model_params(run),
        progress=tell,
    )
    warehouse.load_slices("ops_action_memory", _decided(warehouse, run), "business_date")


def _decided(warehouse: Warehouse, run: Run) -> pa.Table:
    """What is remembered of the day: its actions, and who was left alone for measuring."""
    return warehouse.query(
        "select customer_key, list_name, action_code, contact_channel, store_id,"
        " offer_minor as cost_minor, starts_on, false as is_held_out, is_withheld, business_date"
        " from fct_actions where business_date = :day"
        " union all"
        " select customer_key, list_name, cast(null as text), contact_channel, store_id,"
        " cast(0 as bigint), snapshot_date, true, false, snapshot_date"
        " from act_candidates where guardrail = 'holdout' order by customer_key",
        day=run.business_date,
    ).cast(ACTION_MEMORY)


def _recent_contacts(warehouse: Warehouse, run: Run) -> pa.Table:
    """Who was contacted within the gap the policy asks for, before this day."""
    if not warehouse.has_table("fct_actions"):
        return RECENT_CONTACTS.empty_table()
    since = run.business_date - timedelta(days=run.policy.actions.contact_gap_days - 1)
    return warehouse.query(
        "select distinct coalesce(people.customer_key, fct_actions.customer_key) as customer_key"
        " from fct_actions"
        " left join ops_identity_map as people on fct_actions.customer_key = people.node_key"
        " where business_date >= :since and business_date < :day"
        " and list_name <> 'deprioritise' order by customer_key",
        since=since,
        day=run.business_date,
    )
