"""A local Airflow with a real scheduler and its pages, for one person on one machine."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from regulars_airflow.metadata import prepare_metadata, set_chain_paused
from regulars_airflow.quiet_output import quiet_output

START_LIMIT_SECONDS = 120
STOP_LIMIT_SECONDS = 30


def serve() -> int:
    """Start Airflow, say where it is and who may enter, and stay until it is stopped."""
    port = int(os.environ["AIRFLOW__API__PORT"])
    if _is_port_taken(port):
        sys.stderr.write(f"Port {port} is taken. Next: set AIRFLOW__API__PORT to a free one.\n")
        return 1
    log = Path(os.environ["AIRFLOW_HOME"], "standalone.log")
    with quiet_output(log):
        prepare_metadata()
        set_chain_paused(False)
    signal.signal(signal.SIGTERM, _interrupt)
    with _standalone_airflow(log) as airflow:
        if not _wait_until_healthy(airflow, port):
            sys.stderr.write(f"Airflow did not start. Next: read {log}.\n")
            return 1
        sys.stdout.write(_describe_entrance(port) + f"Log: {log}\nStop with Ctrl-C.\n")
        sys.stdout.flush()
        try:
            return airflow.wait()
        except KeyboardInterrupt:
            return 0


@contextmanager
def _standalone_airflow(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False"}
    with log.open("ab") as file:
        # A session of its own: Ctrl-C reaches us alone, and we stop all of Airflow in good order.
        airflow = subprocess.Popen(
            ["airflow", "standalone"],
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield airflow
        finally:
            _stop(airflow)


def _stop(airflow: subprocess.Popen[bytes]) -> None:
    """End every process of the session, also where a shell has told them to ignore Ctrl-C."""
    with suppress(ProcessLookupError):
        os.killpg(airflow.pid, signal.SIGTERM)
    try:
        airflow.wait(STOP_LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(airflow.pid, signal.SIGKILL)


def _wait_until_healthy(airflow: subprocess.Popen[bytes], port: int) -> bool:
    for _ in range(START_LIMIT_SECONDS):
        if airflow.poll() is not None:
            return False
        if _is_healthy(port):
            return True
        time.sleep(1)
    return False


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}/api/v2/monitor/health", timeout=5
        ) as answer:
            parts = json.load(answer)
    except OSError:
        return False
    return all(parts[part]["status"] == "healthy" for part in ("scheduler", "dag_processor"))


def _describe_entrance(port: int) -> str:
    file = Path(os.environ["AIRFLOW_HOME"], "simple_auth_manager_passwords.json.generated")
    people = json.loads(file.read_text())
    entrances = "".join(f"User {name}, password {word}\n" for name, word in people.items())
    return f"Airflow is up: http://127.0.0.1:{port}\n{entrances}"


def _is_port_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
