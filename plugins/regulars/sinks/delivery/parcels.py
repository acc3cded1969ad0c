"""What one destination is to get for a day: its files, the manifest last."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regulars.sinks.delta import DELTA_NAMES, FULL_CSV, Editions, compare_rows, read_list
from regulars.sinks.machine_files import csv_file
from regulars.sinks.manifest import (
    MANIFEST,
    DayManifest,
    ExportFile,
    ExportStamp,
    ListState,
    describe_day,
    manifest_bytes,
    read_verified,
)

DELTA_CSV = "actions_delta.csv"


@dataclass(frozen=True)
class Parcel:
    """The files of a day by their path below the day's folder, in the order they are written.

    `kept` are those that the next day is compared with. Files that are `private` may be read by
    their owner alone, wherever that can be said.
    """

    business_date: date
    files: Mapping[str, bytes]
    kept: tuple[str, ...]
    counts: Mapping[str, int]
    is_private: bool = False

    @property
    def seal(self) -> str:
        """What tells this parcel from another: the sha256 of its manifest."""
        return hashlib.sha256(self.files[MANIFEST]).hexdigest()


def pack_lists(
    day_folder: Path, manifest: DayManifest, free: tuple[str, ...], past: Editions
) -> Parcel:
    """The files of these lists of an exported day, with the deltas of this destination.

    A destination that missed a day has another last edition than the export knew: its delta
    starts from its own. Raises BadInput when an exported file was changed by hand.
    """
    files: dict[str, ExportFile] = {}
    lists: dict[str, ListState] = {}
    for entry in manifest.files:
        if entry.path.partition("/")[0] in free:
            content = read_verified(day_folder, manifest, entry.path)
            files[entry.path] = ExportFile(content, entry.rows, entry.columns)
    stamp = ExportStamp(**{name: getattr(manifest, name) for name in ExportStamp.model_fields})
    for name in free:
        files[f"{name}/{DELTA_CSV}"], lists[name] = _delta(day_folder, manifest, name, past, stamp)
    packed = describe_day(files, stamp, lists, manifest.supersedes)
    contents = {path: file.content for path, file in files.items()}
    return Parcel(
        business_date=manifest.business_date,
        files=contents | {MANIFEST: manifest_bytes(packed)},
        kept=tuple(f"{name}/{FULL_CSV}" for name in free),
        counts={name: state.rows for name, state in lists.items()},
    )


def _delta(
    day_folder: Path, manifest: DayManifest, name: str, past: Editions, stamp: ExportStamp
) -> tuple[ExportFile, ListState]:
    """What changed on a list since this destination got it last, and the list in short."""
    base = past.newest(name, stamp.business_date)
    full = read_list(day_folder, manifest, name)
    delta = compare_rows(base.rows() if base else [], full, stamp)
    said = [row["operation"] for row in delta]
    state = manifest.lists[name].model_copy(
        update={
            "delta_against": base.manifest.business_date if base else None,
            "added": said.count("add"),
            "changed": said.count("change"),
            "removed": said.count("remove"),
            "holds": (),
        }
    )
    return csv_file(DELTA_NAMES, delta), state
