"""What the approver reads and may say, and what the answer means for each exception."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from regulars_airflow import approval_form as form
from regulars_airflow.approval import ExceptionApproval
from regulars_airflow.notifier import describe_wait

NINE = datetime(2025, 1, 31, 9, 0, tzinfo=UTC)
BOSS = {"id": "boss", "name": "The boss"}


def asked(*codes: str, hours: float = 24) -> dict[str, Any]:
    exceptions = [
        {"exception_key": f"k{n}", "evidence_hash": f"e{n}", "policy_version": "p",
         "code": code, "text": f"{code}: c_{n} 30 (20)"}
        for n, code in enumerate(codes, 1)
    ]  # fmt: skip
    return {"exceptions": exceptions, "withheld": 7, "timeout_hours": hours, "assigned_users": []}


def answer(option: str, person: dict[str, str] | None = BOSS, **fields: str) -> dict[str, Any]:
    return {
        "chosen_options": [option], "params_input": fields, "responded_at": NINE,
        "responded_by_user": person, "timedout": person is None,
    }  # fmt: skip


def verdicts(question: dict[str, Any], event: dict[str, Any]) -> list[str]:
    return [one["verdict"] for one in form.read_answer(question, event)["decisions"]]


def test_all_may_be_approved_or_rejected_at_once() -> None:
    assert verdicts(asked("a", "b"), answer(form.APPROVE)) == ["approved"] * 2
    assert verdicts(asked("a", "b"), answer(form.REJECT)) == ["rejected"] * 2


def test_each_exception_may_be_judged_by_itself_and_a_field_left_out_rejects() -> None:
    event = answer(form.AS_CHOSEN, exception_2=form.CHOICE_APPROVE)
    assert verdicts(asked("a", "b"), event) == ["rejected", "approved"]


def test_fields_count_only_where_the_approver_says_as_chosen() -> None:
    event = answer(form.REJECT, exception_1=form.CHOICE_APPROVE)
    assert verdicts(asked("a"), event) == ["rejected"]


def test_an_answer_keeps_who_when_why_and_on_what_evidence() -> None:
    said = form.read_answer(asked("a"), answer(form.APPROVE, why="a wedding"))
    assert (said["who"], said["when"]) == ("boss", "2025-01-31T09:00:00+00:00")
    assert said["why"] == "a wedding"
    assert said["decisions"][0]["evidence_hash"] == "e1"


def test_when_the_time_is_over_nothing_is_approved_whatever_the_scheduler_filled_in() -> None:
    late = answer(form.WITHHELD[0], None, exception_1=form.CHOICE_APPROVE)
    said = form.read_answer(asked("a"), late)
    assert said["who"] == "deadline"
    assert [one["verdict"] for one in said["decisions"]] == ["timed_out"]


def test_up_to_twenty_exceptions_have_a_choice_each_and_more_have_one_by_kind() -> None:
    assert len(form.params_of(asked(*["a"] * 20))) == 1 + 20
    many = asked(*["a"] * 20, "b")
    assert [*form.params_of(many)] == ["why", "exception_1", "exception_2"]
    assert verdicts(many, answer(form.AS_CHOSEN, exception_2=form.CHOICE_APPROVE)) == (
        ["rejected"] * 20 + ["approved"]
    )


def test_the_form_asks_why_and_refuses_an_essay() -> None:
    why = form.params_of(asked("a"))["why"]
    assert why.resolve("a wedding") == "a wedding"
    for refused, reason in (("", "non-empty"), ("x" * 201, "too long")):
        with pytest.raises(ValueError, match=reason):
            why.resolve(refused)


def test_what_is_read_tells_counts_numbers_and_the_deadline_in_both_languages() -> None:
    question = asked("list_size", hours=0.5)
    body = form.body_of(question)
    assert form.subject_of(question, "2025-01-30").startswith("1 exceptions of 2025-01-30")
    for told in ("7 rows are withheld", "7 行被扣留", "0.5 hours", "1. list_size: c_1 30 (20)"):
        assert told in body


def test_the_notice_says_how_many_wait_and_where_but_never_about_whom() -> None:
    task = ExceptionApproval(task_id="approve_exceptions", asked=asked("a", "b"))
    run = SimpleNamespace(dag_id="emit_action_lists", run_id="r1", partition_key="2025-01-30")
    said = describe_wait({"task": task, "dag_run": run})
    assert "2 exceptions wait for a person for business date 2025-01-30, for 24 hours" in said
    assert "/dags/emit_action_lists/runs/r1/tasks/approve_exceptions/required_actions" in said
    assert "c_1" not in said
