"""What a run costs by its size: a sum of measured shares, and how far it can be trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

Size = Mapping[str, float]
"""How much there is of everything that costs: lines, customers, customer_days."""


@dataclass(frozen=True)
class CostModel:
    """Seconds = fixed + the sum of a price times an amount; no price is below zero.

    `worst` is the largest relative error on the points it was fitted to.
    """

    fixed: float
    prices: Mapping[str, float]
    worst: float

    def seconds(self, size: Size) -> float:
        """What a size costs."""
        return self.fixed + sum(price * size[name] for name, price in self.prices.items())


def fit(sizes: Sequence[Size], seconds: Sequence[float], names: Sequence[str]) -> CostModel:
    """Least squares of relative errors, so that small sizes count as much as large ones."""
    measured = np.asarray(seconds, dtype=float)
    amounts = np.array([[1.0, *(size[name] for name in names)] for size in sizes])
    scale = amounts.max(axis=0)
    solved, _ = nnls(amounts / scale / measured[:, None], np.ones(len(measured)))
    fixed, *prices = (float(one) for one in solved / scale)
    model = CostModel(fixed, dict(zip(names, prices, strict=True)), 0.0)
    errors = [error(model, size, one) for size, one in zip(sizes, seconds, strict=True)]
    return CostModel(model.fixed, model.prices, max(abs(one) for one in errors))


def error(model: CostModel, size: Size, seconds: float) -> float:
    """How far the model is off, as a share of what was measured; above zero it says too much."""
    return model.seconds(size) / seconds - 1


def growth(amounts: Sequence[float], seconds: Sequence[float]) -> tuple[float, float]:
    """The slope of log seconds over log amount, and its standard error (0 with two points).

    1 is proportional, 0 is flat, above 1 it gets worse with size.
    """
    x, y = np.log(np.asarray(amounts, float)), np.log(np.asarray(seconds, float))
    slope, start = np.polyfit(x, y, 1)
    spread = float(((x - x.mean()) ** 2).sum())
    rest = float(((y - start - slope * x) ** 2).sum())
    free = len(x) - 2
    return float(slope), float(np.sqrt(rest / free / spread)) if free else 0.0
