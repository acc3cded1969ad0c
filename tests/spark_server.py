"""A real Spark server for the tests that need one: pip's PySpark holds everything but Java."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sail_server import ROOT, free_port, wait_for_port

PATIENCE_SECONDS = 180
CONNECT = "org.apache.spark.sql.connect.service.SparkConnectServer"


@pytest.fixture(scope="session")
def spark_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URI of a Spark Connect server; one that runs already if REGULARS_SPARK is its URI."""
    if _named().startswith("sc://"):
        yield _named()
        return
    home = spark_home()
    with running_spark(home, tmp_path_factory.mktemp("spark"), master="local[2]") as uri:
        yield uri


def spark_home() -> Path:
    """The folder of pip's Spark. Skips the test when there is none."""
    homes = list(Path(_named()).glob("lib/python*/site-packages/pyspark"))
    if not homes:
        pytest.skip(f"no Spark in {_named()}: make test-spark, or name its folder: REGULARS_SPARK")
    return homes[0]


def _named() -> str:
    return os.environ.get("REGULARS_SPARK", str(ROOT / ".venv-spark"))


@contextmanager
def running_spark(home: Path, folder: Path, master: str) -> Iterator[str]:
    """A Connect server on a free port of this machine, with a catalogue in the folder."""
    port = free_port()
    settings = {
        "spark.sql.warehouse.dir": folder / "tables",
        "spark.sql.catalogImplementation": "hive",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": port,
        "spark.ui.enabled": "false",
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={folder / 'catalogue'}",
    }
    command = [str(home / "bin" / "spark-submit"), "--master", master, "--driver-memory", "1500m"]
    for name, value in settings.items():
        command += ["--conf", f"{name}={value}"]
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    with (
        (folder / "spark.log").open("w") as log,
        subprocess.Popen(
            [*command, "--class", CONNECT, "spark-internal"],
            stdout=log, stderr=log, env=environment, cwd=folder,
        ) as server,
    ):  # fmt: skip
        try:
            wait_for_port(port, server, PATIENCE_SECONDS)
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE_SECONDS)
