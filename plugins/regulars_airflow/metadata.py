"""What the launcher has to know of and to set in the metadata database of the local Airflow."""

from airflow.jobs.job import most_recent_job
from airflow.models.dag import DagModel
from airflow.utils.db import initdb
from airflow.utils.session import create_session
from sqlalchemy import update

from regulars_airflow.pools import create_pools

CHAIN = ("ingest_sales", "build_customer_profit", "emit_action_lists")
"""The daily chain in its order."""


def prepare_metadata() -> None:
    """Create or migrate the database and the pools; takes 0.2 s when all is there."""
    initdb()
    create_pools()


def is_scheduler_alive() -> bool:
    """Say whether a scheduler works on this database at the moment."""
    job = most_recent_job("SchedulerJob")
    return job is not None and job.is_alive()


def set_chain_paused(paused: bool) -> None:
    """Pause or unpause the DAGs of the chain, as far as the database knows them already."""
    with create_session() as session:
        session.execute(update(DagModel).where(DagModel.dag_id.in_(CHAIN)).values(is_paused=paused))
