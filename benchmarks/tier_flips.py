"""How often tiers flip when nobody changes: one rule after the other, on customers of constant worth.

    .venv/bin/python benchmarks/tier_flips.py [--customers 4000] [--years 2] [--seed 7]

Every customer has a rate of visits and a profit per visit that never change (log-normal over
customers; visits are Poisson, a visit's profit is log-normal around his own mean). What a rule
sees is the percentile of the profit of a trailing window. A flip is any change of tier. After a
year and a half of warming up, flips are counted per customer-year, and "big" (gold, platinum) is
compared with the truth: the best 18 % by expected profit. Prints a Markdown table.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))

from regulars.models.tiers import BIG, TIERS, Door, Evidence, Pyramid, Standing, enter, review
from regulars.policy import TierPolicy
from regulars.steps.snapshots import pyramid_of

START = date(2024, 1, 1)
WARM_DAYS = 540
Array = Any
RUNNING_TWICE = 1


@dataclass(frozen=True)
class Crowd:
    """Profit of every customer and day, and who is truly big. Amounts have no unit."""

    profit: Array
    is_big: Array


def draw_crowd(customers: int, days: int, seed: int) -> Crowd:
    """Customers whose rate of visits and worth of a visit stay what they are."""
    chance = np.random.default_rng(seed)
    rate = np.exp(chance.normal(np.log(1 / 20), 0.9, customers))
    worth = np.exp(chance.normal(np.log(50), 0.5, customers))
    visits = chance.poisson(rate[:, None], (customers, days))
    spread = np.exp(chance.normal(-0.125, 0.5, (customers, days)))
    expected = rate * worth
    profit = (visits * worth[:, None] * spread).astype(np.float32)
    return Crowd(profit, expected >= np.quantile(expected, 0.82))


def percentiles(crowd: Crowd, window: int, days: range) -> Iterator[Array]:
    """The percentile of the trailing window's profit on each of these days; ties in the middle."""
    running = np.concatenate(
        [np.zeros((len(crowd.profit), 1)), np.cumsum(crowd.profit, axis=1, dtype=np.float64)], axis=1
    )
    for day in days:
        total = running[:, day + 1] - running[:, max(day + 1 - window, 0)]
        ordered = np.sort(total)
        low, high = np.searchsorted(ordered, total), np.searchsorted(ordered, total, "right")
        yield 100 * (low + high - 1) / 2 / (len(total) - 1)


def naive(doors: Pyramid, crowd: Crowd, window: int, step: int, from_day: int) -> Array:
    """Tiers by the promoting doors alone, on every step-th day: a row a review."""
    edges = [doors.doors[tier].promote for tier in TIERS[1:]]
    days = range(from_day, crowd.profit.shape[1], step)
    return np.array([np.searchsorted(edges, one, "right") for one in percentiles(crowd, window, days)])


def banded(doors: Pyramid, crowd: Crowd, window: int, from_day: int) -> Array:
    """Tiers by bands and dwell at a weekly review, one good review enough: the rule as simulated."""
    days = range(0, crowd.profit.shape[1], 7)
    ups = np.array([doors.doors[tier].promote for tier in TIERS[1:]] + [101.0])
    downs = np.array([-1.0] + [doors.doors[tier].demote for tier in TIERS[1:]])
    tier = np.zeros(len(crowd.profit), int)
    moved = np.full(len(tier), -10**6)
    rows = []
    for day, seen in zip(days, percentiles(crowd, window, days), strict=True):
        free = day - moved >= doors.dwell_days
        step = (seen >= ups[tier]).astype(int) - (seen < downs[tier]).astype(int)
        step = np.where(free, step, 0)
        tier, moved = tier + step, np.where(step != 0, day, moved)
        if day >= from_day:
            rows.append(tier.copy())
    return np.array(rows)


def reviewed(pyramid: Pyramid, crowd: Crowd, window: int, from_day: int) -> Array:
    """Tiers as the product's own review gives them."""
    days = range(0, crowd.profit.shape[1], 7)
    standings: list[Standing] = [enter(str(one), START) for one in range(len(crowd.profit))]
    rows = []
    for day, seen in zip(days, percentiles(crowd, window, days), strict=True):
        on = START + timedelta(days=day)
        standings = [
            review(one, Evidence("", rank, is_big_proven=True, is_loss=False), on, pyramid)
            for one, rank in zip(standings, seen.tolist(), strict=True)
        ]
        if day >= from_day:
            rows.append([TIERS.index(one.tier) for one in standings])
    return np.array(rows)
