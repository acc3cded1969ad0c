"""A real scheduler: a backfill over partition dates wakes the chain; people approve, or do not."""

from collections.abc import Iterator

import pytest
from live_airflow import LiveAirflow, start_airflow, wait_until
from stand_in_project import StandInProject

from regulars.engines import open_warehouse
from regulars_airflow.approval_form import APPROVE, REJECT

pytestmark = pytest.mark.airflow


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveAirflow]:
    """One Airflow for all stories of this module: each has days of its own."""
    with start_airflow(StandInProject.make(tmp_path_factory.mktemp("live"))) as started:
        yield started


def delivered(airflow: LiveAirflow, day: str) -> int:
    return [call["business_date"] for call in airflow.project.calls("deliver_lists")].count(day)


def exported(airflow: LiveAirflow, day: str) -> list[list[str]]:
    """Who left the house on the exports of a day, in order."""
    calls = airflow.project.calls("export_lists")
    return [call.get("shipped", []) for call in calls if call["business_date"] == day]


@pytest.mark.timeout(420)
def test_a_backfill_works_off_each_day_and_wakes_the_chain(airflow: LiveAirflow) -> None:
    project, days = airflow.project, ["2025-01-01", "2025-01-02"]
    asked = project.launch(
        "backfill", "--first-date", days[0], "--business-date", days[1], **airflow.port
    )
    assert asked.returncode == 0, asked.stderr

    assert wait_until(lambda: all(exported(airflow, day) for day in days), 180)
    refused = project.launch("run", "--business-date", "2025-01-03", **airflow.port)

    first_day = [c["step"] for c in project.calls() if c["business_date"] == days[0]]
    assert first_day.index("load_sources") < first_day.index("build_staging")
    assert first_day.index("publish_marts") < first_day.index("decide_actions")
    assert refused.returncode == 1
    assert "Airflow is up on this home" in refused.stdout


@pytest.mark.timeout(420)
def test_the_routine_ships_at_once_and_the_exception_when_a_person_approves(
    airflow: LiveAirflow,
) -> None:
    days = approved, rejected, late = "2031-01-01", "2031-01-02", "2031-01-03"
    runs = {day: airflow.emit(day) for day in days}
    waiting = (runs[approved], runs[rejected])
    assert wait_until(lambda: all(airflow.is_waiting(run) for run in waiting), 180)
    # Two mornings wait at once, and the routine of all three has left.
    assert wait_until(lambda: all(exported(airflow, day) for day in days), 60)
    assert [exported(airflow, day)[0] for day in days] == [["c_routine"]] * 3

    assert airflow.answer(runs[approved], APPROVE, "not mine", user="visitor") == 403
    assert airflow.answer(runs[approved], APPROVE, "a wedding, call 13800138000")["responded_at"]
    assert airflow.answer(runs[rejected], REJECT, "too dear")["responded_at"]
    assert wait_until(lambda: {airflow.state(run) for run in runs.values()} == {"success"}, 180)

    assert exported(airflow, approved) == [["c_routine"], ["c_held", "c_routine"]]
    assert exported(airflow, rejected) == exported(airflow, late) == [["c_routine"]]
    assert [delivered(airflow, day) for day in days] == [2, 1, 1]
    assert decisions(airflow) == [
        (approved, "approved", "admin", "a wedding, call …", 2),
        (rejected, "rejected", "admin", "too dear", 2),
        (late, "timed_out", "deadline", "nobody answered in time", 2),
    ]


def decisions(airflow: LiveAirflow) -> list[tuple[str, str, str, str, int]]:
    """What is kept: of which day, what, by whom, why, and about how many exceptions."""
    with open_warehouse(f"duckdb:///{airflow.project.home / 'warehouse.duckdb'}") as warehouse:
        rows = warehouse.query(
            "select substring(exception_key, 1, 10) as day, decision, decided_by, why,"
            " count(decided_at) as exceptions from ops_exception_decisions"
            " where policy_version = 'p1' and evidence_hash = 'e1'"
            " group by day, decision, decided_by, why order by day"
        )
    return [tuple(row.values()) for row in rows.to_pylist()]
