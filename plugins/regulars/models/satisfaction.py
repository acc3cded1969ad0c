"""From satisfaction to loyalty: a line with two bends, kept only where it beats a straight one.

The share of customers who come back is `base − low_slope·(low − s)₊ + high_slope·(s − high)₊` of
the satisfaction s: below the first threshold loyalty falls, between the two little happens, above
the second it leaps. Slopes are never negative. Source: DOMAIN, scorecard and value tier.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FOLDS = 5
_DIGITS = 9
Floats = NDArray[np.float64]


class Tally(NamedTuple):
    """Ratings of one score (thousandths of a scale of 5) in one fold, and how many came back."""

    satisfaction_milli: int
    fold: int
    rating_count: int
    return_count: int


class Thresholds(NamedTuple):
    """Where the line bends, and how many ratings it needs."""

    low: float
    high: float
    min_ratings: int


@dataclass(frozen=True)
class Curve:
    """The bent line, the straight one, how far each missed people it had not seen, and the verdict.

    The errors are mean squared differences between what happened (0 or 1) and the line. What could
    not be fitted is 0, with the reason.
    """

    rating_count: int
    base: float = 0.0
    low_slope: float = 0.0
    high_slope: float = 0.0
    line_base: float = 0.0
    line_slope: float = 0.0
    curve_error: float = 0.0
    line_error: float = 0.0
    is_used: bool = False
    reason: str = "not_identified"


Fit = Callable[[Sequence[Tally]], Floats]


def fit_curve(tallies: Iterable[Tally], thresholds: Thresholds) -> Curve:
    """Fit both lines on all ratings, judge them by folds of people that were left out."""
    rows = sorted(tallies)
    count = sum(one.rating_count for one in rows)
    if count < thresholds.min_ratings:
        return Curve(count)
    if len({one.satisfaction_milli for one in rows}) < 3 or len({one.fold for one in rows}) < 2:
        return Curve(count, reason="one_answer")
    bent, straight = _fit_bent(rows, thresholds), _fit_straight(rows)
    curve_error = _left_out(rows, lambda seen: _fit_bent(seen, thresholds), thresholds)
    line_error = _left_out(rows, _fit_straight, thresholds)
    wins = round(curve_error, _DIGITS) < round(line_error, _DIGITS)
    return Curve(
        count,
        *_told(bent[0], bent[1], bent[2], straight[3], straight[4], curve_error, line_error),
        wins,
        "beats_the_line" if wins else "line_is_better",
    )


def _told(*figures: float) -> tuple[float, float, float, float, float, float, float]:
    base, low, high, line, slope, bent, straight = (round(float(x), _DIGITS) for x in figures)
    return base, low, high, line, slope, bent, straight


def predict(coefficients: Floats, score: Floats, thresholds: Thresholds) -> Floats:
    """The share expected back: base, low and high slope, base and slope of a straight line."""
    found: Floats = _design(score, thresholds) @ coefficients
    return found


def _design(score: Floats, thresholds: Thresholds) -> Floats:
    below = np.maximum(thresholds.low - score, 0)
    above = np.maximum(score - thresholds.high, 0)
    one = np.ones_like(score)
    return np.column_stack([one, -below, above, one, score])


def _fit_bent(rows: Sequence[Tally], thresholds: Thresholds) -> Floats:
    """Least squares with slopes of at least 0: the best of the sets of slopes that keep to it."""
    best, least = np.zeros(5), np.inf
    for size in (2, 1, 0):
        for slopes in combinations((1, 2), size):
            found = _least_squares(rows, (0, *slopes), thresholds)
            miss = _misses(rows, found, thresholds)
            if (found[[1, 2]] >= 0).all() and miss < least - 1e-12:
                best, least = found, miss
    return best


def _fit_straight(rows: Sequence[Tally]) -> Floats:
    return _least_squares(rows, (3, 4), Thresholds(0, 5, 0))


def _least_squares(rows: Sequence[Tally], columns: Sequence[int], thresholds: Thresholds) -> Floats:
    score, weight, share = _arrays(rows)
    design = _design(score, thresholds)[:, columns]
    root = np.sqrt(weight)
    solved = np.linalg.lstsq(design * root[:, None], share * root, rcond=None)[0]
    found = np.zeros(5)
    found[list(columns)] = solved
    return found


def _arrays(rows: Sequence[Tally]) -> tuple[Floats, Floats, Floats]:
    table = np.array(rows, dtype=np.float64)
    return table[:, 0] / 1000, table[:, 2], table[:, 3] / table[:, 2]


def _misses(rows: Sequence[Tally], coefficients: Floats, thresholds: Thresholds) -> float:
    """The sum over all ratings of (came back − expected)², from the tallies alone."""
    score, weight, share = _arrays(rows)
    expected = predict(coefficients, score, thresholds)
    return float((weight * (share * (1 - expected) ** 2 + (1 - share) * expected**2)).sum())


def _left_out(rows: Sequence[Tally], fit: Fit, thresholds: Thresholds) -> float:
    """The mean squared miss, each fold judged by the line fitted on the others."""
    missed = 0.0
    for fold in sorted({one.fold for one in rows}):
        seen = [one for one in rows if one.fold != fold]
        judged = [one for one in rows if one.fold == fold]
        missed += _misses(judged, fit(seen), thresholds)
    return missed / sum(one.rating_count for one in rows)
