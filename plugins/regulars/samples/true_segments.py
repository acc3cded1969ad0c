"""What the truth of a generated group would call every customer, and how a judgement compares.

For tests and benchmarks only: a second way to the segments, from how a customer lives by
construction instead of from what was seen of him.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from regulars.samples.archetypes import GONE

FAITHFUL = frozenset({"regular", "household", "business"})
CONSTANT = FAITHFUL | {"occasional", "specials_only", "loss_maker"}
"""Kinds whose true value does not change while they live; a tier that moves for them is noise."""
BIG_SHARE = 0.18
FEW_VISITS, NEW_DAYS = 2, 60
HEIGHTS = {"lead": 0, "iron": 1, "gold": 2, "platinum": 3}

Row = Mapping[str, Any]
Pair = tuple[str, str]


def true_segments(
    customers: Iterable[Row], orders: Iterable[Row], last_day: date
) -> dict[str, str]:
    """The segment of every customer_ref on the last day, from the tables of the truth.

    Loyal are the faithful among the best 18 % by true profit of their kind; who has come twice at
    most is a prospect for sixty days and unproven after that.
    """
    known = list(customers)
    firsts = _first_visits(orders)
    big = _big(known)
    return {
        row["customer_ref"]: _segment(row, firsts.get(row["customer_ref"]), big, last_day)
        for row in known
    }


def _segment(row: Row, first_on: date | None, big: set[str], last_day: date) -> str:
    if first_on is None:
        return "prospect"
    if row["visits"] <= FEW_VISITS:
        return "prospect" if (last_day - first_on).days < NEW_DAYS else "unproven"
    if row["true_class"] in ("loss_maker", "wavering"):
        return str(row["true_class"])
    if row["true_class"] in GONE:
        return "lapsed"
    is_loyal = row["true_class"] in FAITHFUL and row["customer_ref"] in big
    return "loyal" if is_loyal else "steady"


def _first_visits(orders: Iterable[Row]) -> dict[str, date]:
    firsts: dict[str, date] = {}
    for row in orders:
        ref, day = row["customer_ref"], row["business_date"]
        if ref and row["status"] == "paid":
            firsts[ref] = min(day, firsts.get(ref, day))
    return firsts


def _big(customers: Iterable[Row]) -> set[str]:
    """The refs among the best of their kind, those without a visit left out."""
    came = [row for row in customers if row["visits"]]
    big: set[str] = set()
    for kind in {row["customer_kind"] for row in came}:
        ranked = sorted(
            (row for row in came if row["customer_kind"] == kind),
            key=lambda row: (-row["true_profit_minor"], row["customer_ref"]),
        )
        big |= {row["customer_ref"] for row in ranked[: int(len(ranked) * BIG_SHARE)]}
    return big


def precision(pairs: Iterable[Pair], segment: str) -> float | None:
    """Of those judged so, the share that truly is; None when nobody was. Pairs: true, judged."""
    true = [one for one, judged in pairs if judged == segment]
    return true.count(segment) / len(true) if true else None


def recall(pairs: Iterable[Pair], segment: str) -> float | None:
    """Of those who truly are so, the share that was found; None when nobody is."""
    return precision(((judged, true) for true, judged in pairs), segment)


def count_flips(moves: Iterable[Row]) -> int:
    """Tier moves that are not a customer's first climb: every step down, and every one after it."""
    fallen: set[str] = set()
    flips: Counter[str] = Counter()
    for move in sorted(moves, key=lambda one: (one["customer_key"], one["business_date"])):
        if HEIGHTS[move["tier"]] < HEIGHTS[move["tier_before"]]:
            fallen.add(move["customer_key"])
        flips[move["customer_key"]] += move["customer_key"] in fallen
    return flips.total()
