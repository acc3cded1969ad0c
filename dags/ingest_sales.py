"""Bring a day's sales in: every source is read, checked and landed; then all are loaded.

**When** — daily at 05:30 (`REGULARS_TIME_ZONE`, else Shanghai), for the business date before.
By hand: "Trigger" with `business_date`. Missed days: `make backfill FROM=2025-01-01 TO=2025-01-03`.

**When red**
- `ingest_source`, *BadInput*: the message names file, row and reason. Have the source mend the
  file, drop it again, clear the task. A lost connection: it goes on where it was, clear it later.
- `load_sources`: days are replaced as a whole, nothing was half-loaded. Clear the task.
"""

from typing import Any

from airflow.sdk import dag, task

from regulars_airflow.assets import LANDED_SALES, announce
from regulars_airflow.business_date import read_days
from regulars_airflow.clock import every_morning
from regulars_airflow.defaults import Tag, daily
from regulars_airflow.pools import SOURCES, WAREHOUSE
from regulars_airflow.warehouse_connection import airflow_warehouse


@task(pool=SOURCES)
def list_sources() -> list[str]:
    """Name the sources that the policy in force on the day expects."""
    from regulars.steps import ingest_sales as steps

    return steps.list_sources(**read_days())


@task(pool=SOURCES, multiple_outputs=False, map_index_template="{{ task.op_kwargs['source'] }}")
def ingest_source(source: str) -> dict[str, Any]:
    """Extract, validate and land one source as Parquet; return the receipt."""
    from regulars.steps import ingest_sales as steps
    from regulars_airflow.places import AirflowPlaces

    with airflow_warehouse():
        return steps.ingest_source(source=source, places=AirflowPlaces(), **read_days())


@task(pool=WAREHOUSE, multiple_outputs=False, outlets=[LANDED_SALES])
def load_sources(receipts: list[dict[str, Any]]) -> dict[str, Any]:
    """Load what was landed into the raw tables, all sources in one go."""
    from regulars.steps import ingest_sales as steps

    with airflow_warehouse():
        receipt = steps.load_sources(receipts=list(receipts), **read_days())
    announce(LANDED_SALES)
    return receipt


@dag(schedule=every_morning(), doc_md=__doc__, **daily(Tag.SALES, Tag.PERSONAL_DATA))
def ingest_sales() -> None:
    """Land each source by itself, then load them together."""
    load_sources(ingest_source.expand(source=list_sources()))


ingest_sales()
