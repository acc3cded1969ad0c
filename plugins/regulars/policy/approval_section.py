"""Who decides on exceptions, and until when."""

from typing import Annotated

from pydantic import Field

from regulars.policy.sections import Section

MAX_HOURS = 168
"""A week: after that the list of the day is of no use to anybody."""
UserId = Annotated[str, Field(pattern=r"^\S{1,128}$")]


class ApprovalPolicy(Section):
    """An exception waits `timeout_hours` for a person; then its rows stay withheld.

    `assigned_users` are ids of Airflow users; where there are none, whoever may answer for the DAG.
    """

    timeout_hours: Annotated[float, Field(gt=0, le=MAX_HOURS)] = 24
    assigned_users: tuple[UserId, ...] = ()
