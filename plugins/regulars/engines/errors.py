"""What an engine can say no to. Busy and unreachable are worth a retry, the others are not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
from adbc_driver_manager import dbapi

from regulars.domain.errors import BadInput, RegularsError

_PREAMBLE = re.compile(r"^(?:[A-Z_]+: )+(?:\[(?:libpq|Spark)\] )?", re.MULTILINE)
_NOISE = re.compile(
    r"\n\s*(?:LINE \d+:|Query was:|DETAIL:|CONTEXT:|== SQL|\n).*|\s*\.? SQLSTATE:.*"
    r"|\. Vendor code: \d+|\[[A-Z_.]+\]\s",
    re.S,
)
_VALUE = re.compile(r"(?i)\b(value|string) '[^']*'")


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
    """Turn what the driver raises into `StatementFailed`; `where` names the table."""
    try:
        yield
    except (dbapi.Error, pa.ArrowException) as error:
        raise StatementFailed(
            in_plain_words(str(error)),
            sqlstate=str(getattr(error, "sqlstate", None) or ""),
            where=where,
        ) from error
