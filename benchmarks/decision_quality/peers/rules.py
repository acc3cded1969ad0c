"""Common practice: past spend, RFM quintiles, and the rule of ninety days."""

import numpy as np
import pandas as pd

from benchmarks.decision_quality.prediction import Prediction, Vector

RULE_DAYS = 90


def past_spend(known: pd.DataFrame) -> Prediction:
    """Who spent most so far is best, and comes back."""
    spent = known["value"].to_numpy(float)
    return Prediction("past spend", spent, spent)


def rfm_quintiles(known: pd.DataFrame) -> Prediction:
    """Recency, frequency and money in fifths, added up; equals get the same fifth."""
    fifths = (
        _fifth(-known["silent"].to_numpy(float))
        + _fifth(known["n"].to_numpy(float))
        + _fifth(known["value"].to_numpy(float))
    )
    return Prediction("RFM quintiles", fifths, fifths)


def ninety_days(known: pd.DataFrame) -> Prediction:
    """Who was there in the last ninety days is a customer, the others are lost."""
    active = (known["silent"].to_numpy() <= RULE_DAYS).astype(float)
    return Prediction(f"{RULE_DAYS}-day rule", active, active)


def _fifth(values: Vector) -> Vector:
    below = pd.Series(values).rank(method="min").to_numpy() - 1
    return np.floor(5 * below / max(len(values), 1)) + 1
