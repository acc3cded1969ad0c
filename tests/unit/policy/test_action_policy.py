"""Money, fairness and exceptions: what a policy may say, and what it is refused for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regulars.domain.errors import BadInput
from regulars.policy import load_policy
from regulars.policy.action_sections import ActionPolicy, ExceptionPolicy, FairnessPolicy

DAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("actions", "sentence"),
    [
        ({"small_ratio": 3.0, "rich_ratio": 2.5}, "richer only as overdue grows"),
        ({"small_offer_minor": 800, "rich_offer_minor": 700}, "below small_offer_minor"),
        ({"contact_month_days": 6}, "below contact_gap_days"),
        ({"lists": {"reward": {"budget_share": 0.1}}}, "more than the whole budget"),
        ({"lists": {"incentivise": {"budget_share": 0}, "deprioritise": {"budget_share": 0.1}}},
         "deprioritise spends nothing"),
        ({"lists": {"reward": {"small_lift": 0.2, "rich_lift": 0.1}}}, "works less"),
        ({"lists": {"refuse": {}}}, "refuse"),
        ({"price_up": 0.1}, "price_up"),
    ],
)  # fmt: skip
def test_a_contradiction_is_refused_with_a_sentence(
    write: Callable[..., Path], actions: dict[str, Any], sentence: str
):
    with pytest.raises(BadInput, match=sentence):
        load_policy(write(actions=actions), DAY)


def test_what_a_policy_does_not_say_is_as_the_reference_says():
    actions, fair, limits = ActionPolicy(), FairnessPolicy(), ExceptionPolicy()
    assert (actions.max_ceiling_share, actions.max_profit_share) == (0.5, 0.3)
    assert (actions.contact_gap_days, actions.contact_month_cap) == (7, 4)
    assert (actions.shadow_share, actions.review_days) == (0.05, 90)
    assert (actions.large_holdout_share, actions.large_group_customers) == (0.05, 50_000)
    assert (fair.min_group, fair.min_ratio, fair.max_p) == (30, 0.8, 0.05)
    assert (limits.list_size_share, limits.tier_moves_share) == (0.25, 0.05)
    assert (limits.top_1_share, limits.top_5_share) == (0.10, 0.25)
    assert (limits.reconciliation_share, limits.own_average_multiple) == (0.001, 10)


@pytest.mark.parametrize(
    "changes",
    [
        {"scorecard": {"weights": {"age": 10}}},
        {"segments": {"rules": ["visits", "guest_gender"]}},
        {"fairness": {"listed": ["ethnicity"]}},
        {"actions": {"lists": {"reward": {"birthday": 1}}}},
        {"scorecard": {"features": ["Occupation"]}},
        {"tiers": {"peers": ["home.address"]}},
        {"scorecard": {"weights": {"年龄": 10}}},
        {"healthScore": 1},
    ],
)
def test_who_somebody_is_can_never_be_a_feature(
    write: Callable[..., Path], changes: dict[str, Any]
):
    with pytest.raises(BadInput, match="may not decide anything about a customer"):
        load_policy(write(**changes), DAY)


def test_prose_and_the_age_of_a_relation_are_no_features(write: Callable[..., Path]):
    group = {"name": "Old Age Home Kitchen", "name_zh": "健康厨房", "currency_code": "CNY"}
    folder = write(group=group, segments={"loss_age_days": 200},
                   assumptions=["The job of the cook is paid by the hour."])  # fmt: skip
    assert load_policy(folder, DAY).segments.loss_age_days == 200
