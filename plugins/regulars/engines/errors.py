"""What an engine can say no to. Busy and unreachable are worth a retry, the others are not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
from adbc_driver_manager import dbapi

from regulars.domain.errors import BadInput, DiskFull, LimitReached, OutOfMemory, RegularsError

_PREAMBLE = re.compile(r"^(?:[A-Z_]+: )+(?:\[(?:libpq|Spark)\] )?", re.MULTILINE)
_NOISE = re.compile(
    r"\n\s*(?:LINE \d+:|Query was:|DETAIL:|CONTEXT:|== SQL|\n).*|\s*\.? SQLSTATE:.*"
    r"|\. Vendor code: \d+|\[[A-Z_.]+\]\s",
    re.S,
)
_VALUE = re.compile(r"(?i)\b(value|string) '[^']*'")

_GUIDE = "the tables are as they were; see docs/howto/limits.md"
_NO_CODE = "?"
_LIMITS: tuple[tuple[type[LimitReached], str, str, str, str], ...] = (
    (
        OutOfMemory, _NO_CODE, r"shared memory segment",
        "the server has too little shared memory",
        "give it more (shm_size of its container, /dev/shm)",
    ),
    (
        DiskFull, "53400", r"max_temp_directory_size|temp_file_limit",
        "the limit of temporary files is reached",
        "make room on their disk, raise REGULARS_TEMP_LIMIT (PostgreSQL: temp_file_limit), or"
        " give the engine more memory, so that it puts less aside",
    ),
    (
        DiskFull, "53100", r"No space left on device|Disk quota exceeded",
        "the disk is full",
        "make room on it, then run it again",
    ),
    (
        OutOfMemory, "53200", r"Out of Memory Error|OutOfMemoryError",
        "the engine ran out of memory",
        "raise REGULARS_MEMORY_LIMIT (PostgreSQL: lower work_mem), lower REGULARS_THREADS, or"
        " close what else uses memory",
    ),
)  # fmt: skip
"""What limit it is, its SQLSTATE, what engines call it, what happened, and the next move."""


class WarehouseBusy(RegularsError):
    """Another process holds the warehouse; try again when it has finished."""


class WarehouseUnreachable(RegularsError):
    """The server does not answer, or the file cannot be opened."""


class SchemaChanged(BadInput):
    """A select has other columns than the table it should be written to."""


class StatementFailed(RegularsError):
    """The engine refused a statement. `sqlstate` is its five-character code, if it gave one."""

    def __init__(self, problem: str, *, sqlstate: str = "", where: str = "", next_move: str = ""):
        super().__init__(problem, where=where, next_move=next_move)
        self.sqlstate = sqlstate


def in_plain_words(message: str) -> str:
    """The sentence of an engine's message, without its codes, the query and the row's values."""
    _, found, after = message.partition("ERROR:  ")
    text = after if found else _PREAMBLE.sub("", message, count=1)
    return " ".join(_VALUE.sub(r"\1 …", _NOISE.sub("", text)).split())


@contextmanager
def engine_errors(where: str) -> Iterator[None]:
    """Turn what the driver raises into `StatementFailed`; `where` names the table.

    Raises OutOfMemory or DiskFull instead where a limit was met: nothing was written then.
    """
    try:
        yield
    except (dbapi.Error, pa.ArrowException, OSError) as error:
        sqlstate = str(getattr(error, "sqlstate", None) or "")
        if reached := _limit_of(str(error), sqlstate, where):
            raise reached from error
        raise StatementFailed(in_plain_words(str(error)), sqlstate=sqlstate, where=where) from error


def _limit_of(message: str, sqlstate: str, where: str) -> LimitReached | None:
    """The limit that an engine's message speaks of: the first line that fits, in this order."""
    for kind, code, pattern, problem, next_move in _LIMITS:
        if sqlstate == code or re.search(pattern, message):
            told = _first_sentence(message)
            return kind(f"{problem}: {told}", where=where, next_move=f"{next_move}; {_GUIDE}")
    return None


def _first_sentence(message: str) -> str:
    return re.sub(r"^Out of Memory Error: ", "", in_plain_words(message.partition("\n")[0]))
