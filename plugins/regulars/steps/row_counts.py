"""Where the rows of a file went, whatever records were made of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from regulars.sources.files import FileContents
from regulars.sources.landing import RowCounts


@dataclass(frozen=True)
class Places:
    """Of one entity: the source rows with a record that was loaded, and with one set aside.

    A row that could not be read is set aside with its file's first entity.
    """

    loaded: frozenset[int]
    set_aside: frozenset[int]


def count_file(contents: FileContents, places: Sequence[Places]) -> RowCounts:
    """The file's own rows, each counted once, however many records were made of it.

    A row is quarantined where anything made of it is, and a duplicate where all of it is.
    """
    aside = frozenset[int]().union(*(one.set_aside for one in places))
    kept = frozenset[int]().union(*(one.loaded for one in places)) - aside
    made = {int(row) for batch in contents.batches for row in batch.frame["source_row"]}
    made |= {int(row) for row in contents.rejected["source_row"]}
    rows = [*made, *contents.behind.values()]
    loaded, quarantined = sum(row in kept for row in rows), sum(row in aside for row in rows)
    return RowCounts(
        read=contents.rows_read,
        loaded=loaded,
        quarantined=quarantined,
        duplicate=len(rows) - loaded - quarantined,
        summary=contents.summary_rows,
        out_of_scope=contents.out_of_scope_rows,
    )
