"""PySpark's own client behind the same class: by a stand-in every time, for real under the mark."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
from adbc_driver_manager import dbapi

from regulars.engines import spark_clients
from regulars.engines.spark_clients import PysparkConnection

PROJECT = Path(__file__).parents[2]
SALES = """
import sys
sys.path.append(sys.argv[1])
import pyarrow as pa
from regulars.domain.errors import RegularsError
from regulars.engines import open_warehouse
with open_warehouse(sys.argv[2]) as first, open_warehouse(sys.argv[2]) as second:
    first.load("raw_sales", pa.table({"code": ["a", None], "n": [1, 2]}))
    first.build("dim_codes", "select n, cast(n as decimal(23, 4)) as amount from raw_sales")
    found = second.query("select n, amount from dim_codes order by n")
    print(type(second._connection).__name__, found.schema.types, found.to_pylist())
    try:
        first.query("select cast(code as bigint) as n from raw_sales")
    except RegularsError as error:
        print("said:", error)
"""


class StandIn:
    """Answers one select as PySpark would, and refuses all else."""

    def __init__(self) -> None:
        self.server = ""
        self.is_released = self.is_closed = False
        self.client = SimpleNamespace(release_session=self._release, close=self._close)
        self.builder = SimpleNamespace(remote=self._remote)

    def sql(self, statement: str) -> Any:
        if statement != "select 1 as n":
            raise ValueError("[PARSE_SYNTAX_ERROR] no such words")
        return SimpleNamespace(toArrow=lambda: pa.table({"n": [1]}))

    def _remote(self, server: str) -> Any:
        self.server = server
        return SimpleNamespace(create=lambda: self)

    def _release(self) -> None:
        self.is_released = True

    def _close(self) -> None:
        self.is_closed = True


@pytest.fixture
def pyspark(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    stand_in = StandIn()
    module = SimpleNamespace(SparkSession=stand_in)
    monkeypatch.setattr(spark_clients, "import_module", lambda _: module)
    return stand_in


@pytest.mark.parametrize(
    ("server", "remote"),
    [
        ("sc://host:1", "sc://host:1/;session_id=abc"),
        ("sc://host:1/;token=t", "sc://host:1/;token=t;session_id=abc"),
    ],
)
def test_the_session_is_named_in_the_address(pyspark: StandIn, server: str, remote: str):
    PysparkConnection(server, "abc").close()
    assert pyspark.server == remote
    assert pyspark.is_released
    assert pyspark.is_closed


def test_rows_come_as_batches_and_refusals_as_database_errors(pyspark: StandIn):
    connection = PysparkConnection("sc://host:1", "abc")
    with connection.cursor() as cursor:
        cursor.execute("select 1 as n")
        assert cursor.fetch_record_batch().read_all().to_pylist() == [{"n": 1}]
        with pytest.raises(dbapi.Error, match="no such words"):
            cursor.execute("selec 1")


@pytest.mark.spark
def test_pysparks_client_does_the_same_and_logs_no_values(spark_server: str, tmp_path: Path):
    named = os.environ.get("REGULARS_SPARK", "sc://")
    environment = PROJECT / ".venv-spark" if named.startswith("sc://") else Path(named)
    packages = next(environment.glob("lib/python*/site-packages"), None)
    if packages is None or not (packages / "grpc_status").exists():
        pytest.skip(f"no PySpark with its Connect client in {environment}: make test-spark")
    uri = f"{spark_server}?client=pyspark&schema=test_client&format=parquet&staging={tmp_path}"
    done = subprocess.run(
        [sys.executable, "-c", SALES, str(packages), uri],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "plugins")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "PysparkConnection [DataType(int64), Decimal128Type(decimal128(23, 4))]" in done.stdout
    assert "{'n': 2, 'amount': Decimal('2.0000')}" in done.stdout
    assert "said: query: The value … of the type" in done.stdout
    assert "'a'" not in done.stdout + done.stderr
