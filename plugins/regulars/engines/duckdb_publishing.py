"""The schema `mart` in DuckDB: described views, made again only when they would differ.

A view and the meanings of its columns are twenty statements, and from one run to the next nearly
all of them stay the same. So it is kept from what each view was made, and what DuckDB made of it:
another text, another meaning, and a view that somebody dropped or replaced all show.
"""

# ruff: noqa: S608  (names are checked identifiers, values are literals of the syntax tree)

from collections.abc import Iterable
from hashlib import sha256

from regulars.engines.literals import text_literal
from regulars.engines.names import quoted
from regulars.engines.published import MART, PARTS, PublishedTable

RECORD = f"{PARTS}.published_views"
PREPARATION = (
    f"create schema if not exists {MART}",
    f"create schema if not exists {PARTS}",
    f"create table if not exists {RECORD} (name text, fingerprint text, definition text)",
)
_VIEWS = f"from duckdb_views() where schema_name = '{MART}' and database_name = current_database()"
STANDING = f"""
select record.name, record.fingerprint
from {RECORD} as record
inner join (select view_name, sql {_VIEWS}) as views
    on views.view_name = record.name and views.sql = record.definition
"""
"""The views that are as they were made, with the fingerprint of what they were made from."""


def making(table: PublishedTable, select: str) -> list[str]:
    """The statements that make the view of a published table and say what it means."""
    name = f"{MART}.{quoted(table.name)}"
    targets = {f"view {name}": table.description}
    targets |= {f"column {name}.{quoted(one)}": text for one, text in table.columns.items()}
    return [
        f"create or replace view {name} as {select}",
        *(f"comment on {on} is {text_literal(text, 'duckdb')}" for on, text in targets.items()),
    ]


def fingerprint(table: PublishedTable, statements: Iterable[str]) -> str:
    """A digest of all that a view is made from; a view is tied to the types below it as well."""
    types = (f"{name} {kind}" for name, kind in table.types.items())
    return sha256("\x1f".join([*statements, *types]).encode()).hexdigest()[:32]


def recording(table: PublishedTable, digest: str) -> list[str]:
    """The statements that keep from what the view, which is there, was made."""
    return [
        f"delete from {RECORD} where name = '{table.name}'",
        f"insert into {RECORD} select view_name, '{digest}', sql {_VIEWS}"
        f" and view_name = '{table.name}'",
    ]
