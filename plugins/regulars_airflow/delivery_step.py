"""The task that sends the day's files: it needs connections, and no slot of the warehouse."""

from typing import Any

from airflow.sdk import XComArg, task

from regulars_airflow.business_date import read_days
from regulars_airflow.pools import SOURCES
from regulars_airflow.warehouse_connection import airflow_warehouse


def delivery_step(doc: str, *, name: str = "deliver_lists") -> XComArg:
    """Return the delivering task of this name; `doc` is one line for those who look at it."""

    def run_step() -> dict[str, Any]:
        from regulars.steps import emit_action_lists as steps
        from regulars_airflow.places import AirflowPlaces

        with airflow_warehouse():
            return steps.deliver_lists(**read_days(), places=AirflowPlaces())

    make_task = task(task_id=name, pool=SOURCES, doc_md=doc, multiple_outputs=False)
    return make_task(run_step)()
