"""The value pyramid, one weekly review at a time: slow to rise, slow to fall, one step only.

A review moves a customer up when the percentile was above the next tier's door on two reviews
running and the customer is proven big; down when it is below the own tier's lower door; and
never within the dwell time of the last move. Source: DOMAIN, scorecard and value tier.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

TIERS = ("lead", "iron", "gold", "platinum")
BIG = frozenset({"gold", "platinum"})


@dataclass(frozen=True)
class Door:
    """Percentiles at which a tier is entered from below and left downwards."""

    promote: float
    demote: float


@dataclass(frozen=True)
class Pyramid:
    """The doors of the three upper tiers and the days a customer stays after a move."""

    doors: Mapping[str, Door]
    dwell_days: int


class Evidence(NamedTuple):
    """What a review sees of a customer: percentile among peers (0-100) and two judgements."""

    customer_key: str
    value_percentile: float
    is_big_proven: bool
    is_loss: bool


class Standing(NamedTuple):
    """Where a customer stands after a review."""

    customer_key: str
    tier: str
    tier_since_on: date
    above_review_count: int
    loss_review_count: int
    has_moved_before: bool


def enter(customer_key: str, on: date) -> Standing:
    """The standing of somebody never reviewed before: at the foot, free to rise."""
    return Standing(customer_key, "lead", on, 0, 0, False)


def review(standing: Standing, evidence: Evidence, on: date, pyramid: Pyramid) -> Standing:
    """The standing after one weekly review. At most one step up or down."""
    above = standing.above_review_count + 1 if _is_above(standing.tier, evidence, pyramid) else 0
    losses = standing.loss_review_count + 1 if evidence.is_loss else 0
    tier = _tier_after(standing, above, evidence, on, pyramid)
    if tier == standing.tier:
        if (above, losses) == (standing.above_review_count, standing.loss_review_count):
            return standing
        return standing._replace(above_review_count=above, loss_review_count=losses)
    return Standing(standing.customer_key, tier, on, 0, losses, True)


def review_all(
    standings: Mapping[str, Standing], evidence: Iterable[Evidence], on: date, pyramid: Pyramid
) -> dict[str, Standing]:
    """One review of everybody. Who shows no evidence any more keeps his standing's history."""
    seen = {one.customer_key: one for one in evidence}
    silent = Evidence("", 0.0, is_big_proven=False, is_loss=False)
    return {
        key: review(standings.get(key) or enter(key, on), seen.get(key, silent), on, pyramid)
        for key in sorted({*standings, *seen})
    }


def _is_above(tier: str, evidence: Evidence, pyramid: Pyramid) -> bool:
    if tier == TIERS[-1]:
        return False
    upper = TIERS[TIERS.index(tier) + 1]
    allowed = evidence.is_big_proven or upper not in BIG
    return allowed and evidence.value_percentile >= pyramid.doors[upper].promote


def _tier_after(
    standing: Standing, above: int, evidence: Evidence, on: date, pyramid: Pyramid
) -> str:
    rank = TIERS.index(standing.tier)
    if standing.has_moved_before and (on - standing.tier_since_on).days < pyramid.dwell_days:
        return standing.tier
    if above >= 2:
        return TIERS[rank + 1]
    if rank > 0 and evidence.value_percentile < pyramid.doors[standing.tier].demote:
        return TIERS[rank - 1]
    return standing.tier
