"""A project with the real DAGs and Airflow layer, and steps that only take notes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

PROJECT = Path(__file__).resolve().parents[2]
STAND_INS = Path(__file__).parent / "stand_ins"


@dataclass(frozen=True)
class StandInProject:
    """The real DAGs and Airflow layer beside steps that only take notes of how they are called."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> Self:
        plugins = folder / "plugins"
        leave_out = shutil.ignore_patterns("__pycache__", "steps")
        shutil.copytree(PROJECT / "dags", folder / "dags", ignore=leave_out)
        shutil.copytree(PROJECT / "plugins", plugins, ignore=leave_out)
        shutil.copytree(STAND_INS, plugins / "regulars" / "steps", ignore=leave_out)
        return cls(folder)

    @property
    def home(self) -> Path:
        return self.folder / "var"

    @property
    def environment(self) -> dict[str, str]:
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("AIRFLOW", "REGULARS"))}
        places = {"REGULARS_HOME": str(self.home), "PYTHONPATH": str(self.folder / "plugins")}
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
