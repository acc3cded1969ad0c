"""A task that hands the run's days to one step function: most tasks of the chain are just that."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from airflow.sdk import Asset, XComArg, task

from regulars_airflow.assets import announce
from regulars_airflow.business_date import read_days
from regulars_airflow.pools import WAREHOUSE


def day_step(path: str, doc: str, *, outlets: Sequence[Asset] = ()) -> XComArg:
    """Return the task for the step at `path`, `module.function` under `regulars.steps`.

    The step is called with `business_date` and `first_date`, in the warehouse pool, and gives back
    its receipt. `doc` is one line for the people who look at the task. The assets in `outlets` are
    announced for the business date when the step has ended well.
    """
    module, function = path.split(".")

    def run_step() -> dict[str, Any]:
        # Steps pull in the heavy libraries: they wait until the task runs.
        receipt: dict[str, Any] = getattr(import_module(f"regulars.steps.{module}"), function)(
            **read_days()
        )
        for asset in outlets:
            announce(asset)
        return receipt

    make_task = task(
        task_id=function,
        pool=WAREHOUSE,
        outlets=list(outlets),
        doc_md=doc,
        # A receipt is one thing, not one result per key.
        multiple_outputs=False,
    )
    return make_task(run_step)()
