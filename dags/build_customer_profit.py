"""Turn loaded sales into people, and into the true profit, tier and segment of every customer.

**When** — as soon as `ingest_sales` has loaded a business date (asset `regulars_landed_sales`).
By hand: "Trigger" with `business_date`, and `first_date` for a longer window.

**When red**
- `run_audits`: figures contradict each other; what was published before still stands. The message
  names the audit and the rows. Mend the input or the model, then clear from `build_staging`.
- Any other task writes its days as a whole: mend the cause and clear the task, it starts afresh.
"""

from airflow.sdk import PartitionedAssetTimetable, chain, dag

from regulars_airflow.assets import CUSTOMER_PROFIT, LANDED_SALES
from regulars_airflow.day_step import day_step
from regulars_airflow.defaults import Tag, daily


@dag(
    schedule=PartitionedAssetTimetable(assets=LANDED_SALES),
    doc_md=__doc__,
    **daily(Tag.PROFIT),
)
def build_customer_profit() -> None:
    """Build layer upon layer; publish only what the audits let through."""
    chain(
        day_step(
            "build_customer_profit.build_staging",
            "Rename, cast and normalise the raw tables.",
        ),
        day_step(
            "build_customer_profit.resolve_customers",
            "Find out who is who; plan which days to build.",
        ),
        day_step(
            "build_customer_profit.build_margins",
            "Cost every order line and roll it up to orders and customer-days.",
        ),
        day_step(
            "build_customer_profit.take_snapshots",
            "Keep the day's scores, tiers and segments.",
        ),
        day_step(
            "build_customer_profit.build_marts",
            "Build the dimensions, facts and boards that people read.",
        ),
        day_step(
            "build_customer_profit.run_audits",
            "Let nothing out that does not tie; fail with the rows that do not.",
        ),
        day_step(
            "build_customer_profit.publish_marts",
            "Copy the marts to Parquet for their readers.",
            outlets=[CUSTOMER_PROFIT],
        ),
    )


build_customer_profit()
