"""A sample small enough to be checked order by order."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from regulars.samples.sample_group import SampleSize, SampleSummary

SMALL = SampleSize(customers=300, days=120, last_day=date(2025, 3, 12), daily_files=5)


@dataclass(frozen=True)
class Sample:
    drop: Path
    truth: Path
    summary: SampleSummary

    def rows(self, table: str) -> list[dict[str, Any]]:
        return list(pq.read_table(self.truth / f"{table}.parquet").to_pylist())

    def events(self) -> dict[str, Any]:
        return dict(json.loads((self.truth / "events.json").read_text(encoding="utf-8")))
