"""DuckDB: the warehouse in one file, for one process at a time."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl

import pyarrow as pa
from adbc_driver_duckdb import dbapi

from regulars.domain.errors import BadInput, RegularsError
from regulars.engines.duckdb_limits import (
    SETTINGS,
    prepare_folder,
    remove_folder,
    with_defaults,
)
from regulars.engines.duckdb_publishing import (
    PREPARATION,
    RECORD,
    STANDING,
    fingerprint,
    making,
    recording,
)
from regulars.engines.errors import (
    WarehouseBusy,
    WarehouseUnreachable,
    in_plain_words,
)
from regulars.engines.literals import text_literal
from regulars.engines.names import quoted
from regulars.engines.parts import Source
from regulars.engines.published import PublishedTable, Window
from regulars.engines.statements import among, deletion, insertion_from_files, replacement
from regulars.engines.storable import without_metadata
from regulars.engines.transactional import TransactionalWarehouse

_PREFIX = "duckdb:///"

# Two openings of a file by one process do not see each other and lose each other's rows:
# the second one therefore gets a connection to the first one's database.
_open_files: dict[Path, list[Any]] = {}
_open_files_lock = threading.Lock()


class DuckDBWarehouse(TransactionalWarehouse):
    """`duckdb:///relative.duckdb`, `duckdb:////absolute.duckdb?memory_limit=4GB&threads=2`.

    Without such settings it takes a share of the machine: see `duckdb_limits`.
    """

    dialect: ClassVar[str] = "duckdb"
    limit_settings: ClassVar[tuple[str, ...]] = SETTINGS

    def __init__(self, connection: Any, path: Path) -> None:
        super().__init__(connection)
        self._path = path

    @classmethod
    def open(cls, uri: str) -> Self:
        """Open or create the file. Whoever opens it first in a process decides its settings."""
        path, given = _parts_of(uri)
        connection, is_first = _connect(path)
        warehouse = cls(connection, path)
        try:
            for name, value in with_defaults(path, given).items() if is_first else ():
                text = text_literal(value, cls.dialect)
                warehouse._run(f"set {name} = {text}", where=f"setting {name}")
        except RegularsError:
            warehouse.close()
            raise
        return warehouse

    def close(self) -> None:
        """Close the connection; the file is free when the last one is closed."""
        with _open_files_lock:
            shared = _open_files.get(self._path, [])
            if self._connection in shared:
                shared.remove(self._connection)
            super().close()
            if not shared:
                remove_folder(self._path)

    def load_files(
        self, table: str, schema: pa.Schema, files: Mapping[str, Sequence[Path]], key: str
    ) -> None:
        """The same, read by DuckDB itself: half the work of handing the rows over."""
        replaced = among(key, sorted(files), self.dialect)
        paths = [path for each in files.values() for path in each]
        with self._transaction():
            self._run(deletion(table, replaced), where=table)
            if paths:
                self._run(insertion_from_files(table, paths), where=table)

    def publish(
        self, tables: Sequence[PublishedTable], changed: Mapping[str, Sequence[Window]]
    ) -> None:
        """Let the views show these tables: those that differ are made, in one transaction."""
        for statement in PREPARATION:
            self._run(statement, where=RECORD)
        standing = {row["name"]: row["fingerprint"] for row in self._rows(STANDING, where=RECORD)}
        with self._transaction():
            for table, select in self._at_home(tables):
                statements = making(table, select)
                digest = fingerprint(table, statements)
                if standing.get(table.name) != digest:
                    for statement in [*statements, *recording(table, digest)]:
                        self._run(statement, where=table.name)

    def _replace_view(self, name: str, select: str) -> None:
        self._run(f"create or replace view {name} as {select}", where=name)

    def _dependents_kept(self, name: str) -> nullcontext[None]:
        """Nothing to do: a view finds its tables by name."""
        return nullcontext()

    def _write_whole(self, table: str, source: Source) -> None:
        """One statement, which is a transaction: a running reader keeps the old table."""
        if self._known.get(table) == "view":
            with self._prepared(table, source):
                self._copy(table)
        elif isinstance(source, str):
            self._run(replacement(table, source), where=table)
        else:
            with self._prepared(table, source) as stage:
                self._run(replacement(table, f"from {quoted(stage)}"), where=table)
        self._known[table] = "table"

    def _settle(self, table: str, day_column: str | None = None) -> None:
        """Nothing to do: statistics are kept with the column."""

    def _readable(self, batch: pa.RecordBatch, where: str) -> pa.RecordBatch:
        return pa.RecordBatch.from_arrays(batch.columns, schema=without_metadata(batch.schema))


def _parts_of(uri: str) -> tuple[Path, dict[str, str]]:
    """File and settings. The path is taken as it stands: nothing in it is percent-decoded."""
    location, _, query = uri.removeprefix(_PREFIX).partition("?")
    if not uri.startswith(_PREFIX) or not location:
        raise BadInput(
            f"{uri!r} names no file", next_move="write duckdb:///folder/warehouse.duckdb"
        )
    settings = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(set(settings) - set(SETTINGS)):
        raise BadInput(
            f"{unknown[0]!r} is no setting of a DuckDB warehouse",
            next_move=f"use one of: {', '.join(SETTINGS)}",
        )
    return Path(location).resolve(), settings


def _connect(path: Path) -> tuple[Any, bool]:
    """A connection, and whether it is the first one of this process to the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _open_files_lock, _readable_refusal(path):
        shared = _open_files.setdefault(path, [])
        is_first = not shared
        if shared:
            connection = shared[0].adbc_clone()
            connection.adbc_connection.set_autocommit(True)
        else:
            is_there = path.exists()
            connection = dbapi.connect(str(path), autocommit=True)
            if not is_there:
                # It holds contact details too: readers get the Parquet copies, not the file.
                path.chmod(0o600)
            prepare_folder(path)
        shared.append(connection)
        return connection, is_first


@contextmanager
def _readable_refusal(path: Path) -> Iterator[None]:
    try:
        yield
    except dbapi.Error as error:
        message = str(error)
        if "Could not set lock" not in message:
            raise WarehouseUnreachable(
                in_plain_words(message), where=path.name, next_move="check REGULARS_WAREHOUSE"
            ) from error
        holder = re.search(r"PID (\d+)", message)
        raise WarehouseBusy(
            f"another process{f' ({holder[0]})' if holder else ''} has the warehouse open",
            where=path.name,
            next_move="wait for the other run to finish, or close the program that reads the file",
        ) from error
