"""BG/NBD (Fader, Hardie & Lee, Marketing Science 24(2), 2005) and MBG/NBD (Batislam, Denizel &
Filiztekin, IJRM 24(3), 2007), where one may also leave right after the first purchase."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, hyp2f1

from benchmarks.decision_quality.peers.fitting import Records, fit_positive
from benchmarks.decision_quality.prediction import Vector


@dataclass(frozen=True)
class BetaGeometric:
    """A fitted model; `is_modified` says which of the two. `r`, `alpha`: gamma of the pace per
    week; `a`, `b`: beta of leaving after a purchase."""

    r: float
    alpha: float
    a: float
    b: float
    is_modified: bool = False

    @property
    def _first(self) -> int:
        """1 where the first purchase, too, was a chance to leave."""
        return 1 if self.is_modified else 0

    def alive(self, records: Records) -> Vector:
        """Chance of not having left by the end of the watch."""
        return np.exp(-np.logaddexp(0, self._log_odds_gone(records)))

    def returns(self, records: Records, weeks: float) -> Vector:
        """Chance of at least one purchase in the next weeks."""
        quiet = (self.r + records.x) * np.log(
            (self.alpha + records.t) / (self.alpha + records.t + weeks)
        )
        return self.alive(records) * -np.expm1(quiet)

    def visits(self, records: Records, weeks: float) -> Vector:
        """Expected purchases in the next weeks."""
        base, more = self.alpha + records.t, self.r + records.x
        left = self.b + records.x + self._first
        total = self.a + left - 1
        gone = (base / (base + weeks)) ** more * hyp2f1(more, left, total, weeks / (base + weeks))
        return self.alive(records) * total / (self.a - 1) * (1 - gone)

    def _log_odds_gone(self, records: Records) -> Vector:
        return _log_odds_gone(self.r, self.alpha, self.a, self.b, records, self._first)


def fit_beta_geometric(records: Records, is_modified: bool = False) -> BetaGeometric:
    """The model of highest likelihood. Raises RuntimeError when the fit does not settle."""
    first = 1 if is_modified else 0

    def _log_likelihood(
        r: float, alpha: float, a: float, b: float, x: Vector, t_x: Vector, t: Vector
    ) -> Vector:
        paced = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + t)
        stayed = gammaln(a + b) + gammaln(b + x + first) - gammaln(b) - gammaln(a + b + x + first)
        gone = _log_odds_gone(r, alpha, a, b, Records(x, t_x, t), first)
        return paced + stayed + np.logaddexp(0, gone)

    found = fit_positive(_log_likelihood, (1.0, 5.0, 0.6, 2.0), records.x, records.t_x, records.t)
    return BetaGeometric(*found, is_modified)


def _log_odds_gone(
    r: float, alpha: float, a: float, b: float, records: Records, first: int
) -> Vector:
    """Log odds of having left at the last purchase; none before a purchase at which one may."""
    tries = records.x + first
    since = (r + records.x) * np.log((alpha + records.t) / (alpha + records.t_x))
    odds = np.log(a) - np.log(np.maximum(b + tries - 1, 1e-12)) + since
    return np.where(tries > 0, odds, -np.inf)
