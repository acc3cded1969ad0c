"""Which rows a newer revision has superseded, worked out for the keys of changed files only.

Staging is the raw table less these rows. They are few, so that a reader who wants one day reads
that day, where looking for the newest revision of everything would read all of history each time.
"""

from regulars.domain.records import RECORDS
from regulars.engines import Warehouse
from regulars.steps.changed_files import changed_files, remember_files

SUPERSEDED = ("orders", "order_lines", "payments", "adjustments", "settlements", "loyalty_events")
"""The entities that grow by the day; the others are small enough to be looked through."""
_SEEN_BY = "superseding"


def supersede(warehouse: Warehouse) -> None:
    """Bring `ops_superseded_*` up to date with what is loaded.

    What is found depends on the raw rows alone, not on the order in which their files came. Cut
    short, it is simply done again.
    """
    changed = changed_files(warehouse, _SEEN_BY)
    for entity in SUPERSEDED:
        files = changed.of(entity)
        if changed.is_first:
            warehouse.build(superseded_table(entity), _all_superseded(entity))
        elif files:
            warehouse.build(superseded_table(entity), _superseded_again(entity, files))
    remember_files(warehouse, _SEEN_BY)


def superseded_table(entity: str) -> str:
    """The table of the superseded rows of an entity."""
    return f"ops_superseded_{entity}"


def superseded_columns(entity: str) -> list[str]:
    """Its columns, in order: the key, file and row, and the file that the newest row is in."""
    return [*RECORDS[entity].key, "source_file_sha256", "source_row", "newest_file_sha256"]


def _all_superseded(entity: str) -> str:
    return f"with ranked as ({_ranked(entity)}) {_lost(entity)}"


def _superseded_again(entity: str, files: list[str]) -> str:
    """Keys of changed files, and keys whose newest row was in one, are ranked again."""
    key = ", ".join(RECORDS[entity].key)
    changed = ", ".join(f"'{sha256}'" for sha256 in files)
    same = " and ".join(f"one.{name} = touched.{name}" for name in RECORDS[entity].key)
    kept = ", ".join(f"one.{name}" for name in superseded_columns(entity))
    table = superseded_table(entity)
    return (
        f"with touched as (select {key} from raw_{entity}"  # noqa: S608
        f" where source_file_sha256 in ({changed})"
        f" union select {key} from {table} where source_file_sha256 in ({changed})"
        f" or newest_file_sha256 in ({changed})),"
        f" ranked as ({_ranked(entity, f'inner join touched on {same}')})"
        f" {_lost(entity)} union all select {kept} from {table} as one"
        f" left join touched on {same} where touched.{RECORDS[entity].key[0]} is null"
    )


def _ranked(entity: str, restricted: str = "") -> str:
    """Every row with its place among the rows of its key: highest revision, smallest file, row."""
    key = [f"one.{name}" for name in RECORDS[entity].key]
    over = (
        f"over (partition by {', '.join(key)} order by coalesce(one.revision, 0) desc,"
        " one.source_file_sha256, one.source_row)"
    )
    return (
        f"select {', '.join(key)}, one.source_file_sha256, one.source_row,"  # noqa: S608
        f" row_number() {over} as place, first_value(one.source_file_sha256) {over}"
        f" as newest_file_sha256 from raw_{entity} as one {restricted}"
    )


def _lost(entity: str) -> str:
    return f"select {', '.join(superseded_columns(entity))} from ranked where place > 1"  # noqa: S608
