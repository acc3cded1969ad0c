"""The processes of docker-compose.yaml, started as Compose would, carry a day into PostgreSQL."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from local_stack import LocalStack, made_up_secrets, start_stack
from pages import Pages

from regulars.engines import WarehouseUnreachable, open_warehouse
from regulars_airflow.approval_form import REJECT

pytestmark = [
    pytest.mark.compose,
    pytest.mark.timeout(2_400),
    pytest.mark.skipif(
        "REGULARS_COMPOSE_DRIVERS" not in os.environ, reason="make compose-check runs it"
    ),
]
Found = TypeVar("Found")
DAY, FIRST = "2025-10-31", "2025-10-25"
CHAIN = ("ingest_sales", "build_customer_profit", "emit_action_lists")
SAMPLE = ("--customers", "250", "--days", "60", "--last-day", DAY)
TABLES = ("fct_orders", "fct_customer_profits", "snap_customer_tiers", "fct_actions")
ROLES = """
select rolname::text as name, rolsuper or rolcreatedb or rolcreaterole as is_powerful
from pg_roles where rolname in ('airflow', 'regulars', 'regulars_etl') order by rolname
"""
OWNERS = """
select tableowner::text as owner, count(*) as tables from pg_tables
where schemaname in ('regulars', 'mart') group by tableowner
"""


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    # Not pytest's own folder: the database's user has to pass through.
    with tempfile.TemporaryDirectory(prefix="compose") as folder:
        root = Path(folder)
        root.chmod(0o755)
        variables = made_up_secrets() | {"REGULARS_DROP": str(root / "drop")}
        _drop_sample(root)
        with start_stack(root, variables, os.environ["REGULARS_COMPOSE_DRIVERS"]) as started:
            yield started
        _tell(f"stopped with { ({name: one.returncode for name, one in started.running.items()}) }")


@pytest.fixture(scope="module")
def pages(stack: LocalStack) -> Pages:
    api_server = stack.composition.services["api-server"]
    home = Path(stack.environment(api_server)["AIRFLOW_HOME"])
    passwords = home / "simple_auth_manager_passwords.json.generated"
    return Pages(stack.ports["8080"], passwords)


@pytest.fixture(scope="module")
def day_is_done(pages: Pages) -> dict[str, dict[str, str]]:
    """Have one day carried through the three DAGs; what became of each task."""
    for dag in CHAIN:
        _wait(lambda dag=dag: pages.unpause(dag), f"{dag} is known", 180)
    pages.trigger("ingest_sales", "check", {"business_date": DAY, "first_date": FIRST})
    return {
        dag: _wait(lambda dag=dag: _finished(pages, dag), f"{dag} is done", 900) for dag in CHAIN
    }


def test_every_service_is_healthy(stack: LocalStack, pages: Pages) -> None:
    for line in stack.told:
        _tell(line)
    parts = pages.ask("monitor/health")
    assert {name: part["status"] for name, part in parts.items()} == dict.fromkeys(
        ("metadatabase", "scheduler", "triggerer", "dag_processor"), "healthy"
    )


def test_init_has_made_pools_and_roles_without_power(
    stack: LocalStack, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools = {pool["name"]: pool["slots"] for pool in pages.ask("pools")["pools"]}
    assert pools["regulars_warehouse"] == 1
    assert pools["regulars_sources"] == 4
    with open_warehouse(_warehouse(stack, monkeypatch)) as warehouse:
        assert warehouse._rows(ROLES, where="roles") == [
            {"name": name, "is_powerful": False} for name in ("airflow", "regulars", "regulars_etl")
        ]


def test_a_day_runs_through_the_chain_into_the_published_tables(
    stack: LocalStack, day_is_done: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for dag, tasks in day_is_done.items():
        _tell(f"{dag}: {', '.join(f'{task} {state}' for task, state in tasks.items())}")
    with open_warehouse(_warehouse(stack, monkeypatch)) as warehouse:
        assert warehouse.dialect == "postgres"
        counts = {
            table: int(warehouse._rows(f"select count(*) as n from mart.{table}", table)[0]["n"])
            for table in (
                "fct_orders",
                "fct_customer_profits",
                "snap_customer_tiers",
                "fct_actions",
            )
        }
        owners = warehouse._rows(OWNERS, where="owners")
    _tell(f"rows in mart: {counts}")
    assert day_is_done["emit_action_lists"]["deliver_lists"] == "success"
    assert min(counts.values()) > 0
    assert [row["owner"] for row in owners] == ["regulars_etl"]
    exports = list((stack.folder / "regulars-var" / "exports" / DAY).glob("manifest.json"))
    assert len(exports) == 1


def test_the_warehouse_s_login_does_not_reach_airflow_s_metadata(
    stack: LocalStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = _warehouse(stack, monkeypatch)
    with pytest.raises(WarehouseUnreachable, match="permission denied for database"):
        open_warehouse(uri.removesuffix("/regulars") + "/airflow")


def test_what_is_asked_again_is_still_healthy(
    stack: LocalStack, day_is_done: dict[str, dict[str, str]]
) -> None:
    asked = [one for one in stack.composition.services.values() if one.health_test]
    assert {one.name: stack.ask(one) for one in asked} == {one.name: True for one in asked}


def test_a_check_of_a_service_that_died_fails(stack: LocalStack) -> None:
    """Last in the module: the triggerer is stopped, and its health check must notice."""
    assert stack.stop("triggerer") == 0
    assert not stack.ask(stack.composition.services["triggerer"])


def _drop_sample(root: Path) -> None:
    command = [sys.executable, "-m", "regulars", "sample", *SAMPLE, "--folder", str(root / "drop")]
    environment = os.environ | {"REGULARS_HOME": str(root / "sample")}
    subprocess.run(command, env=environment, check=True, capture_output=True)


def _warehouse(stack: LocalStack, patch: pytest.MonkeyPatch) -> str:
    """The URI the scheduler has, whose password is in its password file."""
    scheduler = stack.environment(stack.composition.services["scheduler"])
    patch.setenv("PGPASSFILE", scheduler["PGPASSFILE"])
    return scheduler["REGULARS_WAREHOUSE"]


def _finished(pages: Pages, dag: str) -> dict[str, str]:
    """The tasks of a DAG's run once it has ended well; nothing before. Exceptions are rejected."""
    for run in pages.runs(dag):
        tasks = pages.tasks(dag, run["dag_run_id"])
        assert "failed" not in tasks.values(), tasks
        if tasks.get("approve_exceptions") == "awaiting_input":
            pages.answer(dag, run["dag_run_id"], REJECT, "a check")
        if run["state"] == "success":
            return tasks
    return {}


def _wait(ask: Callable[[], Found], what: str, seconds: int) -> Found:
    started = time.monotonic()
    while not (found := ask()):
        assert time.monotonic() < started + seconds, f"{what}: not within {seconds} s"
        time.sleep(1)
    _tell(f"{what}: after {time.monotonic() - started:.1f} s")
    return found


def _tell(line: str) -> None:
    sys.stderr.write(f"  {line}\n")
