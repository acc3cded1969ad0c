"""One line per task for the person who watches."""

import time
from typing import TextIO

from airflow.listeners import hookimpl
from airflow.sdk.execution_time.task_runner import RuntimeTaskInstance


class Progress:
    """An Airflow listener that prints how each task ended and how long it took."""

    def __init__(self, people: TextIO) -> None:
        self.people = people
        self.started = 0.0

    @hookimpl
    def on_task_instance_running(self) -> None:
        """Note when the task's own work begins, after Airflow's preparations."""
        self.started = time.monotonic()

    @hookimpl
    def on_task_instance_success(self, task_instance: RuntimeTaskInstance) -> None:
        """Print a task that ended well."""
        self._print("ok", task_instance)

    @hookimpl
    def on_task_instance_skipped(self, task_instance: RuntimeTaskInstance) -> None:
        """Print a task that had nothing to do."""
        self._print("skipped", task_instance)

    @hookimpl
    def on_task_instance_failed(
        self, task_instance: RuntimeTaskInstance, error: str | BaseException | None
    ) -> None:
        """Print a task that failed, with the reason."""
        kind = type(error).__name__ if isinstance(error, BaseException) else "error"
        self._print("FAILED", task_instance, f"  {kind}: {error}")

    def _print(self, word: str, task: RuntimeTaskInstance, reason: str = "") -> None:
        mapped = task.map_index is not None and task.map_index >= 0
        member = f"[{task.rendered_map_index or task.map_index}]" if mapped else ""
        took = time.monotonic() - self.started
        name = f"{task.dag_id}.{task.task_id}{member}"
        self.people.write(f"  {word:<8}{name:<58}{took:6.1f} s{reason}\n")
