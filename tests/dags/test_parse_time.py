import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

MEASURE = """
import sys, time
from airflow.sdk import CronPartitionTimetable, DAG, DeadlineAlert, Param, dag, task
from airflow.providers.standard.decorators.python import python_task
sys.path.insert(0, sys.argv[1] + "/plugins")
began = time.process_time()
for file in sys.argv[2:]:
    exec(compile(open(file).read(), file, "exec"), {"__name__": "dag_file"})
heavy = {"pandas", "pyarrow", "great_expectations", "duckdb", "sqlglot"} & set(sys.modules)
print(time.process_time() - began, *heavy)
"""


def test_dag_files_are_read_in_a_blink_and_pull_in_nothing_heavy() -> None:
    files = [str(file) for file in sorted((PROJECT / "dags").glob("*.py"))]
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, str(PROJECT), *files],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, *heavy = measured.stdout.split()
    assert heavy == []
    assert float(seconds) / len(files) < 0.3
