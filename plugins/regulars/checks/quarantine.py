"""Where refused rows and refused files are kept: readable by their owner and nobody else."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from regulars.domain.errors import BadInput

_SCHEMA = pa.schema(
    [
        pa.field("source_file_sha256", pa.string()),
        pa.field("source_row", pa.int64()),
        pa.field("reason", pa.string()),
        pa.field("raw_json", pa.string()),
    ]
)


@dataclass(frozen=True)
class Refusal:
    """A whole file that was not taken, in words for people; never a piece of its content."""

    source_name: str
    file_name: str
    file_sha256: str
    reason: str
    message: str
    next_move: str


def write_quarantine(
    folder: Path, source: str, entity: str, quarantined: pd.DataFrame, files: Iterable[str] = ()
) -> list[Path]:
    """Write `<folder>/<source>/<entity>/<sha256>.parquet` for each file with refused rows.

    `files` are the sha256 of all files just checked: those with nothing refused lose what an
    earlier check had set aside. Returns the files written; the same rows give the same bytes.
    """
    place = private_folder(folder, source, entity)
    kept = set(quarantined["source_file_sha256"])
    for sha256 in sorted(set(files) - kept):
        (place / f"{sha256}.parquet").unlink(missing_ok=True)
    written = []
    for sha256 in sorted(kept):
        rows = quarantined[quarantined["source_file_sha256"] == sha256]
        ordered = rows.sort_values("source_row", kind="stable")
        table = pa.Table.from_pandas(ordered, schema=_SCHEMA, preserve_index=False)
        sink = pa.BufferOutputStream()
        pq.write_table(table.replace_schema_metadata(None), sink)
        written.append(put_private(place / f"{sha256}.parquet", sink.getvalue().to_pybytes()))
    return written


def refuse_file(folder: Path, refusal: Refusal) -> Path:
    """Write the note about a refused file: `<folder>/<source>/refused_files/<sha256>.json`."""
    place = private_folder(folder, refusal.source_name, "refused_files")
    note = json.dumps(asdict(refusal), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return put_private(place / f"{refusal.file_sha256}.json", note.encode())


def read_quarantine(folder: Path, source: str, entity: str, sha256: str) -> pd.DataFrame:
    """The refused rows of an entity of one file, in the file's order; personal."""
    path = folder / source / entity / f"{sha256}.parquet"
    table = pq.read_table(path) if path.is_file() else _SCHEMA.empty_table()
    frame: pd.DataFrame = table.to_pandas()
    return frame


def private_folder(folder: Path, *names: str) -> Path:
    """A folder within the quarantine, made if need be; its owner alone may look into it."""
    place = folder.joinpath(*names)
    place.mkdir(parents=True, exist_ok=True)
    for depth in range(len(names) + 1):
        folder.joinpath(*names[:depth]).chmod(0o700)
    return place


def put_private(path: Path, content: bytes) -> Path:
    """Write beside and swap in, for its owner alone: a reader sees the old file or the new."""
    if not path.parent.is_dir():
        raise BadInput("there is no such folder", where=str(path.parent), next_move="create it")
    temporary = path.with_suffix(".writing")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return temporary.replace(path)
