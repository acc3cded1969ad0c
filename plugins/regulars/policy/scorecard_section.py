"""The scorecard: how much each dimension weighs, what may not be bought back, who is borderline."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from regulars.policy.sections import Percentile, Positive, Section, Share

DIMENSIONS = ("profit", "loyalty", "potential", "independence", "ease")
Weight = Annotated[int, Field(ge=0, le=100)]


class ScorecardWeights(Section):
    """What each dimension weighs, in per cent of the whole."""

    profit: Weight = 40
    loyalty: Weight = 25
    potential: Weight = 15
    independence: Weight = 10
    ease: Weight = 10

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = sum(getattr(self, name) for name in DIMENSIONS)
        if total != 100:
            raise ValueError(f"the weights of the scorecard must sum to 100, not {total}")
        return self


class ScorecardFloors(Section):
    """The percentile in each dimension below which nothing else makes up for it; 0 is no floor."""

    profit: Percentile = 5
    loyalty: Percentile = 5
    potential: Percentile = 0
    independence: Percentile = 5
    ease: Percentile = 5


class ScorecardPolicy(Section):
    """How customers are ranked among their peers.

    Who is below a floor scores `floored_score` at most: what a customer scores who stands in the
    middle of his peers in everything. Fewer than `min_peers` customers of a kind and store type
    are ranked among all of their kind. Weights are jittered by `jitter_share` up and down; whose
    tier door changes in more than `borderline_share` of the jitters is borderline.
    """

    weights: ScorecardWeights = ScorecardWeights()
    floors: ScorecardFloors = ScorecardFloors()
    floored_score: Annotated[float, Field(ge=1, le=100)] = 50
    min_peers: Positive = 30
    jitter_share: Annotated[float, Field(ge=0, lt=1)] = 0.20
    borderline_share: Share = 0.10
