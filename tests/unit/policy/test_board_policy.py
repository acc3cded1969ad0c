"""Cost assumptions, peers and priors of the board: what holds when the policy says nothing."""

import pytest
from pydantic import ValidationError

from regulars.policy.board_sections import COSTS, BoardPolicy, CostScenario


def test_without_a_word_costs_are_tried_a_fifth_lower_and_higher():
    scenarios = BoardPolicy().scenarios
    assert {name: {one.percent_of(cost) for cost in COSTS} for name, one in scenarios.items()} == {
        "low": {80}, "base": {100}, "hard": {120},
    }  # fmt: skip


def test_one_cost_may_be_assumed_on_its_own():
    hard = CostScenario(all_costs=120, costs={"channel_cost": 150})
    assert hard.percent_of("channel_cost") == 150
    assert hard.percent_of("food_cost") == 120


def test_the_base_cannot_be_bent():
    with pytest.raises(ValidationError):
        BoardPolicy(base=CostScenario(all_costs=90))


@pytest.mark.parametrize("wrong", [{"all_costs": -1}, {"costs": {"rent": 80}}, {"all_costs": 80.5}])
def test_an_assumption_about_nothing_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        CostScenario(**wrong)


def test_five_to_one_is_the_prior_for_ninety_days():
    board = BoardPolicy()
    assert (board.prior_cost_multiple, board.own_data_days) == (5.0, 90)
