"""What a reader gets and gives: rows of text under the layout's names, and what became of each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from regulars.policy import SourcePolicy
from regulars.sources.files import Finding, Reason


@dataclass(frozen=True)
class SourceRow:
    """A row of a file: its number as a person counts, and its texts, trimmed, by column name.

    `row["tip"]` is "" where the cell is blank or the file has no such column. `store_id` is
    already the group's own id of the store (see `store_map` in the policy).
    """

    number: int
    texts: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")

    def pick(self, *names: str) -> dict[str, str]:
        """These texts, blank where the file has none."""
        return {name: self[name] for name in names}


@dataclass(frozen=True)
class Sheet:
    """A file's rows for its reader.

    `columns` are those that the file has; `settings` the layout's own, for this table.
    `companion(table)` is the same layout's table of that name from the same folder and day, or
    None where it was not dropped (the reader decides whether it can do without).
    """

    file: str
    rows: tuple[SourceRow, ...]
    columns: frozenset[str]
    settings: Mapping[str, Any]
    source: SourcePolicy
    companion: Callable[[str], "Sheet | None"]


@dataclass(frozen=True)
class Record:
    """A row of a canonical template, made of one or more rows; it carries the first one's number.

    `others` are the further rows it was made of: they are spoken for by it.
    """

    entity: str
    source_row: int
    values: Mapping[str, str]
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """A row that cannot be read: it goes to the quarantine, and no record of it is kept."""

    source_row: int
    reason: Reason


@dataclass(frozen=True)
class OutOfScope:
    """A row that is no business of ours (another transaction type, a test order), and why."""

    source_row: int
    why: str


Outcome = Record | Rejected | OutOfScope | Finding
Reader = Callable[[Sheet], Iterable[Outcome]]
