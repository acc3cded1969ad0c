"""A connection to an engine: statements in, Arrow out."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from types import TracebackType
from typing import Any, ClassVar, Self

import pyarrow as pa

from regulars.engines.errors import engine_errors


class Session(ABC):
    """An open ADBC connection in autocommit; a context manager.

    Every statement gets a cursor of its own: DuckDB's cannot be used again after an ingest.
    """

    dialect: ClassVar[str]

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._remembered: dict[str, str] | None = None

    def close(self) -> None:
        """Close the connection; what is not committed is gone."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @abstractmethod
    def _readable(self, batch: pa.RecordBatch, where: str) -> pa.RecordBatch:
        """A batch as the driver gave it, in plain Arrow types and without its notes."""

    def _run(self, statement: str, where: str) -> None:
        with engine_errors(where), self._connection.cursor() as cursor:
            cursor.execute(statement)

    def _read(self, statement: str, where: str) -> tuple[Iterator[pa.RecordBatch], pa.Schema]:
        """The batches of a select as they arrive, and their schema."""
        batches = self._batches(statement, where)
        return batches, next(batches).schema

    def _batches(self, statement: str, where: str) -> Iterator[pa.RecordBatch]:
        """A batch without rows that tells the schema, then the rows."""
        with engine_errors(where), self._connection.cursor() as cursor:
            cursor.execute(statement)
            reader = cursor.fetch_record_batch()
            yield self._readable(pa.RecordBatch.from_pylist([], reader.schema), where)
            for batch in reader:
                yield self._readable(batch, where)

    def _rows(self, statement: str, where: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pa.Table.from_batches(
            *self._read(statement, where)
        ).to_pylist()
        return rows

    @abstractmethod
    def _kinds(self) -> dict[str, str]:
        """What each name is, "table" or "view", as the engine says; remembered."""

    @property
    def _known(self) -> dict[str, str]:
        """The same from memory: asking the engine costs more than most small writes."""
        return self._kinds() if self._remembered is None else self._remembered

    def _types(self, select: str, where: str) -> dict[str, pa.DataType]:
        """The columns of a select and their types."""
        with engine_errors(where), self._connection.cursor() as cursor:
            cursor.execute(select)
            schema = cursor.fetch_record_batch().schema
        return {field.name: self._type_of(field) for field in schema}

    def _type_of(self, field: pa.Field) -> pa.DataType:
        return field.type
