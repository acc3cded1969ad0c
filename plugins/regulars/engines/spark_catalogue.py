"""What a server has by which name: asked of its catalogue, or kept beside the tables.

A catalogue that lasts no longer than a session (Sail's own) forgets every table and view when
the warehouse is closed. There, how each was made is written down in a Delta table under the
location, and said again to the next session.
"""

# ruff: noqa: S608  (names are checked identifiers, values are literals of the syntax tree)

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Protocol

from regulars.engines.errors import StatementFailed
from regulars.engines.published import MART
from regulars.engines.spark_abilities import Rows, Run
from regulars.engines.spark_statements import text, ticked

_NOTES = "regulars__catalogue"
_VIEW_TEXT = re.compile(r"^View Text: (.*?)\nView Original Text: ", re.DOTALL | re.MULTILINE)
_DIGEST = "regulars.made_of"


class Catalogue(Protocol):
    """The tables and views of the warehouse's schema, and the views of its readers."""

    def relations(self) -> dict[str, str]:
        """What each name of the warehouse's schema is, "table" or "view"."""

    def is_made_by(self, name: str, statement: str) -> bool:
        """Whether a view is what this statement makes of it: then nothing need be done."""

    def note(self, name: str, kind: str, statement: str) -> None:
        """Remember how a name was made, for the next session."""

    def forget(self, name: str) -> None:
        """Do not make this name again."""


class LastingCatalogue:
    """The server remembers by itself, and tells everything about a schema in one statement."""

    def __init__(self, rows: Rows, schema: str) -> None:
        self._rows, self._schema = rows, schema
        self._told: dict[str, dict[str, str]] = {}
        self._made: dict[str, str] = {}

    def relations(self) -> dict[str, str]:
        """What each name is."""
        self._made = {}
        told = self._tell(self._schema)
        return {name: "view" if "\nType: VIEW\n" in one else "table" for name, one in told.items()}

    def is_made_by(self, name: str, statement: str) -> bool:
        """By what this session made; else by the view's text, or the digest of a described one."""
        if name in self._made:
            return self._made[name] == statement
        schema, _, view = name.rpartition(".")
        if schema:
            told = self._told[schema] if schema in self._told else self._tell(schema)
            return made_of(statement) in told.get(view, "")
        return replacing(view, self.text_of(view)) == statement

    def text_of(self, view: str) -> str:
        """The select of a view; empty when there is none."""
        found = _VIEW_TEXT.search(self._told[self._schema].get(view, ""))
        return found[1] if found else ""

    def note(self, name: str, kind: str, statement: str) -> None:
        """The server knows; what it told before is out of date."""
        self._made[name] = statement

    def forget(self, name: str) -> None:
        """The same."""
        self._made[name] = ""

    def _tell(self, schema: str) -> dict[str, str]:
        rows = self._rows(f"show table extended in {ticked(schema)} like '*'", schema)
        self._told[schema] = {row["tableName"]: row["information"] for row in rows}
        return self._told[schema]


class SessionCatalogue:
    """The server forgets: tables and views are noted under the location, and made again."""

    def __init__(self, run: Run, rows: Rows, location: str) -> None:
        self._run, self._rows = run, rows
        self._noted: dict[str, tuple[str, str]] = {}
        run(f"create schema if not exists {MART}", "catalogue")
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

    def is_made_by(self, name: str, statement: str) -> bool:
        """Whether it is noted like this."""
        return self._noted.get(name, ("", ""))[1] == statement

    def note(self, name: str, kind: str, statement: str) -> None:
        """Write down how a name is made, unless it is written down so already."""
        if self._noted.get(name) == (kind, statement):
            return
        row = f"{text(name)} as name, {text(kind)} as kind, {text(statement)} as statement"
        self._run(f"insert into {_NOTES} replace where name = {text(name)} select {row}", name)
        self._noted[name] = (kind, statement)

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


def replacing(view: str, select: str) -> str:
    """The statement that creates or replaces a view."""
    return f"create or replace view {ticked(view)} as {select}"


def describing(name: str, select: str, description: str, meanings: Mapping[str, str]) -> str:
    """The statement that creates or replaces a view with all its comments, and their digest."""
    columns = ", ".join(f"{ticked(one)} comment {text(what)}" for one, what in meanings.items())
    head = f"create or replace view {name} ({columns}) comment {text(description)}"
    digest = sha256(f"{head} as {select}".encode()).hexdigest()
    return f"{head} tblproperties ('{_DIGEST}'='{digest}') as {select}"


def made_of(statement: str) -> str:
    """What the catalogue tells of a view that such a statement made."""
    _, _, rest = statement.partition(f"'{_DIGEST}'='")
    return f"{_DIGEST}={rest.partition(chr(39))[0]}"


def registration(table: str, format_: str, location: str) -> str:
    """The statement that makes a table known which lies under the location."""
    return (
        f"create table if not exists {ticked(table)} using {format_} location '{location}/{table}'"
    )
