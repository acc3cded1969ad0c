"""The papers of an exported day: its stamp, its manifest, and the proof that files are whole."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from regulars.domain.errors import BadInput

SCHEMA_VERSION = 1
"""The layout of the exported files; a change of columns is a change of this number."""

MANIFEST = "manifest.json"


class ExportStamp(BaseModel):
    """Which day, which run and which policy an export speaks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    business_date: date
    run_key: str
    policy_version: str
    schema_version: int = SCHEMA_VERSION


class FileEntry(BaseModel):
    """One exported file: path within the day's folder, content hash, data rows and columns."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: str
    sha256: str
    rows: int
    bytes: int
    columns: tuple[str, ...]


class DayManifest(ExportStamp):
    """What an exported day consists of. `delta_against` is the day the deltas start from."""

    delta_against: date | None
    files: tuple[FileEntry, ...]


@dataclass(frozen=True)
class ExportFile:
    """The content of one file before it is written, with its data rows and column names."""

    content: bytes
    rows: int
    columns: tuple[str, ...]


def describe_day(
    files: Mapping[str, ExportFile], stamp: ExportStamp, delta_against: date | None
) -> DayManifest:
    """The manifest of these files, in the order in which they are written."""
    entries = tuple(
        FileEntry(
            path=path,
            sha256=hashlib.sha256(file.content).hexdigest(),
            rows=file.rows,
            bytes=len(file.content),
            columns=file.columns,
        )
        for path, file in files.items()
    )
    return DayManifest(**stamp.model_dump(), delta_against=delta_against, files=entries)


def manifest_bytes(manifest: DayManifest) -> bytes:
    """The manifest as it is stored: indented JSON in UTF-8 with a final line feed."""
    return (manifest.model_dump_json(indent=2) + "\n").encode()


def read_manifest(day_folder: Path) -> DayManifest:
    """The manifest of an exported day. Raises BadInput when it is not one."""
    path = day_folder / MANIFEST
    try:
        return DayManifest.model_validate_json(path.read_bytes())
    except ValueError as error:
        raise BadInput(
            "is not a manifest", where=str(path), next_move="export that day again"
        ) from error


def read_verified(day_folder: Path, manifest: DayManifest, path: str) -> bytes:
    """A file of an exported day, proven to be what was exported. Raises BadInput otherwise."""
    entry = next((entry for entry in manifest.files if entry.path == path), None)
    file = day_folder / path
    if entry is None or not file.is_file():
        problem = "is missing although its day was exported"
    else:
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() == entry.sha256:
            return content
        problem = "was changed after it was exported (its sha256 differs from the manifest)"
    raise BadInput(problem, where=str(file), next_move="export that day again, then this one")
