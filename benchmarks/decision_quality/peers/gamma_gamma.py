"""Gamma-Gamma spend per purchase (Fader & Hardie, "The Gamma-Gamma model of monetary value", 2013).

It knows positive amounts only, which is why it cannot rank by profit.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from benchmarks.decision_quality.peers.fitting import fit_positive
from benchmarks.decision_quality.prediction import Vector


@dataclass(frozen=True)
class GammaGamma:
    """A fitted model: `p` shape of a purchase, `q` and `gamma` of the customers' scales."""

    p: float
    q: float
    gamma: float

    def mean_spend(self, count: Vector, mean: Vector) -> Vector:
        """Expected mean purchase of customers with so many purchases of such a mean."""
        return self.p * (self.gamma + count * mean) / (self.p * count + self.q - 1)


def fit_gamma_gamma(count: Vector, mean: Vector) -> GammaGamma:
    """The model of highest likelihood over customers with a positive mean.

    Raises RuntimeError when the fit does not settle.
    """
    known = (count > 0) & (mean > 0)
    return GammaGamma(*fit_positive(_log_likelihood, (5.0, 4.0, 15.0), count[known], mean[known]))


def _log_likelihood(p: float, q: float, gamma: float, x: Vector, m: Vector) -> Vector:
    return (
        gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
        + (p * x - 1) * np.log(m) + p * x * np.log(x) - (p * x + q) * np.log(gamma + m * x)
    )  # fmt: skip
