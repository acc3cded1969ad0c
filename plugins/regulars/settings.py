"""Where things are. The only reader of the environment."""

import os
import secrets
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from pydantic import ByteSize, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from regulars.domain.errors import BadInput

PROJECT = Path(__file__).resolve().parents[2]
INCLUDE = PROJECT / "include"


class Settings(BaseSettings):
    """Settings by environment, each as `REGULARS_<NAME>`.

    Relative paths are relative to the folder the command is run in. `time_zone` decides when the
    group's morning begins; the business day of a store is the policy's matter.
    """

    model_config = SettingsConfigDict(env_prefix="REGULARS_", frozen=True, extra="ignore")

    home: Path = Path("var")
    warehouse: str = ""
    policy: Path = INCLUDE / "policy" / "sample_group"
    drop: Path | None = None
    identity_key: str = ""
    identity_key_id: str = "k1"
    identity_key_before: str = ""
    identity_key_id_before: str = ""
    time_zone: str = "Asia/Shanghai"
    memory_limit: str = ""
    temp: Path | None = None
    temp_limit: str = ""
    threads: str = ""
    disk_reserve: str = "1GB"

    @property
    def root(self) -> Path:
        """The folder of everything Regulars writes."""
        return self.home.resolve()

    @property
    def warehouse_uri(self) -> str:
        """The warehouse: its URI decides the engine.

        The limits among the settings are DuckDB's; one that the URI states itself wins.
        """
        uri = self.warehouse or f"duckdb:///{self.root / 'warehouse.duckdb'}"
        return _with_options(uri, self._limits) if uri.startswith("duckdb:") else uri

    @property
    def _limits(self) -> dict[str, str]:
        limits = {
            "memory_limit": self.memory_limit,
            "temp_directory": str(self.temp.resolve()) if self.temp else "",
            "max_temp_directory_size": self.temp_limit,
            "threads": self.threads,
        }
        return {name: value for name, value in limits.items() if value}

    @property
    def warehouse_file(self) -> Path | None:
        """The file of a warehouse that lies on a disk of this machine."""
        location, _, _ = self.warehouse_uri.partition("?")
        is_file = location.startswith("duckdb:///")
        return Path(location.removeprefix("duckdb:///")).resolve() if is_file else None

    @property
    def drop_folder(self) -> Path:
        """Where the sources put their files."""
        return (self.drop or self.root / "drop").resolve()

    @property
    def reserve(self) -> int:
        """The bytes that a step leaves free on every disk. Raises BadInput for a word."""
        try:
            return int(TypeAdapter(ByteSize).validate_python(self.disk_reserve))
        except ValidationError:
            raise BadInput(
                f"{self.disk_reserve!r} is no size",
                where="REGULARS_DISK_RESERVE",
                next_move="write it as 500MB or 2GB",
            ) from None

    @property
    def inbox_folder(self) -> Path:
        """What was fetched from elsewhere: copies of remote files, extracts of databases."""
        return self.root / "inbox"

    def connection(self, name: str) -> str | None:
        """The secret that opens a connection of the policy: `REGULARS_CONNECTION_<NAME>`."""
        return os.environ.get(f"REGULARS_CONNECTION_{name.upper()}")

    @property
    def landing_folder(self) -> Path:
        """Validated input as immutable Parquet."""
        return self.root / "landing"

    @property
    def quarantine_folder(self) -> Path:
        """Rows and files that were refused; for few eyes."""
        return self.root / "quarantine"

    @property
    def review_folder(self) -> Path:
        """Suggestions that wait for a person to decide; for few eyes."""
        return self.root / "review"

    @property
    def exports_folder(self) -> Path:
        """The action lists, one folder per business date."""
        return self.root / "exports"

    @property
    def deliveries_folder(self) -> Path:
        """What was delivered where, accepted by whom and told to whom; for few eyes."""
        return self.root / "deliveries"

    @property
    def profiles_folder(self) -> Path:
        """Files for marketing tools, with contact details, one folder per day; for few eyes."""
        return self.root / "profiles"

    @property
    def reports_folder(self) -> Path:
        """Run reports, one folder per business date."""
        return self.root / "reports"

    @property
    def published_folder(self) -> Path:
        """Parquet copies of the published tables, for readers that must not lock the warehouse."""
        return self.root / "published"

    @cached_property
    def identity_secret(self) -> bytes:
        """The key of the customer pseudonyms: from the environment, else a file made once.

        Losing the file means that no customer is recognised again: back it up with the warehouse.
        """
        if self.identity_key:
            return self.identity_key.encode()
        self.keep_identity_key(secrets.token_hex(32))
        return self._key_file.read_bytes().strip()

    def keep_identity_key(self, text: str) -> None:
        """Write the key file, readable by its owner alone, unless there is one already."""
        if self._key_file.exists():
            return
        self._key_file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)

    @property
    def _key_file(self) -> Path:
        return self.root / "identity.key"


def _with_options(uri: str, options: dict[str, str]) -> str:
    """The URI with those of the options that it does not state itself."""
    _, found, query = uri.partition("?")
    stated = dict(parse_qsl(query, keep_blank_values=True))
    added = urlencode({name: value for name, value in options.items() if name not in stated})
    return f"{uri}{'&' if found else '?'}{added}" if added else uri
