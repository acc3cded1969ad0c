"""A project with the real DAGs and Airflow layer, and stand-ins for the steps that take long."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import yaml

PROJECT = Path(__file__).resolve().parents[2]
STAND_INS = Path(__file__).parent / "stand_ins"

POLICY: dict[str, Any] = {
    "name": "corner", "valid_from": date(2020, 1, 1),
    "group": {"name": "Corner", "name_zh": "街角", "currency_code": "CNY"},
    "stores": [{"store_id": "S1", "store_name": "S1", "time_zone": "Asia/Shanghai",
                "currency_code": "CNY"}],
    "sources": [{"name": "till", "time_zone": "Asia/Shanghai", "currency_code": "CNY"}],
    "approvals": {"assigned_users": ["admin"]},
}  # fmt: skip
IMPATIENT = POLICY | {"valid_from": date(2031, 1, 3), "approvals": {"timeout_hours": 0.0003}}
"""From this day on, exceptions wait for a second."""


def write_policy(folder: Path, policy: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(policy, allow_unicode=True)
    (folder / f"{policy['valid_from']}.yaml").write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class StandInProject:
    """The real DAGs and Airflow layer beside steps that take notes of how they are called.

    Who decides on exceptions, and when, is as it is: those steps are the real ones.
    """

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> Self:
        plugins = folder / "plugins"
        leave_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / "dags", folder / "dags", ignore=leave_out)
        shutil.copytree(PROJECT / "plugins", plugins, ignore=leave_out)
        steps = plugins / "regulars" / "steps"
        shutil.copytree(STAND_INS, steps, ignore=leave_out, dirs_exist_ok=True)
        (folder / "include").symlink_to(PROJECT / "include")
        for policy in (POLICY, IMPATIENT):
            write_policy(folder / "policy", policy)
        return cls(folder)

    @property
    def home(self) -> Path:
        return self.folder / "var"

    @property
    def environment(self) -> dict[str, str]:
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("AIRFLOW", "REGULARS"))}
        places = {
            "REGULARS_HOME": str(self.home),
            "REGULARS_POLICY": str(self.folder / "policy"),
            "PYTHONPATH": str(self.folder / "plugins"),
        }
        return kept | places

    def command(self, *words: str) -> Sequence[str]:
        return [sys.executable, "-m", "regulars_airflow.launcher", *words]

    def launch(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )

    def calls(self, step: str = "") -> list[dict[str, Any]]:
        """What the steps were asked to do, in order; of one step or of all."""
        file = self.home / "calls.jsonl"
        notes = (
            [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        )
        return [note for note in notes if step in ("", note["step"])]
