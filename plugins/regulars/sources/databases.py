"""A point of sale's database: opened to read and for nothing else, its secret never told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from regulars.domain.errors import BadInput

_DRIVERS = {
    "postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql", "mariadb": "mysql+pymysql",
}  # fmt: skip
_SESSION = {
    "postgresql": (
        "set session characteristics as transaction read only",
        "set time zone 'UTC'",
    ),
    "mysql": (
        "set session transaction read only",
        "set session sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')",
        "set session time_zone = '+00:00'",
    ),
    "sqlite": ("pragma query_only = on",),
}
_CLOCKS = {
    "postgresql": "select timezone('UTC', now())",
    "mysql": "select utc_timestamp(6)",
    "mssql": "select sysutcdatetime()",
    "oracle": "select sys_extract_utc(systimestamp) from dual",
}
_ANY_CLOCK = "select current_timestamp"


class ConnectionLost(ConnectionError):
    """The database did not answer, or stopped to: trying again may help."""


@dataclass(frozen=True)
class Database:
    """A database to read from. `name` is its connection's in the policy; the URL is a secret."""

    name: str
    url: URL

    def __repr__(self) -> str:
        return f"Database({self.name!r}, {self.url.render_as_string(hide_password=True)!r})"

    @property
    def dialect(self) -> str:
        """`postgresql`, `mysql`, `sqlite` and so on."""
        return self.url.get_backend_name()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that can only read. Raises ConnectionLost where it breaks, BadInput where
        the database refuses what it is asked.
        """
        try:
            connection = self._engine.connect()
        except DBAPIError as error:
            raise ConnectionLost(self._describe(error)) from None
        with connection:
            try:
                for statement in _SESSION.get(self.dialect, ()):
                    connection.execute(text(statement))
                connection.commit()
                yield connection
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise ConnectionLost(self._describe(error)) from None
                raise BadInput(
                    self._describe(error),
                    next_move="correct the query in the layout, or the rights",
                ) from None

    def read_clock(self) -> datetime:
        """The database's own time, in UTC (naive)."""
        with self.reading() as connection:
            told = connection.execute(text(_CLOCKS.get(self.dialect, _ANY_CLOCK))).scalar_one()
        moment = datetime.fromisoformat(told) if isinstance(told, str) else told
        return moment.replace(tzinfo=None)

    @cached_property
    def _engine(self) -> Engine:
        try:
            return create_engine(self.url, poolclass=NullPool, hide_parameters=True)
        except (ImportError, NoSuchModuleError) as error:
            raise BadInput(
                f"there is no driver for {self.url.drivername} ({error})",
                next_move="install it, such as psycopg[binary] or pymysql",
            ) from None

    def _describe(self, error: DBAPIError) -> str:
        """The first line of what the driver says, without the password."""
        said = str(error.orig).strip().splitlines() or [type(error).__name__]
        password = self.url.password
        told = said[0].replace(str(password), "***") if password else said[0]
        return f"the database of connection {self.name}: {told}"


def open_database(name: str, secret: str | None) -> Database:
    """The database that a connection's URL names. Raises BadInput without telling the URL."""
    if not secret:
        raise BadInput(
            f"nobody says where connection {name!r} leads",
            next_move=f"set REGULARS_CONNECTION_{name.upper()}, or an Airflow connection {name}",
        )
    try:
        url = make_url(secret)
    except ArgumentError:
        raise BadInput(
            f"the URL of connection {name!r} cannot be read",
            next_move="write it as postgresql://user:password@host:5432/database",
        ) from None
    return Database(name, url.set(drivername=_DRIVERS.get(url.drivername, url.drivername)))
