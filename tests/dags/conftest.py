"""An Airflow home that is thrown away, and a project with stand-in steps."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from stand_in_project import PROJECT, StandInProject

# Before anything imports Airflow: it writes its settings into its home at import.
_airflow_home = tempfile.mkdtemp(prefix="airflow-")
atexit.register(shutil.rmtree, _airflow_home, ignore_errors=True)
os.environ["AIRFLOW_HOME"] = _airflow_home
os.environ["AIRFLOW__CORE__PLUGINS_FOLDER"] = str(PROJECT / "plugins")
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"


@pytest.fixture
def project(tmp_path: Path) -> StandInProject:
    return StandInProject.make(tmp_path)
