"""What changed on a list since it was delivered last: added, changed and removed customers."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regulars.sinks.columns import MACHINE_NAMES
from regulars.sinks.machine_files import MachineRow
from regulars.sinks.manifest import (
    MANIFEST,
    DayManifest,
    ExportStamp,
    ListState,
    read_manifest,
    read_verified,
)

DELTA_NAMES = ("operation", *MACHINE_NAMES)
FULL_CSV = "actions_full.csv"
OF_THE_DAY = ("business_date", "policy_version")
"""Columns that differ every day or policy without the action itself being another."""
Accepted = Callable[[DayManifest, str], bool]
"""Whether a person accepted a held list of a manifest."""


def nothing_accepted(_manifest: DayManifest, _list_name: str) -> bool:
    """The answer where nobody was asked."""
    return False


def read_list(day_folder: Path, manifest: DayManifest, list_name: str) -> list[MachineRow]:
    """The rows of an exported list. Raises BadInput when the file was changed since."""
    content = read_verified(day_folder, manifest, f"{list_name}/{FULL_CSV}")
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@dataclass(frozen=True)
class ListEdition:
    """A list as it was delivered on a day: its folder, its manifest and its name."""

    folder: Path
    manifest: DayManifest
    list_name: str

    @property
    def state(self) -> ListState:
        """The list in short."""
        return self.manifest.lists[self.list_name]

    def rows(self) -> list[MachineRow]:
        """The list as it left then. Raises BadInput when the file was changed since."""
        return read_list(self.folder, self.manifest, self.list_name)


@dataclass(frozen=True)
class Editions:
    """A folder of days that were delivered. `is_accepted` answers for lists that were held."""

    folder: Path
    is_accepted: Accepted = nothing_accepted

    def newest(self, list_name: str, before: date) -> ListEdition | None:
        """The last delivered edition of a list before a day, or None: then all is an addition.

        A day without a manifest was never exported; one of another schema version cannot be
        compared; a list that waits for a person was not delivered.
        """
        for day, manifest in self._manifests(before):
            if list_name in manifest.lists and self._is_free(manifest, list_name):
                return ListEdition(self.folder / day.isoformat(), manifest, list_name)
        return None

    def newest_day(self, before: date) -> DayManifest | None:
        """The manifest of the last day before a day."""
        return next((manifest for _, manifest in self._manifests(before)), None)

    def on(self, day: date) -> DayManifest | None:
        """The manifest of a day, if it was delivered."""
        folder = self.folder / day.isoformat()
        return read_manifest(folder) if (folder / MANIFEST).is_file() else None

    def _is_free(self, manifest: DayManifest, list_name: str) -> bool:
        return not manifest.lists[list_name].holds or self.is_accepted(manifest, list_name)

    def _manifests(self, before: date) -> Iterator[tuple[date, DayManifest]]:
        for day in sorted(
            (day for day in exported_days(self.folder) if day < before), reverse=True
        ):
            manifest = read_manifest(self.folder / day.isoformat())
            if manifest:
                yield day, manifest


def compare_rows(
    before: Sequence[MachineRow], after: Sequence[MachineRow], stamp: ExportStamp
) -> list[MachineRow]:
    """The operations that turn `before` into `after`; a removed row carries its last values.

    The law: `before` with these operations applied is `after`, but for the day and policy.
    """
    old = {row["customer_key"]: row for row in before}
    remaining = {row["customer_key"] for row in after}
    changes: list[MachineRow] = []
    for row in after:
        earlier = old.get(row["customer_key"])
        if earlier is None:
            changes.append({"operation": "add", **row})
        elif _substance(earlier) != _substance(row):
            changes.append({"operation": "change", **row})
    today = {
        "business_date": stamp.business_date.isoformat(),
        "policy_version": stamp.policy_version,
    }
    gone = sorted(old.keys() - remaining)
    return changes + [{"operation": "remove", **old[key], **today} for key in gone]


def _substance(row: MachineRow) -> tuple[str, ...]:
    return tuple(row[name] for name in MACHINE_NAMES if name not in OF_THE_DAY)


def exported_days(folder: Path) -> list[date]:
    """The days of a folder that have a manifest."""
    days = []
    for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
        try:
            days.append(date.fromisoformat(manifest.parent.name))
        except ValueError:
            continue  # a folder of somebody else's, or one that is still being written
    return days
