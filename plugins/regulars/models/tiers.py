"""The value pyramid, one weekly review at a time: slow to rise, slow to fall, one step only.

A review moves a customer up when the percentile was above the next tier's door on two reviews
running and the customer is proven big. Below the own tier's lower door it gives notice; down it
goes at a later review, when the notice has run its time and nothing has lifted it. Nobody moves
within the dwell time of the last move, and nobody falls whom other weights would have kept.
Source: DOMAIN, scorecard and value tier.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

TIERS = ("lead", "iron", "gold", "platinum")
BIG = frozenset({"gold", "platinum"})


@dataclass(frozen=True)
class Door:
    """Percentiles at which a tier is entered from below and left downwards."""

    promote: float
    demote: float


@dataclass(frozen=True)
class Pyramid:
    """The doors of the upper tiers, the days a customer stays after a move, the days of notice."""

    doors: Mapping[str, Door]
    dwell_days: int
    notice_days: int


class Evidence(NamedTuple):
    """What a review sees of a customer: percentile among peers (0-100) and three judgements.

    `jitter_tier` is the highest tier that the jittered weights would let the customer keep.
    """

    customer_key: str
    value_percentile: float
    is_big_proven: bool
    is_loss: bool
    jitter_tier: str = "lead"


class Standing(NamedTuple):
    """Where a customer stands after a review."""

    customer_key: str
    tier: str
    tier_since_on: date
    above_review_count: int
    loss_review_count: int
    has_moved_before: bool
    downgrade_notice_on: date | None = None
    big_since_on: date | None = None


def enter(customer_key: str, on: date) -> Standing:
    """The standing of somebody never reviewed before: at the foot, free to rise."""
    return Standing(customer_key, "lead", on, 0, 0, has_moved_before=False)


def review(standing: Standing, evidence: Evidence, on: date, pyramid: Pyramid) -> Standing:
    """The standing after one weekly review. At most one step up or down."""
    above = standing.above_review_count + 1 if _is_above(standing.tier, evidence, pyramid) else 0
    losses = standing.loss_review_count + 1 if evidence.is_loss else 0
    is_falling = _is_falling(standing.tier, evidence, pyramid)
    notice = (standing.downgrade_notice_on or on) if is_falling else None
    if step := _step(standing, above, is_falling, on, pyramid):
        return _moved(standing, step, losses, on)
    if (above, losses, notice) == (
        standing.above_review_count,
        standing.loss_review_count,
        standing.downgrade_notice_on,
    ):
        return standing
    return standing._replace(
        above_review_count=above, loss_review_count=losses, downgrade_notice_on=notice
    )


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


def _is_falling(tier: str, evidence: Evidence, pyramid: Pyramid) -> bool:
    """Below the lower door, and not only because of the weights that were chosen."""
    if tier == TIERS[0]:
        return False
    is_borderline = TIERS.index(evidence.jitter_tier) >= TIERS.index(tier)
    return evidence.value_percentile < pyramid.doors[tier].demote and not is_borderline


def _step(
    standing: Standing, above: int, is_falling: bool, on: date, pyramid: Pyramid
) -> Literal[-1, 0, 1]:
    if standing.has_moved_before and (on - standing.tier_since_on).days < pyramid.dwell_days:
        return 0
    if above >= 2:
        return 1
    # A notice given today is for a later review, however short the time of notice is.
    announced = standing.downgrade_notice_on if is_falling else None
    return -1 if announced and (on - announced).days >= pyramid.notice_days else 0


def _moved(standing: Standing, step: int, losses: int, on: date) -> Standing:
    tier = TIERS[TIERS.index(standing.tier) + step]
    return Standing(
        standing.customer_key,
        tier,
        on,
        above_review_count=0,
        loss_review_count=losses,
        has_moved_before=True,
        downgrade_notice_on=None,
        big_since_on=(standing.big_since_on or on) if tier in BIG else None,
    )
