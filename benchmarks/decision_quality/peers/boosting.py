"""Gradient boosting over some forty columns of behaviour, trained on the split before."""

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.decision_quality.prediction import Prediction
from benchmarks.decision_quality.splits import Split, known_figures, outcomes

MIN_RETURNS = 100
_WINDOWS = (7, 14, 30, 60, 90, 180)
_TREES: dict[str, Any] = {
    "n_estimators": 200, "learning_rate": 0.05, "num_leaves": 15, "min_child_samples": 40,
    "subsample": 0.8, "subsample_freq": 1, "colsample_bytree": 0.8, "random_state": 7,
    "n_jobs": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip


def boosted(split: Split) -> Prediction:
    """Return, visits and profit by one boosted model each.

    Raises ImportError without lightgbm, ValueError where the split before has too few returners.
    """
    from lightgbm import LGBMClassifier, LGBMRegressor  # noqa: PLC0415 - may be absent

    before = split.earlier()
    known = known_figures(before)
    if not len(known):
        raise ValueError("nobody was known one horizon earlier")
    taught, after = features(before, known), outcomes(before, known.index)
    came = (after["visits"] > 0).astype(int)
    if min(came.sum(), (1 - came).sum()) < MIN_RETURNS:
        raise ValueError("too few returners one horizon earlier")
    asked = features(split, known_figures(split))
    chance = LGBMClassifier(**_TREES).fit(taught, came).predict_proba(asked)[:, 1]
    visits = LGBMRegressor(objective="poisson", **_TREES).fit(taught, after["visits"])
    profit = LGBMRegressor(**_TREES).fit(taught, after["profit"])
    worth = np.asarray(profit.predict(asked))
    return Prediction(
        "gradient boosting", chance, worth, chance, np.asarray(visits.predict(asked)), worth
    )


def features(split: Split, known: pd.DataFrame) -> pd.DataFrame:
    """Behaviour before the cut, one row per customer: rhythm, money, and both in windows."""
    past = split.past.assign(ago=(pd.Timestamp(split.cut) - split.past["day"]).dt.days)
    visits = past[past["visits"] > 0].sort_values(["customer", "day"])
    gaps = visits.groupby("customer")["day"].diff().dt.days
    by_gap = gaps.groupby(visits["customer"])
    table = known.copy()
    table["mean_gap"], table["gap_spread"] = by_gap.mean(), by_gap.std()
    table["last_gap"], table["longest_gap"] = by_gap.last(), by_gap.max()
    table["overdue"] = table["silent"] / table["mean_gap"]
    for money in ("value", "profit"):
        per_visit = visits.groupby("customer")[f"{money}_minor"]
        table[f"mean_{money}"], table[f"spread_{money}"] = per_visit.mean(), per_visit.std()
        table[f"first_{money}"], table[f"last_{money}"] = per_visit.first(), per_visit.last()
        table[f"best_{money}"], table[f"worst_{money}"] = per_visit.max(), per_visit.min()
    table["weekend"] = (visits["day"].dt.dayofweek >= 5).groupby(visits["customer"]).mean()
    for days in _WINDOWS:
        recent = past[past["ago"] <= days].groupby("customer")
        table[f"visits_{days}"] = recent["visits"].sum()
        table[f"value_{days}"] = recent["value_minor"].sum()
        table[f"profit_{days}"] = recent["profit_minor"].sum()
    return table.reindex(known.index).astype(float)
