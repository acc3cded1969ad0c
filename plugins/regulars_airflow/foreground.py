"""Run the daily chain in this process, through the real DAGs, while somebody watches."""

from pathlib import Path
from typing import Any, TextIO

from airflow.dag_processing.dagbag import DagBag
from airflow.models.dagrun import DagRun
from airflow.models.xcom import XComModel
from airflow.sdk import DAG
from airflow.sdk.listener import get_listener_manager
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState

from regulars_airflow.metadata import CHAIN, is_scheduler_alive, prepare_metadata, set_chain_paused
from regulars_airflow.progress import Progress


def run_chain(dags_folder: Path, conf: dict[str, Any], people: TextIO) -> bool:
    """Run the DAGs one after the other and print their summaries; say whether all went well.

    Stops at the first DAG that fails. Refuses to start beside a live scheduler on the same home,
    because both would want the one slot of the warehouse.
    """
    prepare_metadata()
    if is_scheduler_alive():
        people.write("Airflow is up on this home (make up): trigger the run there, or stop it.\n")
        return False
    bag = DagBag(dags_folder)
    if bag.import_errors:
        people.writelines(f"{file}\n{error}\n" for file, error in bag.import_errors.items())
        return False
    # This run drives the chain itself: its events must not start the DAGs again at `make up`.
    set_chain_paused(True)
    get_listener_manager().add_listener(Progress(people))  # type: ignore[no-untyped-call]
    return all(_run_dag(bag.dags[dag_id], conf, people) for dag_id in CHAIN)


def _run_dag(dag: DAG, conf: dict[str, Any], people: TextIO) -> bool:
    people.write(f"{dag.dag_id}\n")
    # Somebody is watching: no alert is needed (Airflow 3.3's dag.test() also fails on one), and it
    # is better to fail at once than to wait minutes for another try.
    dag.deadline = []
    for task in dag.tasks:
        task.retries = 0
    run = dag.test(run_conf=conf)
    people.writelines(f"{summary.rstrip()}\n" for summary in _read_summaries(run))
    return bool(run.state == DagRunState.SUCCESS)


def _read_summaries(run: DagRun) -> list[str]:
    """Return the texts that tasks of the run gave back under `summary`, for people to read."""
    query = XComModel.get_many(run_id=run.run_id, key="return_value", dag_ids=run.dag_id)
    with create_session() as session:
        receipts = [XComModel.deserialize_value(row) for row in session.scalars(query)]
    return [
        str(receipt["summary"])
        for receipt in receipts
        if isinstance(receipt, dict) and receipt.get("summary")
    ]
