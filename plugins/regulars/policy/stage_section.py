"""Stages of a relationship: their thresholds, their goals, what waiting for profit costs."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from regulars.policy.sections import Positive, Section, Share

Stage = Literal["establish", "stabilise", "strengthen"]
STAGES: tuple[Stage, ...] = Stage.__args__  # type: ignore[attr-defined]


class StageGoal(Section):
    """The share of a stage's customers that should be (or should not be) in another a month on."""

    stage_before: Stage
    stage: Stage
    bound: Literal["at_least", "at_most"] = "at_least"
    share: Share


GOALS = (
    StageGoal(stage_before="establish", stage="stabilise", share=0.10),
    StageGoal(stage_before="stabilise", stage="strengthen", share=0.02),
    StageGoal(stage_before="stabilise", stage="establish", bound="at_most", share=0.15),
    StageGoal(stage_before="strengthen", stage="strengthen", share=0.90),
)


class StagePolicy(Section):
    """When a relationship is being established, stabilised, strengthened, and when it restarts.

    Establish: at most `establish_visits` visits, or at most `establish_days` days old, or overdue
    by `restart_ratio` of the customer's own gap. Strengthen: big for `strengthen_days`.
    The worth of a relationship is worked out from the newest `value_months` months and discounts
    later profit by `yearly_discount` a year.
    """

    establish_visits: Positive = 3
    establish_days: Positive = 60
    strengthen_days: Positive = 90
    restart_ratio: Annotated[float, Field(gt=1)] = 4.0
    yearly_discount: Annotated[float, Field(gt=0, le=1)] = 0.10
    value_months: Positive = 12
    goals: tuple[StageGoal, ...] = GOALS

    @model_validator(mode="after")
    def _goals_agree(self) -> Self:
        steps = [(goal.stage_before, goal.stage) for goal in self.goals]
        if repeated := sorted({step for step in steps if steps.count(step) > 1}):
            raise ValueError(f"two goals for {' to '.join(repeated[0])}: keep one")
        for stage in STAGES:
            wanted = sum(
                goal.share
                for goal in self.goals
                if goal.stage_before == stage and goal.bound == "at_least"
            )
            if wanted > 1:
                raise ValueError(f"the goals for {stage} ask for {wanted:.0%} of its customers")
        return self
