"""`make up` on a free port, and its REST API as people use it."""

import json
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

from stand_in_project import StandInProject

PEOPLE = {"AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin,visitor:op"}
PATIENCE = {"AIRFLOW__SCHEDULER__TRIGGER_TIMEOUT_CHECK_INTERVAL": "1"}
ALREADY = 409
APPROVAL = "taskInstances/approve_exceptions"


@dataclass(frozen=True)
class LiveAirflow:
    """A running Airflow of a stand-in project, its port and the passwords of its people."""

    project: StandInProject
    port: dict[str, str]
    passwords: dict[str, str]

    def ask(self, path: str, body: Any = None, method: str = "", user: str = "admin") -> Any:
        """Call the API as a user; returns the answer, or the status code of a refusal."""
        try:
            return self._call(f"api/v2/{path}", body, method, self._token(user))
        except HTTPError as refusal:
            return refusal.code

    def emit(self, day: str) -> str:
        """Start `emit_action_lists` for a day by hand; returns the run's place in the API."""
        asked = {"dag_run_id": day, "logical_date": None, "conf": {"business_date": day}}
        place = "dags/emit_action_lists/dagRuns"
        # Two starts at the same moment may be refused by the small database underneath.
        assert wait_until(lambda: self.ask(place, asked) == ALREADY or self.knows(day, place), 60)
        return f"{place}/{quote(day)}"

    def knows(self, day: str, place: str) -> bool:
        """Whether there is a run of this name."""
        return isinstance(self.ask(f"{place}/{quote(day)}"), dict)

    def answer(self, run: str, option: str, why: str, user: str = "admin") -> Any:
        """Say something to the exceptions of a run, as its page does."""
        body = {"chosen_options": [option], "params_input": {"why": why}}
        return self.ask(f"{run}/{APPROVAL}/-1/hitlDetails", body, "PATCH", user)

    def is_waiting(self, run: str) -> bool:
        found = self.ask(f"{run}/{APPROVAL}")
        return isinstance(found, dict) and found["state"] == "awaiting_input"

    def state(self, run: str) -> str:
        found = self.ask(run)
        return str(found["state"]) if isinstance(found, dict) else ""

    def _token(self, user: str) -> str:
        known = {"username": user, "password": self.passwords[user]}
        return str(self._call("auth/token", known)["access_token"])

    def _call(self, path: str, body: Any = None, method: str = "", token: str = "") -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port['AIRFLOW__API__PORT']}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
            method=method or None,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@contextmanager
def start_airflow(project: StandInProject) -> Iterator[LiveAirflow]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = {"AIRFLOW__API__PORT": str(probe.getsockname()[1])}
    up = subprocess.Popen(
        project.command("up"),
        cwd=project.folder,
        env=project.environment | port | PEOPLE | PATIENCE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert up.stdout is not None
        assert up.stdout.readline().startswith("Airflow is up: http://127.0.0.1:")
        told = [up.stdout.readline().split() for _ in range(2)]
        yield LiveAirflow(project, port, {line[1].strip(","): line[3] for line in told})
    finally:
        up.send_signal(signal.SIGTERM)
        assert up.wait(60) == 0


def wait_until(done: Callable[[], bool], seconds: int) -> bool:
    ends = time.monotonic() + seconds
    while not done() and time.monotonic() < ends:
        time.sleep(0.5)
    return done()
