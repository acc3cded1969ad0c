"""What every DAG of this project promises to those who run it."""

import ast
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG

from regulars.policy.approval_section import MAX_HOURS
from regulars.steps.chain import STEPS
from regulars_airflow.defaults import APPROVAL_LIMIT, OWNER, RETRY_POLICY, RUN_LIMIT, Tag
from regulars_airflow.metadata import CHAIN
from regulars_airflow.notifier import FailureNotifier
from regulars_airflow.pools import POOLS, SOURCES, WAREHOUSE

DAGS_FOLDER = Path(__file__).resolve().parents[2] / "dags"
FILES = sorted(DAGS_FOLDER.glob("*.py"))
APPROVING = ["list_exceptions", "approve_exceptions", "record_decisions", "export_approved",
             "deliver_approved"]  # fmt: skip
"""What follows the routine; the command line has `exceptions approve` in its place."""
LIGHT_IMPORTS = {"airflow.sdk", "regulars_airflow", "typing", "collections.abc", "datetime"}


@pytest.fixture(scope="module")
def bag() -> DagBag:
    return DagBag(DAGS_FOLDER)


@pytest.fixture(scope="module", params=[file.stem for file in FILES])
def dag(request: pytest.FixtureRequest, bag: DagBag) -> DAG:
    return bag.dags[request.param]


def test_all_dag_files_import_without_errors(bag: DagBag) -> None:
    assert bag.import_errors == {}


def test_the_chain_of_the_launcher_is_the_daily_dags(bag: DagBag) -> None:
    daily = {dag_id for dag_id, dag in bag.dags.items() if Tag.DAILY in dag.tags}
    assert set(CHAIN) == daily


def test_the_dags_take_the_steps_in_the_order_of_the_command_line(bag: DagBag) -> None:
    tasks = [
        task.task_id
        for dag_id in CHAIN
        for task in bag.dags[dag_id].topological_sort()
        if task.task_id not in APPROVING
    ]
    ingest = ["list_sources", "ingest_source", "load_sources"]
    assert tasks == ingest + [step.__name__ for step in STEPS]


def test_tags_come_from_the_closed_list(dag: DAG) -> None:
    assert dag.tags <= set(Tag)
    assert Tag.REGULARS in dag.tags


def test_the_doc_says_when_it_runs_and_what_to_do_when_red(dag: DAG) -> None:
    assert "**When**" in (dag.doc_md or "")
    assert "**When red**" in (dag.doc_md or "")


def test_one_run_at_a_time_with_a_limit_and_an_alert(dag: DAG) -> None:
    waits = "approve_exceptions" in dag.task_dict
    assert dag.max_active_runs == (16 if waits else 1)
    assert dag.catchup is False
    assert dag.dagrun_timeout == RUN_LIMIT + (APPROVAL_LIMIT if waits else timedelta(0))
    assert [alert.interval < RUN_LIMIT for alert in dag.deadline] == [True]


def test_a_run_lives_longer_than_the_policy_may_let_an_exception_wait() -> None:
    assert timedelta(hours=MAX_HOURS) <= APPROVAL_LIMIT


def test_the_routine_ships_before_anybody_is_asked(bag: DagBag) -> None:
    tasks = bag.dags["emit_action_lists"].task_dict
    assert "export_lists" in tasks["approve_exceptions"].get_flat_relative_ids(upstream=True)
    assert not tasks["export_lists"].get_flat_relative_ids(upstream=True) & set(APPROVING)


def test_every_task_has_owner_doc_retries_limits_and_a_pool(dag: DAG) -> None:
    for task in dag.tasks:
        assert task.owner == OWNER
        # Airflow shows a function's docstring as the task's doc, except for mapped tasks.
        assert task.is_mapped or task.doc_md, task.task_id
        assert task.retries == 3
        assert task.retry_exponential_backoff == 2.0
        assert task.retry_policy is RETRY_POLICY
        assert task.execution_timeout == timedelta(hours=1)
        assert FailureNotifier in {type(notice) for notice in _as_list(task.on_failure_callback)}
        assert task.pool in POOLS


def test_only_what_speaks_to_other_places_stays_out_of_the_warehouse_pool(bag: DagBag) -> None:
    outside = {
        task.task_id for dag in bag.dags.values() for task in dag.tasks if task.pool != WAREHOUSE
    }
    assert outside == {"list_sources", "ingest_source", "deliver_lists", "deliver_approved"}
    assert POOLS[WAREHOUSE][0] == 1
    assert POOLS[SOURCES][0] > 1


def test_what_finishes_a_dag_and_nothing_else_announces_its_asset(bag: DagBag) -> None:
    announced = {
        dag_id: {
            task.task_id: [asset.name for asset in task.outlets]
            for task in dag.tasks
            if task.outlets
        }
        for dag_id, dag in bag.dags.items()
    }
    assert announced == {
        "ingest_sales": {"load_sources": ["regulars_landed_sales"]},
        "build_customer_profit": {"publish_marts": ["regulars_customer_profit"]},
        "emit_action_lists": {
            "export_lists": ["regulars_action_lists"],
            "export_approved": ["regulars_action_lists"],
        },
    }


@pytest.mark.parametrize("name", ["business_date", "first_date"])
def test_days_are_optional_dates_with_titles_in_both_languages(dag: DAG, name: str) -> None:
    param = dag.params.get_param(name)
    english, chinese = param.schema["title"].split(" ‖ ")
    assert english.isascii()
    assert not chinese.isascii()
    assert param.resolve() is None
    assert param.resolve("2025-01-31") == "2025-01-31"
    with pytest.raises(ValueError, match="is not a 'date'"):
        param.resolve("31.01.2025")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_dag_file_is_short_and_holds_the_dag_of_its_name(file: Path, bag: DagBag) -> None:
    assert len(file.read_text().splitlines()) <= 60
    assert Path(bag.dags[file.stem].fileloc) == file


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_heavy_libraries_wait_until_a_task_runs(file: Path) -> None:
    for module in _top_level_imports(ast.parse(file.read_text())):
        assert module in LIGHT_IMPORTS or module.split(".")[0] in LIGHT_IMPORTS, module


def _top_level_imports(tree: ast.Module) -> list[str]:
    names: list[Any] = []
    for node in tree.body:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            names.append(node.module)
    return names


def _as_list(callbacks: Any) -> list[Any]:
    return list(callbacks) if isinstance(callbacks, Sequence) else [callbacks]
