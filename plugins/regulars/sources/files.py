"""The words of this room: a dropped file, what it holds, and why one may be refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

import pandas as pd
import pyarrow as pa

from regulars.domain.errors import BadInput


class Reason(StrEnum):
    """Why a file or a row is refused, or what is worth telling about a file that is not."""

    UNRECOGNISED_FILE = "unrecognised_file"
    AMBIGUOUS_FILE = "ambiguous_file"
    FOLDER_MISSING = "folder_missing"
    SYMLINK_LEAVES_FOLDER = "symlink_leaves_folder"
    FILE_CHANGED_WHILE_READ = "file_changed_while_read"
    NOT_WHOLE_YET = "not_whole_yet"
    WAITING_FOR_MARKER = "waiting_for_marker"
    FILE_TOO_LARGE = "file_too_large"
    EMPTY_FILE = "empty_file"
    WRONG_FILE_TYPE = "wrong_file_type"
    WRONG_TEMPLATE = "wrong_template"
    WRONG_STORE = "wrong_store"
    UNREADABLE_FILE = "unreadable_file"
    UNKNOWN_ENCODING = "unknown_encoding"
    NUL_BYTE = "nul_byte"
    UNCLOSED_QUOTE = "unclosed_quote"
    AMBIGUOUS_SHEET = "ambiguous_sheet"
    HEADER_NOT_FOUND = "header_not_found"
    MISSING_COLUMN = "missing_column"
    DUPLICATE_COLUMN = "duplicate_column"
    RAGGED_ROW = "ragged_row"
    UNREADABLE_ITEMS = "unreadable_items"
    AMOUNT_NOT_EXACT = "amount_not_exact"
    EMPTY = "empty"
    READ_AS_GB18030 = "read_as_gb18030"
    UNKNOWN_COLUMNS = "unknown_columns"
    COLUMN_NOT_READ = "column_not_read"
    OTHER_STORES = "other_stores"
    OUT_OF_SCOPE = "out_of_scope"
    CONTROL_TOTAL_DIFFERS = "control_total_differs"
    COMPANION_MISSING = "companion_missing"
    UNKNOWN_CODE = "unknown_code"
    UNREADABLE_TIME = "unreadable_time"
    MISSING_ID = "missing_id"
    PART_OF_BAD_ORDER = "part_of_bad_order"
    AMOUNTS_DIFFER = "amounts_differ"
    KEPT_APART = "kept_apart"
    UNKNOWN_TIME_ZONE = "unknown_time_zone"
    WRONG_SIGN = "wrong_sign"
    CONFLICTING_ROWS = "conflicting_rows"
    WRONG_CURRENCY = "wrong_currency"


class FileRefused(BadInput):
    """A whole file that cannot be used; none of its rows is loaded."""

    def __init__(self, file: str, reason_code: Reason, message: str, next_move: str) -> None:
        self.file, self.reason_code, self.message = file, reason_code, message
        super().__init__(message, where=file, next_move=next_move)


@dataclass(frozen=True)
class DroppedFile:
    """A file taken for a run: its name within the source's folder, its table in the layout.

    The days are those its name or folder speaks for (both included); None means that it does
    not say.
    """

    path: Path
    name: str
    table: str
    sha256: str
    size_bytes: int
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class RefusedFile:
    """A file that was seen and not taken: its name, why, and what to do about it."""

    file: str
    reason_code: Reason
    message: str
    next_move: str


@dataclass(frozen=True)
class Discovery:
    """What lies in a source's folder for a window of days."""

    files: tuple[DroppedFile, ...]
    refused: tuple[RefusedFile, ...]


@dataclass(frozen=True)
class Finding:
    """Something to tell about a file that was read all the same."""

    code: Reason
    message: str


@dataclass(frozen=True)
class Batch:
    """Rows of one entity: every column of its template as text ("" is blank) + `source_row`.

    The columns of text are kept as their different texts and the places they stand in.
    """

    entity: str
    rows: pa.Table
    unknown_columns: tuple[str, ...] = ()

    @property
    def frame(self) -> pd.DataFrame:
        """The rows with every text in its own place, for who looks at them one by one."""
        texts = [pa.field(name, pa.large_string()) for name in self.rows.column_names[:-1]]
        frame: pd.DataFrame = self.rows.cast(
            pa.schema([*texts, self.rows.schema.field("source_row")])
        ).to_pandas()
        return frame


@dataclass(frozen=True)
class FileContents:
    """All that was read from a file. For a file of one entity,

    `rows_read = rows of the batch + rejected + summary_rows + out_of_scope_rows`.
    A file of several entities counts source rows: each is rejected, out of scope or behind the
    rows of one or more batches that carry its `source_row`.
    `rejected` has the columns source_row, reason and raw_text; its text is for the quarantine
    only, for it may name people. `behind` says of rows that have no record of their own which
    row's record speaks for them.
    """

    dropped: DroppedFile
    batches: tuple[Batch, ...]
    rows_read: int
    summary_rows: int
    out_of_scope_rows: int
    rejected: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    behind: Mapping[int, int] = field(default_factory=dict)
