"""A small real cluster: a standalone master, two workers and a Connect server, all on loopback."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from sail_server import free_port
from spark_server import PATIENCE_SECONDS, running_spark, spark_home

WORKERS = 2
_DAEMON = "org.apache.spark.deploy"


@pytest.fixture(scope="session")
def spark_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URI of a Connect server whose work is done by two workers of one core each."""
    with running_cluster(spark_home(), tmp_path_factory.mktemp("cluster")) as uri:
        yield uri


@contextmanager
def running_cluster(home: Path, folder: Path) -> Iterator[str]:
    """Master, workers and Connect server, in that order; all are stopped together."""
    master, page = free_port(), free_port()
    with ExitStack() as stack:
        stack.enter_context(
            _daemon(home, folder, "master.Master", f"--port={master}", f"--webui-port={page}")
        )
        _wait_for_workers(page, 0)
        for number in range(WORKERS):
            work = f"--work-dir={folder / f'worker_{number}'}"
            stack.enter_context(
                _daemon(
                    home, folder, "worker.Worker", "--cores=1", "--memory=1200m", "--webui-port=0",
                    work, f"spark://127.0.0.1:{master}",
                )
            )  # fmt: skip
        _wait_for_workers(page, WORKERS)
        server = running_spark(home, folder, master=f"spark://127.0.0.1:{master}")
        yield stack.enter_context(server)


@contextmanager
def _daemon(home: Path, folder: Path, kind: str, *options: str) -> Iterator[None]:
    words = [word for option in options for word in option.split("=", 1)]
    command = [str(home / "bin" / "spark-class"), f"{_DAEMON}.{kind}", "--host", "127.0.0.1"]
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m"}
    with (
        (folder / f"{kind}.log").open("a") as log,
        subprocess.Popen([*command, *words], stdout=log, stderr=log, env=environment) as daemon,
    ):
        try:
            yield
        finally:
            daemon.terminate()
            daemon.wait(timeout=PATIENCE_SECONDS)


def _wait_for_workers(page: int, wanted: int) -> None:
    """Return as soon as the master says that so many workers are alive."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with (
            suppress(OSError),
            urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer,
        ):
            if json.load(answer)["aliveworkers"] >= wanted:
                return
        time.sleep(0.1)
    raise AssertionError(f"the master did not find {wanted} workers")
