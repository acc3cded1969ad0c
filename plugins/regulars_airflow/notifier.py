"""Notices for people: what failed or is late, for which day, and the next move."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from airflow.sdk import BaseNotifier, Context
from airflow.sdk.configuration import conf

from regulars_airflow.business_date import business_date

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
    """Tell people, once, when exceptions begin to wait for one of them."""

    def notify(self, context: Context) -> None:
        """Log that they wait and send the notices of the policy: how many, never about whom."""
        from regulars.steps.telling import tell_waiting
        from regulars_airflow.places import AirflowPlaces

        task: Any = context["task"]
        log.warning(describe_wait(context))
        place = place_of_answer(context)
        for name in tell_waiting(business_date(context), task.asked, AirflowPlaces(), place):
            log.error("Notice %s did not go out. Next: look at its connection.", name)


def describe_wait(context: Mapping[str, Any]) -> str:
    """Return the message for exceptions that wait: how many, for which day, how long, where."""
    asked, run = context["task"].asked, context["dag_run"]
    return (
        f"{run.dag_id}: {len(asked['exceptions'])} exceptions wait for a person "
        f"{_describe_day(run)}, for {asked['timeout_hours']:g} hours; the routine has shipped. "
        f"Next: answer under Required Actions, {place_of_answer(context)}"
    )


def place_of_answer(context: Mapping[str, Any]) -> str:
    """Return the address of the page on which the exceptions of a run are answered."""
    run, site = context["dag_run"], conf.get("api", "base_url", fallback="").rstrip("/")
    page = f"tasks/{context['task'].task_id}/required_actions"
    return f"{site}/dags/{run.dag_id}/runs/{quote(run.run_id)}/{page}"


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
