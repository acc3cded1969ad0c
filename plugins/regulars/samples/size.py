"""How big a sample is, and the seeded streams every part of it is drawn from."""

import hashlib
import json
import zlib
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

EDITION = 2
"""Raised whenever the generator draws differently: samples of older editions are rebuilt."""


@dataclass(frozen=True)
class SampleSize:
    """What to generate. With `orders` set, the number of customers follows from it.

    `days` end on `last_day`; the last `daily_files` of them arrive as one CSV a day and the
    days before as one file a month in `format`. Raises ValueError for a sample too small to
    hold every kind of customer.
    """

    seed: int = 20240831
    customers: int = 5000
    days: int = 420
    last_day: date = date(2025, 10, 31)
    daily_files: int = 10
    format: Literal["parquet", "csv"] = "parquet"
    orders: int | None = None

    def __post_init__(self) -> None:
        if self.customers < 100 or self.days < 60 or (self.orders or 2000) < 2000:
            raise ValueError(
                "A sample needs at least 100 customers, 60 days and 2,000 orders; "
                f"asked for {self.customers}, {self.days} and {self.orders}."
            )
        if not 0 <= self.daily_files <= self.days:
            raise ValueError(f"daily_files must lie between 0 and {self.days} days.")

    @property
    def first_day(self) -> date:
        """The first business date of the sample."""
        return self.last_day - timedelta(days=self.days - 1)

    @property
    def digest(self) -> str:
        """A hash of everything that decides the bytes of this sample."""
        text = json.dumps({"edition": EDITION, **asdict(self)}, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def stream(self, part: str) -> np.random.Generator:
        """The random stream of one part: a change in one part leaves the others alone."""
        return np.random.default_rng([self.seed, zlib.crc32(part.encode())])
