"""Which row of which file each row of a batch is: counted and told by file, never by content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from regulars.checks.parsing import LINEAGE
from regulars.domain.text_columns import find_distinct

Rows = npt.NDArray[np.intp] | npt.NDArray[np.bool_]
RowMark = tuple[str, int]


@dataclass(frozen=True)
class Lineage:
    """Of every row of a batch the place of its file among `files`, and its number in that file."""

    files: tuple[str, ...]
    places: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.int64]

    def count(self, rows: Rows) -> npt.NDArray[np.int64]:
        """How many of these rows each file has, in the order of `files`."""
        return np.bincount(self.places[rows], minlength=len(self.files))

    def by_file(self, rows: Iterable[int]) -> Mapping[str, list[int]]:
        """The numbers of these rows, ascending, under the files that have any."""
        at = np.array([*rows], np.intp)
        numbers, places = self.numbers[at], self.places[at]
        return {
            self.files[place]: np.sort(numbers[places == place]).tolist()
            for place in np.unique(places)
        }

    def mark(self, row: int) -> RowMark:
        """A row as (file sha256, row number)."""
        return self.files[self.places[row]], int(self.numbers[row])


def read_lineage(batch: pa.Table) -> Lineage:
    """The lineage of a batch in order (`in_order`), its files by name."""
    files = find_distinct(batch[LINEAGE[0]])
    return Lineage(
        tuple(files.dictionary.to_pylist()),
        files.indices.to_numpy(),
        batch[LINEAGE[1]].to_numpy(),
    )


def in_order(rows: pa.Table) -> pa.Table:
    """The rows by file and number; those of one number stay as they came."""
    files = find_distinct(rows[LINEAGE[0]])
    rank = np.argsort(np.argsort(files.dictionary.to_numpy(zero_copy_only=False)))
    by = (rows[LINEAGE[1]].to_numpy(), rank[files.indices.to_numpy()])
    order = np.lexsort(by)
    is_sorted = bool((order == np.arange(len(order))).all())
    whole = rows.unify_dictionaries().combine_chunks()
    ordered = whole if is_sorted else whole.take(pa.array(order))
    at = ordered.column_names.index(LINEAGE[0])
    names = files.dictionary.take(pa.array(np.argsort(rank)))
    places = pa.array(by[1][order].astype(np.int32))
    return ordered.set_column(at, LINEAGE[0], pa.DictionaryArray.from_arrays(places, names))
