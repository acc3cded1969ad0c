"""Airflow's REST API, as a person with a password uses it."""

import json
import urllib.request
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote


@dataclass(frozen=True)
class Pages:
    """The pages of the api-server at a port; `passwords` is the file it made."""

    port: str
    passwords: Path

    def ask(self, path: str, body: Any = None, method: str = "") -> Any:
        """Call the API; returns the answer. Raises HTTPError with its text for a refusal."""
        return self._call(f"api/v2/{path}", body, method, self._token)

    def unpause(self, dag: str) -> bool:
        """Let a DAG run; False where it is not known yet."""
        try:
            self.ask(f"dags/{dag}", {"is_paused": False}, "PATCH")
        except HTTPError as refusal:
            if refusal.code != 404:
                raise
            return False
        return True

    def trigger(self, dag: str, run: str, conf: dict[str, str]) -> None:
        asked = {"dag_run_id": run, "logical_date": None, "conf": conf}
        self.ask(f"dags/{dag}/dagRuns", asked)

    def runs(self, dag: str) -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = self.ask(f"dags/{dag}/dagRuns")["dag_runs"]
        return runs

    def tasks(self, dag: str, run: str) -> dict[str, str]:
        """The state of each task of a run."""
        found = self.ask(f"dags/{dag}/dagRuns/{quote(run)}/taskInstances?limit=100")
        return {task["task_id"]: str(task["state"]) for task in found["task_instances"]}

    def answer(self, dag: str, run: str, option: str, why: str) -> None:
        """Say something to the exceptions of a run, as its page does."""
        place = f"dags/{dag}/dagRuns/{quote(run)}/taskInstances/approve_exceptions/-1/hitlDetails"
        self.ask(place, {"chosen_options": [option], "params_input": {"why": why}}, "PATCH")

    @cached_property
    def _token(self) -> str:
        known = {"username": "admin", "password": json.loads(self.passwords.read_text())["admin"]}
        return str(self._call("auth/token", known)["access_token"])

    def _call(self, path: str, body: Any = None, method: str = "", token: str = "") -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
            method=method or None,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
