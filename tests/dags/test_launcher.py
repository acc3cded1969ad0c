"""The launcher, the DAGs and Airflow for real; only the steps are stand-ins."""

import json
import re

import pytest
from stand_in_project import StandInProject

pytestmark = pytest.mark.airflow

ALL_STEPS = [
    "list_sources",
    "ingest_source",
    "ingest_source",
    "load_sources",
    "build_staging",
    "resolve_customers",
    "build_margins",
    "take_snapshots",
    "build_marts",
    "run_audits",
    "publish_marts",
    "decide_actions",
    "export_lists",
    "deliver_lists",
]


EXCEPTIONAL = "2031-01-02"
"""A day whose stand-in exceptions are for a person to decide on."""


def test_a_run_calls_every_step_with_the_dropped_window_and_tells_people(
    project: StandInProject,
) -> None:
    lake = project.folder / "lake.duckdb"
    known = json.dumps({"conn_type": "duckdb", "host": str(lake), "extra": {"threads": 1}})
    done = project.launch("run", AIRFLOW_CONN_REGULARS_WAREHOUSE=known)

    assert done.returncode == 0, done.stderr
    assert [call["step"] for call in project.calls()] == ALL_STEPS
    assert {(c["first_date"], c["business_date"]) for c in project.calls()} == {
        ("2025-01-30", "2025-02-02")
    }
    assert project.calls("load_sources")[0]["sources"] == ["north_till", "south_till"]
    lines = done.stdout.splitlines()
    # And one more: it looked for exceptions and found none.
    assert len([line for line in lines if re.match(r"  ok .* s$", line)]) == len(ALL_STEPS) + 1
    assert "Marts of 2025-02-02 are published." in lines
    assert done.stderr == ""
    # The connection of Airflow names the warehouse of every step but the one that needs none.
    told = (project.home / "warehouses.txt").read_text("utf-8").splitlines()
    assert told == ["", *[f"duckdb:///{lake}?threads=1"] * (len(ALL_STEPS) - 1)]


def test_bad_input_stops_the_run_and_once_it_is_mended_the_day_runs_again(
    project: StandInProject,
) -> None:
    day = ("run", "--business-date", EXCEPTIONAL)

    stopped = project.launch(*day, STAND_IN_BAD_INPUT="ingest_source")
    assert stopped.returncode == 1
    assert "orders.csv row 3: Cell is not a number. Next: Mend it." in stopped.stdout
    assert [call["step"] for call in project.calls()] == ALL_STEPS[:3]

    mended = project.launch(*day)
    assert mended.returncode == 0
    assert [call["step"] for call in project.calls()] == ALL_STEPS[:3] + ALL_STEPS
    # The day has exceptions, and nobody to ask in a process without a scheduler.
    assert re.search(r"  skipped +emit_action_lists\.approve_exceptions ", mended.stdout)
    assert "2 exceptions are open" in mended.stdout


def test_the_environment_is_printed_for_the_shell(project: StandInProject) -> None:
    done = project.launch("env", AIRFLOW_HOME="/somewhere/else")
    assert f"export AIRFLOW_HOME={project.home}/airflow\n" in done.stdout
    assert f"export AIRFLOW__CORE__DAGS_FOLDER={project.folder}/dags\n" in done.stdout
