"""Packed files and how far they may unfold: what is small on disk may be huge in memory.

XLSX is a zip of XML, Parquet packs repetition into next to nothing. Both are measured before they
are read, in streams, so that no file can take the process down.
"""

import io
import re
import zipfile
import zlib

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.sources.files import FileRefused, Reason

MAX_UNPACKED_BYTES = 2 << 30
MAX_MEMBERS = 1_000
MAX_RATIO = 100
MAX_SHEET_ROWS = 1_048_576
MAX_CELLS = 50_000_000
"""Cells of a sheet or a table, blank ones between them included."""
# Small files may well be all repetition: only what unfolds to more than this is measured by ratio.
_HARMLESS_BYTES = 32 << 20
_CHUNK_BYTES = 1 << 20
_OVERLAP_BYTES = 64
_CELL = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,9})["']""")


def check_archive(file: str, data: bytes) -> None:
    """Refuse a workbook that is cut, locked, or unfolds to more than a workbook does."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(file, archive.infolist(), len(data))
            if archive.testzip() is not None:
                raise unreadable(file, "XLSX workbook")
            for member in archive.infolist():
                if member.filename.startswith("xl/worksheets/"):
                    _check_extent(file, archive, member)
    except _ZIP_ERRORS as error:
        raise unreadable(file, "XLSX workbook") from error


def read_table(file: str, data: bytes) -> pa.Table:
    """The rows of a Parquet file, texts as words and the places they stand in.

    Refuses one whose rows or texts unfold to more than we hold; raises what Arrow raises where it
    is no Parquet file. Columns are not looked at in the file's metadata: where that is damaged,
    Arrow ends the process.
    """
    packed = pq.read_metadata(pa.BufferReader(data))
    size = sum(packed.row_group(group).total_byte_size for group in range(packed.num_row_groups))
    if packed.num_rows * max(packed.num_columns, 1) > MAX_CELLS * _WIDE:
        raise _too_large(file, f"it has {packed.num_rows:,} rows")
    if size > MAX_UNPACKED_BYTES:
        raise _too_large(file, f"it unpacks to {size >> 20} MB")
    schema = pq.read_schema(pa.BufferReader(data))
    words = list(dict.fromkeys(field.name for field in schema if _is_text(field.type)))
    table = pq.read_table(pa.BufferReader(data), read_dictionary=words)
    size = sum(_text_bytes(column) for column in table.columns)
    if size > MAX_UNPACKED_BYTES:
        raise _too_large(file, f"it unpacks to {size >> 20} MB")
    return table


def unreadable(file: str, kind: str) -> FileRefused:
    """The refusal of a packed file that is not whole."""
    return FileRefused(
        file, Reason.UNREADABLE_FILE, f"it is not a whole {kind} (cut, damaged or locked)",
        "upload it again, whole and without a password",
    )  # fmt: skip


_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OSError, OverflowError, LookupError,
)  # fmt: skip
_WIDE = 4
"""A table is read column by column: it may have more cells than a sheet."""


def _check_members(file: str, members: list[zipfile.ZipInfo], packed: int) -> None:
    size = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        raise _too_large(file, f"it has {len(members):,} parts")
    if size > MAX_UNPACKED_BYTES:
        raise _too_large(file, f"it unpacks to {size >> 20} MB")
    if size > _HARMLESS_BYTES and size > packed * MAX_RATIO:
        raise _too_large(file, f"it unpacks to {size // max(packed, 1)} times its size")


def _check_extent(file: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """A sheet is held as a rectangle around its cells: two far corners are enough to fill it."""
    rows, columns = 0, 0
    with archive.open(member) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK_BYTES):
            for letters, number in set(_CELL.findall(rest + chunk)):
                rows, columns = max(rows, int(number)), max(columns, _column(letters))
            rest = chunk[-_OVERLAP_BYTES:]
    if rows > MAX_SHEET_ROWS or rows * columns > MAX_CELLS:
        raise _too_large(file, f"a sheet spans {rows:,} rows and {columns:,} columns")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _is_text(kind: pa.DataType) -> bool:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    is_kind = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary,
               pa.types.is_large_binary)  # fmt: skip
    return any(fits(plain) for fits in is_kind)


def _text_bytes(column: pa.ChunkedArray) -> int:
    """How many bytes a column of words and places unfolds to, without unfolding it."""
    if not pa.types.is_dictionary(column.type) or not _is_text(column.type):
        return 0
    sizes = (
        pc.sum(pc.binary_length(chunk.dictionary).take(chunk.indices)).as_py()
        for chunk in column.chunks
    )
    return sum(size or 0 for size in sizes)


def _too_large(file: str, problem: str) -> FileRefused:
    return FileRefused(
        file, Reason.FILE_TOO_LARGE, f"{problem}: more than we hold",
        "export it as CSV, or in parts, one file per day or month",
    )  # fmt: skip
