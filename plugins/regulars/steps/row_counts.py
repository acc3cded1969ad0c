"""Where the rows of a file went, whatever records were made of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regulars.sources.files import FileContents
from regulars.sources.landing import RowCounts

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """Of one entity: the source rows with a record that was loaded, and with one set aside.

    A row that could not be read is set aside with its file's first entity. Numbers of source rows,
    int64; a number may be there several times.
    """

    loaded: Numbers
    set_aside: Numbers


def count_file(contents: FileContents, places: Sequence[Places]) -> RowCounts:
    """The file's own rows, each counted once, however many records were made of it.

    A row is quarantined where anything made of it is, and a duplicate where all of it is.
    """
    behind = np.fromiter(contents.behind.values(), np.int64)
    made = [batch.rows["source_row"].to_numpy() for batch in contents.batches]
    made.append(contents.rejected["source_row"].to_numpy(np.int64))
    aside, kept = [one.set_aside for one in places], [one.loaded for one in places]
    parts = (*made, *aside, *kept, behind)
    size = 1 + max((int(part.max()) for part in parts if len(part)), default=0)
    is_made, is_aside = _mark(made, size), _mark(aside, size)
    is_kept = _mark(kept, size) & ~is_aside
    loaded = np.sum(is_made & is_kept) + np.sum(is_kept[behind])
    quarantined = np.sum(is_made & is_aside) + np.sum(is_aside[behind])
    return RowCounts(
        read=contents.rows_read,
        loaded=int(loaded),
        quarantined=int(quarantined),
        duplicate=int(np.sum(is_made) + len(behind) - loaded - quarantined),
        summary=contents.summary_rows,
        out_of_scope=contents.out_of_scope_rows,
    )


def _mark(parts: Sequence[Numbers], size: int) -> npt.NDArray[np.bool_]:
    """Whether each number below `size` occurs."""
    marks = np.zeros(size, np.bool_)
    for part in parts:
        marks[part] = True
    return marks
