"""Column tables of whole numbers: what the sample is made of before it becomes text."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.integer[Any]]
BoolArray = NDArray[np.bool_]

BLANK = np.iinfo(np.int64).min
"""An amount the file leaves empty."""


class Frame:
    """Equally long integer columns by name. Money is in minor units, days count from 0."""

    def __init__(self, columns: Mapping[str, IntArray]) -> None:
        self.columns: dict[str, IntArray] = dict(columns)

    def __getitem__(self, column: str) -> IntArray:
        return self.columns[column]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def take(self, rows: NDArray[Any]) -> "Frame":
        """The rows at these positions, or where this mask is true."""
        return Frame({name: values[rows] for name, values in self.columns.items()})

    def window(self, start: int, stop: int) -> "Frame":
        """The rows from `start` up to, not including, `stop`, without copying them."""
        return Frame({name: values[start:stop] for name, values in self.columns.items()})

    def having(self, **columns: IntArray | int) -> "Frame":
        """The same rows with these columns added or replaced; a number fills its column."""
        filled = {
            name: np.full(len(self), value, np.int64) if isinstance(value, int) else value
            for name, value in columns.items()
        }
        return Frame({**self.columns, **filled})


def stack(*frames: Frame) -> Frame:
    """The frames one below the other. All must have the columns of the first."""
    names = frames[0].columns
    return Frame({name: np.concatenate([frame[name] for frame in frames]) for name in names})


def sum_by(groups: IntArray, values: IntArray, count: int) -> NDArray[np.int64]:
    """The exact sum of `values` in each of the groups 0 … count − 1."""
    totals = np.zeros(count, np.int64)
    np.add.at(totals, groups, values.astype(np.int64))
    return totals


def share_of(amounts: IntArray, rate_bps: IntArray | int) -> NDArray[np.int64]:
    """An amount times a rate in basis points, half a minor unit rounded up."""
    return np.asarray((amounts * np.asarray(rate_bps, np.int64) + 5000) // 10000, np.int64)


def pick(rng: np.random.Generator, weights: NDArray[Any]) -> IntArray:
    """One column number per row of `weights`, drawn in proportion to the row's weights."""
    reached = np.cumsum(weights, axis=1)
    drawn = rng.random(len(weights)) * reached[:, -1]
    return np.asarray((reached <= drawn[:, None]).sum(axis=1), np.int64)


def pick_same(rng: np.random.Generator, weights: tuple[int, ...], count: int) -> IntArray:
    """`count` numbers drawn in proportion to one set of weights."""
    reached = np.cumsum(weights)
    return np.asarray(np.searchsorted(reached, rng.random(count) * reached[-1], "right"), np.int64)
