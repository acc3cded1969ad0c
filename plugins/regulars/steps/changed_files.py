"""Which landed files came, changed or went since a piece of work was last done.

Each piece of work keeps the list of files it has seen, so that one which was cut short looks at
them again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from regulars.engines import Warehouse

SEEN_FILES = pa.schema(
    {
        "seen_by": pa.string(), "entity": pa.string(), "source_file_sha256": pa.string(),
        "landed_file": pa.string(), "corrected_file": pa.string(),
    }
)  # fmt: skip
SEEN_TABLE = "ops_seen_files"
_Key = tuple[str, str]


@dataclass(frozen=True)
class ChangedFiles:
    """Files as (entity, hash). A file that was read again, or went, is `replaced`.

    `is_first` says that nothing has been seen so far: everything is to be worked out.
    """

    fresh: frozenset[_Key]
    replaced: frozenset[_Key]
    is_first: bool

    def of(self, entity: str) -> list[str]:
        """The hashes of all changed files of an entity, in order."""
        return sorted(sha256 for one, sha256 in self.fresh | self.replaced if one == entity)


def changed_files(warehouse: Warehouse, seen_by: str) -> ChangedFiles:
    """How the loaded files differ from those that this piece of work has seen."""
    now = _contents(warehouse, "raw_file_receipts where entity is not null")
    before = _contents(warehouse, "ops_seen_files where seen_by = :seen_by", seen_by=seen_by)
    replaced = {key for key, content in before.items() if now.get(key) != content}
    return ChangedFiles(
        fresh=frozenset(now.keys() - before.keys()),
        replaced=frozenset(replaced),
        is_first=not before,
    )


def remember_files(warehouse: Warehouse, seen_by: str) -> None:
    """This piece of work has seen all files that are loaded."""
    rows = warehouse.query(
        "select distinct :seen_by as seen_by, entity, source_file_sha256, landed_file,"
        " corrected_file from raw_file_receipts where entity is not null",
        seen_by=seen_by,
    )
    if rows.num_rows:
        warehouse.load_slices(SEEN_TABLE, rows.cast(SEEN_FILES), "seen_by")
    else:
        warehouse.delete_slices(SEEN_TABLE, "seen_by", [seen_by])


def _contents(warehouse: Warehouse, where: str, **params: object) -> Mapping[_Key, set[Any]]:
    """By file what was landed of it: several sources may have brought the same bytes."""
    rows = warehouse.query(
        "select entity, source_file_sha256, landed_file, corrected_file from " + where,  # noqa: S608
        **params,
    ).to_pylist()
    contents: dict[_Key, set[Any]] = {}
    for row in rows:
        landed = (row["landed_file"], row["corrected_file"])
        contents.setdefault((row["entity"], row["source_file_sha256"]), set()).add(landed)
    return contents
