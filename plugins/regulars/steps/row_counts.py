"""Where the rows of a file went, whatever records were made of them."""

from collections.abc import Iterable, Sequence
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
    made = [batch.rows["source_row"].to_numpy() for batch in contents.batches]
    behind = _numbers(contents.behind.values())
    rows = np.concatenate([_distinct([*made, contents.rejected["source_row"]]), behind])
    is_aside = np.isin(rows, _distinct([one.set_aside for one in places]))
    is_kept = np.isin(rows, _distinct([one.loaded for one in places])) & ~is_aside
    loaded, quarantined = int(is_kept.sum()), int(is_aside.sum())
    return RowCounts(
        read=contents.rows_read,
        loaded=loaded,
        quarantined=quarantined,
        duplicate=len(rows) - loaded - quarantined,
        summary=contents.summary_rows,
        out_of_scope=contents.out_of_scope_rows,
    )


def _distinct(parts: Sequence[Iterable[int]]) -> Numbers:
    return np.unique(np.concatenate([_numbers(()), *(_numbers(part) for part in parts)]))


def _numbers(rows: Iterable[int]) -> Numbers:
    return np.asarray(rows if hasattr(rows, "__array__") else list(rows), dtype=np.int64)
