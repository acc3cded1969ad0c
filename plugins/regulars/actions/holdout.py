"""Who is left alone so that the effect of an action can be measured."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from math import sqrt
from typing import NamedTuple

SALTS = 100


class Draw(NamedTuple):
    """How an experiment draws: the text it hashes with, and how unlike its two groups are.

    `imbalance` is the difference of mean past profits in standard deviations of one customer.
    """

    seed: str
    salt: int
    imbalance: float


def holdout_threshold(share: float) -> str:
    """The hexadecimal text below which a customer's hash falls into the holdout.

    A customer belongs to the holdout of an experiment when the SHA-256 of
    `seed|customer_key` sorts before this text. Sixteen digits are 64 bits.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"holdout share must be between 0 and 1, not {share}")
    return "g" if share == 1 else format(int(share * 2**64), "016x")


def is_held_out(seed: str, customer_key: str, share: float) -> bool:
    """The same decision outside of SQL."""
    digest = sha256(f"{seed}|{customer_key}".encode()).hexdigest()
    return digest < holdout_threshold(share)


def seed_of(experiment_id: str, salt: int) -> str:
    """The text an experiment hashes with: its id alone for salt 0."""
    return f"{experiment_id}.{salt:02}" if salt else experiment_id


def draw_balanced(
    experiment_id: str,
    share: float,
    profits: Mapping[str, int],
    references: Mapping[str, Iterable[str]],
    salts: int = SALTS,
) -> Draw:
    """The salt, of so many, whose holdout is most like the rest by past true profit.

    `profits` are minor units by customer, `references` the keys a customer goes by (his own if
    there are none): whoever is drawn under any of them is held out. Re-randomisation after Morgan
    and Rubin (2012), Annals of Statistics 40(2). Ties go to the lowest salt.
    """
    threshold = holdout_threshold(share)
    customers = [
        (profit, [node.encode() for node in sorted({key, *references.get(key, ())})])
        for key, profit in sorted(profits.items())
    ]
    draws = []
    for salt in range(salts):
        seed = f"{seed_of(experiment_id, salt)}|".encode()
        held = [
            profit
            for profit, nodes in customers
            if any(sha256(seed + node).hexdigest() < threshold for node in nodes)
        ]
        draws.append((_imbalance(held, list(profits.values())), salt))
    imbalance, salt = min(draws, default=(0.0, 0))
    return Draw(seed_of(experiment_id, salt), salt, imbalance)


def _imbalance(held: list[int], everybody: list[int]) -> float:
    """Difference of the means of the held and the free, in standard deviations of everybody.

    A draw that holds nobody, or everybody, out is the worst there is.
    """
    count, total = len(everybody), sum(everybody)
    free = count - len(held)
    if not held or not free:
        return float("inf") if count else 0.0
    square = sum(profit * profit for profit in everybody)
    # Whole numbers as long as possible: the same figures in the same order of ranks everywhere.
    variance = (count * square - total * total) / (count * count)
    gap = abs(sum(held) / len(held) - (total - sum(held)) / free)
    return gap / sqrt(variance) if variance > 0 else 0.0
