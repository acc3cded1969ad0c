"""The rows of the 80/20 board in a run's report. Counts, money and shares only."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Ratio = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]


class Figures(BaseModel):
    """A part of the report: fixed once made, and nothing in it that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WhalePoint(Figures):
    """A point of the whale curve: best share of customers -> their profit together."""

    customer_share: Share
    cumulative_profit_minor: int


class BoardRow(Figures):
    """The board of the group, a store or a kind of customer. Without a profit there are no shares.

    `erosion_minor` is what the loss-makers take away after the peak, `without_top_5_minor` the
    profit if the best five left; `gini` and `effective_customers` as the domain page defines them.
    """

    name: str
    customers: Count
    true_profit_minor: int
    k80_share: Share | None
    peak_minor: Count
    erosion_minor: Count
    below_zero: Count
    gini: Ratio | None
    effective_customers: Ratio | None
    top_1_share: Ratio | None
    top_5_share: Ratio | None
    without_top_5_minor: int


class ScenarioRow(Figures):
    """The group's board under a cost assumption, and its whale curve."""

    scenario: str
    true_profit_minor: int
    k80_share: Share | None
    peak_minor: Count
    peak_share: Share
    erosion_minor: Count
    below_zero_share: Share
    curve: Annotated[tuple[WhalePoint, ...], Field(max_length=200)]


class StepRow(Figures):
    """A step of the profit ladder: what it adds or takes away, and where the ladder then stands."""

    step: str
    is_subtotal: bool
    change_minor: int
    level_minor: int


class DriverRow(Figures):
    """Why customers below zero are there: how many, and what it costs beyond their peers."""

    driver: str
    customers: Count
    excess_minor: Count


class SourceRow(Figures):
    """What winning and keeping a customer of a source cost; the prior until it is measured."""

    source: str
    won: Count
    winning_minor: int | None
    kept: Count
    keeping_minor: int | None
    cost_multiple: Ratio
    is_measured: bool
