"""The worth of a customer in every tier and stage, from the months of migration told so far."""

from collections import defaultdict
from math import floor
from typing import Any

import pyarrow as pa

from regulars.engines import Warehouse
from regulars.models.relationships import Transitions, monthly_discount, relationship_values
from regulars.models.tiers import TIERS
from regulars.policy import Policy
from regulars.policy.stage_section import STAGES, StagePolicy

GOAL_TABLE = "ref_stage_goals"
VALUE_TABLE = "ops_relationship_values"
RELATIONSHIP_VALUES = pa.schema(
    {
        "state_kind": pa.string(), "customer_kind": pa.string(), "state": pa.string(),
        "customer_month_count": pa.int64(),
        "month_profit_minor": pa.int64(), "relationship_value_minor": pa.int64(),
    }
)  # fmt: skip
_GOALS = pa.schema(
    {
        "stage_before": pa.string(), "stage": pa.string(), "goal_bound": pa.string(),
        "goal_ratio": pa.float64(),
    }
)  # fmt: skip
_STATES = {"active_tier": ("dormant", *TIERS), "stage": STAGES}
_MOVES = """
with told as (
    select min(business_date) as first_date from fct_customer_days
),
months as (
    select distinct int_monthly_states.month_starts_on
    from int_monthly_states
    cross join told
    where date_diff('day', told.first_date, int_monthly_states.started_on) >= :tier_days
    order by month_starts_on desc
    limit :value_months
)
select moves.state_kind, moves.customer_kind, moves.state_before, moves.state,
    count(*) as customer_count, cast(sum(moves.true_profit_minor) as bigint) as profit_minor
from int_monthly_states as moves
inner join months on moves.month_starts_on = months.month_starts_on
where moves.state_before <> 'new' and moves.state_kind <> 'tier'
group by moves.state_kind, moves.customer_kind, moves.state_before, moves.state
order by moves.state_kind, moves.customer_kind, moves.state_before, moves.state
"""


def goal_table(policy: StagePolicy) -> pa.Table:
    """One row per goal of the stages' cycle."""
    rows = [
        {
            "stage_before": goal.stage_before,
            "stage": goal.stage,
            "goal_bound": goal.bound,
            "goal_ratio": goal.share,
        }
        for goal in policy.goals
    ]
    return pa.Table.from_pylist(rows, _GOALS)


def value_table(warehouse: Warehouse, policy: Policy) -> pa.Table:
    """What a customer of each kind and state brings in a month, and is worth, in minor units.

    The newest `value_months` are pooled, without those in which nobody could yet have the history
    that tiers look back on: there everybody climbs. A state without customers has no worth.
    """
    discount = monthly_discount(policy.stages.yearly_discount)
    moves: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    windows = {"tier_days": policy.windows.tier_days, "value_months": policy.stages.value_months}
    for row in warehouse.query(_MOVES, **windows).to_pylist():
        moves[row["state_kind"], row["customer_kind"]].append(row)
    rows = []
    for (state_kind, customer_kind), found in moves.items():
        seen = {state: _seen(state, found) for state in _STATES[state_kind]}
        worth = relationship_values(_STATES[state_kind], seen, discount)
        rows += [
            {
                "state_kind": state_kind,
                "customer_kind": customer_kind,
                "state": state,
                "customer_month_count": one.customer_count,
                "month_profit_minor": one.profit_minor // one.customer_count
                if one.customer_count
                else None,
                "relationship_value_minor": floor(worth[state]) if state in worth else None,
            }
            for state, one in seen.items()
        ]
    return pa.Table.from_pylist(rows, RELATIONSHIP_VALUES)


def _seen(state: str, moves: list[dict[str, Any]]) -> Transitions:
    own = [row for row in moves if row["state_before"] == state]
    return Transitions(
        customer_count=sum(row["customer_count"] for row in own),
        next_counts={row["state"]: row["customer_count"] for row in own},
        profit_minor=sum(row["profit_minor"] for row in own),
    )
