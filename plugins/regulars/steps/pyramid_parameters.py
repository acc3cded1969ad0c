"""The scorecard, the doors of the tiers and the stages as the named binds of the SQL models."""

from regulars.policy import Policy
from regulars.policy.scorecard_section import DIMENSIONS


def pyramid_params(policy: Policy) -> dict[str, object]:
    """Floors and doors as percentiles, ages in days."""
    card, tiers, stages = policy.scorecard, policy.tiers, policy.stages
    return {
        **{f"{name}_floor": getattr(card.floors, name) for name in DIMENSIONS},
        "floored_score": card.floored_score,
        "scorecard_min_peers": card.min_peers,
        "borderline_ratio": card.borderline_share,
        "iron_demote": tiers.iron.demote,
        "gold_demote": tiers.gold.demote,
        "platinum_demote": tiers.platinum.demote,
        "review_weekday": tiers.review_weekday,
        "establish_visits": stages.establish_visits,
        "establish_days": stages.establish_days,
        "strengthen_days": stages.strengthen_days,
        "restart_ratio": stages.restart_ratio,
        "yearly_discount": stages.yearly_discount,
    }
