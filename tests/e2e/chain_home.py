"""A home to run the whole chain in, and ways to look at what it left there."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from regulars.engines import open_warehouse
from regulars.settings import INCLUDE, Settings
from regulars.steps.chain import run_chain

KEY = "a key for tests, never a real one"
SAMPLE_POLICY = INCLUDE / "policy" / "sample_group"
WRITTEN = ("exports", "reports", "published", "landing")
Row = dict[str, Any]
Table = list[Row]
Window = tuple[date, date]


@dataclass(frozen=True)
class Home:
    """A folder to run in, the drop folder it reads and the policy it runs under."""

    folder: Path
    drop: Path
    policy: Path = SAMPLE_POLICY
    warehouse: str = ""

    def run(self, first: date, last: date) -> str:
        """The whole chain for a window; the summary that a person would read."""
        with self.environment():
            return run_chain(last, first, lambda _name, _started: None)

    @contextmanager
    def environment(self) -> Iterator[None]:
        """The steps find this home, and nothing else of Regulars' settings."""
        told = {
            "HOME": self.folder, "DROP": self.drop, "POLICY": self.policy,
            "WAREHOUSE": self.warehouse, "IDENTITY_KEY": KEY,
        }  # fmt: skip
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("REGULARS_")]:
                patch.delenv(name)
            for name, value in told.items():
                patch.setenv(f"REGULARS_{name}", str(value))
            yield

    def copy(self, folder: Path, **changes: Any) -> "Home":
        """A home of its own with the same past."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder, **changes)

    def moved(self, folder: Path) -> "Home":
        """Another home, without a past, for the same files under the same policy."""
        return replace(self, folder=folder)

    def rows(self, sql: str) -> Table:
        """The rows of a select on the warehouse."""
        with self.environment(), open_warehouse(Settings().warehouse_uri) as opened:
            return list(opened.query(sql).to_pylist())

    def tables(self) -> dict[str, list[str]]:
        """Every table of the warehouse as its sorted rows."""
        with self.environment(), open_warehouse(Settings().warehouse_uri) as opened:
            return {
                name: sorted(map(repr, opened.query(f"select * from {name}").to_pylist()))
                for name in opened.tables()
            }

    def published(self) -> dict[str, Table]:
        """The published tables by name, in their own order."""
        return {
            path.stem: pq.read_table(path).to_pylist()
            for path in sorted((self.folder / "published").iterdir())
        }

    def digests(self, *folders: str) -> dict[str, str]:
        """The sha256 of every file this home has written, or of those folders only."""
        return {
            str(path.relative_to(self.folder)): sha256(path.read_bytes()).hexdigest()
            for name in folders or WRITTEN
            for path in sorted((self.folder / name).rglob("*"))
            if path.is_file()
        }

    def exported(self, day: date) -> Table:
        """All rows that left the house on a day."""
        return [
            row
            for path in sorted((self.folder / "exports" / f"{day}").glob("*/actions_full.parquet"))
            for row in pq.read_table(path).to_pylist()
        ]


def run_windows(home: Home, windows: Sequence[Window]) -> Home:
    """Run one window after the other in a home; fit for another process."""
    for first, last in windows:
        home.run(first, last)
    return home


def days_between(first: date, last: date) -> list[date]:
    """The days from first to last, both included."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The names under which the two say something different, in order."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
