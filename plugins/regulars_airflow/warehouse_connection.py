"""The warehouse as an Airflow connection: one id, `regulars_warehouse`, for every engine."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from regulars.domain.errors import BadInput
from regulars.settings import Settings

if TYPE_CHECKING:
    from airflow.sdk import Connection

WAREHOUSE_CONNECTION = "regulars_warehouse"
_VARIABLE = "REGULARS_WAREHOUSE"
_KINDS = "duckdb, postgres, spark_connect"


@contextmanager
def airflow_warehouse() -> Iterator[None]:
    """Let the steps inside find the warehouse of Airflow's connection, if there is one.

    `REGULARS_WAREHOUSE` wins over it. The URI is in this process's environment only while the
    task runs; its password or token is masked in the logs. Fit as a decorator. Raises BadInput
    for a connection of a kind that no engine serves.
    """
    uri = "" if Settings().warehouse else _uri_of_connection()
    if not uri:
        yield
        return
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = uri
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before


def warehouse_uri(connection: "Connection") -> str:
    """The warehouse URI that says what a connection says, secrets included: never show it."""
    extra = {name: _plain(value) for name, value in connection.extra_dejson.items()}
    match connection.conn_type:
        case "postgres" | "postgresql":
            return _server_uri("postgresql", connection, extra)
        case "spark_connect" | "spark" | "sc":
            return _spark_uri(connection, extra)
        case "duckdb":
            # As DuckDB's own provider has it: the file is the host, or stands in the extra.
            file = extra.pop("file", "") or connection.host or connection.schema or ""
            return f"duckdb:///{file}{_query(extra)}"
    raise BadInput(
        f"no engine for a connection of type {connection.conn_type}",
        where=f"Airflow connection {WAREHOUSE_CONNECTION}",
        next_move=f"use one of: {_KINDS}",
    )


def _uri_of_connection() -> str:
    # Imported when a task runs: DAG files that use this are parsed all the time.
    from airflow.sdk import BaseHook
    from airflow.sdk.exceptions import AirflowNotFoundException
    from airflow.sdk.log import mask_secret

    try:
        connection = BaseHook.get_connection(WAREHOUSE_CONNECTION)
    except AirflowNotFoundException:
        return ""
    if connection.password:
        # In the URI it stands in percent signs.
        mask_secret(connection.password)
        mask_secret(quote(connection.password, safe=""))
    return warehouse_uri(connection)


def _server_uri(scheme: str, connection: "Connection", options: Mapping[str, str]) -> str:
    secret = f":{quote(connection.password, safe='')}" if connection.password else ""
    login = f"{quote(connection.login, safe='')}{secret}@" if connection.login else ""
    return f"{scheme}://{login}{_address(connection)}/{connection.schema or ''}{_query(options)}"


def _spark_uri(connection: "Connection", extra: Mapping[str, str]) -> str:
    """Spark Connect's own settings stand before the question mark, the warehouse's after it."""
    from regulars.engines.spark_uri import OPTIONS

    options = {"schema": connection.schema or "", **{n: extra[n] for n in OPTIONS if n in extra}}
    own = {"user_id": connection.login or "", "token": connection.password or ""}
    own |= {name: value for name, value in extra.items() if name not in OPTIONS}
    settings = "".join(f";{name}={quote(value, safe='')}" for name, value in own.items() if value)
    place = f"/{settings}" if settings else ""
    return f"sc://{_address(connection)}{place}{_query(options)}"


def _address(connection: "Connection") -> str:
    port = f":{connection.port}" if connection.port else ""
    return f"{connection.host or 'localhost'}{port}"


def _query(options: Mapping[str, str]) -> str:
    given = {name: value for name, value in options.items() if value}
    return f"?{urlencode(given, safe='/:', quote_via=quote)}" if given else ""


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
