"""Rows that say the same thing twice, and rows that contradict each other."""

import pandas as pd

from regulars.checks.parsing import LINEAGE
from regulars.domain.records import RECORDS

FILE = LINEAGE[0]


def find_conflicts(entity: str, rows: pd.DataFrame) -> pd.Index:
    """Places of rows of one file that share key and revision but not content.

    Which of them is right cannot be known, so none is. Across files the warehouse decides.
    """
    facts = _facts(rows)
    identity = [FILE, *_identity(entity, facts)]
    repeated = facts[facts.duplicated(identity, keep=False)]
    if repeated.empty:
        return repeated.index
    content = [name for name in facts.columns if name != LINEAGE[1]]
    who = repeated.groupby(identity, dropna=False).ngroup()
    what = repeated.groupby(content, dropna=False).ngroup()
    return repeated.index[what.groupby(who).transform("nunique") > 1]


def find_duplicates(entity: str, rows: pd.DataFrame) -> pd.Index:
    """Places of rows whose key and content an earlier row of the same file already has.

    Repeats in another file are loaded and the warehouse takes one of them: what is counted must
    not depend on which files were read together.
    """
    facts = _facts(rows)
    repeated = facts[facts.duplicated([FILE, *_identity(entity, facts)], keep=False)]
    content = [name for name in facts.columns if name != LINEAGE[1]]
    return repeated.index[repeated.duplicated(content, keep="first")]


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
