"""The blend: two small regressions that draw the plain score to what it came to before.

Return within the horizon is a logistic regression on the score's log odds, the visits a Poisson
regression on the logarithm of the visits it expects; each with the logarithm of how large the
customer's usual visit is beside the group's. Both start from the plain score (intercept 0, slope
1, size 0) and are held there by a ridge, so that little evidence moves little. Fitted by
iteratively reweighted least squares (McCullagh & Nelder, Generalized Linear Models, 1989, ch.
2.5). Same rows in the same order give the same millionths.
"""

from math import log
from typing import Any, NamedTuple

import numpy as np

Vector = np.ndarray[Any, np.dtype[np.float64]]
PLAIN = np.array([0.0, 1.0, 0.0])
RIDGE = 50.0
"""How many visits' worth of evidence the plain score weighs."""
_MAX_ROUNDS, _SMALL_STEP, _MAX_EXPONENT, _MICRO = 60, 1e-9, 8.0, 1e6
_EDGE = 1e-6


class Blend(NamedTuple):
    """Intercepts, slopes on the score (log odds of return; log of visits), and on the log size."""

    return_intercept: float
    return_slope: float
    return_size_slope: float
    visits_intercept: float
    visits_slope: float
    visits_size_slope: float


def learn_blend(
    return_ratio: Vector,
    expected_visits: Vector,
    log_visit_size: Vector,
    later_visits: Vector,
    min_returns: int,
) -> Blend | None:
    """The blend that customers of earlier cuts teach; None where the plain score has to stand.

    One element per customer and cut: chance of return (0-1) and visits that the plain score gave,
    the log size of his usual visit, and the visits that came. None with fewer than `min_returns`
    who came back or stayed away, when a fit does not settle, or when it would turn the order of
    the customers round.
    """
    returned = (later_visits > 0).astype(float)
    if min(returned.sum(), (1 - returned).sum()) < min_returns:
        return None
    chance = np.clip(return_ratio, _EDGE, 1 - _EDGE)
    log_odds, log_visits = np.log(chance / (1 - chance)), np.log(np.maximum(expected_visits, _EDGE))
    returns = _fit(np.column_stack([log_odds, log_visit_size]), returned, _logistic)
    visits = _fit(np.column_stack([log_visits, log_visit_size]), later_visits, _poisson)
    if returns is None or visits is None or min(returns[1], visits[1]) <= 0:
        return None
    return Blend(*(float(np.floor(one * _MICRO) / _MICRO) for one in (*returns, *visits)))


def _logistic(linear: Vector) -> tuple[Vector, Vector]:
    mean = 1 / (1 + np.exp(-np.clip(linear, -30, 30)))
    return mean, mean * (1 - mean)


def _poisson(linear: Vector) -> tuple[Vector, Vector]:
    mean = np.exp(np.minimum(linear, _MAX_EXPONENT))
    return mean, mean


def _fit(features: Vector, outcome: Vector, family: Any) -> Vector | None:
    """Intercept and slopes by Newton steps with a ridge around the plain score."""
    design = np.column_stack([np.ones(len(features)), features])
    beta = PLAIN.copy()
    for _ in range(_MAX_ROUNDS):
        mean, weight = family(design @ beta)
        slope = design.T @ (outcome - mean) - RIDGE * (beta - PLAIN)
        curvature = (design * weight[:, None]).T @ design + RIDGE * np.eye(len(PLAIN))
        step = np.linalg.solve(curvature, slope)
        step /= max(1.0, float(np.abs(step).max()) / log(4))
        beta = beta + step
        if np.abs(step).max() < _SMALL_STEP:
            return beta if np.isfinite(beta).all() else None
    return None
