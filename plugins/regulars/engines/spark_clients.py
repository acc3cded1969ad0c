"""Connections to a Spark Connect server: by the ADBC driver, or by PySpark's client.

Both are extras of their own and imported only here, when a Spark warehouse is opened.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self

import pyarrow as pa
from adbc_driver_manager import dbapi

from regulars.domain.errors import BadInput
from regulars.engines.spark_uri import SparkPlace

_MODULES = {"adbc": "adbc_driver_spark", "pyspark": "pyspark"}


def connect(place: SparkPlace, session_id: str) -> Any:
    """A connection whose statements run in the server's session of this id.

    It takes the client the URI asks for, else the first that is installed. Raises BadInput when
    there is none.
    """
    wanted = [place.client] if place.client else list(_MODULES)
    found = [client for client in wanted if find_spec(_MODULES[client])]
    if not found:
        raise BadInput(
            f"no client for Spark is installed ({' or '.join(_MODULES[one] for one in wanted)})",
            where="REGULARS_WAREHOUSE",
            next_move="pip install -r requirements-spark.txt",
        )
    if found[0] == "pyspark":
        return PysparkConnection(place.server, session_id)
    driver = import_module("adbc_driver_spark.dbapi")
    return driver.connect(place.server, {"adbc.spark.session_id": session_id}, autocommit=True)


class PysparkConnection:
    """PySpark's Connect client behind the few calls that a session makes of a connection."""

    def __init__(self, server: str, session_id: str) -> None:
        builder = import_module("pyspark.sql.connect.session").SparkSession.builder
        separator = ";" if "/;" in server else "/;"
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
        try:
            self._rows = self._spark.sql(statement).toArrow()
        except Exception as error:
            raise dbapi.ProgrammingError(str(error)) from error

    def fetch_record_batch(self) -> pa.RecordBatchReader:
        """The rows of the statement, batch by batch."""
        return self._rows.to_reader()
