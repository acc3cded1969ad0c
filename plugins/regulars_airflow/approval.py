"""The task that waits for a named person: Airflow's own approval, told what to ask at run time."""

from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Context, XComArg
from airflow.sdk.definitions.param import ParamsDict
from airflow.sdk.exceptions import AirflowSkipException

from regulars_airflow import approval_form as form
from regulars_airflow.business_date import business_date
from regulars_airflow.notifier import ApprovalNotifier
from regulars_airflow.pools import WAREHOUSE

IN_PROCESS = "dag_test"
"""How Airflow signs a run of `dag.test()`, which waits for ever: only a scheduler has a clock."""


class ExceptionApproval(HITLOperator):
    """Ask a person about the exceptions in `asked`; gives back what was said to each of them.

    Holds no slot while it waits. When the time is over the scheduler goes on, and all exceptions
    count as timed out. Run in one process it asks nobody and is skipped: all stays withheld.
    """

    template_fields = (*HITLOperator.template_fields, "asked")

    def __init__(self, *, asked: Any, **given: Any) -> None:
        super().__init__(
            subject="Exceptions ‖ 例外", options=form.OPTIONS, defaults=form.WITHHELD,
            notifiers=ApprovalNotifier(), response_timeout=timedelta(hours=24), **given,
        )  # fmt: skip
        self.asked = asked

    def execute(self, context: Context) -> None:
        """Put the question and wait."""
        if context["dag_run"].triggering_user_name == IN_PROCESS:
            raise AirflowSkipException("Nobody can answer here: all exceptions stay withheld.")
        self.subject = form.subject_of(self.asked, business_date(context))
        self.body = form.body_of(self.asked)
        self.params = ParamsDict(form.params_of(self.asked))
        self.response_timeout = timedelta(hours=self.asked["timeout_hours"])
        self.assigned_users = [{"id": one, "name": one} for one in self.asked["assigned_users"]]
        super().execute(context)

    def execute_complete(self, context: Context, event: dict[str, Any]) -> dict[str, Any]:
        """Read the answer of the person, or that there was none."""
        if "error" in event:
            self.process_trigger_event_error(event)
        self.validate_chosen_options(event["chosen_options"])
        return form.read_answer(self.asked, event)


def approve_exceptions(asked: XComArg) -> XComArg:
    """Return the task that asks about what `asked`, a receipt of `list_exceptions`, holds."""
    return ExceptionApproval(
        task_id="approve_exceptions",
        asked=asked,
        pool=WAREHOUSE,
        doc_md="Wait for a person to decide on the exceptions; the routine has shipped already.",
    ).output
