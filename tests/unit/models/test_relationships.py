"""What a relationship is worth: the recency chain of Pfeifer & Carraway, by hand and by chance."""

import random

import numpy as np
import pytest

from regulars.models.relationships import (
    Transitions,
    monthly_discount,
    relationship_values,
    value_vector,
)

RETURNS = (0.3, 0.2, 0.15, 0.05)
MARGIN, MAILING, DISCOUNT = 40.0, 4.0, 0.2


def _recency_chain() -> tuple[np.ndarray, np.ndarray]:
    """Who bought one to four periods ago returns less and less; the fifth state is lost."""
    chances = np.zeros((5, 5))
    for recency, returns in enumerate(RETURNS):
        chances[recency, 0] = returns
        chances[recency, recency + 1] = 1 - returns
    chances[4, 4] = 1
    return chances, np.array([MARGIN - MAILING, -MAILING, -MAILING, -MAILING, 0])


def test_the_recency_chain_is_worth_what_substitution_by_hand_says():
    # V4 = -4 + .05 V1/1.2, V3 = -4 + (.15 V1 + .85 V4)/1.2 and so on: V = a + b V1, a and b
    # from the last state backwards, and V1 = 36 + (.3 V1 + .7 V2)/1.2 in the end.
    lines = [(0.0, 0.0)]
    for returns in reversed(RETURNS[1:]):
        a, b = lines[-1]
        lines.append((-4 + (1 - returns) * a / 1.2, (returns + (1 - returns) * b) / 1.2))
    a, b = lines[-1]
    first = (36 + 0.7 * a / 1.2) / (1 - 0.3 / 1.2 - 0.7 * b / 1.2)
    by_hand = [first, *(a + b * first for a, b in reversed(lines))]
    assert value_vector(*_recency_chain(), DISCOUNT).tolist() == pytest.approx(by_hand)
    assert by_hand == pytest.approx([52.320, 5.554, 1.251, -1.820, 0], abs=1e-3)


def test_the_recency_chain_is_worth_what_many_lives_bring_on_average():
    chances, rewards = _recency_chain()
    luck, total, lives = random.Random(7), 0.0, 20_000
    for _ in range(lives):
        state, period = 0, 0
        while state < 4:
            total += rewards[state] / (1 + DISCOUNT) ** period
            state = 0 if luck.random() < RETURNS[state] else state + 1
            period += 1
    assert value_vector(chances, rewards, DISCOUNT)[0] == pytest.approx(total / lives, rel=0.01)


def test_two_states_are_worth_the_hand_worked_amounts():
    # Of 10 gold 8 stay and 2 leave, each brings 50 a month; of 4 lead 1 becomes gold, none leave,
    # each brings 10. At 25 %: Vg = 50 + .8 Vg/1.25, Vl = 10 + (.75 Vl + .25 Vg)/1.25.
    seen = {
        "gold": Transitions(10, {"gold": 8, "gone": 2}, 500),
        "lead": Transitions(4, {"lead": 3, "gold": 1}, 40),
    }
    worth = relationship_values(("lead", "gold"), seen, 0.25)
    gold = 50 / (1 - 0.64)
    assert worth == pytest.approx({"gold": gold, "lead": (10 + 0.2 * gold) / (1 - 0.6)})


def test_a_state_nobody_was_in_has_no_worth_and_whoever_goes_there_counts_as_gone():
    seen = {
        "gold": Transitions(2, {"platinum": 1, "gold": 1}, 20),
        "platinum": Transitions(0, {}, 0),
    }
    worth = relationship_values(("gold", "platinum"), seen, 0.25)
    assert worth == pytest.approx({"gold": 10 / (1 - 0.5 / 1.25)})
    assert relationship_values(("gold",), {}, 0.25) == {}


def test_losses_are_worth_less_than_nothing():
    assert relationship_values(("lead",), {"lead": Transitions(1, {}, -7)}, 0.1) == {"lead": -7}


def test_without_a_discount_there_is_no_worth_to_tell():
    with pytest.raises(ValueError, match="more than 0"):
        relationship_values(("lead",), {"lead": Transitions(1, {"lead": 1}, 5)}, 0.0)


def test_twelve_months_of_the_monthly_rate_make_the_year():
    assert (1 + monthly_discount(0.10)) ** 12 == pytest.approx(1.10)
