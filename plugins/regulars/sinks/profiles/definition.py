"""What a tool's file looks like: its columns, whose consent it takes, what identifies a person."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from regulars.domain.documents import read_document
from regulars.domain.errors import BadInput
from regulars.domain.fields import CONSENT_CHANNELS
from regulars.settings import INCLUDE
from regulars.sinks.profiles.people import VALUES

PROFILES = INCLUDE / "profiles"
AUDIENCES = {"reward": "A01", "incentivise": "A02", "activate": "A03", "deprioritise": "A04"}
"""What a list is called outside: a name from which nobody can tell what we think of whom."""


class ProfileColumn(BaseModel):
    """A column: its exact header, where its value comes from and the form the tool wants.

    `needs` is the channel without whose consent the cell stays blank. `is_hashed`: the tool gets
    the SHA-256 of the form, as hexadecimal text. `is_list`: a list of one or none (JSON only).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    header: str
    value: str
    form: Literal["plain", "lower", "letters", "plus", "digits", "mainland"] = "plain"
    needs: str | None = None
    is_hashed: bool = False
    is_list: bool = False


class ProfileDefinition(BaseModel):
    """A tool's file. A person is in it with at least one of the consents and of the identities.

    `members` are those on today's list, or all whose action still runs: an audience or a tag has to
    stay as long as the offer does, a message is sent once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    title: str
    members: Literal["today", "running"] = "today"
    consent: tuple[str, ...]
    needs_consent_source: bool = False
    lists: tuple[str, ...]
    format: Literal["csv", "jsonl"] = "csv"
    identity: tuple[str, ...]
    columns: tuple[ProfileColumn, ...]
    remove: tuple[str, ...]
    swap_on_removal: tuple[str, ...] = ()
    words: dict[str, str] = {}
    max_bytes: Annotated[int, Field(gt=0)] = 1_000_000_000

    @property
    def headers(self) -> tuple[str, ...]:
        """The header line."""
        return tuple(column.header for column in self.columns)

    def file_name(self, list_name: str, *, removal: bool = False) -> str:
        """The file of a list: `klaviyo/A01.csv`, and `klaviyo/A01_remove.csv` for who left it."""
        return f"{self.name}/{AUDIENCES[list_name]}{'_remove' if removal else ''}.{self.format}"

    @model_validator(mode="after")
    def _speaks_of_what_there_is(self) -> Self:
        named = {*self.identity, *self.remove, *self.swap_on_removal}
        if strangers := sorted(named - set(self.headers)):
            raise ValueError(f"no column is called {', '.join(strangers)}")
        if unknown := sorted({column.value for column in self.columns} - set(VALUES)):
            raise ValueError(f"nothing is known as {', '.join(unknown)}")
        needed = {*self.consent, *(column.needs for column in self.columns if column.needs)}
        if strange := sorted(needed - set(CONSENT_CHANNELS)):
            raise ValueError(f"nobody is asked for consent to {', '.join(strange)}")
        if unlisted := sorted(set(self.lists) - set(AUDIENCES)):
            raise ValueError(f"there is no list {', '.join(unlisted)}")
        return self


@cache
def load_profile(name: str, folder: Path = PROFILES) -> ProfileDefinition:
    """The definition of a tool's file. Raises BadInput naming the file and the key."""
    path = folder / f"{name}.yaml"
    try:
        return ProfileDefinition(name=name, **read_document(path.read_bytes(), path.name))
    except FileNotFoundError:
        known = ", ".join(sorted(path.stem for path in folder.glob("*.yaml")))
        raise BadInput(f"no profile {name!r}", next_move=f"use one of: {known}") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        raise BadInput(f"{key}: {first['msg']}", where=path.name) from error
