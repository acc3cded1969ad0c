"""What was done for whom, by business date: nobody is asked twice, no draw is made again."""

from datetime import timedelta

import pyarrow as pa

from regulars.actions.holdout import draw_balanced, holdout_threshold
from regulars.engines import Warehouse
from regulars.steps.action_tables import (
    ACTION_MEMORY,
    CONTACT_MEMORY,
    EXPERIMENTS,
    policy_tables,
)
from regulars.steps.runtime import Run

MOST_WEIGHED = 50_000
"""Customers a draw is balanced on at most; they come in the order of their keys, by chance."""


def prepare_deciding(warehouse: Warehouse, run: Run) -> None:
    """Put before the models what they may not find out themselves: policy, memory, the draw."""
    for table, rows in policy_tables(run.policy).items():
        warehouse.load(table, rows)
    _draw_holdout(warehouse, run)
    warehouse.load("ops_contact_memory", _contact_memory(warehouse, run))


def remember_decided(warehouse: Warehouse, run: Run) -> None:
    """Write down the day's actions, and who was left alone for measuring."""
    rows = warehouse.query(
        "select plans.customer_key, plans.list_name, actions.action_code,"
        " plans.wanted_rung as action_rung, listed.contact_channel, listed.store_id,"
        " coalesce(actions.cost_minor, 0) as cost_minor,"
        " coalesce(actions.starts_on, listed.snapshot_date) as starts_on,"
        " coalesce(plans.guardrail = 'holdout', false) as is_held_out,"
        " coalesce(plans.guardrail = 'shadow', false) as is_shadow,"
        " coalesce(actions.is_withheld, false) as is_withheld,"
        " listed.snapshot_date as business_date"
        " from act_plans as plans"
        " inner join act_candidates as listed on plans.customer_key = listed.customer_key"
        " left join fct_actions as actions on plans.customer_key = actions.customer_key"
        " and actions.business_date = :day"
        " where actions.customer_key is not null or plans.guardrail in ('holdout', 'shadow')"
        " order by plans.customer_key",
        day=run.business_date,
    ).cast(ACTION_MEMORY)
    _keep(warehouse, run, rows)


def remember_released(warehouse: Warehouse, run: Run) -> None:
    """Write down which of the day's actions left after all: what waits was no contact."""
    rows = warehouse.query(
        "select memory.customer_key, list_name, action_code, action_rung, contact_channel,"
        " store_id, cost_minor, starts_on, is_held_out, is_shadow,"
        " action_code is not null and released.customer_key is null as is_withheld,"
        " memory.business_date"
        " from ops_action_memory as memory"
        " left join act_released_actions as released"
        " on memory.customer_key = released.customer_key"
        " and memory.business_date = released.business_date"
        " where memory.business_date = :day order by memory.customer_key",
        day=run.business_date,
    ).cast(ACTION_MEMORY)
    _keep(warehouse, run, rows)


def _keep(warehouse: Warehouse, run: Run, rows: pa.Table) -> None:
    """Replace the day, even by nothing: a list that became empty contacted nobody."""
    warehouse.delete_slices("ops_action_memory", "business_date", [str(run.business_date)])
    warehouse.load_slices("ops_action_memory", rows, "business_date")


def _contact_memory(warehouse: Warehouse, run: Run) -> pa.Table:
    """Contacts and money before the day, by who a customer is today."""
    actions, day = run.policy.actions, run.business_date
    rows = warehouse.query(
        "with sent as ("
        " select coalesce(people.customer_key, memory.customer_key) as customer_key,"
        " list_name, cost_minor, starts_on, business_date"
        " from ops_action_memory as memory"
        " left join ops_identity_map as people on memory.customer_key = people.node_key"
        " where business_date < :day and not is_held_out and not is_shadow and not is_withheld)"
        " select customer_key,"
        " count(*) filter (where list_name <> 'deprioritise' and business_date >= :gap)"
        " as gap_contact_count,"
        " count(*) filter (where list_name <> 'deprioritise' and business_date >= :month)"
        " as month_contact_count,"
        " cast(coalesce(sum(cost_minor) filter (where business_date >= :first), 0) as bigint)"
        " as month_spent_minor,"
        " max(case when list_name = 'deprioritise' and starts_on > :review then starts_on end)"
        " as lever_since_on,"
        " cast(null as date) as lever_until_on"
        " from sent group by customer_key order by customer_key",
        day=day,
        gap=day - timedelta(days=actions.contact_gap_days - 1),
        month=day - timedelta(days=actions.contact_month_days - 1),
        first=day.replace(day=1),
        review=day - timedelta(days=actions.review_days),
    ).cast(CONTACT_MEMORY)
    length = timedelta(days=actions.review_days)
    ends = [since and since + length for since in rows["lever_since_on"].to_pylist()]
    return rows.set_column(5, CONTACT_MEMORY.field("lever_until_on"), pa.array(ends, pa.date32()))


def _draw_holdout(warehouse: Warehouse, run: Run) -> None:
    """Choose the draw of the policy's experiment, unless it was chosen before."""
    actions = run.policy.actions
    known = warehouse.query("select experiment_id from ops_experiments").to_pylist()
    if actions.experiment_id in {row["experiment_id"] for row in known}:
        return
    profits, references, count = _past(warehouse, run)
    is_large = count > actions.large_group_customers
    share = actions.large_holdout_share if is_large else actions.holdout_share
    share = min(share, actions.holdout_share)
    draw = draw_balanced(actions.experiment_id, share, profits, references)
    row = {
        "experiment_id": actions.experiment_id,
        "seed": draw.seed,
        "threshold": holdout_threshold(share),
        "holdout_ratio": share,
        "imbalance_ratio": draw.imbalance,
        "customer_count": count,
        "chosen_on": run.business_date,
    }
    rows = pa.Table.from_pylist([row], EXPERIMENTS)
    warehouse.load_slices("ops_experiments", rows, "experiment_id")


def _past(warehouse: Warehouse, run: Run) -> tuple[dict[str, int], dict[str, list[str]], int]:
    """What each customer had brought up to the day, the keys he goes by, and how many there are."""
    rows = warehouse.query(
        "select customer_key, cast(coalesce(sum(true_profit_minor), 0) as bigint) as profit_minor"
        " from fct_customer_days where business_date <= :day and currency_code = :currency"
        " group by customer_key order by customer_key",
        day=run.business_date,
        currency=run.policy.group.currency_code,
    ).to_pylist()
    profits = {row["customer_key"]: row["profit_minor"] for row in rows[:MOST_WEIGHED]}
    references: dict[str, list[str]] = {}
    for row in warehouse.query(
        "select members.customer_key, members.node_key from ops_identity_map as members"
        " left join raw_identifier_aliases as aliases on members.node_key = aliases.node_key"
        " where starts_with(members.node_key, 'c_') and aliases.node_key is null"
    ).to_pylist():
        if row["customer_key"] in profits:
            references.setdefault(row["customer_key"], []).append(row["node_key"])
    return profits, references, len(rows)
