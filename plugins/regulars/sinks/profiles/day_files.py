"""The files for all tools of a day, in a folder of their own that its owner alone can read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from regulars.sinks.day_folder import forget_days, publish_day, recover_day
from regulars.sinks.delivery.parcels import Parcel
from regulars.sinks.delta import exported_days
from regulars.sinks.machine_files import csv_file
from regulars.sinks.manifest import (
    MANIFEST,
    DayManifest,
    ExportFile,
    ExportStamp,
    describe_day,
    manifest_bytes,
    read_manifest,
    read_verified,
)
from regulars.sinks.profiles.definition import AUDIENCES, ProfileDefinition
from regulars.sinks.profiles.files import (
    Cells,
    read_rows,
    removal_file,
    removal_rows,
    upload_file,
    upload_rows,
)
from regulars.sinks.profiles.people import Person, Setup

LEFT_OUT = "left_out.csv"
LEFT_OUT_NAMES = ("profile", "audience", "reason", "customer_count")
People = Mapping[str, Sequence[Person]]
"""Who is on which list."""


def export_profiles(
    folder: Path,
    stamp: ExportStamp,
    profiles: Sequence[ProfileDefinition],
    people: People,
    setup: Setup,
    keep_days: int,
) -> DayManifest:
    """Write `<folder>/<date>/<profile>/A01.csv` and the like; the manifest last; swap it in whole.

    Removals are those who were in the last day's file. Days older than `keep_days` are deleted.
    Raises BadInput when a file is too large for its tool or says what must stay inside.
    """
    recover_day(folder, stamp.business_date)
    files: dict[str, ExportFile] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for profile in profiles:
        for name in profile.lists:
            rows, left_out = upload_rows(profile, name, people.get(name, ()), setup)
            files[profile.file_name(name)] = upload_file(profile, rows)
            removal = profile.file_name(name, removal=True)
            files[removal] = _removals(profile, name, rows, folder, stamp.business_date)
            for reason, count in left_out.items():
                counts[profile.name, AUDIENCES[name], reason] += count
    files[LEFT_OUT] = _left_out(counts)
    manifest = describe_day(files, stamp, {}, None)
    contents = {path: file.content for path, file in files.items()}
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    sealed = contents | {MANIFEST: manifest_bytes(manifest)}
    publish_day(folder, stamp.business_date, sealed, private=True)
    forget_days(folder, stamp.business_date - timedelta(days=keep_days))
    return manifest


def pack_profiles(
    day_folder: Path,
    manifest: DayManifest,
    profiles: Sequence[ProfileDefinition],
    free: Sequence[str],
    past: Path,
) -> Parcel:
    """The files of a day for one destination: released lists only, removals since its own last."""
    files: dict[str, ExportFile] = {}
    for profile in profiles:
        for name in profile.lists:
            if name in free:
                path = profile.file_name(name)
                content = read_verified(day_folder, manifest, path)
                rows = read_rows(profile, content)
                files[path] = ExportFile(content, len(rows), profile.headers)
                removal = profile.file_name(name, removal=True)
                files[removal] = _removals(profile, name, rows, past, manifest.business_date)
    stamp = ExportStamp(**{name: getattr(manifest, name) for name in ExportStamp.model_fields})
    sealed = manifest_bytes(describe_day(files, stamp, {}, None))
    return Parcel(
        business_date=manifest.business_date,
        files={path: file.content for path, file in files.items()} | {MANIFEST: sealed},
        kept=tuple(path for path in files if "_remove." not in path),
        counts={path: file.rows for path, file in files.items()},
        is_private=True,
    )


def _removals(
    profile: ProfileDefinition, name: str, rows: Sequence[Cells], past: Path, before: date
) -> ExportFile:
    """Who was in the tool's file of the last day before, and is not any more."""
    earlier = _last_upload(past, profile.file_name(name), before)
    known = read_rows(profile, earlier) if earlier is not None else []
    return removal_file(profile, removal_rows(profile, known, rows))


def _last_upload(folder: Path, path: str, before: date) -> bytes | None:
    for day in sorted((day for day in exported_days(folder) if day < before), reverse=True):
        day_folder = folder / day.isoformat()
        manifest = read_manifest(day_folder)
        if manifest and any(entry.path == path for entry in manifest.files):
            return read_verified(day_folder, manifest, path)
    return None


def _left_out(counts: Mapping[tuple[str, str, str], int]) -> ExportFile:
    rows = [
        dict(zip(LEFT_OUT_NAMES, (*key, str(count)), strict=True))
        for key, count in sorted(counts.items())
    ]
    return csv_file(LEFT_OUT_NAMES, rows)
