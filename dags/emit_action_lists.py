"""Decide today's action for every customer and write the lists that marketing imports.

**When** — as soon as `build_customer_profit` has published a business date
(asset `regulars_customer_profit`). By hand: "Trigger" with `business_date`.

**When red**
- `decide_actions`: nothing has left the house. Mend the policy file that the message names,
  then clear the task.
- `export_lists`: `manifest.json` is written last; a folder without it is not to be imported.
  Mend what the audit names, then clear the task: the folder is written afresh.
- `deliver_lists`: the export stands. Mend the place that is named, clear the task: it goes on.
"""

from airflow.sdk import PartitionedAssetTimetable, chain, dag

from regulars_airflow.assets import ACTION_LISTS, CUSTOMER_PROFIT
from regulars_airflow.day_step import day_step
from regulars_airflow.defaults import Tag, daily
from regulars_airflow.delivery_step import delivery_step


@dag(
    schedule=PartitionedAssetTimetable(assets=CUSTOMER_PROFIT),
    doc_md=__doc__,
    **daily(Tag.ACTIONS, Tag.PERSONAL_DATA),
)
def emit_action_lists() -> None:
    """Decide, then export. The approval of exceptions has its place between the two."""
    chain(
        day_step(
            "emit_action_lists.decide_actions",
            "Choose at most one action per customer, within budgets and guardrails.",
        ),
        day_step(
            "emit_action_lists.export_lists",
            "Write the lists of the day, the manifest last, and the report.",
            outlets=[ACTION_LISTS],
        ),
        delivery_step("Send what was released to where the policy says, each once."),
    )


emit_action_lists()
