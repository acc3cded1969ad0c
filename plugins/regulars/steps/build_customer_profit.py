"""Build: from raw tables to the profit, tier and segment of every customer; audited, published."""

from collections.abc import Iterable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from regulars.engines import Warehouse
from regulars.limits import limits_told
from regulars.models import Model, ModelKind, run_models
from regulars.steps.auditing import audit, forget_audits, remember_audits
from regulars.steps.days import (
    Window,
    find_built_days,
    find_day_inputs,
    record_built_days,
    stale_days,
    to_windows,
)
from regulars.steps.disk_room import room_for_snapshots, room_to_build, room_to_publish
from regulars.steps.parameters import model_params
from regulars.steps.policy_tables import load_policy_tables
from regulars.steps.publishing import publish_tables
from regulars.steps.raw_tables import BUILD_PLAN, CONTACTS_MADE, ensure_tables
from regulars.steps.relationship_tables import VALUE_TABLE, value_table
from regulars.steps.resolving import resolve
from regulars.steps.restatements import record_restatements, store_totals
from regulars.steps.runtime import Receipt, Run, start, tell
from regulars.steps.satisfaction_curves import fit_satisfaction
from regulars.steps.score_blends import SCORES, forget_cuts, learn_blends
from regulars.steps.scorecard_tables import WEIGHT_TABLE, weight_table
from regulars.steps.snapshots import by_policy, review_tiers, snapshot_dates
from regulars.steps.superseding import supersede
from regulars.steps.unpublished import forget, note, pending
from regulars.steps.validation_report import write_validation

ACCOUNTS = ("int_account_roots", "int_account_customers", "int_order_accounts")
CHARGES = (
    "int_settlement_orders", "int_installments", "int_acquisition_charges", "int_credit_charges",
    "int_customer_charges",
)  # fmt: skip
_PLAN = "ops_build_plan"
_DATES = "ref_snapshot_dates"
CUSTOMERS = (
    "int_profiles", "int_bookings", "int_customers", "int_feedbacks", "int_complaints",
    "int_first_visits",
)  # fmt: skip
_SCORED, _TALLIED = "snap_customer_scores", "snap_satisfaction_tallies"


@limits_told("build_staging")
def build_staging(business_date: str, first_date: str | None = None) -> Receipt:
    """Create the tables that are missing and the staging views."""
    run = start(business_date, first_date)
    with run.warehouse() as warehouse:
        ensure_tables(warehouse)
        load_policy_tables(warehouse, run.newest_policy, *run.calendar_span)
        supersede(warehouse)
        views = run.catalog.in_room("staging")
        _build(warehouse, run, views)
    return {"views": len(views)}


@limits_told("resolve_customers")
def resolve_customers(business_date: str, first_date: str | None = None) -> Receipt:
    """Find out who is who, then plan which days to build: the window and all stale ones."""
    run = start(business_date, first_date)
    with run.warehouse() as warehouse:
        changed = resolve(warehouse, run)
        channels = {one.contact_channel for one in run.newest_policy.charges.contacts}
        warehouse.load("ops_contacts_made", contacts_made(warehouse, channels))
        _build(warehouse, run, run.catalog.select([*ACCOUNTS, *CHARGES]))
        _build(warehouse, run, run.catalog.select(["int_day_identities", "int_day_inputs"]))
        inputs, built = find_day_inputs(warehouse), find_built_days(warehouse)
        days = stale_days(inputs, built, (run.first_date, run.business_date))
        plan = to_windows(day for day in days if day <= run.business_date)
        # Later days were built by their own runs: nothing between them is built ahead of time.
        plan += to_windows((day for day in days if day > run.business_date), bridge_days=1)
        rows = [
            {"business_date": run.business_date, "first_date": first, "last_date": last}
            for first, last in plan
        ]
        # By business date, so that two runs on their way at once keep their own plans.
        warehouse.load_slices(_PLAN, pa.Table.from_pylist(rows, BUILD_PLAN), "business_date")
    windows = [f"{first}/{last}" for first, last in plan]
    return {"changed_links": changed, "days": len(days), "windows": windows}


@limits_told("build_margins")
def build_margins(business_date: str, first_date: str | None = None) -> Receipt:
    """Build lines, orders and customer-days of the planned days, whole days at a time."""
    run = start(business_date, first_date)
    room_to_build(run)
    with run.warehouse() as warehouse:
        plan = planned_windows(warehouse, run)
        built = find_built_days(warehouse)
        before = store_totals(warehouse, plan, built)
        models = run.catalog.select(kinds=[ModelKind.DAYS])
        note(warehouse, "business_date", plan)
        _build(warehouse, run, _outside(models, "actions"), plan)
        after = store_totals(warehouse, plan, built)
        restated = record_restatements(warehouse, run.business_date, before, after)
        record_built_days(warehouse, plan, find_day_inputs(warehouse))
        orders = warehouse.query("select count(*) as n from fct_orders")["n"][0].as_py()
    return {"orders": orders, "restated_figures": restated}


