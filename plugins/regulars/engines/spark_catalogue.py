"""What a server has by which name: asked of its catalogue, or kept beside the tables.

A catalogue that lasts no longer than a session (Sail's own) forgets every table and view when
the warehouse is closed. There, how each was made is written down in a Delta table under the
location, and said again to the next session.
"""

# ruff: noqa: S608  (names are checked identifiers, values are literals of the syntax tree)

from collections.abc import Callable
from typing import Any, Protocol

from regulars.engines.errors import StatementFailed
from regulars.engines.spark_statements import text, ticked

Run = Callable[[str, str], None]
Rows = Callable[[str, str], list[dict[str, Any]]]
_NOTES = "regulars__catalogue"


class Catalogue(Protocol):
    """The tables and views of the warehouse's schema."""

    def relations(self) -> dict[str, str]:
        """What each name is, "table" or "view"."""

    def note(self, name: str, kind: str, statement: str) -> bool:
        """Remember how a name is made, for the next session. False: it was noted like this."""

    def forget(self, name: str) -> None:
        """Do not make this name again."""


class LastingCatalogue:
    """The server remembers by itself."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def relations(self) -> dict[str, str]:
        """What each name is, in two statements."""
        found = {row["tableName"]: "table" for row in self._rows("show tables", "tables")}
        return found | {row["viewName"]: "view" for row in self._rows("show views", "views")}

    def note(self, name: str, kind: str, statement: str) -> bool:
        """Nothing to do."""
        return True

    def forget(self, name: str) -> None:
        """Nothing to do."""


class SessionCatalogue:
    """The server forgets: tables and views are noted under the location, and made again."""

    def __init__(self, run: Run, rows: Rows, location: str) -> None:
        self._run, self._rows = run, rows
        self._noted: dict[str, tuple[str, str]] = {}
        run(
            f"create table if not exists {_NOTES} (name string, kind string, statement string)"
            f" using delta location '{location}/{_NOTES}'",
            "catalogue",
        )

    def relations(self) -> dict[str, str]:
        """What each name is; whatever others noted meanwhile is made in this session too."""
        rows = self._rows(f"select name, kind, statement from {_NOTES} order by name", "catalogue")
        noted = {row["name"]: (row["kind"], row["statement"]) for row in rows}
        self._make(
            [how for name, (_, how) in noted.items() if self._noted.get(name) != noted[name]]
        )
        self._noted = noted
        return {name: kind for name, (kind, _) in noted.items() if "." not in name}

    def note(self, name: str, kind: str, statement: str) -> bool:
        """Write down how a name is made, unless it is written down so already."""
        if self._noted.get(name) == (kind, statement):
            return False
        row = f"{text(name)} as name, {text(kind)} as kind, {text(statement)} as statement"
        self._run(f"insert into {_NOTES} replace where name = {text(name)} select {row}", name)
        self._noted[name] = (kind, statement)
        return True

    def forget(self, name: str) -> None:
        """Remove the note, if there is one."""
        if self._noted.pop(name, None):
            self._run(f"delete from {_NOTES} where name = {text(name)}", name)

    def _make(self, statements: list[str]) -> None:
        """Run them all, in whatever order works: a view may read another one.

        What cannot be made, because what it reads has other columns by now, waits for its model.
        """
        waiting = statements
        while waiting:
            failed = [one for one in waiting if not self._works(one)]
            if len(failed) == len(waiting):
                return
            waiting = failed

    def _works(self, statement: str) -> bool:
        try:
            self._run(statement, "catalogue")
        except StatementFailed:
            return False
        return True


def registration(table: str, format_: str, location: str) -> str:
    """The statement that makes a table known which lies under the location."""
    return (
        f"create table if not exists {ticked(table)} using {format_} location '{location}/{table}'"
    )
