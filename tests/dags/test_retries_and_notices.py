from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk import RetryAction

from regulars.domain.errors import AuditFailed, BadInput, DiskFull, OutOfMemory
from regulars_airflow.defaults import RETRY_POLICY
from regulars_airflow.notifier import describe_failure


@pytest.mark.parametrize(
    ("error", "action"),
    [
        (BadInput("no number"), RetryAction.FAIL),
        (AuditFailed("does not tie"), RetryAction.FAIL),
        (DiskFull("no room"), RetryAction.FAIL),
        (OutOfMemory("no memory"), RetryAction.FAIL),
        (ConnectionError("gone"), RetryAction.RETRY),
        (ConnectionResetError("gone"), RetryAction.RETRY),
        (TimeoutError("late"), RetryAction.RETRY),
        (OSError("disk"), RetryAction.RETRY),
        (RuntimeError("anything else"), RetryAction.DEFAULT),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_lost_connections_are_tried_again_and_bad_input_is_not(
    error: Exception, action: RetryAction
) -> None:
    assert RETRY_POLICY.evaluate(error, try_number=1, max_tries=3).action is action


def failure(map_index: int = -1, **run: Any) -> dict[str, Any]:
    error = BadInput("Cell is not a number.", where="orders.csv row 3", next_move="Mend the file.")
    task = SimpleNamespace(
        task_id="ingest_source", map_index=map_index, rendered_map_index="north_till", try_number=1
    )
    given = {"dag_id": "ingest_sales", "run_id": "r1", "partition_key": None, "conf": None} | run
    return {"ti": task, "dag_run": SimpleNamespace(**given), "exception": error}


def test_a_notice_names_task_day_reason_and_next_move() -> None:
    message = describe_failure(failure(map_index=0, partition_key="2025-01-31"))
    assert message.startswith(
        "ingest_sales.ingest_source [north_till] failed for business date 2025-01-31 at try 1. "
        "BadInput: orders.csv row 3: Cell is not a number. Next: Mend the file."
    )
    assert "clear this task" in message


def test_a_notice_of_a_run_by_hand_takes_the_day_from_its_parameters() -> None:
    message = describe_failure(failure(conf={"business_date": "2025-01-30"}))
    assert "ingest_source failed for business date 2025-01-30" in message
