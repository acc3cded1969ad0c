"""What every step starts from: the window of days, the settings, the policy, the warehouse."""

import logging
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from regulars.domain.errors import BadInput
from regulars.engines import Warehouse, open_warehouse
from regulars.models import Catalog, Dictionary, load_catalog, load_dictionary
from regulars.policy import Policy, first_valid_from, load_policy
from regulars.settings import INCLUDE, Settings

SQL_FOLDER = INCLUDE / "sql"
Receipt = dict[str, object]
log = logging.getLogger("regulars")


@dataclass(frozen=True)
class Run:
    """One run: the business date it is for, and the first day of the window it covers."""

    business_date: date
    first_date: date
    settings: Settings

    @cached_property
    def policy(self) -> Policy:
        """The policy in force on the business date."""
        return load_policy(self.settings.policy, self.business_date)

    @cached_property
    def newest_policy(self) -> Policy:
        """The newest version: its stores and its dated cost rules hold for every day."""
        return load_policy(self.settings.policy, date.max)

    @cached_property
    def catalog(self) -> Catalog:
        """All SQL models, checked and in order."""
        return _read_catalog()

    @cached_property
    def dictionary(self) -> Dictionary:
        """What every published column means."""
        return _read_dictionary()

    @property
    def calendar_span(self) -> tuple[date, date]:
        """The years that `dim_dates` covers."""
        return date(self.first_date.year - 5, 1, 1), date(self.business_date.year + 1, 12, 31)

    def on(self, day: date) -> "Run":
        """The run of one other day, under the policy in force on it."""
        return self if day == self.business_date else Run(day, day, self.settings)

    def judging(self, day: date) -> "Run":
        """The run of a day for judging it: before the first version, the first one holds."""
        if day == self.business_date:
            return self
        return self.on(max(day, first_valid_from(self.settings.policy)))

    def warehouse(self) -> Warehouse:
        """The open warehouse, to be used as a context manager and closed soon."""
        self.settings.root.mkdir(parents=True, exist_ok=True)
        return open_warehouse(self.settings.warehouse_uri)

    def day_folder(self, folder: Path) -> Path:
        """The business date's own folder in a folder of days."""
        return folder / self.business_date.isoformat()


@cache
def _read_catalog() -> Catalog:
    """Reading and checking all models takes half a second: once a process is enough."""
    return load_catalog(SQL_FOLDER)


@cache
def _read_dictionary() -> Dictionary:
    return load_dictionary(SQL_FOLDER / "dictionary.yaml")


def start(business_date: str, first_date: str | None = None) -> Run:
    """The run of a day, or of a window ending on it. Raises BadInput for days that are none."""
    last = _day("business_date", business_date)
    first = _day("first_date", first_date) if first_date else last
    if first > last:
        raise BadInput(
            f"first_date {first} is after business_date {last}", next_move="swap the two"
        )
    return Run(last, first, Settings())


def tell(message: str) -> None:
    """Progress for whoever watches: a line in the log."""
    log.info(message)


def fingerprint(*parts: object) -> str:
    """A short stable digest of what something was made from."""
    return sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:32]


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"{name} {text!r} is not a day", next_move="write it as 2025-01-31"
        ) from error
