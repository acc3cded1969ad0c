"""Rotated keys: which hash was a hash's first, however often the key has changed since."""

import pandas as pd


def oldest_keys(pairs: pd.DataFrame) -> pd.DataFrame:
    """Columns `node_key, oldest_key`, each key once, from pairs `node_key, key_before`.

    A key before may itself have had one before: the chain is followed to its end.
    """
    before = pairs.groupby("node_key")["key_before"].min()
    oldest = before
    # Each round doubles the steps taken; a chain has as many links as there were rotations.
    for _ in range(len(before).bit_length()):
        further = oldest.map(oldest)
        if further.isna().all():
            break
        oldest = further.fillna(oldest)
    return oldest.rename("oldest_key").reset_index()
