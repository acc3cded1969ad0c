"""Emit: decide one action per customer, let exceptions be approved, write the lists.

A run may restate days (a payout that came late) or change what later days saw (a contact made):
the days emitted before, from the first restated one on, are decided and exported again, in order.
"""

from datetime import date, timedelta

import pyarrow as pa

from regulars.actions.reasons import explain
from regulars.actions.vocabulary import ACTIONS
from regulars.domain.money import decimal_text, exponent_of
from regulars.engines import Warehouse
from regulars.models import run_models
from regulars.sinks.columns import ACTION_TYPES, SUPPRESSED_TYPES
from regulars.sinks.day_export import export_day
from regulars.sinks.manifest import ExportStamp
from regulars.steps.action_tables import ACTION_MEMORY
from regulars.steps.build_customer_profit import audit, planned_windows
from regulars.steps.parameters import model_params
from regulars.steps.publishing import publish_tables
from regulars.steps.raw_tables import RECENT_CONTACTS
from regulars.steps.run_report import run_key, summarise, write_report
from regulars.steps.runtime import Receipt, Run, start, tell

_AMOUNTS = ("tier_profit", "potential")


def decide_actions(business_date: str, first_date: str | None = None) -> Receipt:
    """Decide the day's actions, and again those of emitted days that the run restates."""
    run = start(business_date, first_date)
    with run.warehouse() as warehouse:
        for day in _days_to_emit(warehouse, run):
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
        for day in _days_to_emit(warehouse, run):
            _export(warehouse, run.on(day))
        publish_tables(warehouse, run, run.catalog.in_room("actions"))
        report = write_report(warehouse, run, results)
        folder = run.day_folder(run.settings.exports_folder)
        summary = summarise(
            warehouse, run, results, [folder, *report, run.settings.published_folder]
        )
    return {"folder": str(folder), "report": str(report[0]), "summary": summary}


def _days_to_emit(warehouse: Warehouse, run: Run) -> list[date]:
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


def _export(warehouse: Warehouse, run: Run) -> None:
    day = {"day": run.business_date}
    rows = warehouse.query(
        "select fct_actions.*, contacts.member_ref from fct_actions"
        " inner join act_released_actions as released"
        " on fct_actions.customer_key = released.customer_key"
        " and fct_actions.business_date = released.business_date left join ("
        "select coalesce(people.customer_key, members.customer_key) as customer_key,"
        " min(member_ref) as member_ref from restricted_contacts as members"
        " left join ops_identity_map as people on members.customer_key = people.node_key"
        " group by coalesce(people.customer_key, members.customer_key)"
        ") as contacts on fct_actions.customer_key = contacts.customer_key"
        " where fct_actions.business_date = :day order by list_name, priority",
        **day,
    ).to_pylist()
    suppressed = warehouse.query(
        "select list_name, guardrail, suppressed_count from act_suppressions"
        " where business_date = :day order by list_name, guardrail",
        **day,
    )
    actions = pa.Table.from_pylist([_in_words(row) for row in rows], ACTION_TYPES)
    stamp = ExportStamp(
        business_date=run.business_date,
        run_key=run_key(warehouse, run),
        policy_version=run.policy.version,
    )
    export_day(run.settings.exports_folder, actions, suppressed.cast(SUPPRESSED_TYPES), stamp)


def _in_words(row: dict[str, object]) -> dict[str, object]:
    """An action row with the names and reasons that people read, in both languages."""
    action = ACTIONS[str(row["action_code"])]
    numbers = {**row, **_amounts(row)}
    worded: dict[str, object] = {"action_name": action.name, "action_name_zh": action.name_zh}
    for place in ("reason_1", "reason_2", "reason_3"):
        code = row[f"{place}_code"]
        worded[place], worded[f"{place}_zh"] = explain(str(code) if code else None, numbers)
    return {**row, **worded}


def _amounts(row: dict[str, object]) -> dict[str, str]:
    exponent = exponent_of(str(row["currency_code"]))
    return {
        f"{name}_amount": decimal_text(int(str(row[f"{name}_minor"])), exponent)
        for name in _AMOUNTS
    }
