"""Notices for people: what failed or is late, for which day, and the next move."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from airflow.sdk import BaseNotifier, Context
from airflow.sdk.configuration import conf

log = logging.getLogger(__name__)

NEXT_MOVE = (
    "Once the cause is mended, clear this task in Airflow: it and all after it run again. "
    "The DAG's documentation says more."
)


class FailureNotifier(BaseNotifier):
    """Write one message when a task has failed for good."""

    def notify(self, context: Context) -> None:
        """Log the failure for people. Holds no personal data: errors name files and rows only."""
        log.error(describe_failure(context))


class ApprovalNotifier(BaseNotifier):
    """Write one message when exceptions begin to wait for a person."""

    def notify(self, context: Context) -> None:
        """Log that they wait, and where: how many, never about whom."""
        log.warning(describe_wait(context))


def describe_wait(context: Mapping[str, Any]) -> str:
    """Return the message for exceptions that wait: how many, for which day, until when, where."""
    task, run = context["task"], context["dag_run"]
    count, hours = len(task.asked["exceptions"]), task.asked["timeout_hours"]
    return (
        f"{run.dag_id}: {count} exceptions wait for a person {_describe_day(run)}, for {hours:g} "
        f"hours; the routine has shipped. Next: answer under Required Actions, "
        f"{conf.get('api', 'base_url', fallback='').rstrip('/')}/dags/{run.dag_id}"
        f"/runs/{quote(run.run_id)}/tasks/{task.task_id}/required_actions"
    )


def describe_failure(context: Mapping[str, Any]) -> str:
    """Return the message for a failed task: task, day, try, reason, next move."""
    task, run, error = context["ti"], context["dag_run"], context.get("exception")
    member = f" [{task.rendered_map_index or task.map_index}]" if task.map_index >= 0 else ""
    reason = f"{type(error).__name__}: {error}" if error else "no reason was given"
    return (
        f"{run.dag_id}.{task.task_id}{member} failed {_describe_day(run)} "
        f"at try {task.try_number}. {reason} {NEXT_MOVE}"
    )


async def report_late_run(minutes: int, context: Mapping[str, Any] | None = None) -> None:
    """Log that a run is not done `minutes` after it was queued. Runs in Airflow's triggerer."""
    run = (context or {}).get("dag_run", {})
    log.error(
        "%s is late: run %s is not done %s minutes after it was queued. Next: see which of its "
        "tasks is running or waiting; the warehouse pool has one slot, and an approval waits for "
        "a person.",
        run.get("dag_id", "A run"),
        run.get("dag_run_id", "unknown"),
        minutes,
    )


def _describe_day(run: Any) -> str:
    day = run.partition_key or (run.conf or {}).get("business_date")
    return f"for business date {day}" if day else f"in run {run.run_id}"
