"""A real scheduler: a backfill over partition dates, and the chain that it wakes."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from stand_in_project import StandInProject

pytestmark = pytest.mark.airflow


@contextmanager
def local_airflow(project: StandInProject) -> Iterator[dict[str, str]]:
    """`make up` on a free port; gives the environment to talk to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = {"AIRFLOW__API__PORT": str(probe.getsockname()[1])}
    up = subprocess.Popen(
        project.command("up"),
        cwd=project.folder,
        env=project.environment | port,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert up.stdout is not None
        assert up.stdout.readline().startswith("Airflow is up: http://127.0.0.1:")
        assert up.stdout.readline().startswith("User admin, password ")
        yield port
    finally:
        up.send_signal(signal.SIGTERM)
        assert up.wait(60) == 0


def wait_until(done: Callable[[], bool], seconds: int) -> bool:
    ends = time.monotonic() + seconds
    while not done() and time.monotonic() < ends:
        time.sleep(0.5)
    return done()


@pytest.mark.timeout(420)
def test_a_backfill_works_off_each_day_and_wakes_the_chain(project: StandInProject) -> None:
    with local_airflow(project) as port:
        asked = project.launch(
            "backfill", "--first-date", "2025-01-01", "--business-date", "2025-01-02", **port
        )
        assert asked.returncode == 0, asked.stderr

        def exported() -> set[str]:
            return {call["business_date"] for call in project.calls("export_lists")}

        assert wait_until(lambda: {"2025-01-01", "2025-01-02"} <= exported(), 180)
        refused = project.launch("run", "--business-date", "2025-01-03", **port)

    first_day = [c["step"] for c in project.calls() if c["business_date"] == "2025-01-01"]
    assert first_day.index("load_sources") < first_day.index("build_staging")
    assert first_day.index("publish_marts") < first_day.index("decide_actions")
    assert refused.returncode == 1
    assert "Airflow is up on this home" in refused.stdout
