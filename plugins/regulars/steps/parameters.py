"""The policy and the window as the named binds of the SQL models."""

from regulars.policy import BusinessPolicy
from regulars.steps.action_parameters import action_params
from regulars.steps.evidence_parameters import evidence_params
from regulars.steps.judgement_parameters import judgement_params
from regulars.steps.pyramid_parameters import pyramid_params
from regulars.steps.runtime import Run

BUSINESS_SIGNS = (
    "account", "invoice", "catering", "company_email", "weekday_lunch", "party", "lead_time",
)  # fmt: skip

AUDIT_CYCLE_DAYS = 28
"""In so many mornings the audits have looked at every day once, beside the days rebuilt."""


def model_params(run: Run) -> dict[str, object]:
    """Every bind that a model may ask for, except the window, which the runner adds."""
    policy = run.policy
    return {
        "business_date": run.business_date,
        "audit_cycle_days": AUDIT_CYCLE_DAYS,
        "group_currency": policy.group.currency_code,
        "tier_days": policy.windows.tier_days,
        "curve_days": policy.windows.curve_days,
        "min_peers": policy.board.min_peers,
        "min_driver_bps": round(policy.board.min_driver_share * 10_000),
        "prior_cost_multiple": policy.board.prior_cost_multiple,
        "own_data_days": policy.board.own_data_days,
        "horizon_days": policy.score.horizon_days,
        "long_horizon_days": policy.score.long_horizon_days,
        "cut_count": 3 if policy.score.blend == "auto" else 1,
        **evidence_params(policy),
        **judgement_params(policy),
        "max_people": policy.identity.max_people_per_identifier,
        "policy_version": policy.version,
        **business_params(policy.business),
        **action_params(policy, run.business_date),
        **pyramid_params(policy),
    }


def business_params(business: BusinessPolicy) -> dict[str, object]:
    """Weights and shares of the signs of business as whole basis points: exact on every engine."""
    weights = {f"{sign}_sign_bps": getattr(business, f"{sign}_weight") for sign in BUSINESS_SIGNS}
    shares = {
        "account_order_bps": business.account_order_share,
        "catering_order_bps": business.catering_share,
        "weekday_lunch_bps": business.weekday_lunch_share,
    }
    return {name: round(share * 10_000) for name, share in (weights | shares).items()} | {
        "business_confidence_pico": round(business.confidence * 10_000) * 100_000_000,
        "business_party_covers": business.party_covers,
        "booking_lead_days": business.lead_days,
        "min_sign_orders": business.min_orders,
        "min_sign_bookings": business.min_bookings,
    }
