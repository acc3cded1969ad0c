"""Pareto/NBD (Schmittlein, Morrison & Colombo, Management Science 33(1), 1987), in the form of
Fader & Hardie, "A note on deriving the Pareto/NBD model" (2005)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, hyp2f1

from benchmarks.decision_quality.peers.fitting import Records, fit_positive
from benchmarks.decision_quality.prediction import Vector

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(40)


@dataclass(frozen=True)
class Pareto:
    """A fitted model: gamma of the pace (`r`, `alpha`) and of the leaving (`s`, `beta`), a week."""

    r: float
    alpha: float
    s: float
    beta: float

    def alive(self, records: Records) -> Vector:
        """Chance of not having left by the end of the watch."""
        gone = _log_gone(self.r, self.alpha, self.s, self.beta, records)
        here = _log_here(self.r, self.alpha, self.s, self.beta, records)
        return np.exp(-np.logaddexp(0, gone - here))

    def returns(self, records: Records, weeks: float) -> Vector:
        """Chance of at least one purchase in the next weeks, integrated over its moment."""
        moments = weeks * (_NODES + 1) / 2
        base, left = (self.alpha + records.t)[:, None], (self.beta + records.t)[:, None]
        more = (self.r + records.x)[:, None]
        density = (
            more / (base + moments)
            * (base / (base + moments)) ** more * (left / (left + moments)) ** self.s
        )  # fmt: skip
        return self.alive(records) * (density @ _WEIGHTS) * weeks / 2

    def visits(self, records: Records, weeks: float) -> Vector:
        """Expected purchases in the next weeks."""
        left = self.beta + records.t
        pace = (self.r + records.x) * left / ((self.alpha + records.t) * (self.s - 1))
        return self.alive(records) * pace * (1 - (left / (left + weeks)) ** (self.s - 1))


def fit_pareto(records: Records) -> Pareto:
    """The model of highest likelihood. Raises RuntimeError when the fit does not settle."""

    def _log_likelihood(
        r: float, alpha: float, s: float, beta: float, x: Vector, t_x: Vector, t: Vector
    ) -> Vector:
        at = Records(x, t_x, t)
        paced = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
        both = np.logaddexp(_log_here(r, alpha, s, beta, at), _log_gone(r, alpha, s, beta, at))
        return paced + both

    found = fit_positive(_log_likelihood, (0.6, 10.0, 0.6, 10.0), records.x, records.t_x, records.t)
    return Pareto(*found)


def _log_here(r: float, alpha: float, s: float, beta: float, records: Records) -> Vector:
    return -(r + records.x) * np.log(alpha + records.t) - s * np.log(beta + records.t)


def _log_gone(r: float, alpha: float, s: float, beta: float, records: Records) -> Vector:
    """The part of the likelihood in which one left between the last purchase and the end."""
    all_of = r + s + records.x
    longer, apart = max(alpha, beta), abs(alpha - beta)
    second = s + 1 if alpha >= beta else r + records.x
    early, late = longer + records.t_x, longer + records.t
    first = hyp2f1(all_of, second, all_of + 1, apart / early)
    later = hyp2f1(all_of, second, all_of + 1, apart / late) * (early / late) ** all_of
    gap = np.maximum(first - later, 1e-300)
    return np.log(s / all_of) + np.log(gap) - all_of * np.log(early)
