"""Handing rows to a server that takes none over the wire: as Parquet in a folder both see."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from regulars.domain.errors import BadInput
from regulars.engines.errors import WarehouseUnreachable


@contextmanager
def staged(folder: str, table: str, rows: pa.Table) -> Iterator[str]:
    """The path, as the server writes it, of a file with these rows; gone after the block."""
    if not folder:
        raise BadInput(
            "rows cannot be loaded: the URI names no staging folder",
            where=table,
            next_move="add staging=/folder, a folder that this machine and the server both see",
        )
    system, root = _filesystem(folder)
    name = f"{table}-{uuid4().hex}.parquet"
    try:
        _write(system, root, name, rows)
        yield f"{folder}/{name}"
    finally:
        _remove(system, f"{root}/{name}")


def _write(system: fs.FileSystem, root: str, name: str, rows: pa.Table) -> None:
    try:
        system.create_dir(root, recursive=True)
        pq.write_table(rows, f"{root}/{name}", filesystem=system, compression="zstd")
    except OSError as error:
        raise WarehouseUnreachable(
            f"the staging folder cannot be written: {type(error).__name__}",
            where=root,
            next_move="check staging= in REGULARS_WAREHOUSE, and the rights on that folder",
        ) from error


def _filesystem(folder: str) -> tuple[fs.FileSystem, str]:
    """Where this machine finds the folder. Hadoop says s3a where everybody else says s3."""
    if "://" not in folder:
        return fs.LocalFileSystem(), folder
    system, root = fs.FileSystem.from_uri(folder.replace("s3a://", "s3://", 1))
    return system, root


def _remove(system: fs.FileSystem, path: str) -> None:
    if system.get_file_info(path).type is not fs.FileType.NotFound:
        system.delete_file(path)
