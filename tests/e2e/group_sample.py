"""The sample group that most tests run on, small and with a known truth."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from chain_home import Table, days_between

from regulars.samples.sample_group import SampleSize

# The single days cross a New Year and a Monday, on which the tiers are reviewed.
SIZE = SampleSize(customers=300, days=120, last_day=date(2025, 1, 3), daily_files=8)
LAST_DAYS = days_between(SIZE.last_day - timedelta(days=5), SIZE.last_day)
DAY_BEFORE = LAST_DAYS[0] - timedelta(days=1)


@dataclass(frozen=True)
class Sample:
    """The files of the sample group, and apart from them the truth."""

    drop: Path
    truth: Path

    def told(self, table: str) -> Table:
        """A table of the truth."""
        return list(pq.read_table(self.truth / f"{table}.parquet").to_pylist())

    def events(self) -> dict[str, Any]:
        """How often everything was put in."""
        return dict(json.loads((self.truth / "events.json").read_text(encoding="utf-8")))
