"""Airflow's own log goes to a file, so that people see only what is meant for them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def quiet_output(log: Path) -> Iterator[TextIO]:
    """Send all that this process writes to `log`; yield the way to the people instead.

    Done on file descriptors, because Airflow and native libraries keep their own streams.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    kept = os.dup(1), os.dup(2)
    with log.open("ab", buffering=0) as file, os.fdopen(os.dup(1), "w", buffering=1) as people:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield people
        finally:
            for number, descriptor in zip((1, 2), kept, strict=True):
                os.dup2(descriptor, number)
                os.close(descriptor)
