"""What counts as evidence: the defaults of the domain, and contradictions that are refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from regulars.policy.evidence_sections import (
    DriftPolicy,
    PotentialPolicy,
    SatisfactionPolicy,
    ScreeningPolicy,
)
from regulars.policy.sections import ProofPolicy, WindowPolicy


def test_the_defaults_are_those_of_the_domain():
    proof = ProofPolicy()
    assert (proof.min_credibility, proof.min_active_months) == (0.5, 4)
    assert (proof.max_largest_order_share, proof.interval_share) == (0.4, 0.8)
    assert DriftPolicy().slack == 0.5 and 4 <= DriftPolicy().limit <= 5
    assert PotentialPolicy().ceiling_percentile == 80
    assert (ScreeningPolicy().probation_share, ScreeningPolicy().learning_days) == (0.5, 180)
    curve = SatisfactionPolicy()
    assert (curve.low, curve.high, curve.return_days, curve.min_ratings) == (3.0, 4.5, 90, 300)


@pytest.mark.parametrize(
    ("section", "given", "told"),
    [
        (DriftPolicy, {"limit": 0}, "greater than 0"),
        (DriftPolicy, {"slack": -0.5}, "greater than or equal to 0"),
        (PotentialPolicy, {"party_covers": (4, 4)}, "party_covers must rise: 4 is not below 4"),
        (PotentialPolicy, {"age_days": (365, 180)}, "age_days must rise"),
        (PotentialPolicy, {"ceiling_percentile": 100}, "less than 100"),
        (ScreeningPolicy, {"basket_bounds": (1.5, 0.75)}, "basket_bounds must rise"),
        (ScreeningPolicy, {"probation_share": 1.1}, "less than or equal to 1"),
        (SatisfactionPolicy, {"low": 4.5, "high": 3.0}, "low (4.5) must be below high (3.0)"),
        (SatisfactionPolicy, {"high": 5.5}, "less than or equal to 5"),
        (ProofPolicy, {"interval_share": 1.0}, "less than or equal to 0.99"),
        (ProofPolicy, {"outlier_share": 0.5}, "less than or equal to 0.1"),
        (ProofPolicy, {"max_credibility_visits": 0}, "greater than or equal to 1"),
        (WindowPolicy, {"tier_days": 400}, "tier_days (400) must be within curve_days (365)"),
        (ProofPolicy, {"typo": 1}, "Extra inputs are not permitted"),
    ],
)
def test_a_contradiction_is_refused_with_a_sentence(
    section: type[Any], given: dict[str, Any], told: str
):
    with pytest.raises(ValidationError) as refused:
        section(**given)
    assert told in str(refused.value)