@limits_told("take_snapshots")
def take_snapshots(business_date: str, first_date: str | None = None) -> Receipt:
    """Take the snapshots that are due and restate the later ones; review the tiers in order."""
    run = start(business_date, first_date)
    with run.warehouse() as warehouse:
        _build(warehouse, run, run.catalog.select(CUSTOMERS))
        dates = _dates_to_take(warehouse, run, planned_windows(warehouse, run)[0][0])
        room_for_snapshots(run, warehouse, dates)
        warehouse.load(_DATES, pa.table({"snapshot_date": pa.array(dates, pa.date32())}))
        note(warehouse, "snapshot_date", [window for _, window in by_policy(run, dates)])
        basis = run.catalog.select(SCORES)
        tallying = run.catalog.select([_TALLIED], upstream=True, kinds=[ModelKind.SNAPSHOT])
        scoring = run.catalog.select([_SCORED], upstream=True, kinds=[ModelKind.SNAPSHOT])
        models = run.catalog.select(kinds=[ModelKind.SNAPSHOT])
        judging = [model for model in models if model not in (*basis, *tallying, *scoring)]
        _take(warehouse, run, basis, dates)
        blends = learn_blends(warehouse, dates, lambda day: run.judging(day).policy.score)
        tell(f"{blends} of {len(dates)} dates learn from earlier predictions")
        _take(warehouse, run, [model for model in tallying if model not in basis], dates)
        fit_satisfaction(warehouse, dates, lambda day: run.judging(day).policy.satisfaction)
        done = (*basis, *tallying)
        _take(warehouse, run, [model for model in scoring if model not in done], dates)
        tell(f"reviewing tiers on {len(dates)} dates")
        review_tiers(warehouse, dates, lambda day: run.judging(day).policy.tiers)
        _take(warehouse, run, judging, dates)
        forget_cuts(warehouse, keep=dates[-1])
    return {"snapshots": len(dates), "first": str(dates[0]), "last": str(dates[-1])}


@limits_told("build_marts")
def build_marts(business_date: str, first_date: str | None = None) -> Receipt:
    """Build the dimensions and the history that people read; tell how fresh the sources are."""
    run = start(business_date, first_date)
    room_to_build(run)
    with run.warehouse() as warehouse:
        models = run.catalog.in_room("marts")
        built = [model for model in models if model.kind is ModelKind.FULL]
        worths = [model for model in built if VALUE_TABLE in model.inputs]
        _build(warehouse, run, [model for model in built if model not in worths])
        warehouse.load(VALUE_TABLE, value_table(warehouse, run.policy))
        _build(warehouse, run, worths)
        write_validation(run, warehouse)
    return {"tables": [model.name for model in built]}


@limits_told("run_audits")
def run_audits(business_date: str, first_date: str | None = None) -> Receipt:
    """Run every audit of the profit models. Raises AuditFailed when an error audit finds rows."""
    run = start(business_date, first_date)
    with run.warehouse() as warehouse:
        forget_audits(warehouse, run)
        results = audit(warehouse, run, excluding=("fct_actions",))
        remember_audits(warehouse, run, results)
    return {"warnings": {r.name: r.failures for r in results if r.failures}}


@limits_told("publish_marts")
def publish_marts(business_date: str, first_date: str | None = None) -> Receipt:
    """Publish the tables to their readers and write the run's report."""
    run = start(business_date, first_date)
    room_to_publish(run)
    with run.warehouse() as warehouse:
        models = _outside(run.catalog.published, "actions")
        files = publish_tables(warehouse, run, models, pending(warehouse))
        forget(warehouse)
    return {"tables": len(files), "folder": str(run.settings.published_folder)}


def contacts_made(warehouse: Warehouse, channels: set[str]) -> pa.Table:
    """Who was contacted on the channels that cost, on the day it happened: the morning after.

    A day's list is used the next morning, so what it costs cannot change who is on it. What waits
    for a person's approval was no contact.
    """
    if not channels or not warehouse.has_table("ops_action_memory"):
        return CONTACTS_MADE.empty_table()
    rows = warehouse.query(
        "select customer_key, store_id, contact_channel,"
        " business_date + 1 as business_date from ops_action_memory"
        " where action_code is not null and not is_withheld"
        " order by business_date, customer_key"
    ).cast(CONTACTS_MADE)
    return rows.filter(pc.is_in(rows["contact_channel"], pa.array(sorted(channels))))


def _build(
    warehouse: Warehouse, run: Run, models: Iterable[Model], windows: Iterable[Window] = ()
) -> None:
    run_models(
        warehouse,
        models,
        run.dictionary,
        windows=tuple(windows),
        params=model_params(run),
        progress=tell,
    )


def _take(warehouse: Warehouse, run: Run, models: Iterable[Model], dates: list[date]) -> None:
    """Take these snapshots of the dates, each date under the policy in force on it."""
    for judging, window in by_policy(run, dates):
        warehouse.load(WEIGHT_TABLE, weight_table(judging.policy.scorecard))
        _build(warehouse, judging, models, [window])


def _outside(models: Iterable[Model], room: str) -> list[Model]:
    return [model for model in models if model.path.parent.name != room]


def planned_windows(warehouse: Warehouse, run: Run) -> list[Window]:
    """The windows of days that the run of this business date builds, first days first."""
    if not warehouse.has_table(_PLAN):
        return []
    rows = warehouse.query(
        "select first_date, last_date from ops_build_plan"
        " where business_date = :day order by first_date",
        day=run.business_date,
    ).to_pylist()
    return [(row["first_date"], row["last_date"]) for row in rows]


def _dates_to_take(warehouse: Warehouse, run: Run, stale_from: date) -> list[date]:
    rows = warehouse.query("select distinct snapshot_date from ops_tier_reviews")
    window = (run.first_date, run.business_date)
    return snapshot_dates(
        window,
        stale_from,
        rows["snapshot_date"].to_pylist(),
        lambda day: run.judging(day).policy.tiers,
    )
