"""The kinds of customers, and how each behaves. The numbers make one plausible group."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Archetype:
    """How one kind of customer lives. Chances and depths are in basis points.

    `channels` weighs dine_in, takeaway, delivery_own, delivery_platform and catering;
    `take_*` is the range of the platform's commission, `depth_*` that of a coupon.
    """

    name: str
    share: int
    gap_days: tuple[float, float] | None
    channels: tuple[int, int, int, int, int]
    customer_kind: str = "consumer"
    known_before: float = 0.45
    latest_start: float = 0.7
    covers: float = 2.2
    lunch: int = 4000
    coupon: int = 900
    depth_low: int = 800
    depth_high: int = 2000
    line_discount: int = 300
    refund: int = 60
    complaint: int = 40
    take_low: int = 1000
    take_high: int = 2400
    stars: float = 4.2


ARCHETYPES = (
    Archetype("regular", 1600, (8, 48), (62, 14, 10, 14, 0), latest_start=0.85, stars=4.5),
    Archetype("household", 400, (12, 42), (82, 8, 5, 5, 0), "household", covers=4.2, lunch=5000),
    Archetype("occasional", 2850, (70, 200), (58, 14, 6, 22, 0), known_before=0.2, coupon=2000,
              depth_low=1500, depth_high=3000),
    Archetype("one_timer", 2700, None, (56, 14, 4, 26, 0), known_before=0, latest_start=0.99,
              coupon=2500, depth_low=1500, depth_high=5000),
    Archetype("one_off_giant", 60, None, (0, 0, 0, 0, 100), known_before=0, latest_start=0.95,
              covers=30.0),
    Archetype("specials_only", 500, (25, 70), (25, 10, 5, 60, 0), coupon=10000, depth_low=3500,
              depth_high=6200, line_discount=800, covers=1.8, stars=3.9),
    Archetype("loss_maker", 510, (6, 12), (3, 2, 0, 95, 0), known_before=0.5, latest_start=0.2,
              coupon=10000, depth_low=5800, depth_high=7000, refund=1300, complaint=200,
              take_low=2600, take_high=3200, stars=3.2),
    Archetype("wavering", 350, (8, 30), (60, 15, 8, 17, 0), latest_start=0.4, stars=3.7),
    Archetype("lapsed", 500, (8, 30), (58, 15, 7, 20, 0), complaint=90, stars=3.4),
    Archetype("lead", 500, None, (100, 0, 0, 0, 0), latest_start=0.98),
    Archetype("business", 190, (8, 30), (30, 0, 0, 0, 70), "business", covers=7.0, lunch=8500,
              coupon=300),
    Archetype("anonymous", 0, None, (54, 20, 5, 21, 0), coupon=700),
)  # fmt: skip

ANONYMOUS = len(ARCHETYPES) - 1
GROUP_SHARES = tuple(kind.share for kind in ARCHETYPES[:ANONYMOUS])
GONE = ("lapsed", "one_timer", "one_off_giant")
"""The kinds that, by construction, never come again."""


def traits(name: str) -> NDArray[np.float64]:
    """One trait of all archetypes, by position: a number each, or a row of weights each."""
    if name not in {field.name for field in fields(Archetype)}:
        raise KeyError(f"Archetypes have no trait called {name}.")
    return np.array([getattr(kind, name) for kind in ARCHETYPES], np.float64)
