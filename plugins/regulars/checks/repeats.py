"""Rows that say the same thing twice, and rows that contradict each other."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from regulars.checks.parsing import LINEAGE, Categories
from regulars.domain.records import RECORDS

FILE = LINEAGE[0]
_MOST = 1 << 62


def find_repeated(
    entity: str, rows: pd.DataFrame, is_fit: npt.NDArray[np.bool_], texts: Categories
) -> pd.DataFrame:
    """The fit rows that share file, key and revision with another fit row: few, as a rule."""
    identity = [FILE, *_identity(entity, rows)]
    known = {name: texts[name]() for name in identity if name in texts}
    facts = _facts(rows[identity].assign(**known))
    keys = pd.Series(_number_keys(facts), index=rows.index)[is_fit]
    return rows.loc[keys.index[keys.duplicated(keep=False)]]


def find_conflicts(entity: str, rows: pd.DataFrame) -> pd.Index:
    """Places of rows of one file that share key and revision but not content.

    Which of them is right cannot be known, so none is. Across files the warehouse decides.
    """
    repeated = _facts(rows)
    identity = [FILE, *_identity(entity, repeated)]
    if repeated.empty:
        return repeated.index
    content = [name for name in repeated.columns if name != LINEAGE[1]]
    who = repeated.groupby(identity, dropna=False).ngroup()
    what = repeated.groupby(content, dropna=False).ngroup()
    return repeated.index[what.groupby(who).transform("nunique") > 1]


def find_duplicates(entity: str, rows: pd.DataFrame) -> pd.Index:
    """Places of repeated rows whose key and content an earlier row of the file already has.

    Repeats in another file are loaded and the warehouse takes one of them: what is counted must
    not depend on which files were read together.
    """
    facts = _facts(rows)
    content = [name for name in facts.columns if name != LINEAGE[1]]
    return facts.index[facts.duplicated(content, keep="first")]


def _number_keys(facts: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A number for each row, the same where all columns are; what is missing equals its like."""
    numbers, size = np.zeros(len(facts), np.int64), 1
    for name in facts.columns:
        codes, count = _codes_of(facts[name])
        if size * (count + 1) > _MOST:
            numbers, kinds = pd.factorize(numbers)
            size = len(kinds)
        numbers = numbers * (count + 1) + codes + 1
        size *= count + 1
    return numbers


def _codes_of(column: pd.Series) -> tuple[npt.NDArray[np.int64], int]:
    """A number for each different value (-1 where it is missing), and how many there are."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.array(column.cat.codes, dtype=np.int64), len(column.cat.categories)
    codes, distinct = pd.factorize(column)
    return codes, len(distinct)


def _facts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a missing revision read as the first one, number 0."""
    return rows.assign(revision=rows["revision"].fillna(0)) if "revision" in rows else rows


def _identity(entity: str, facts: pd.DataFrame) -> list[str]:
    """The key columns under the names they have in a typed batch, and the revision."""
    key = [
        name if name in facts else f"{name.removesuffix('_at')}_local_at"
        for name in RECORDS[entity].key
    ]
    return [*key, *(["revision"] if "revision" in facts else [])]
