"""How the 80/20 board is judged: costs to try, who is a peer, the prior of winning and keeping."""

from typing import Annotated, Literal

from pydantic import Field

from regulars.policy.sections import Positive, Section, Share

Cost = Literal[
    "food_cost", "packaging_cost", "channel_cost", "payment_fee", "incentive_cost",
    "contact_cost", "service_cost", "complaint_cost", "acquisition_cost", "credit_cost",
]  # fmt: skip
COSTS: tuple[Cost, ...] = Cost.__args__  # type: ignore[attr-defined]
Percent = Annotated[int, Field(ge=0, le=1000)]
AS_BOOKED: Percent = 100


class CostScenario(Section):
    """What costs would be, in per cent of what was booked: all of them, and some on their own."""

    all_costs: Percent = AS_BOOKED
    costs: dict[Cost, Percent] = {}

    def percent_of(self, cost: Cost) -> Percent:
        """The assumption for one kind of cost; 100 is as booked."""
        return self.costs.get(cost, self.all_costs)


class BoardPolicy(Section):
    """The cost sweep around the booked figures, and when a comparison is worth telling.

    Fewer than `min_peers` of a store and kind are compared with those of the other small stores;
    a driver below `min_driver_share` of a customer's sales is left out. `prior_cost_multiple` says
    how much dearer winning is than keeping, until `own_data_days` of own data say better.
    """

    low: CostScenario = CostScenario(all_costs=80)
    hard: CostScenario = CostScenario(all_costs=120)
    min_peers: Positive = 5
    min_driver_share: Share = 0.01
    prior_cost_multiple: Annotated[float, Field(gt=0)] = 5.0
    own_data_days: Positive = 90

    @property
    def scenarios(self) -> dict[str, CostScenario]:
        """The assumptions by name; `base` is what was booked."""
        return {"low": self.low, "base": CostScenario(), "hard": self.hard}
