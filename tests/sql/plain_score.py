"""The plain score and the credibility of the domain reference, in plain Python and floats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import fmean
from typing import Any

HORIZON = 30
Visits = Sequence[tuple[int, int]]
"""Days ago (0 is the snapshot's own day) and what the day brought, in fen."""
Town = Mapping[str, Visits]


@dataclass(frozen=True)
class Expected:
    """What the plain score says of a customer."""

    active: float
    visits: float
    returns: float
    value: float


def plain_scores(town: Town) -> dict[str, Expected]:
    """The plain score as the domain reference writes it, in floats, one customer at a time."""
    n = {who: len(days) for who, days in town.items()}
    first = {who: max(ago for ago, _ in days) + 1 for who, days in town.items()}
    last = {who: min(ago for ago, _ in days) + 1 for who, days in town.items()}
    money = {who: sum(value for _, value in days) for who, days in town.items()}
    pi = max(sum(n.values()) - len(n), 1) / sum(first.values())
    basket = sum(money.values()) // sum(n.values())
    half = 4 * mean_gap(town)
    scores = {}
    for who, days in town.items():
        t, r, h = first[who], last[who], 0.5 ** (first[who] / half)
        weight = max(sum(0.5 ** ((ago + 1) / half) for ago, _ in days) - h, 0)
        exposure = half / log(2) * (1 - h)
        silence = exp(-(n[who] - 0.4) * log(1 + r / (t - r + 1 / pi)))
        active = silence / (silence + 0.1 * (1 + 1 / n[who]) * (1 - silence))
        pace = (0.6 + weight) / (1.2 / pi + exposure)
        visits = pace * HORIZON * (active + 0.1 * (1 - active))
        scores[who] = Expected(
            active,
            visits,
            1 - ((0.6 + weight) / (0.6 + weight + visits)) ** (0.6 + weight),
            visits * (money[who] + 2 * basket) / (n[who] + 2),
        )
    return scores


def mean_gap(town: Town) -> float:
    gaps = [
        (max(ago for ago, _ in days) - min(ago for ago, _ in days)) / (len(days) - 1)
        for days in town.values()
        if len(days) > 1
    ]
    return max(fmean(gaps), 1) if gaps else 30


def score_of_row(row: Mapping[str, Any], days: Visits) -> Expected:
    """The score of one customer from the stored row of his date and his own days, nothing else."""
    n, m, half = len(days), sum(value for _, value in days), row["half_life_days"]
    t, r = max(ago for ago, _ in days) + 1, min(ago for ago, _ in days) + 1
    k, h, usual = row["prior_visits"], 0.5 ** (t / half), 1 / row["pace"]
    silence = (1 + r / (t - r + usual)) ** -(n - 1 + k)
    active = silence / (silence + row["leaving_odds"] * (1 + 1 / n) * (1 - silence))
    believed = k + max(sum(0.5 ** ((ago + 1) / half) for ago, _ in days) - h, 0)
    rate = believed / (2 * k * usual + half / log(2) * (1 - h))
    visits = rate * row["horizon_days"] * (active + row["revival_ratio"] * (1 - active))
    lent = row["prior_baskets"]
    return Expected(
        active,
        visits,
        1 - (believed / (believed + visits)) ** believed,
        visits * (m + lent * row["basket_minor"]) / (n + lent),
    )
