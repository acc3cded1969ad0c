"""Measures of a prediction, and their intervals. Equals are never put in an order by chance."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.stats import rankdata

Vector = np.ndarray[Any, np.dtype[np.float64]]
NAN = float("nan")


def auc(happened: Vector, score: Vector) -> float:
    """Chance that one to whom it happened has the higher score; a tie is half (Mann-Whitney)."""
    hit = happened > 0
    ones, zeros = int(hit.sum()), int((~hit).sum())
    if not ones or not zeros:
        return NAN
    ranks = rankdata(score)
    return float((ranks[hit].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def brier(happened: Vector, chance: Vector) -> float:
    """Mean squared difference between the chance and what happened (0 or 1)."""
    return float(np.mean((chance - (happened > 0)) ** 2)) if len(chance) else NAN


def top_share(amount: Vector, score: Vector, share: float = 0.2) -> float:
    """Share of the amount that the best `share` of the customers by score brings.

    Where the line falls among equals, each of them counts in part. NaN for a total of 0 or less.
    """
    total = float(amount.sum())
    if not len(score) or total <= 0:
        return NAN
    above = len(score) - rankdata(score, "max")
    _, which, ties = np.unique(score, return_inverse=True, return_counts=True)
    part = np.clip((share * len(score) - above) / ties[which], 0, 1)
    return float((amount * part).sum() / total)


def level(predicted: Vector, actual: Vector) -> float:
    """Predicted total over the actual one, less 1: -0.2 says a fifth too little."""
    total = float(actual.sum())
    return float(predicted.sum() / total - 1) if total > 0 else NAN


def bootstrap(
    measure: Callable[[Vector], dict[str, float]], size: int, draws: int, seed: int
) -> dict[str, Vector]:
    """The measures over customers drawn with replacement, one element per draw.

    `measure` takes the numbers of the customers drawn. Same seed and size, same draws: two methods
    can be compared draw by draw.
    """
    chance = np.random.default_rng(seed)
    drawn = [measure(chance.integers(0, size, size)) for _ in range(draws)]
    return {name: np.array([one[name] for one in drawn]) for name in drawn[0]} if drawn else {}


def interval(values: Vector | None) -> tuple[float, float]:
    """The middle 90 % of the draws; NaN where there is nothing to draw from."""
    if values is None or not np.isfinite(values).any():
        return NAN, NAN
    return float(np.nanquantile(values, 0.05)), float(np.nanquantile(values, 0.95))
