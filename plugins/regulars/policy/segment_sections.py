"""The decision table's thresholds, and the figures by which its judgement is measured."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from regulars.policy.sections import Positive, Section, Share

Overdue = Annotated[float, Field(gt=1)]


class SegmentPolicy(Section):
    """The thresholds of the decision table. Source: DOMAIN, segment.

    `*_ratio` are days of silence over the customer's own gap. `reachable_share` is the part of a
    customer's headroom that effort may win: potential is low when even that leaves him below
    zero. Gold and platinum are sustained after `loyal_days`, with visits in `loyal_months` of the
    last six. A steady customer is worth a contact when his headroom is `headroom_contacts` times
    what it costs.
    """

    slowing_ratio: Overdue = 1.5
    lapsing_ratio: Overdue = 2.5
    lapsed_ratio: Overdue = 4.0
    prospect_days: Positive = 60
    prospect_visits: Positive = 2
    loss_visits: Positive = 4
    loss_age_days: Positive = 180
    loss_reviews: Positive = 2
    reachable_share: Share = 0.2
    loyal_days: Annotated[int, Field(ge=0)] = 28
    loyal_months: Annotated[int, Field(ge=0, le=6)] = 4
    headroom_contacts: Annotated[float, Field(ge=0)] = 2.0
    specials_share: Share = 0.8
    specials_visits: Positive = 3

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.slowing_ratio >= self.lapsed_ratio:
            raise ValueError("slowing_ratio must be below lapsed_ratio")
        if not self.slowing_ratio <= self.lapsing_ratio <= self.lapsed_ratio:
            raise ValueError("lapsing_ratio must lie between slowing_ratio and lapsed_ratio")
        return self


class QualityPolicy(Section):
    """What the product figures aim at, and when a day's tier moves are an alarm.

    `max_flips_per_year` are tier changes per customer-year without the first climb;
    `false_kill_days` is how long ago a customer must have been listed before his profit since
    then says whether it was a mistake.
    """

    max_flips_per_year: Annotated[float, Field(gt=0)] = 0.4
    max_false_kill_share: Share = 0.01
    max_move_share: Share = 0.05
    false_kill_days: Positive = 90
