"""What every Regulars DAG has in common: owner, tags, parameters, retries, time limits, notices."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from airflow.sdk import ExceptionRetryPolicy, Param, RetryAction, RetryRule
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from regulars.domain.errors import AuditFailed, BadInput, LimitReached
from regulars_airflow.notifier import FailureNotifier, report_late_run

OWNER = "regulars"
LATE_AFTER = timedelta(hours=2)
RUN_LIMIT = timedelta(hours=4)
APPROVAL_LIMIT = timedelta(days=7)
"""The longest that the policy lets an exception wait."""
WAITING_RUNS = 16
"""Mornings whose exceptions may wait at once; the next morning's routine is not held up."""


class Tag(StrEnum):
    """The closed list of tags: a DAG may carry these and no others."""

    REGULARS = "regulars"
    DAILY = "daily"
    SALES = "sales"
    PROFIT = "profit"
    ACTIONS = "actions"
    PERSONAL_DATA = "personal-data"


RETRY_POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception=[BadInput, AuditFailed],
            action=RetryAction.FAIL,
            reason="Bad input or figures that contradict each other: trying again does not help.",
        ),
        RetryRule(
            exception=LimitReached,
            action=RetryAction.FAIL,
            reason="Memory or disk is at its end: somebody has to make room first.",
        ),
        RetryRule(exception=OSError, reason="A connection, a disk or a time-out: trying again."),
    ]
)
"""`ConnectionError` and `TimeoutError` are kinds of `OSError`; all else follows the retry count."""

TASK_DEFAULTS: dict[str, Any] = {
    "owner": OWNER,
    "retries": 3,
    "retry_delay": timedelta(minutes=1),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=15),
    "retry_policy": RETRY_POLICY,
    "execution_timeout": timedelta(hours=1),
    "on_failure_callback": FailureNotifier(),
}


def daily(*tags: Tag) -> dict[str, Any]:
    """Return the arguments of `@dag` shared by the DAGs of the daily chain."""
    return {
        "tags": [Tag.REGULARS, Tag.DAILY, *tags],
        "default_args": TASK_DEFAULTS,
        "params": day_params(),
        "max_active_runs": 1,
        "dagrun_timeout": RUN_LIMIT,
        "deadline": _late_alert(),
    }


def daily_with_approval(*tags: Tag) -> dict[str, Any]:
    """Return the same for a DAG whose runs may end by waiting for a person."""
    waiting = {"max_active_runs": WAITING_RUNS, "dagrun_timeout": RUN_LIMIT + APPROVAL_LIMIT}
    return daily(*tags) | waiting


def day_params() -> dict[str, Param]:
    """Return the parameters of a run started by hand; scheduled runs leave them empty."""
    return {
        "business_date": _day_param(
            "Business date ‖ 营业日期",
            "The day to work on. Empty: the partition key, else yesterday. "
            "‖ 要处理的营业日。留空：按分区键，否则为昨天。",
        ),
        "first_date": _day_param(
            "First date of a longer window ‖ 起始日期",
            "Empty: the business date alone. ‖ 留空：只处理营业日期当天。",
        ),
    }


def _day_param(title: str, description: str) -> Param:
    return Param(None, description, type=["null", "string"], format="date", title=title)


def _late_alert() -> DeadlineAlert:
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=LATE_AFTER,
        callback=AsyncCallback(
            report_late_run, kwargs={"minutes": int(LATE_AFTER.total_seconds() // 60)}
        ),
        name="late",
    )
