"""What a table is for its readers: its rows, its types, its key and its meaning.

Engines make of it what they can: a described view, or a table with constraints and indexes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

MART = "mart"
"""The schema that readers are given."""
PARTS = "mart_parts"
"""Where what readers need not see of it lies: months of parted tables, records of what was made."""
Window = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True)
class PublishedTable:
    """One table of the schema that readers are given.

    `select` is in the portable dialect; `:home` stands in it for the schema of the warehouse's own
    tables. `types` are the types of that dialect and `columns` the meanings, both by column name
    and in the order of the select. `unique` are the columns that tell one row from another.
    `day_column` names the day by which rows are replaced; without one they are compared.
    """

    name: str
    select: str
    description: str
    columns: Mapping[str, str]
    types: Mapping[str, str]
    unique: tuple[str, ...]
    day_column: str | None = None
    is_for_marketing: bool = False
