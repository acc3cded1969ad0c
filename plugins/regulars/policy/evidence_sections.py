"""What counts as evidence of a customer: drift of his spend, his peers, newcomers, satisfaction."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from regulars.policy.sections import Positive, Section, Share

Score = Annotated[float, Field(ge=0, le=5)]


class DriftPolicy(Section):
    """The lower CUSUM on spend (Page 1954), in standard deviations of the customer's own visits.

    `slack` is half the fall worth finding; above `limit` spend counts as falling. With 0.5 and 5
    a customer whose spend does not change is called falling once in 930 visits, one who spends
    one standard deviation less is found after ten.
    """

    slack: Annotated[float, Field(ge=0, le=2)] = 0.5
    limit: Annotated[float, Field(gt=0, le=20)] = 5.0


class PotentialPolicy(Section):
    """Who a customer's peers are: fewer than `min_peers` are looked for in a wider circle."""

    ceiling_percentile: Annotated[int, Field(gt=50, lt=100)] = 80
    min_peers: Positive = 10
    party_covers: tuple[Positive, Positive] = (2, 4)
    age_days: tuple[Positive, Positive] = (180, 365)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        for name in ("party_covers", "age_days"):
            lower, upper = getattr(self, name)
            if lower >= upper:
                raise ValueError(f"{name} must rise: {lower} is not below {upper}")
        return self


class ScreeningPolicy(Section):
    """How newcomers are judged before they are proven.

    An offer on probation costs at most `probation_share` of the CM2 expected of the first
    `learning_days`: learnt from those who began alike at least as long ago, once they are
    `min_lessons`. A first basket below or above these multiples of the usual one is small, large.
    """

    probation_share: Share = 0.5
    learning_days: Annotated[int, Field(ge=30, le=365)] = 180
    min_lessons: Positive = 30
    basket_bounds: tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]] = (0.75, 1.5)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        small, large = self.basket_bounds
        if small >= large:
            raise ValueError(f"basket_bounds must rise: {small} is not below {large}")
        return self


class SatisfactionPolicy(Section):
    """The two thresholds between which satisfaction changes little, and when the curve is used."""

    low: Score = 3.0
    high: Score = 4.5
    return_days: Positive = 90
    min_ratings: Positive = 300

    @model_validator(mode="after")
    def _not_inverted(self) -> Self:
        if self.low >= self.high:
            raise ValueError(f"low ({self.low}) must be below high ({self.high})")
        return self
