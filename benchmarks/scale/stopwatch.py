"""A stopwatch for the stages of a run: functions of the product, timed where they are called."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from typing import Any
from unittest import mock


class Stopwatch:
    """Seconds by stage, those of a stage within another one taken from the outer one."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._inner: list[list[float]] = [[0.0, 0.0]]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Whatever runs inside counts for this stage, less the stages inside it."""
        began = _now()
        self._inner.append([0.0, 0.0])
        try:
            yield
        finally:
            inside = self._inner.pop()
            for place, took in enumerate(
                now - then for now, then in zip(_now(), began, strict=True)
            ):
                self.spent[name][place] += took - inside[place]
                self._inner[-1][place] += took

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted for a stage."""

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                return function(*args, **kwargs)

        return call


def _now() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


@contextmanager
def watched(watch: Stopwatch, stages: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """While the block runs, these functions (`module:name`) count for their stages."""
    patches = []
    for stage, places in stages.items():
        for place in places:
            module, _, name = place.partition(":")
            owner = import_module(module)
            patches.append(mock.patch.object(owner, name, watch.timed(stage, getattr(owner, name))))
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()
