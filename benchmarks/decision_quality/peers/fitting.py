"""Maximum likelihood for models whose parameters are all positive."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from benchmarks.decision_quality.prediction import Vector

WEEK = 7.0
_FAR, _ROUNDS, _SAME = 12.0, 12, 1e-3
_OPTIONS = {"maxiter": 2000, "maxfev": 2000, "xatol": 1e-5, "fatol": 1e-5}


@dataclass(frozen=True)
class Records:
    """Per customer, in weeks from his first purchase: `x` repeat purchases, the last of them at
    `t_x`, watched for `t`."""

    x: Vector
    t_x: Vector
    t: Vector


def records_of(known: pd.DataFrame) -> Records:
    """The records of a split's customers."""
    columns = (known["n"] - 1, known["reach"] / WEEK, (known["age"] - 1) / WEEK)
    return Records(*(column.to_numpy(float) for column in columns))


def fit_positive(
    log_likelihood: Callable[..., Vector], start: tuple[float, ...], *data: Vector
) -> tuple[float, ...]:
    """The parameters at which the summed log-likelihood is highest (simplex, on logarithms).

    `log_likelihood(*parameters, *data)` gives one element per customer; equal customers are worked
    out once. The search is begun again where it ended, until that gains nothing. Parameters stay
    within e^-12 and e^12: some shops have no best value on this side of infinity. Raises
    RuntimeError when the search does not settle.
    """
    distinct, counts = np.unique(np.column_stack(data), axis=0, return_counts=True)
    columns = tuple(distinct.T)

    def _loss(logs: Vector) -> float:
        with np.errstate(all="ignore"):
            inside = np.clip(logs, -_FAR, _FAR)
            total = float((log_likelihood(*np.exp(inside), *columns) * counts).sum())
        return -total + float(np.abs(logs - inside).sum()) if np.isfinite(total) else 1e300

    place, best = np.log(start), np.inf
    for _ in range(_ROUNDS):
        found = minimize(_loss, place, method="Nelder-Mead", options=_OPTIONS)
        if best - found.fun < _SAME:
            return tuple(float(one) for one in np.exp(np.clip(found.x, -_FAR, _FAR)))
        place, best = found.x, found.fun
    raise RuntimeError("the fit did not settle")
