"""Landing: what was read, as immutable Parquet, and a receipt that adds up for every file.

A landed file is named by its input *and* by its own content: `<input sha256>-<content>.parquet`.
The same input read under the same rules gives the same name and bytes, so landing twice changes
nothing. Read under other rules (a changed cut-off, a corrected layout) it lands beside the first;
the receipt says which one counts. Nothing is ever overwritten.
"""

import hashlib
import io
import os
import re
from datetime import date
from pathlib import Path
from typing import Literal, Self

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, model_validator

from regulars.sources.files import Finding

_CONTENT_DIGITS = 12
_NAME_DIGITS = 16


class RowCounts(BaseModel):
    """Where the rows went. Refuses counts that do not add up: no row is ever lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    read: int
    loaded: int = 0
    quarantined: int = 0
    duplicate: int = 0
    summary: int = 0
    out_of_scope: int = 0

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        parts = (
            self.loaded, self.quarantined, self.duplicate, self.summary, self.out_of_scope
        )  # fmt: skip
        if min(parts) < 0 or sum(parts) != self.read:
            raise ValueError(
                f"{self.read} rows read, but {self.loaded} loaded + {self.quarantined} quarantined"
                f" + {self.duplicate} duplicate + {self.summary} summary"
                f" + {self.out_of_scope} out of scope = {sum(parts)}"
            )
        return self


class EntityReceipt(BaseModel):
    """What became of an entity's rows, and the landed file that holds the loaded ones.

    `released` are those of the loaded rows that a person corrected; they are in `corrected_file`.
    `dismissed` are those of the quarantined rows that a person said are rightly refused.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    entity: str
    rows: RowCounts
    landed_file: str | None = None
    released: int = 0
    dismissed: int = 0
    corrected_file: str | None = None

    @model_validator(mode="after")
    def _are_parts(self) -> Self:
        if not 0 <= self.released <= self.rows.loaded:
            raise ValueError(f"{self.released} released of {self.rows.loaded} loaded rows")
        if not 0 <= self.dismissed <= self.rows.quarantined:
            raise ValueError(f"{self.dismissed} dismissed of {self.rows.quarantined} rows")
        return self


class DecisionNote(BaseModel):
    """What somebody decided on refused rows of a file: how many, who, when and why, as given."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    entity: str
    verdict: Literal["released", "dismissed"]
    rows: int
    decided_by: str
    decided_on: date
    why: str


class FileReceipt(BaseModel):
    """What became of a file. `rows` counts its rows; each entity counts the rows made of them.

    `rules` is the fingerprint of policy and layout: under other rules the file is read again.
    `message` and `next_move` tell of a refused file. `decisions` are those on its refused rows.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    source_system: str
    file_name: str
    sha256: str
    size_bytes: int
    layout: str
    status: Literal["accepted", "refused"]
    rows: RowCounts
    entities: tuple[EntityReceipt, ...] = ()
    reason_code: str = ""
    message: str = ""
    next_move: str = ""
    decisions: tuple[DecisionNote, ...] = ()
    findings: tuple[Finding, ...] = ()
    policy_version: str = ""
    rules: str = ""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if (self.status == "refused") != bool(self.reason_code):
            raise ValueError("a refused file has a reason, and only a refused one")
        if self.status == "refused" and (self.rows.loaded or self.entities):
            raise ValueError("nothing of a refused file is loaded")
        return self


def land(table: pa.Table, entity: str, source_name: str, sha256: str, folder: Path) -> Path:
    """Write the rows of one entity of one input file and return where. Safe to repeat.

    The rows keep their order; the file's bytes are a function of the rows alone.
    """
    content = _to_parquet(table)
    digest = hashlib.sha256(content).hexdigest()[:_CONTENT_DIGITS]
    path = folder / source_name / entity / f"{sha256}-{digest}.parquet"
    if not path.exists():
        write_whole(path, content)
    return path


def write_receipt(folder: Path, receipt: FileReceipt) -> Path:
    """Write a file's receipt, replacing that of an earlier reading of the same file."""
    name = receipt_name(receipt.file_name, receipt.sha256)
    path = folder / receipt.source_system / "receipts" / name
    write_whole(path, (receipt.model_dump_json(indent=2) + "\n").encode())
    return path


def forget_other_names(folder: Path, receipt: FileReceipt) -> None:
    """Remove the receipts that the same content has under other names: it counts once a source."""
    own = receipt_name(receipt.file_name, receipt.sha256)
    for note in ("receipts", "checks"):
        place = folder / receipt.source_system / note
        for path in place.glob(f"*.{receipt.sha256[:_NAME_DIGITS]}.json"):
            if path.name != own:
                path.unlink()


def receipt_name(file_name: str, sha256: str) -> str:
    """The name of a note on a file: people look for its name, its hash makes it one."""
    plain = re.sub(r"[^\w.\-]", "_", file_name)
    return f"{plain}.{sha256[:_NAME_DIGITS]}.json"


def read_receipts(folder: Path) -> tuple[FileReceipt, ...]:
    """All receipts of a landing folder, by source and file name."""
    return tuple(
        FileReceipt.model_validate_json(path.read_bytes())
        for path in sorted(folder.glob("*/receipts/*.json"))
    )


def _to_parquet(table: pa.Table) -> bytes:
    plain = table.replace_schema_metadata(None).combine_chunks()
    stream = io.BytesIO()
    pq.write_table(plain, stream, compression="zstd", version="2.6", write_statistics=True)
    return stream.getvalue()


def write_whole(path: Path, content: bytes) -> None:
    """Write beside and rename: a reader sees the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    partial.write_bytes(content)
    partial.replace(path)
