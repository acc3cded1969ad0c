"""Every method on a split, measured on what happened, with intervals."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from benchmarks.decision_quality import metrics, product
from benchmarks.decision_quality.peers.boosting import boosted
from benchmarks.decision_quality.peers.buying import NAMES, buy_till_die
from benchmarks.decision_quality.peers.rules import ninety_days, past_spend, rfm_quintiles
from benchmarks.decision_quality.prediction import Prediction, Vector
from benchmarks.decision_quality.splits import Split, known_figures, outcomes

GOOD_SHARE = 0.2
SEED = 20261129


@dataclass(frozen=True)
class Result:
    """A method on a split: its measures, their bootstrap draws, its seconds; or why it has none."""

    method: str
    seconds: float = 0.0
    figures: dict[str, float] = field(default_factory=dict)
    drawn: dict[str, Vector] = field(default_factory=dict)
    absent: str = ""


def judge(split: Split, draws: int) -> list[Result]:
    """All methods on a split; a method that cannot say anything says why."""
    known = known_figures(split)
    happened = outcomes(split, known.index)
    return [_judge_one(*named, known, happened, draws) for named in _methods(split, known)]


def _methods(split: Split, known: pd.DataFrame) -> Iterator[tuple[str, Callable[[], Prediction]]]:
    yield "Regulars", lambda: _product(split, known, "Regulars", "auto")
    yield "Regulars, plain", lambda: _product(split, known, "Regulars, plain", "never")
    yield (
        "Regulars, by sales",
        lambda: _product(split, known, "Regulars, by sales", "auto", "value_minor"),
    )
    yield "past spend", lambda: past_spend(known)
    yield "RFM quintiles", lambda: rfm_quintiles(known)
    yield "90-day rule", lambda: ninety_days(known)
    for which, name in NAMES.items():
        yield (
            f"{name} + Gamma-Gamma",
            lambda which=which: buy_till_die(known, split.horizon_days, which),
        )
    yield "gradient boosting", lambda: boosted(split)


def _product(
    split: Split, known: pd.DataFrame, name: str, blend: str, amount: str = "profit_minor"
) -> Prediction:
    rows = product.predict(split, blend, amount).reindex(known.index)
    chance, visits, worth = (
        rows[column].to_numpy(float)
        for column in ("return_ratio", "expected_visits", "expected_value_minor")
    )
    profit = worth if amount == "profit_minor" else None
    return Prediction(name, chance, worth, chance, visits, profit)


def _judge_one(
    name: str,
    predict: Callable[[], Prediction],
    known: pd.DataFrame,
    happened: pd.DataFrame,
    draws: int,
) -> Result:
    started = time.process_time()
    try:
        said = predict()
    except (ImportError, RuntimeError, ValueError) as error:
        return Result(name, absent=str(error))
    seconds = time.process_time() - started
    everybody = np.arange(len(known))
    good = _is_good(known["profit"].to_numpy(float))
    columns = {name: happened[name].to_numpy(float) for name in ("visits", "value", "profit")}

    def _measure(drawn: Vector) -> dict[str, float]:
        return measures(said, {name: values[drawn] for name, values in columns.items()},
                        good[drawn], drawn)  # fmt: skip

    drawn = metrics.bootstrap(_measure, len(known), draws, SEED)
    return Result(name, seconds, _measure(everybody), drawn)


def _is_good(profit: Vector) -> Vector:
    """The best fifth by past profit; equals of the last of them are in it, too."""
    return profit >= np.quantile(profit, 1 - GOOD_SHARE) if len(profit) else profit > 0


def measures(
    said: Prediction, happened: dict[str, Vector], good: Vector, drawn: Vector
) -> dict[str, float]:
    """Every measure of a prediction over the customers drawn; NaN where the method says nothing."""
    coming, worth = said.coming[drawn], said.worth[drawn]
    came = happened["visits"]
    return {
        "auc": metrics.auc(came, coming),
        "brier": metrics.NAN if said.chance is None else metrics.brier(came, said.chance[drawn]),
        "quiet": metrics.auc((came[good] == 0).astype(float), -coming[good]),
        "top_value": metrics.top_share(happened["value"], worth),
        "top_profit": metrics.top_share(happened["profit"], worth),
        "visits_level": _level(said.visits, came, drawn),
        "profit_level": _level(said.profit, happened["profit"], drawn),
    }


def _level(predicted: Vector | None, actual: Vector, drawn: Vector) -> float:
    return metrics.NAN if predicted is None else metrics.level(predicted[drawn], actual)
