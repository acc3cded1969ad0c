"""What changed on a list since the day exported last: added, changed and removed customers."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regulars.sinks.columns import MACHINE_NAMES
from regulars.sinks.machine_files import MachineRow
from regulars.sinks.manifest import (
    MANIFEST,
    DayManifest,
    ExportStamp,
    read_manifest,
    read_verified,
)

DELTA_NAMES = ("operation", *MACHINE_NAMES)
OF_THE_DAY = ("business_date", "policy_version")
"""Columns that differ every day or policy without the action itself being another."""


@dataclass(frozen=True)
class DeltaBase:
    """The exported day that a delta starts from."""

    folder: Path
    manifest: DayManifest

    def rows(self, list_name: str) -> list[MachineRow]:
        """A list as it was exported then. Raises BadInput when the file was changed since."""
        content = read_verified(self.folder, self.manifest, f"{list_name}/actions_full.csv")
        return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def find_base(folder: Path, stamp: ExportStamp) -> DeltaBase | None:
    """The last exported day before the stamp's, or None: then everything is an addition.

    A day without a manifest was never exported; one of another schema version cannot be compared.
    """
    days = [day for day in _exported_days(folder) if day < stamp.business_date]
    if not days:
        return None
    day_folder = folder / max(days).isoformat()
    manifest = read_manifest(day_folder)
    is_comparable = manifest.schema_version == stamp.schema_version
    return DeltaBase(day_folder, manifest) if is_comparable else None


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


def _exported_days(folder: Path) -> list[date]:
    days = []
    for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
        try:
            days.append(date.fromisoformat(manifest.parent.name))
        except ValueError:
            continue  # a folder of somebody else's, or one that is still being written
    return days
