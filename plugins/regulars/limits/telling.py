"""What the operating system says when memory or disk is at its end, in words for people."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regulars.domain.errors import DiskFull, OutOfMemory

_FULL = {errno.ENOSPC: "no space is left on the disk", errno.EDQUOT: "the quota is used up"}
_GUIDE = "see docs/howto/limits.md"


@contextmanager
def limits_told(step: str) -> Iterator[None]:
    """Raise DiskFull or OutOfMemory for a step in which the system refused disk or memory.

    Also a decorator. Whatever else is raised goes through as it is.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise DiskFull(
            f"{_FULL[error.errno]}{_of(error.filename)}",
            where=step,
            next_move=f"make room, then run it again: what was there before still stands; {_GUIDE}",
        ) from error
    except MemoryError as error:
        raise OutOfMemory(
            "the process ran out of memory",
            where=step,
            next_move="lower REGULARS_MEMORY_LIMIT, so that more is left beside the engine,"
            f" or close what else uses memory, then run it again; {_GUIDE}",
        ) from error


def _of(name: object) -> str:
    return f" of {Path(str(name)).parent}" if name else ""
