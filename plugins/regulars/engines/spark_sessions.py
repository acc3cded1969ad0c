"""One session on the server per process and place: its connections come and go.

A server may end a session, and all it knows, when any connection to it closes (Sail does). So the
connections of a process share one session, and close together when the last user has gone.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from adbc_driver_manager import dbapi

from regulars.engines.spark_clients import connect
from regulars.engines.spark_uri import SparkPlace


@dataclass
class _Shared:
    session_id: str = field(default_factory=lambda: str(uuid4()))
    connections: list[Any] = field(default_factory=list)
    users: int = 0


_sessions: dict[SparkPlace, _Shared] = {}
_lock = threading.Lock()


def join_session(place: SparkPlace) -> Any:
    """A connection of its own to the process's session at a place."""
    with _lock:
        shared = _sessions.get(place) or _Shared()
        connection = connect(place, shared.session_id)
        _sessions[place] = shared
        shared.connections.append(connection)
        shared.users += 1
        return connection


def leave_session(place: SparkPlace) -> None:
    """Say that one user of the session has gone; the last one closes it."""
    with _lock:
        shared = _sessions[place]
        shared.users -= 1
        if shared.users:
            return
        del _sessions[place]
        for connection in shared.connections:
            with suppress(dbapi.Error):
                connection.close()
