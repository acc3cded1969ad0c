"""The papers of an exported day: its stamp, its manifest, and the proof that files are whole."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from regulars.domain.errors import BadInput

SCHEMA_VERSION = 2
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


class Hold(BaseModel):
    """Why a list waits for a person: a code, and the sizes that set it off, in customers."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    before: int
    after: int


class ListState(BaseModel):
    """A list in short: customers on it, those resting after a contact, where its delta starts.

    A list with `holds` is not delivered before a person has accepted it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    rows: int
    resting: int
    delta_against: date | None
    added: int
    changed: int
    removed: int
    holds: tuple[Hold, ...] = ()


class EditionMark(BaseModel):
    """An edition that a later one takes the place of: its day, and its manifest's sha256."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    business_date: date
    sha256: str


class DayManifest(ExportStamp):
    """What an exported day consists of. `supersedes` is the newest edition delivered before it."""

    supersedes: EditionMark | None
    lists: dict[str, ListState]
    files: tuple[FileEntry, ...]


@dataclass(frozen=True)
class ExportFile:
    """The content of one file before it is written, with its data rows and column names."""

    content: bytes
    rows: int
    columns: tuple[str, ...]


def describe_day(
    files: Mapping[str, ExportFile],
    stamp: ExportStamp,
    lists: Mapping[str, ListState],
    supersedes: EditionMark | None,
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
    return DayManifest(
        **stamp.model_dump(), supersedes=supersedes, lists=dict(lists), files=entries
    )


def manifest_bytes(manifest: DayManifest) -> bytes:
    """The manifest as it is stored: indented JSON in UTF-8 with a final line feed."""
    return (manifest.model_dump_json(indent=2) + "\n").encode()


def read_manifest(day_folder: Path) -> DayManifest | None:
    """The manifest of an exported day; None when it is of another schema version.

    Raises BadInput when it is not a manifest.
    """
    path = day_folder / MANIFEST
    try:
        content = path.read_bytes()
        if json.loads(content)["schema_version"] != SCHEMA_VERSION:
            return None
        return DayManifest.model_validate_json(content)
    except (ValueError, KeyError, TypeError) as error:
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
