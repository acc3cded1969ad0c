"""Emit: decide one action per customer, let exceptions be approved, write and send the lists.

A run may restate days (a payout that came late) or change what later days saw (a contact made):
the days emitted before, from the first restated one on, are decided and exported again, in order.
"""

from datetime import date

from regulars.engines import Warehouse
from regulars.limits import limits_told
from regulars.models import run_models
from regulars.reports.console import console_summary
from regulars.reports.files import write_run_report
from regulars.steps.auditing import audit, recall_audits
from regulars.steps.bringing_in import EnvironmentPlaces, Places
from regulars.steps.build_customer_profit import planned_windows
from regulars.steps.delivering import deliver
from regulars.steps.disk_room import room_to_export
from regulars.steps.exporting import export_date
from regulars.steps.late_contacts import hold_contacted
from regulars.steps.open_exceptions import tell_open
from regulars.steps.parameters import model_params
from regulars.steps.publishing import publish_tables
from regulars.steps.remembering import prepare_deciding, remember_decided, remember_released
from regulars.steps.run_report import gather
from regulars.steps.runtime import Receipt, Run, start, tell
from regulars.steps.unpublished import forget, note, pending


@limits_told("decide_actions")
def decide_actions(business_date: str, first_date: str | None = None) -> Receipt:
    """Decide the day's actions, and again those of emitted days that the run restates."""
    run = start(business_date, first_date)
    with run.warehouse() as warehouse:
        days = days_to_emit(warehouse, run)
        note(warehouse, "business_date", [(day, day) for day in days], part="actions")
        for day in days:
            _decide(warehouse, run.on(day))
        counts = warehouse.query(
            "select list_name, count(*) as customers from fct_actions"
            " where business_date = :day group by list_name order by list_name",
            day=run.business_date,
        ).to_pylist()
    return {str(row["list_name"]): int(row["customers"]) for row in counts}


@limits_told("export_lists")
def export_lists(business_date: str, first_date: str | None = None) -> Receipt:
    """Audit, write the lists of the day (the manifest last), the report and the summary."""
    run = start(business_date, first_date)
    room_to_export(run)
    with run.warehouse() as warehouse:
        results = audit(warehouse, run, known=recall_audits(warehouse, run))
        days = days_to_emit(warehouse, run)
        for day in days:
            hold_contacted(warehouse, run.on(day))
            remember_released(warehouse, run.on(day))
            export_date(warehouse, run.on(day))
        actions = run.catalog.in_room("actions")
        publish_tables(warehouse, run, actions, pending(warehouse, "actions"))
        forget(warehouse, "actions")
        figures = gather(warehouse, run, results)
        report = write_run_report(run.settings.reports_folder, figures)
        folder = run.day_folder(run.settings.exports_folder)
        summary = console_summary(figures, [folder, *report, run.settings.published_folder])
        summary = f"{summary.rstrip()}\n{tell_open(warehouse, days)}"
    return {"folder": str(folder), "report": str(report[0]), "summary": summary}


@limits_told("deliver_lists")
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
    prepare_deciding(warehouse, run)
    run_models(
        warehouse,
        run.catalog.in_room("actions"),
        run.dictionary,
        windows=[(run.business_date, run.business_date)],
        params=model_params(run),
        progress=tell,
    )
    remember_decided(warehouse, run)
    # A day that is decided again may hold rows which were approved before: they were contacts.
    remember_released(warehouse, run)
