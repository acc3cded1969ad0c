"""Columns of text as their different texts and the places they stand in, so that each is read once.

A million cells hold a few thousand different prices, names and codes. What is asked of a text is
therefore asked of each different one, and the answer is spread over the rows that have it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

TEXTS = pa.dictionary(pa.int32(), pa.large_string())


def find_distinct(column: pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    """A column of text as one array of its different texts and their places (`TEXTS`)."""
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    return column if column.type == TEXTS else column.cast(TEXTS)


def change_texts(column: pa.DictionaryArray, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """The column with each of its different texts changed; they may become equal by that."""
    return pa.DictionaryArray.from_arrays(column.indices, change(column.dictionary))


def ask_texts(column: pa.Array | pa.ChunkedArray, ask: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """What a function says of every text of a column, asked once for each different one."""
    found = find_distinct(column)
    return ask(found.dictionary).take(found.indices)


def plain_texts(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """The column with every text in its own place (large_string)."""
    return column.cast(pa.large_string())


@dataclass(frozen=True)
class Words:
    """Cells without space around them: the different ones, and which of them each row has.

    texts: str, none missing, all different. codes: int32, -1 where the cell is blank or missing.
    """

    texts: pd.Series
    codes: npt.NDArray[np.int32]

    @property
    def column(self) -> pd.Series:
        """The text of every row, missing where the cell is blank."""
        return self.spread(self.texts)

    def spread(self, values: pd.Series) -> pd.Series:
        """The value of each different text in the rows that have it; missing in blank rows."""
        return pd.Series(values.array.take(self.codes, allow_fill=True))

    def categorise(self, values: pd.Series) -> pd.Series:
        """Like `spread`, as a category: what is asked of it is asked of the different values."""
        places, kinds = pd.factorize(values)
        return pd.Series(pd.Categorical.from_codes(np.append(places, -1)[self.codes], kinds))

    def rows_where(self, mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
        """The places of the rows whose text the mask (over `texts`) is true for."""
        return np.append(mask, False)[self.codes].nonzero()[0]


def read_words(column: pa.Array | pa.ChunkedArray) -> Words:
    """A column's cells without the space around them; a blank one is missing."""
    found = find_distinct(column)
    codes = found.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    trimmed = pc.utf8_trim_whitespace(found.dictionary)
    tidy = pc.if_else(pc.equal(trimmed, ""), None, trimmed).dictionary_encode()
    if len(tidy.dictionary) < len(trimmed) or trimmed.null_count:
        # Some were blank, or differed only in the space around them.
        places = tidy.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        codes = np.append(places, np.int32(-1))[codes]
    return Words(pd.Series(tidy.dictionary, dtype="str"), codes)


def no_words(count: int) -> Words:
    """A column of so many blank cells."""
    return Words(pd.Series(dtype="str"), np.full(count, -1, np.int32))
