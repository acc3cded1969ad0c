"""What deciding is told by the policy, and what it remembers from day to day.

The memory survives a rebuild: without it guests would be contacted again.
"""

import pyarrow as pa

from regulars.actions.vocabulary import ACTIONS, MONEY, Rung
from regulars.policy import Policy
from regulars.policy.action_sections import ListName

ACTION_MEMORY = pa.schema(
    {
        "customer_key": pa.string(), "list_name": pa.string(), "action_code": pa.string(),
        "action_rung": pa.string(), "contact_channel": pa.string(), "store_id": pa.string(),
        "cost_minor": pa.int64(), "starts_on": pa.date32(), "is_held_out": pa.bool_(),
        "is_shadow": pa.bool_(), "is_withheld": pa.bool_(), "business_date": pa.date32(),
    }
)  # fmt: skip
"""Who was to get what on which day; those who were left alone for measuring included.

`action_rung` is what was wanted for the customer, whether or not the budget reached him.
"""
EXCEPTION_DECISIONS = pa.schema(
    {
        "exception_key": pa.string(), "evidence_hash": pa.string(), "decision": pa.string(),
        "decided_by": pa.string(), "decided_at": pa.timestamp("us"), "why": pa.string(),
        "policy_version": pa.string(),
    }
)  # fmt: skip
"""What a named person said of an exception: approved or rejected; or nobody did: timed_out."""
LATE_CONTACTS = pa.schema({"customer_key": pa.string(), "business_date": pa.date32()})
"""Approved or not, who may no longer be contacted for a day: another day was faster."""
EXPERIMENTS = pa.schema(
    {
        "experiment_id": pa.string(), "seed": pa.string(), "threshold": pa.string(),
        "holdout_ratio": pa.float64(), "imbalance_ratio": pa.float64(),
        "customer_count": pa.int64(), "chosen_on": pa.date32(),
    }
)  # fmt: skip
"""How an experiment draws its holdout: written once, on its first day."""
CONTACT_MEMORY = pa.schema(
    {
        "customer_key": pa.string(), "gap_contact_count": pa.int64(),
        "month_contact_count": pa.int64(), "month_spent_minor": pa.int64(),
        "lever_since_on": pa.date32(), "lever_until_on": pa.date32(),
    }
)  # fmt: skip
"""What a customer got before the day: see `steps/remembering.py`."""
KEPT_TABLES = {
    "ops_action_memory": ACTION_MEMORY,
    "ops_exception_decisions": EXCEPTION_DECISIONS,
    "ops_experiments": EXPERIMENTS,
    "ops_late_contacts": LATE_CONTACTS,
}
ACTION_TABLES = {**KEPT_TABLES, "ops_contact_memory": CONTACT_MEMORY}
_RUNGS = pa.schema(
    {
        "list_name": pa.string(), "action_rung": pa.string(), "cost_minor": pa.int64(),
        "is_money": pa.bool_(), "return_ppm": pa.int64(), "lift_ppm": pa.int64(),
    }
)  # fmt: skip
_BUDGETS = pa.schema(
    {
        "store_id": pa.string(), "list_name": pa.string(), "budget_minor": pa.int64(),
        "test_budget_minor": pa.int64(),
    }
)  # fmt: skip
_MILLION, _BPS = 1_000_000, 10_000
SENT_LISTS: tuple[ListName, ...] = ("reward", "incentivise", "activate")
"""The lists whose actions reach a customer, and may cost something."""


def policy_tables(policy: Policy) -> dict[str, pa.Table]:
    """The ladder with its priors, the budgets, and the codes, as the models read them."""
    return {
        "ref_list_rungs": _rungs(policy),
        "ref_list_budgets": _budgets(policy),
        "ref_action_codes": _codes(),
        "ref_fairness_gates": _gates(policy),
    }


def _rungs(policy: Policy) -> pa.Table:
    actions = policy.actions
    menu = {
        Rung.NOTE: (0, "note_lift"),
        Rung.PERK: (actions.perk_cost_minor, "perk_lift"),
        Rung.SMALL: (actions.small_offer_minor, "small_lift"),
        Rung.RICH: (actions.rich_offer_minor, "rich_lift"),
        Rung.HAND: (None, "small_lift"),
        Rung.CALL: (0, "perk_lift"),
    }
    rows = [
        {
            "list_name": name,
            "action_rung": rung.value,
            "cost_minor": cost,
            "is_money": rung in MONEY,
            "return_ppm": round(actions.list_policy(name).return_prior * _MILLION),
            "lift_ppm": round(getattr(actions.list_policy(name), lift) * _MILLION),
        }
        for name in SENT_LISTS
        for rung, (cost, lift) in menu.items()
        if cost != 0 or rung not in MONEY
    ]
    return pa.Table.from_pylist(rows, _RUNGS)


def _budgets(policy: Policy) -> pa.Table:
    """Each list's share of its store's day, rounded down, and what of it is for testing."""
    actions = policy.actions
    test_bps = round(actions.test_budget_share * _BPS)
    rows = []
    for store in policy.stores:
        whole = actions.store_budgets.get(store.store_id, actions.store_daily_budget_minor)
        for name in SENT_LISTS:
            share = round(actions.list_policy(name).budget_share * _BPS)
            budget = whole * share // _BPS
            rows.append(
                {
                    "store_id": store.store_id,
                    "list_name": name,
                    "budget_minor": budget,
                    "test_budget_minor": budget * test_bps // _BPS,
                }
            )
    return pa.Table.from_pylist(rows, _BUDGETS)


def _codes() -> pa.Table:
    rows = [
        {"code_scope": scope, "action_rung": action.rung.value, "action_code": action.code}
        for action in ACTIONS.values()
        for scope in action.code_scopes
    ]
    names = ("code_scope", "action_rung", "action_code")
    return pa.Table.from_pylist(rows, pa.schema({name: pa.string() for name in names}))


def _gates(policy: Policy) -> pa.Table:
    """The measures and dimensions in which unevenness holds a list."""
    rows = [
        {"measure": measure, "dimension": dimension}
        for measure in ("listed", "acted", "benefit")
        for dimension in getattr(policy.fairness, measure)
    ]
    return pa.Table.from_pylist(
        rows, pa.schema([(n, pa.string()) for n in ("measure", "dimension")])
    )
