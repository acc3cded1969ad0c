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
        "shadow_threshold": holdout_threshold(actions.shadow_share),
        "contact_month_cap": actions.contact_month_cap,
        "valid_days": actions.valid_days,
        "prior_strength": actions.prior_strength,
        "min_arm": actions.min_arm,
        "sure_return_ppm": round(actions.sure_return * 1_000_000),
        "small_ratio": actions.small_ratio,
        "rich_ratio": actions.rich_ratio,
        "max_ceiling_share": actions.max_ceiling_share,
        "ceiling_bps": round(actions.max_ceiling_share * 10_000),
        "profit_bps": round(actions.max_profit_share * 10_000),
        "lever_bps": round(actions.lever_effect * 10_000),
        "expires_on": business_date + timedelta(days=actions.valid_days),
        "review_on": business_date + timedelta(days=actions.review_days),
        "tenure_days": policy.fairness.tenure_days,
        "fair_min_group": policy.fairness.min_group,
        "fair_min_ratio": policy.fairness.min_ratio,
        "fair_max_p": policy.fairness.max_p,
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
