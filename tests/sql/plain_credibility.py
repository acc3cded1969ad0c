"""Credibility after Bühlmann and Straub, in plain Python: groups of weighted observations."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean

Group = Sequence[tuple[float, float]]
"""Weight and value of every observation of one customer (or state, or class)."""
Z80 = NormalDist().inv_cdf(0.9)
LEAST_K, MOST_K = 0.1, 12.0


@dataclass(frozen=True)
class Structure:
    """What the groups together tell of one of them."""

    mean: float
    within: float
    between: float
    k: float

    def trust(self, weight: float) -> float:
        """How far a group of this weight is believed."""
        return weight / (weight + self.k)


def own_mean(group: Group) -> float:
    """The weighted mean of one group."""
    return sum(w * x for w, x in group) / sum(w for w, _ in group)


def structure(groups: Sequence[Group], least: float = LEAST_K, most: float = MOST_K) -> Structure:
    """The unbiased estimators, and the mean that weighs every group by its credibility."""
    weights = [sum(w for w, _ in group) for group in groups]
    total, m, seen = sum(weights), len(groups), sum(map(len, groups))
    means = [own_mean(group) for group in groups]
    plain = sum(w * x for w, x in zip(weights, means, strict=True)) / total
    spent = sum(w * (x - own) ** 2
                for group, own in zip(groups, means, strict=True) for w, x in group)  # fmt: skip
    within = spent / (seen - m) if seen > m else 0.0
    around = sum(w * (own - plain) ** 2 for w, own in zip(weights, means, strict=True))
    room = total - sum(w * w for w in weights) / total
    between = (around - (m - 1) * within) / room if room > 1e-12 else 0.0
    squares = sum(w * own * own for w, own in zip(weights, means, strict=True))
    between = between if between * total > squares / 1e9 else 0.0
    k = min(max(within / between, least), most) if between and seen > m else most
    trust = [w / (w + k) for w in weights]
    mean = sum(z * own for z, own in zip(trust, means, strict=True)) / sum(trust)
    return Structure(mean, within, between, k)


def winsorised(groups: Sequence[Sequence[float]], share: float) -> list[list[float]]:
    """The outermost share of all observations at either end drawn in to the next ones."""
    ranked = sorted(x for group in groups for x in group)
    cut = int(len(ranked) * share)
    low, high = ranked[cut], ranked[-1 - cut]
    return [[min(max(x, low), high) for x in group] for group in groups]


def half_interval(own: Sequence[float], told: Structure) -> float:
    """Half the 80 % interval of a customer's mean, own squares and four of the cohort's."""
    n = len(own)
    spent = sum((x - fmean(own)) ** 2 for x in own) if own else 0.0
    wide = Z80 * (1 + (Z80 * Z80 + 1) / (4 * (n + 3)))
    return wide * sqrt((spent + 4 * told.within) / (n + 3) / (n + told.k))
