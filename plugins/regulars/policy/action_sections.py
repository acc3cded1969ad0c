"""What may be done, what it may cost, when it is fair, and what has to wait for a person."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from regulars.policy.sections import Positive, Section, Share, Slug

ListName = Literal["reward", "incentivise", "activate", "deprioritise"]
Money = Annotated[int, Field(ge=0)]
Ratio = Annotated[float, Field(gt=1)]
Dimension = Literal["store", "channel", "language", "tenure"]
DIMENSIONS: tuple[Dimension, ...] = Dimension.__args__  # type: ignore[attr-defined]


class ListPolicy(Section):
    """What is believed of a list until it is measured, and its share of a store's budget.

    `return_prior` is the chance of a visit within the horizon when nothing is done. The lifts are
    what is added to it by a kind note, by a perk, by a small and by a rich offer.
    """

    budget_share: Share = 0.0
    return_prior: Share = 0.2
    note_lift: Share = 0.01
    perk_lift: Share = 0.02
    small_lift: Share = 0.0
    rich_lift: Share = 0.0

    @model_validator(mode="after")
    def _richer_works_better(self) -> Self:
        if self.rich_lift < self.small_lift:
            raise ValueError(
                "rich_lift is below small_lift: a richer offer that works less is never sent"
            )
        return self


def _lists() -> dict[ListName, ListPolicy]:
    return {
        "reward": ListPolicy(return_prior=0.5),
        "incentivise": ListPolicy(
            budget_share=0.6, return_prior=0.25, note_lift=0.03, perk_lift=0.04,
            small_lift=0.12, rich_lift=0.2,
        ),
        "activate": ListPolicy(
            budget_share=0.4, return_prior=0.1, note_lift=0.02, perk_lift=0.03,
            small_lift=0.08, rich_lift=0.08,
        ),
        "deprioritise": ListPolicy(note_lift=0.0, perk_lift=0.0),
    }  # fmt: skip


class ActionPolicy(Section):
    """What a list may spend, how long an action lives, who is left alone for measuring.

    Offers are public amounts of a menu: small and rich; 0 takes one off the menu. An offer may
    cost at most `max_ceiling_share` of the most that pays and, in a month, `max_profit_share` of
    what the customer brought in the review window. A list whose uplift is not measured spends at
    most `test_budget_share` of its budget. See docs/howto/offers_and_budgets.md.
    """

    contact_cost_minor: Money = 10
    small_offer_minor: Money = 0
    rich_offer_minor: Money = 0
    perk_cost_minor: Money = 0
    store_daily_budget_minor: Money = 0
    store_budgets: dict[str, Money] = {}
    test_budget_share: Share = 0.25
    max_ceiling_share: Share = 0.5
    max_profit_share: Share = 0.3
    lists: dict[ListName, ListPolicy] = Field(default_factory=_lists)
    prior_strength: Positive = 200
    min_arm: Positive = 100
    small_ratio: Ratio = 1.5
    rich_ratio: Ratio = 2.5
    sure_return: Share = 0.8
    valid_days: Positive = 14
    review_days: Positive = 90
    contact_gap_days: Positive = 7
    contact_month_days: Positive = 30
    contact_month_cap: Positive = 4
    holdout_share: Share = 0.10
    large_holdout_share: Share = 0.05
    large_group_customers: Positive = 50_000
    shadow_share: Share = 0.05
    lever_effect: Share = 0.3
    experiment_id: Slug = "regulars_first_holdout"
    has_platform_audience: bool = False

    def list_policy(self, name: ListName) -> ListPolicy:
        """What the policy says of a list, or what it means when it says nothing."""
        return self.lists.get(name) or _lists()[name]

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.small_ratio > self.rich_ratio:
            raise ValueError("small_ratio is above rich_ratio: richer only as overdue grows")
        if 0 < self.rich_offer_minor < self.small_offer_minor:
            raise ValueError("rich_offer_minor is below small_offer_minor: swap them")
        if self.contact_month_days < self.contact_gap_days:
            raise ValueError("contact_month_days is below contact_gap_days: the gap says it all")
        if sum(self.list_policy(name).budget_share for name in _lists()) > 1:
            raise ValueError("the lists' budget_share add up to more than the whole budget")
        if self.list_policy("deprioritise").budget_share > 0:
            raise ValueError("deprioritise spends nothing: its budget_share is 0")
        return self


class FairnessPolicy(Section):
    """When groups of customers are served too unequally: then the list is held.

    Groups of at least `min_group` are compared with the best served one: too unequal is a ratio
    below `min_ratio` that chance explains with a probability below `max_p` (four-fifths rule,
    29 CFR 1607.4(D)). `listed`, `acted` and `benefit` name the dimensions in which being judged
    for a list, getting an action, and getting a benefit may hold it; the others are reported.
    A customer is new for `tenure_days` after the first visit.
    """

    min_group: Positive = 30
    tenure_days: Positive = 60
    min_ratio: Share = 0.8
    max_p: Annotated[float, Field(gt=0, lt=1)] = 0.05
    listed: tuple[Dimension, ...] = ("language",)
    acted: tuple[Dimension, ...] = DIMENSIONS
    benefit: tuple[Dimension, ...] = ("language",)


class ExceptionPolicy(Section):
    """What is not routine: it waits for a named person until the deadline (`approvals`)."""

    list_size_share: Share = 0.25
    min_list_size: Positive = 20
    list_size_weeks: Positive = 4
    tier_moves_share: Share = 0.05
    anonymous_jump: Share = 0.15
    top_1_share: Share = 0.10
    top_5_share: Share = 0.25
    reconciliation_share: Share = 0.001
    fraud_days: Positive = 7
    many_orders: Positive = 15
    own_average_multiple: Positive = 10
    min_own_orders: Positive = 4
