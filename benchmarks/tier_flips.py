"""How often tiers flip when nobody changes: rule after rule, on customers of constant worth.

    .venv/bin/python benchmarks/tier_flips.py [--customers 3000] [--years 3] [--seed 7]

Every customer has a rate of visits and a profit per visit that never change (log-normal over
customers; visits are Poisson, a visit's profit is log-normal around his own mean). A rule sees the
percentile of the profit of a trailing window. A flip is any change of tier. After a year and a
half of warming up, flips are counted per customer-year, and who is called big (gold, platinum) is
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

from regulars.models.tiers import BIG, TIERS, Evidence, Pyramid, enter, review
from regulars.policy import TierPolicy
from regulars.steps.snapshots import pyramid_of

START, WARM_DAYS, BIG_SHARE = date(2024, 1, 1), 540, 0.18
USUAL = pyramid_of(TierPolicy())
Array = Any


@dataclass(frozen=True)
class Crowd:
    """Profit of every customer and day, added up from the first day on, and who is truly big."""

    running: Array
    is_big: Array

    @property
    def days(self) -> int:
        """For how many days the crowd lives."""
        return int(self.running.shape[1]) - 1


def draw_crowd(customers: int, days: int, seed: int) -> Crowd:
    """Customers whose rate of visits and worth of a visit stay what they are."""
    chance = np.random.default_rng(seed)
    rate = np.exp(chance.normal(np.log(1 / 20), 0.9, customers))
    worth = np.exp(chance.normal(np.log(50), 0.5, customers))
    visits = chance.poisson(rate[:, None], (customers, days))
    spread = np.exp(chance.normal(-0.125, 0.5, (customers, days)))
    running = np.zeros((customers, days + 1))
    np.cumsum(visits * worth[:, None] * spread, axis=1, out=running[:, 1:])
    expected = rate * worth
    return Crowd(running, expected >= np.quantile(expected, 1 - BIG_SHARE))


def percentiles(crowd: Crowd, window: int, step: int) -> Iterator[tuple[int, Array]]:
    """On every step-th day the percentile of the window's profit; ties share the middle."""
    for day in range(0, crowd.days, step):
        total = crowd.running[:, day + 1] - crowd.running[:, max(day + 1 - window, 0)]
        ordered = np.sort(total)
        low, high = np.searchsorted(ordered, total), np.searchsorted(ordered, total, "right")
        yield day, 100 * (low + high - 1) / 2 / (len(total) - 1)


def by_the_door(crowd: Crowd, window: int, step: int) -> Array:
    """Whoever is above a tier's door is in it: a row a review, ranks of tiers in it."""
    doors = [USUAL.doors[tier].promote for tier in TIERS[1:]]
    seen = [rank for day, rank in percentiles(crowd, window, step) if day >= WARM_DAYS]
    return np.searchsorted(doors, np.array(seen), "right")


def by_one_review(crowd: Crowd, window: int) -> Array:
    """Bands and dwell at a weekly review; one review is enough to rise and to fall."""
    ups = np.array([*(USUAL.doors[tier].promote for tier in TIERS[1:]), 101.0])
    downs = np.array([-1.0, *(USUAL.doors[tier].demote for tier in TIERS[1:])])
    tier = np.zeros(len(crowd.is_big), dtype=int)
    moved_on = np.full(len(tier), -USUAL.dwell_days)
    rows = []
    for day, seen in percentiles(crowd, window, 7):
        step = (seen >= ups[tier]).astype(int) - (seen < downs[tier]).astype(int)
        step[day - moved_on < USUAL.dwell_days] = 0
        tier, moved_on = tier + step, np.where(step != 0, day, moved_on)
        rows += [tier] if day >= WARM_DAYS else []
    return np.array(rows)


def by_reviews(crowd: Crowd, window: int, pyramid: Pyramid) -> Array:
    """The product's own weekly review."""
    standings = [enter(str(one), START) for one in range(len(crowd.is_big))]
    rows = []
    for day, seen in percentiles(crowd, window, 7):
        on = START + timedelta(days=day)
        evidence = (Evidence("", rank, is_big_proven=True, is_loss=False) for rank in seen.tolist())
        standings = [
            review(one, sight, on, pyramid) for one, sight in zip(standings, evidence, strict=True)
        ]
        if day >= WARM_DAYS:
            rows.append([TIERS.index(one.tier) for one in standings])
    return np.array(rows)


@dataclass(frozen=True)
class Verdict:
    """Flips per customer-year: of the four tiers, of big or not; and how right "big" is."""

    tier_flips: float
    big_flips: float
    often_share: float
    precision: float
    recall: float


def judge(tiers: Array, crowd: Crowd) -> Verdict:
    """What came of a rule; `often_share` of customers flip in bigness four times a year."""
    years = (crowd.days - WARM_DAYS) / 365
    called = tiers >= min(TIERS.index(tier) for tier in BIG)
    of_big = (np.diff(called, axis=0) != 0).sum(axis=0) / years
    right = (called & crowd.is_big).sum()
    return Verdict(
        tier_flips=float((np.diff(tiers, axis=0) != 0).sum(axis=0).mean() / years),
        big_flips=float(of_big.mean()),
        often_share=float((of_big >= 4).mean()),
        precision=float(right / called.sum()),
        recall=float(right / (crowd.is_big.sum() * len(tiers))),
    )


RULES: dict[str, Callable[[Crowd], Array]] = {
    "daily, 90 days, door only": lambda crowd: by_the_door(crowd, 90, 1),
    "weekly, 180 days, door only": lambda crowd: by_the_door(crowd, 180, 7),
    "weekly, 180 days, band, dwell": lambda crowd: by_one_review(crowd, 180),
    "the same, two reviews running": lambda crowd: by_reviews(
        crowd, 180, replace(USUAL, notice_days=0)
    ),
    "the same, notice of 28 days": lambda crowd: by_reviews(crowd, 180, USUAL),
    "the same on 90 days": lambda crowd: by_reviews(crowd, 90, USUAL),
}


def main() -> None:
    """Draw the crowd, live through it under every rule and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=3000)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    crowd = draw_crowd(asked.customers, WARM_DAYS + 365 * asked.years, asked.seed)
    print("| rule | big flips | four a year | tier flips | precision of big | recall |")
    print("|---|---|---|---|---|---|")
    for name, rule in RULES.items():
        one = judge(rule(crowd), crowd)
        print(
            f"| {name} | {one.big_flips:.2f} | {one.often_share:.1%} | {one.tier_flips:.2f}"
            f" | {one.precision:.2f} | {one.recall:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
