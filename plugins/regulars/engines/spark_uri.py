"""The URI of a Spark warehouse: the server as Spark Connect names it, then where tables live."""

from dataclasses import dataclass, field
from typing import Literal, Self, cast
from urllib.parse import parse_qsl

from regulars.domain.errors import BadInput
from regulars.engines.names import checked

Format = Literal["delta", "iceberg", "parquet"]
FORMATS = ("delta", "iceberg", "parquet")
CLIENTS = ("adbc", "pyspark")
OPTIONS = ("schema", "format", "location", "staging", "client", "shuffle_partitions")
EXAMPLE = "sc://host:15002?schema=regulars&format=delta&location=/lake/regulars&staging=/lake/stage"


@dataclass(frozen=True)
class SparkPlace:
    """A parsed URI. `server` may hold a token, so it is never shown."""

    server: str = field(repr=False)
    schema: str = "regulars"
    format: Format = "delta"
    location: str = ""
    staging: str = ""
    client: str = ""
    shuffle_partitions: int = 8

    @classmethod
    def of(cls, uri: str) -> Self:
        """Parse a URI. Raises BadInput for an option or a value that is not known."""
        server, _, query = uri.partition("?")
        options = dict(parse_qsl(query, keep_blank_values=True))
        if unknown := sorted(set(options) - set(OPTIONS)):
            raise _refused(f"{unknown[0]!r} is no option", f"use one of: {', '.join(OPTIONS)}")
        return cls(
            server=server if "=" in server else server.rstrip("/;"),
            schema=checked(options.get("schema", "regulars")),
            format=cast(Format, _one_of("format", options.get("format", "delta"), FORMATS)),
            location=_folder("location", options.get("location", "")),
            staging=_folder("staging", options.get("staging", "")),
            client=_one_of("client", options.get("client", ""), ("", *CLIENTS)),
            shuffle_partitions=_whole(options.get("shuffle_partitions", "8")),
        )

    @property
    def host(self) -> str:
        """Host and port, for messages."""
        return self.server.removeprefix("sc://").partition("/")[0]


def _one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise _refused(f"{option}={value} is not known", f"use one of: {', '.join(known)}")
    return value


def _folder(option: str, value: str) -> str:
    """A folder by its full path or as an URL; quotes in it would end the statement around it."""
    if value and not (value.startswith("/") or "://" in value):
        raise _refused(f"{option} is no full path", f"write {option}=/folder or a URL such as s3a:")
    if set(value) & set("'`\\"):
        raise _refused(f"{option} holds a quote or backslash", "choose another folder")
    return value.rstrip("/")


def _whole(value: str) -> int:
    if not value.isdecimal() or not int(value):
        raise _refused("shuffle_partitions is no whole number above 0", "write 8, or 200")
    return int(value)


def _refused(problem: str, next_move: str) -> BadInput:
    return BadInput(
        f"the Spark URI: {problem}",
        where="REGULARS_WAREHOUSE",
        next_move=f"{next_move}; for example {EXAMPLE}",
    )
