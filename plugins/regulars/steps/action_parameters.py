"""The binds of the models that decide: money, contacts, fairness, exceptions."""

from datetime import date, timedelta

from regulars.actions.holdout import holdout_threshold
from regulars.policy import Policy


def action_params(policy: Policy, business_date: date) -> dict[str, object]:
    """What the models of the actions ask of the policy, on a date."""
    actions = policy.actions
    return {
        "contact_cost": actions.contact_cost_minor,
        "experiment_id": actions.experiment_id,
        "holdout_threshold": holdout_threshold(actions.holdout_share),
        "has_platform_audience": actions.has_platform_audience,
        "offer": actions.small_offer_minor,
        "store_budget": actions.store_daily_budget_minor,
        "rich_ratio": actions.rich_ratio,
        "expires_on": business_date + timedelta(days=actions.valid_days),
        **_exception_params(policy),
    }


def _exception_params(policy: Policy) -> dict[str, object]:
    limits = policy.exceptions
    return {
        "list_size_share": limits.list_size_share,
        "min_list_size": limits.min_list_size,
        "size_weeks_days": 7 * limits.list_size_weeks,
        "tier_moves_share": limits.tier_moves_share,
        "anonymous_jump": limits.anonymous_jump,
        "top_1_share": limits.top_1_share,
        "top_5_share": limits.top_5_share,
        "reconciliation_share": limits.reconciliation_share,
        "fraud_days": limits.fraud_days,
        "many_orders": limits.many_orders,
        "own_average_multiple": limits.own_average_multiple,
        "min_own_orders": limits.min_own_orders,
    }
