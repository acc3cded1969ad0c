"""The export of one business date: its decided actions in words and files, for each list."""

import pyarrow as pa

from regulars.actions.reasons import explain
from regulars.actions.vocabulary import ACTIONS
from regulars.domain.money import decimal_text, exponent_of
from regulars.engines import Warehouse
from regulars.sinks.columns import ACTION_TYPES, SUPPRESSED_TYPES
from regulars.sinks.day_export import export_day
from regulars.sinks.manifest import DayManifest, ExportStamp
from regulars.steps.exporting_profiles import export_day_profiles
from regulars.steps.raw_tables import LIST_HOLDS
from regulars.steps.releasing import find_past
from regulars.steps.run_report import run_key
from regulars.steps.runtime import Run

_AMOUNTS = ("tier_profit", "potential", "offer", "offer_ceiling")


def export_date(warehouse: Warehouse, run: Run) -> None:
    """Write the lists of the day, and which of them wait for a person."""
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
        " where business_date = :day"
        " union all"
        " select list_name, 'needs_approval', cast(count(*) as bigint) from fct_actions"
        " left join act_released_actions as released"
        " on fct_actions.customer_key = released.customer_key"
        " and fct_actions.business_date = released.business_date"
        " where fct_actions.business_date = :day and released.customer_key is null"
        " group by list_name order by list_name, guardrail",
        **day,
    )
    stores = {store.store_id: store.store_name for store in run.newest_policy.stores}
    worded = [{**_in_words(row), "store_name": stores.get(row["store_id"])} for row in rows]
    actions = pa.Table.from_pylist(worded, ACTION_TYPES)
    stamp = ExportStamp(
        business_date=run.business_date,
        run_key=run_key(warehouse, run),
        policy_version=run.policy.version,
    )
    manifest = export_day(
        run.settings.exports_folder,
        actions,
        suppressed.cast(SUPPRESSED_TYPES),
        stamp,
        find_past(run),
        _approved(warehouse, run),
    )
    _keep_holds(warehouse, manifest)
    export_day_profiles(warehouse, run, stamp)


def _approved(warehouse: Warehouse, run: Run) -> frozenset[str]:
    """Whose actions had to wait for a person and may leave now."""
    rows = warehouse.query(
        "select distinct held.customer_key from act_withholdings as held"
        " inner join act_released_actions as released"
        " on held.customer_key = released.customer_key"
        " and held.business_date = released.business_date where held.business_date = :day",
        day=run.business_date,
    )
    return frozenset(rows["customer_key"].to_pylist())


def _keep_holds(warehouse: Warehouse, manifest: DayManifest) -> None:
    """Replace the day's rows of `ops_list_holds`: what the breaker found, for the exceptions."""
    others = warehouse.query(
        "select * from ops_list_holds where business_date <> :day"
        " order by business_date, list_name, hold_code",
        day=manifest.business_date,
    )
    found = [
        {
            "list_name": name, "hold_code": hold.code, "before_count": hold.before,
            "after_count": hold.after, "business_date": manifest.business_date,
        }
        for name, state in manifest.lists.items()
        for hold in state.holds
    ]  # fmt: skip
    today = pa.Table.from_pylist(found, LIST_HOLDS)
    warehouse.load("ops_list_holds", pa.concat_tables([others.cast(LIST_HOLDS), today]))


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
