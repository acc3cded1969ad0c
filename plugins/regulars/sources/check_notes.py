"""Notes on what was checked in a file: which expectations ran, and why rows were set aside.

They lie beside the receipts and are what the validation report is made of: codes, counts and row
numbers, never a cell.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from regulars.sources.landing import receipt_name, write_whole

Count = Annotated[int, Field(ge=0)]


class Note(BaseModel):
    """A part of a note: fixed once made, and nothing in it that is not named here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CheckedExpectation(Note):
    """An expectation on an entity's rows of one file. A `gate` sets rows aside, `warn` counts."""

    expectation: str
    columns: tuple[str, ...]
    reason: str
    severity: Literal["gate", "warn"]
    evaluated: Count
    failures: Count
    examples: tuple[int, ...] = ()


class SetAside(Note):
    """A reason for which rows of a file are in quarantine: how many, and the first of them."""

    reason: str
    rows: Count
    examples: tuple[int, ...]


class CheckedEntity(Note):
    """What was checked of one entity of a file."""

    entity: str
    expectations: tuple[CheckedExpectation, ...]
    set_aside: tuple[SetAside, ...]


class FileChecks(Note):
    """What was checked in a file."""

    source_system: str
    file_name: str
    sha256: str
    entities: tuple[CheckedEntity, ...]


def write_checks(folder: Path, checks: FileChecks) -> Path:
    """Write a file's note, replacing that of an earlier reading of the same file."""
    name = receipt_name(checks.file_name, checks.sha256)
    path = folder / checks.source_system / "checks" / name
    write_whole(path, (checks.model_dump_json(indent=1) + "\n").encode())
    return path


def read_checks(folder: Path, source: str, files: Iterable[tuple[str, str]]) -> list[FileChecks]:
    """The notes on these files (name, sha256) of a source; a file never checked has none."""
    paths = [folder / source / "checks" / receipt_name(name, sha256) for name, sha256 in files]
    return [FileChecks.model_validate_json(path.read_bytes()) for path in paths if path.is_file()]
