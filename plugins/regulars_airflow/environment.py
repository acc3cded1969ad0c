"""The environment of the local Airflow: one home under `REGULARS_HOME`, apart from any other."""

import os
import shlex
import sys
from pathlib import Path

from regulars.settings import PROJECT, Settings


def airflow_environment() -> dict[str, str]:
    """Return the variables under which every local Airflow command of this project runs.

    Where the files and the metadata live is fixed, so that an Airflow of the person's own is never
    touched; the rest gives way to what is already set.
    """
    return _preferences() | _places()


def enter_environment() -> None:
    """Set the variables in this process; call it before Airflow is imported."""
    os.environ.update(airflow_environment())
    Path(os.environ["AIRFLOW_HOME"]).mkdir(parents=True, exist_ok=True)


def print_exports() -> None:
    """Print the variables as shell exports, for people who want to type `airflow …` themselves."""
    for name, value in airflow_environment().items():
        sys.stdout.write(f"export {name}={shlex.quote(value)}\n")


def _places() -> dict[str, str]:
    home = Settings().root
    binaries = str(Path(sys.executable).parent)
    return {
        "REGULARS_HOME": str(home),
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow' / 'airflow.db'}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "airflow" / "logs"),
        "PYTHONPATH": _put_first(str(PROJECT / "plugins"), os.environ.get("PYTHONPATH", "")),
        "PATH": _put_first(binaries, os.environ.get("PATH", "")),
    }


def _preferences() -> dict[str, str]:
    port = os.environ.get("AIRFLOW__API__PORT", "8080")
    preferred = {
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": port,
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__WORKERS": "1",
        # A finished task is noticed at once: 0.2 s from task to task instead of 1 s.
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.1",
    }
    return {name: os.environ.get(name, value) for name, value in preferred.items()}


def _put_first(entry: str, path: str) -> str:
    others = [known for known in path.split(os.pathsep) if known and known != entry]
    return os.pathsep.join([entry, *others])
