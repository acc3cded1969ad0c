"""Sail: a Spark Connect server that starts in no time, as the tests' double of Spark."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 60


@pytest.fixture(scope="session")
def sail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URI of a Sail server that lives as long as the test session."""
    environment = Path(os.environ.get("REGULARS_SAIL", ROOT / ".venv-sail"))
    if not (environment / "bin" / "sail").exists():
        pytest.skip(f"no Sail in {environment}: make .venv-sail, or name its folder: REGULARS_SAIL")
    with running_sail(environment / "bin" / "sail", tmp_path_factory.mktemp("sail")) as uri:
        yield uri


@contextmanager
def running_sail(sail: Path, folder: Path) -> Iterator[str]:
    """A server of its own on a free port of this machine."""
    port = free_port()
    command = [str(sail), "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    with (
        (folder / "sail.log").open("w") as log,
        subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, "TZ": "UTC"}, cwd=folder
        ) as server,
    ):
        try:
            wait_for_port(port, server)
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE_SECONDS)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(
    port: int, server: "subprocess.Popen[bytes]", seconds: float = PATIENCE_SECONDS
) -> None:
    """Return as soon as the server answers; fail when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"the server on port {port} did not start")
