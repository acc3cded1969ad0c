"""The thresholds of the decision table contradict neither themselves nor the proof."""

import pytest
from pydantic import ValidationError

from regulars.policy import Policy
from regulars.policy.segment_sections import QualityPolicy, SegmentPolicy


def test_loyal_is_sustained_and_low_potential_has_a_rule():
    table = SegmentPolicy()
    assert (table.lapsing_ratio, table.loss_reviews) == (2.5, 2)
    assert (table.loyal_days, table.loyal_months, table.reachable_share) == (28, 4, 0.2)
    assert table.headroom_contacts == 2


def test_the_product_figures_aim_at_what_was_promised():
    aims = QualityPolicy()
    assert (aims.max_flips_per_year, aims.max_false_kill_share) == (0.4, 0.01)
    assert (aims.max_move_share, aims.false_kill_days) == (0.05, 90)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"slowing_ratio": 4.0}, "slowing_ratio must be below lapsed_ratio"),
        ({"lapsing_ratio": 1.4}, "lapsing_ratio must lie between"),
        ({"lapsing_ratio": 4.1}, "lapsing_ratio must lie between"),
        ({"reachable_share": 1.1}, "less than or equal to 1"),
        ({"loyal_months": 7}, "less than or equal to 6"),
        ({"age": 30}, "Extra inputs"),
    ],
)
def test_a_contradiction_is_refused_with_a_sentence(changes: dict[str, float], sentence: str):
    with pytest.raises(ValidationError, match=sentence):
        SegmentPolicy(**changes)


def test_nobody_is_a_loss_maker_before_he_is_proven(two_shops: Policy):
    given = two_shops.model_dump()
    with pytest.raises(ValidationError, match="who is unproven is no loss"):
        Policy(**given | {"segments": {"loss_visits": 2}})
    assert Policy(**given | {"segments": {"loss_visits": 3}}).segments.loss_visits == 3
