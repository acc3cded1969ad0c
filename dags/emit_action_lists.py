"""Decide today's action for every customer; write and deliver the lists that marketing imports.

**When** — as soon as `build_customer_profit` has published a business date
(asset `regulars_customer_profit`). By hand: "Trigger" with `business_date`.

**When `approve_exceptions` waits** — the routine has left already; what is not routine waits for
a person. Open *Required Actions*, read what each exception is, approve or reject, say why: approved
rows follow at once. No answer in time: they stay withheld and the run ends well. Clear
`list_exceptions` to be asked again. 等待审批：打开 Required Actions，逐项批准或驳回并写明理由。

**When red**
- `decide_actions`: nothing has left the house. Mend the policy file that the message names,
  then clear the task.
- `export_…`: `manifest.json` is written last; a folder without it is not to be imported.
  Mend what the audit names, then clear the task: the folder is written afresh.
- `deliver_…`: the export stands. Mend the place that is named, clear the task: it goes on.
"""

from airflow.sdk import PartitionedAssetTimetable, chain, dag

from regulars_airflow.approval import approve_exceptions
from regulars_airflow.assets import ACTION_LISTS, CUSTOMER_PROFIT
from regulars_airflow.day_step import day_step
from regulars_airflow.defaults import Tag, daily_with_approval
from regulars_airflow.delivery_step import delivery_step

EXPORT = "emit_action_lists.export_lists"


@dag(
    schedule=PartitionedAssetTimetable(assets=CUSTOMER_PROFIT),
    doc_md=__doc__,
    **daily_with_approval(Tag.ACTIONS, Tag.PERSONAL_DATA),
)
def emit_action_lists() -> None:
    """Decide and ship the routine; let a person decide on the rest; ship what was approved."""
    decided = day_step("emit_action_lists.decide_actions", "Choose one action per customer.")
    exported = day_step(EXPORT, "Write the lists of the day, then report.", outlets=[ACTION_LISTS])
    chain(decided, exported, delivery_step("Send the lists where the policy says, each once."))

    asked = day_step("exceptions.list_exceptions", "Find what waits for a person.", is_gate=True)
    answer = approve_exceptions(asked)
    kept = day_step(
        "exceptions.record_decisions", "Keep who decided what.", is_gate=True, answer=answer
    )
    approved = day_step(
        EXPORT, "Export again, now with the approved rows.", name="export_approved",
        outlets=[ACTION_LISTS],
    )  # fmt: skip
    chain(exported, asked, answer, kept, approved)
    chain(approved, delivery_step("Send what was approved.", name="deliver_approved"))


emit_action_lists()
