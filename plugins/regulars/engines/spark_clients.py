"""Connections to a Spark Connect server: by the ADBC driver, or by PySpark's client.

Both are extras of their own and imported only here, when a Spark warehouse is opened.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self

import pyarrow as pa
from adbc_driver_manager import AdbcStatusCode, dbapi

from regulars.domain.errors import BadInput
from regulars.engines.errors import WarehouseUnreachable, in_plain_words
from regulars.engines.spark_uri import SparkPlace


def connect(place: SparkPlace, session_id: str) -> Any:
    """A connection whose statements run in the server's session of this id.

    It takes the client the URI asks for, else the first that is installed. Raises BadInput when
    there is none, and WarehouseUnreachable when the server's address leads nowhere.
    """
    wanted = [place.client] if place.client else list(_OPENERS)
    found = [client for client in wanted if find_spec(_OPENERS[client][0])]
    if not found:
        raise _missing(f"no client for Spark is installed: {' or '.join(wanted)}")
    try:
        return _OPENERS[found[0]][1](place.server, session_id)
    except ImportError as error:
        raise _missing(f"Spark's client {found[0]} is not complete: {error.name}") from error
    except dbapi.Error as error:
        raise WarehouseUnreachable(
            in_plain_words(str(error)), where=place.host, next_move="check REGULARS_WAREHOUSE"
        ) from error


def _missing(problem: str) -> BadInput:
    return BadInput(
        problem, where="REGULARS_WAREHOUSE", next_move="pip install -r requirements-spark.txt"
    )


def _open_adbc(server: str, session_id: str) -> Any:
    driver = import_module("adbc_driver_spark.dbapi")
    return driver.connect(server, {"adbc.spark.session_id": session_id}, autocommit=True)


class PysparkConnection:
    """PySpark's Connect client behind the few calls that a session makes of a connection."""

    def __init__(self, server: str, session_id: str) -> None:
        builder = import_module("pyspark.sql.connect.session").SparkSession.builder
        # It logs every refused statement with the values of rows.
        logging.getLogger("SQLQueryContextLogger").disabled = True
        separator = ";" if "/;" in server else "/;"
        with _as_database_error():
            self._spark = builder.remote(f"{server}{separator}session_id={session_id}").create()

    def cursor(self) -> "PysparkCursor":
        """A cursor for one statement."""
        return PysparkCursor(self._spark)

    def close(self) -> None:
        """End the session on the server."""
        self._spark.client.release_session()
        self._spark.client.close()


class PysparkCursor:
    """One statement and its rows. What PySpark raises becomes a `dbapi.Error`."""

    def __init__(self, spark: Any) -> None:
        self._spark = spark
        self._rows = pa.table({})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._rows = pa.table({})

    def execute(self, statement: str) -> None:
        """Run a statement to its end; its rows wait here."""
        with _as_database_error():
            self._rows = self._spark.sql(statement).toArrow()

    def fetch_record_batch(self) -> pa.RecordBatchReader:
        """The rows of the statement, batch by batch."""
        return self._rows.to_reader()


@contextmanager
def _as_database_error() -> Iterator[None]:
    """PySpark and gRPC have error families of their own: callers know one."""
    try:
        yield
    except Exception as error:
        raise dbapi.ProgrammingError(str(error), status_code=AdbcStatusCode.INTERNAL) from error


_OPENERS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "adbc": ("adbc_driver_spark", _open_adbc),
    "pyspark": ("pyspark", PysparkConnection),
}
