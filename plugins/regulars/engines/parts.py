"""Which rows of a table a write replaces."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

Source = str | pa.Table
"""What is written: the text of a select in the engine's dialect, or rows in stored types."""


@dataclass(frozen=True)
class Days:
    """The rows whose day lies between two days, both included."""

    column: str
    first: date
    last: date


@dataclass(frozen=True)
class Slices:
    """The rows whose key value occurs in the rows being written, or among those to be emptied."""

    column: str
    emptied: tuple[str, ...] = ()


Part = Days | Slices
