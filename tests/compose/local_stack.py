"""Start the services of the compose file as processes of this machine, in the order Compose would.

What differs from containers: host names become 127.0.0.1 with free ports, folders of a container
become folders of the check, and PostgreSQL is this machine's. Commands, environments, secrets,
conditions and health checks are those of the file.
"""

import base64
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from compose_file import PROJECT, Composition, Service
from postgres_process import prepare_cluster, run_as, server_binaries

PATIENCE_SECONDS = 600
PORTS = ("5432", "8080", "8974")
LOG_PORTS = (
    "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT",
    "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT",
)
"""Every container has these ports for itself; here they must not meet another Airflow's."""


@dataclass
class LocalStack:
    """The running services, by name; `told` is how each of them became healthy."""

    folder: Path
    composition: Composition
    variables: Mapping[str, str]
    extra_path: str = ""
    ports: dict[str, str] = field(default_factory=lambda: {port: _free_port() for port in PORTS})
    log_ports: dict[str, str] = field(
        default_factory=lambda: {name: _free_port() for name in LOG_PORTS}
    )
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def start(self, service: Service) -> None:
        """Start a service when the conditions of those it depends on hold."""
        for name, condition in service.conditions.items():
            self._wait_for(self.composition.services[name], condition)
        environment = self.environment(service)
        command = [self.local(service, word) for word in (*service.entrypoint, *service.command)]
        user = None
        if service.name == "postgres":
            data = self._place(service, "/var/lib/postgresql/data")
            user = prepare_cluster(data, environment)
            command += ["-D", str(data), "-k", str(data)]
            command += ["-h", "127.0.0.1", "-p", self.ports["5432"]]
        with (self.folder / f"{service.name}.log").open("wb") as log:
            self.running[service.name] = subprocess.Popen(
                run_as(user, command), cwd=self._place(service, "/opt/regulars"), env=environment,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def environment(self, service: Service) -> dict[str, str]:
        """The service's environment, with the paths and hosts of this machine."""
        own = {name: self.local(service, value) for name, value in service.environment.items()}
        path = [str(Path(sys.executable).parent), str(server_binaries()), os.environ["PATH"]]
        own |= {"PATH": os.pathsep.join(path), "HOME": str(self._place(service, "/home"))}
        if "PGHOST" in own:
            own["PGHOST"] = "127.0.0.1"
        if "PYTHONPATH" in own:
            own["PYTHONPATH"] += os.pathsep + self.extra_path
            own |= self.log_ports
        return own

    def ask(self, service: Service) -> bool:
        """Run the health check of a service once."""
        asked = [self.local(service, word) for word in service.health_command]
        done = subprocess.run(
            asked, env=self.environment(service), capture_output=True, check=False, timeout=120
        )
        return done.returncode == 0

    def local(self, service: Service, text: str) -> str:
        """A text of the file, with this machine's paths, hosts and ports."""
        text = text.replace("0.0.0.0", "127.0.0.1")
        hosts = "|".join(self.composition.services)
        text = re.sub(rf"(?<=[@/])({hosts})(?=:\d)", "127.0.0.1", text)
        text = re.sub(rf"(?<!\d)({'|'.join(PORTS)})(?!\d)", lambda p: self.ports[p[0]], text)
        places = r"(?<![\w.])(/opt/regulars|/run/secrets|/include|/tmp)(/[\w./-]*)?"
        return re.sub(places, lambda place: str(self._place(service, place[0])), text)

    def _place(self, service: Service, path: str) -> Path:
        """Where a path of a container lies here: shared where it is a volume, else its own."""
        for target, source in service.volumes.items():
            if f"{path}/".startswith(f"{target}/"):
                shared = PROJECT / source if source.startswith(".") else self.folder / source
                return Path(str(shared) + path.removeprefix(target))
        for name in self.composition.copied:
            if f"{path}/".startswith(f"/opt/regulars/{name}/"):
                return PROJECT / path.removeprefix("/opt/regulars/")
        return self.folder / service.name / path.lstrip("/")

    def prepare(self, service: Service) -> None:
        """Make the folders of a service and put its secrets where it finds them."""
        for path in (*service.volumes, "/opt/regulars/airflow", "/run/secrets", "/tmp", "/home"):
            self._place(service, path).mkdir(parents=True, exist_ok=True)
        for name in service.secrets:
            variable = self.composition.secrets[name]
            (self._place(service, "/run/secrets") / name).write_text(self.variables[variable])

    def _wait_for(self, service: Service, condition: str) -> None:
        ends = time.monotonic() + PATIENCE_SECONDS
        process = self.running[service.name]
        while time.monotonic() < ends:
            left = process.poll()
            if condition == "service_completed_successfully" and left == 0:
                return
            if left is not None:
                raise AssertionError(f"{service.name} left with {left}: {self.log(service.name)}")
            if condition == "service_healthy" and self.ask(service):
                return
            time.sleep(0.5)
        raise AssertionError(f"{service.name} is not {condition}: {self.log(service.name)}")

    def wait_until_healthy(self) -> None:
        """What `docker compose up --wait` waits for: all that keep running are healthy."""
        for service in self.composition.services.values():
            kind = "service_healthy" if service.health_test else "service_completed_successfully"
            started = time.monotonic()
            self._wait_for(service, kind)
            self.told.append(f"{service.name:<14} {kind} {time.monotonic() - started:5.1f} s later")

    def log(self, name: str) -> str:
        """The end of what a service said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")[-3_000:]

    def stop(self, name: str) -> int:
        """Ask a service to stop as Compose does, and see that it does within its patience."""
        process = self.running[name]
        if process.poll() is None:
            # A fast shutdown of PostgreSQL is SIGINT, as its image says.
            asked = signal.SIGINT if name == "postgres" else signal.SIGTERM
            os.kill(process.pid, asked)
        try:
            return process.wait(60)
        finally:
            _end_session(process)


@contextmanager
def start_stack(
    folder: Path, variables: Mapping[str, str], extra_path: str
) -> Iterator[LocalStack]:
    """All services of the file, healthy; stopped in the reverse order afterwards."""
    composition = Composition.read(variables)
    stack = LocalStack(folder, composition, variables, extra_path)
    with ExitStack() as stops:
        for service in composition.in_order():
            stack.prepare(service)
            stops.callback(_stop_quietly, stack, service.name)
            stack.start(service)
        stack.wait_until_healthy()
        yield stack


def made_up_secrets() -> dict[str, str]:
    """Values for all that the file asks for. Passwords have the signs that need care."""
    logins = ("POSTGRES_PASSWORD", "AIRFLOW_DATABASE_PASSWORD", "REGULARS_WAREHOUSE_PASSWORD")
    return {
        "AIRFLOW_FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "AIRFLOW_JWT_SECRET": secrets.token_hex(32),
        "AIRFLOW_API_SECRET_KEY": secrets.token_hex(32),
        "REGULARS_IDENTITY_KEY": secrets.token_hex(32),
        **{name: f"a:b\\c'd@{secrets.token_hex(8)}/%" for name in logins},
    }


def _stop_quietly(stack: LocalStack, name: str) -> None:
    if name in stack.running:
        stack.stop(name)


def _end_session(process: subprocess.Popen[bytes]) -> None:
    """Whatever a service left behind in its own session ends with it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
