"""What stands in the published schema under a table's name, against what shall stand there."""

from dataclasses import dataclass, field

from regulars.engines.names import quoted
from regulars.engines.postgres_ddl import column_types
from regulars.engines.postgres_views import Rows
from regulars.engines.published import MART, PARTS, PublishedTable
from regulars.engines.published_schema import key_of, parted_by

RECORD = f"{PARTS}.published_tables"
"""From what each table was last published: another definition, or another warehouse, shows."""
_KINDS = {"r": "table", "p": "table", "v": "view", "m": "materialized view"}
_RELATION = """
select
    relation.relkind::text as kind,
    record.fingerprint,
    array_to_string(array(
        select part.attname
        from pg_index as index, unnest(index.indkey::int[]) with ordinality as key(number, place)
        join pg_attribute as part on part.attnum = key.number
        where index.indrelid = relation.oid and index.indisprimary
            and part.attrelid = relation.oid
        order by key.place
    ), ' ') as key,
    array_to_string(array(
        select conname from pg_constraint where conrelid = relation.oid order by conname
    ), ' ') as constraints
from pg_class as relation
left join {record} as record on record.name = '{table}'
where relation.oid = to_regclass('{name}')
"""
_COLUMNS = """
select attname::text as name, format_type(atttypid, atttypmod) as kind
from pg_attribute
where attrelid = to_regclass('{name}') and attnum > 0 and not attisdropped
order by attnum
"""


@dataclass(frozen=True)
class Standing:
    """A published table as it is: absent, as it shall be, or different in some columns."""

    kind: str | None = None
    is_current: bool = False
    is_made_anew: bool = True
    missing: tuple[str, ...] = ()
    obsolete: tuple[str, ...] = ()
    constraints: frozenset[str] = field(default_factory=frozenset)


def standing_of(rows: Rows, table: PublishedTable, fingerprint: str) -> Standing:
    """Compare what is there with what shall be.

    Columns that came or went are added and dropped in place; another type of a column, another key
    or another kind of table has it made anew.
    """
    name = f"{MART}.{quoted(table.name)}"
    found = rows(_RELATION.format(record=RECORD, table=table.name, name=name), table.name)
    if not found:
        return Standing()
    (there,) = found
    if there["fingerprint"] == fingerprint:
        return Standing(_KINDS[there["kind"]], is_current=True, is_made_anew=False)
    old = {row["name"]: row["kind"] for row in rows(_COLUMNS.format(name=name), table.name)}
    fresh = column_types(table.types)
    kept = old.keys() & fresh.keys()
    is_alike = (
        there["kind"] == ("p" if parted_by(table) else "r")
        and tuple(there["key"].split()) == key_of(table)
        and all(old[column] == fresh[column] for column in kept)
    )
    return Standing(
        kind=_KINDS[there["kind"]],
        is_made_anew=not is_alike,
        missing=tuple(column for column in fresh if column not in old) if is_alike else (),
        obsolete=tuple(column for column in old if column not in fresh) if is_alike else (),
        constraints=frozenset(there["constraints"].split()),
    )
