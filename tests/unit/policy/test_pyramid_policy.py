"""Scorecard, notice and stages in the policy: defaults as stated, contradictions refused."""

import pytest
from pydantic import ValidationError

from regulars.policy import TierPolicy
from regulars.policy.scorecard_section import DIMENSIONS, ScorecardPolicy
from regulars.policy.stage_section import STAGES, StageGoal, StagePolicy


def test_the_five_dimensions_weigh_what_the_reference_says():
    weights = ScorecardPolicy().weights
    assert [getattr(weights, name) for name in DIMENSIONS] == [40, 25, 15, 10, 10]


def test_weights_are_jittered_by_a_fifth_and_a_tenth_of_changes_is_borderline():
    card = ScorecardPolicy()
    assert (card.jitter_share, card.borderline_share) == (0.20, 0.10)


def test_a_downgrade_is_announced_four_weeks_before():
    assert TierPolicy().notice_days == 28


def test_the_stages_have_the_stated_thresholds():
    stages = StagePolicy()
    assert (stages.establish_visits, stages.establish_days) == (3, 60)
    assert (stages.strengthen_days, stages.restart_ratio) == (90, 4.0)
    assert stages.yearly_discount == 0.10
    assert STAGES == ("establish", "stabilise", "strengthen")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"weights": {"profit": 41}}, "sum to 100, not 101"),
        ({"weights": {"ease": -10, "profit": 60}}, "greater than or equal to 0"),
        ({"floors": {"ease": 101}}, "less than or equal to 100"),
        ({"jitter_share": 1.0}, "less than 1"),
        ({"min_peers": 0}, "greater than 0"),
    ],
)
def test_a_scorecard_that_contradicts_itself_is_refused(changes: dict, complaint: str):
    with pytest.raises(ValidationError, match=complaint):
        ScorecardPolicy(**changes)


def test_goals_that_ask_for_more_than_everybody_are_refused():
    goals = (
        StageGoal(stage_before="stabilise", stage="strengthen", share=0.6),
        StageGoal(stage_before="stabilise", stage="stabilise", share=0.5),
    )
    with pytest.raises(ValidationError, match="the goals for stabilise ask for 110%"):
        StagePolicy(goals=goals)


def test_two_goals_for_one_step_are_refused():
    goal = StageGoal(stage_before="establish", stage="stabilise", share=0.1)
    with pytest.raises(ValidationError, match="two goals for establish to stabilise"):
        StagePolicy(goals=(goal, goal))


def test_a_goal_for_a_stage_that_is_none_is_refused():
    with pytest.raises(ValidationError, match="establish"):
        StageGoal.model_validate({"stage_before": "married", "stage": "stabilise", "share": 0.1})
