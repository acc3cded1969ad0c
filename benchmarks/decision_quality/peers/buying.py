"""The buy-till-you-die models as predictions: visits by one model, money by Gamma-Gamma."""

import numpy as np
import pandas as pd

from benchmarks.decision_quality.peers.beta_geometric import BetaGeometric, fit_beta_geometric
from benchmarks.decision_quality.peers.fitting import WEEK, records_of
from benchmarks.decision_quality.peers.gamma_gamma import fit_gamma_gamma
from benchmarks.decision_quality.peers.pareto import Pareto, fit_pareto
from benchmarks.decision_quality.prediction import Prediction, Vector

NAMES = {"bg": "BG/NBD", "mbg": "MBG/NBD", "pareto": "Pareto/NBD"}


def buy_till_die(known: pd.DataFrame, horizon_days: int, which: str) -> Prediction:
    """A model fitted to the customers so far (`bg`, `mbg` or `pareto`) with Gamma-Gamma spend.

    Profit is the expected spend at the group's margin: the spend model knows no losses.
    """
    records, weeks = records_of(known), horizon_days / WEEK
    model: BetaGeometric | Pareto
    if which == "pareto":
        model = fit_pareto(records)
    else:
        model = fit_beta_geometric(records, is_modified=which == "mbg")
    visits, chance = model.visits(records, weeks), model.returns(records, weeks)
    margin = known["profit"].sum() / max(known["value"].sum(), 1)
    money = visits * _spend(known) * 100
    return Prediction(
        f"{NAMES[which]} + Gamma-Gamma", chance, money, chance, visits, money * margin
    )


def _spend(known: pd.DataFrame) -> Vector:
    """Expected spend per visit, learned from customers with more than one."""
    count = known["n"].to_numpy(float)
    mean = np.maximum(known["value"].to_numpy(float) / count / 100, 0.01)
    again = count > 1
    return fit_gamma_gamma(count[again], mean[again]).mean_spend(count, mean)
