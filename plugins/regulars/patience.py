"""How often and how long something that is far away is tried again."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential


@dataclass(frozen=True)
class Patience:
    """So many attempts, with random waits that grow up to `longest_wait` seconds between them."""

    attempts: int = 5
    longest_wait: float = 60.0
    sleep: Callable[[float], None] = time.sleep


_FINAL = (FileNotFoundError, PermissionError, NotADirectoryError, IsADirectoryError)


def keep_trying(patience: Patience, errors: type[OSError]) -> Retrying:
    """A caller that tries again after such errors, and raises the last one in the end.

    What is not there or not allowed is the same the next time: it is raised at once.
    """
    return Retrying(
        stop=stop_after_attempt(patience.attempts),
        wait=wait_random_exponential(multiplier=1, max=patience.longest_wait),
        retry=retry_if_exception(
            lambda error: isinstance(error, errors) and not isinstance(error, _FINAL)
        ),
        sleep=patience.sleep,
        reraise=True,
    )
