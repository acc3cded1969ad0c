"""A task that hands the run's days to one step function: most tasks of the chain are just that."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from airflow.sdk import Asset, XComArg, task

from regulars_airflow.assets import announce
from regulars_airflow.business_date import read_days
from regulars_airflow.pools import WAREHOUSE
from regulars_airflow.warehouse_connection import airflow_warehouse


def day_step(
    path: str,
    doc: str,
    *,
    name: str = "",
    outlets: Sequence[Asset] = (),
    is_gate: bool = False,
    **inputs: XComArg,
) -> XComArg:
    """Return the task for the step at `path`, `module.function` under `regulars.steps`.

    The step is called with `business_date` and `first_date` and the receipts in `inputs`, in the
    warehouse pool, and gives back its receipt. `doc` is one line for the people who look at the
    task, whose name is the function's unless a step is taken twice. The assets in `outlets` are
    announced for the business date when the step has ended well. All after a gate are skipped
    when its receipt is empty.
    """
    module, function = path.split(".")

    def run_step(receipts: dict[str, Any]) -> dict[str, Any]:
        # Steps pull in the heavy libraries: they wait until the task runs.
        step = getattr(import_module(f"regulars.steps.{module}"), function)
        with airflow_warehouse():
            receipt: dict[str, Any] = step(**read_days(), **receipts)
        for asset in outlets:
            announce(asset)
        return receipt

    make_task = (task.short_circuit if is_gate else task)(
        task_id=name or function,
        pool=WAREHOUSE,
        outlets=list(outlets),
        doc_md=doc,
        # A receipt is one thing, not one result per key.
        multiple_outputs=False,
    )
    return make_task(run_step)(inputs)
