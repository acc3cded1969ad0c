"""Names of tables and columns: checked against an allow-list, then quoted."""

import re
from collections.abc import Sequence

from regulars.domain.errors import BadInput

_ALLOWED = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def checked(name: str) -> str:
    """The name, if it is a plain lower-case identifier. Raises BadInput otherwise."""
    if not _ALLOWED.fullmatch(name):
        raise BadInput(
            f"{name!r} cannot be a table or column name",
            next_move="use a-z, 0-9 and _, at most 63 characters, not starting with a digit",
        )
    return name


def quoted(name: str) -> str:
    """The checked name in double quotes, as it is written into a statement."""
    return f'"{checked(name)}"'


def quoted_list(names: Sequence[str]) -> str:
    """Checked names in double quotes, with commas between."""
    return ", ".join(quoted(name) for name in names)


def next_of(table: str) -> str:
    """The name under which the next state of a table is prepared before it takes its place."""
    return checked(f"{checked(table)}__next")
