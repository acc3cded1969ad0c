"""The policy and the window as the named binds of the SQL models."""

from datetime import timedelta

from regulars.actions.holdout import holdout_threshold
from regulars.steps.runtime import Run


def model_params(run: Run) -> dict[str, object]:
    """Every bind that a model may ask for, except the window, which the runner adds."""
    policy = run.policy
    return {
        "business_date": run.business_date,
        "group_currency": policy.group.currency_code,
        "tier_days": policy.windows.tier_days,
        "curve_days": policy.windows.curve_days,
        "min_peers": policy.board.min_peers,
        "min_driver_bps": round(policy.board.min_driver_share * 10_000),
        "prior_cost_multiple": policy.board.prior_cost_multiple,
        "own_data_days": policy.board.own_data_days,
        "horizon_days": policy.score.horizon_days,
        "min_visits": policy.proof.min_visits,
        "min_credibility": policy.proof.min_credibility,
        "min_active_months": policy.proof.min_active_months,
        "max_largest_share": policy.proof.max_largest_order_share,
        "loss_visits": policy.segments.loss_visits,
        "loss_age_days": policy.segments.loss_age_days,
        "slowing_ratio": policy.segments.slowing_ratio,
        "lapsed_ratio": policy.segments.lapsed_ratio,
        "prospect_days": policy.segments.prospect_days,
        "prospect_visits": policy.segments.prospect_visits,
        "specials_share": policy.segments.specials_share,
        "specials_visits": policy.segments.specials_visits,
        "contact_cost": policy.actions.contact_cost_minor,
        "experiment_id": policy.actions.experiment_id,
        "holdout_threshold": holdout_threshold(policy.actions.holdout_share),
        "has_platform_audience": policy.actions.has_platform_audience,
        "offer": policy.actions.test_offer_minor,
        "store_budget": policy.actions.store_daily_budget_minor,
        "rich_ratio": policy.actions.rich_ratio,
        "expires_on": run.business_date + timedelta(days=policy.actions.valid_days),
        "policy_version": policy.version,
    }
