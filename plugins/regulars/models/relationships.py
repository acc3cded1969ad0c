"""What a relationship is worth in each of its states: a Markov chain with rewards.

V = (I - P / (1 + d))^-1 R, where P are the chances to be in each state a period later, R what a
customer brings in a period and d the discount of a period. Source: Pfeifer & Carraway, Modeling
customer relationships as Markov chains, Journal of Interactive Marketing 14(2), 2000.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Transitions:
    """What was seen of customers in one state: how many, where they were next, what they brought.

    Who is in none of the known states next has left, and brings nothing from then on.
    """

    customer_count: int
    next_counts: Mapping[str, int]
    profit_minor: int


def relationship_values(
    states: Sequence[str], seen: Mapping[str, Transitions], discount: float
) -> dict[str, float]:
    """The worth of one customer in each state, in minor units, today's profit counted in full.

    A state nobody was seen in is left out; whoever goes there counts as gone.
    Raises ValueError for a discount that is not above 0: the worth would have no end.
    """
    if discount <= 0:
        raise ValueError(f"a discount of {discount} gives no finite worth: make it more than 0")
    known = [state for state in states if state in seen and seen[state].customer_count > 0]
    rewards = np.array([seen[one].profit_minor / seen[one].customer_count for one in known])
    chances = np.array([[_chance(seen[one], after) for after in known] for one in known])
    if not known:
        return {}
    worth = value_vector(chances, rewards, discount)
    return dict(zip(known, worth.tolist(), strict=True))


def value_vector(
    chances: npt.NDArray[np.float64], rewards: npt.NDArray[np.float64], discount: float
) -> npt.NDArray[np.float64]:
    """(I - P / (1 + d))^-1 R by Gauss: P is square, a row a state; R has the states' length."""
    remaining = np.eye(len(rewards)) - chances / (1 + discount)
    return np.asarray(np.linalg.solve(remaining, rewards), dtype=np.float64)


def monthly_discount(yearly: float) -> float:
    """The rate that, twelve times over, makes the yearly one."""
    return float((1 + yearly) ** (1 / 12) - 1)


def _chance(seen: Transitions, after: str) -> float:
    return seen.next_counts.get(after, 0) / seen.customer_count
