"""What a method says of every customer of a split; what it cannot say is None."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Vector = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Prediction:
    """One element per customer, in the order of `known_figures`.

    `coming` ranks who comes back, `worth` ranks who brings most; `chance` (0-1), `visits` and
    `profit` (hundredths) are levels, for the horizon.
    """

    method: str
    coming: Vector
    worth: Vector
    chance: Vector | None = None
    visits: Vector | None = None
    profit: Vector | None = None
