"""What counts as evidence of a customer, as the named binds of the SQL models."""

from statistics import NormalDist

from regulars.policy import Policy


def evidence_params(policy: Policy) -> dict[str, object]:
    """How sure is sure, when spend falls, who is a peer, what a newcomer may be offered."""
    proof, potential, cut = policy.proof, policy.potential, policy.proof.cut_percentile
    return {
        "min_visits": proof.min_visits,
        "min_credibility": proof.min_credibility,
        "min_active_months": proof.min_active_months,
        "max_largest_share": proof.max_largest_order_share,
        "interval_z": NormalDist().inv_cdf((1 + proof.interval_share) / 2),
        "cut_percentile": policy.tiers.gold.demote if cut is None else cut,
        "outlier_bps": round(proof.outlier_share * 10_000),
        "min_cohort": proof.min_cohort,
        "max_credibility_visits": proof.max_credibility_visits,
        "drift_slack": policy.drift.slack,
        "drift_limit": policy.drift.limit,
        "ceiling_percentile": potential.ceiling_percentile,
        "min_potential_peers": potential.min_peers,
        "small_party": potential.party_covers[0],
        "large_party": potential.party_covers[1],
        "young_days": potential.age_days[0],
        "old_days": potential.age_days[1],
        "probation_share": policy.screening.probation_share,
        "return_days": policy.satisfaction.return_days,
        "learning_days": policy.screening.learning_days,
        "min_lessons": policy.screening.min_lessons,
        "small_basket": policy.screening.basket_bounds[0],
        "large_basket": policy.screening.basket_bounds[1],
    }
