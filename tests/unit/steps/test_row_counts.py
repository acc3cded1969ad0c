"""A file counts its own rows, whatever records were made of them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from regulars.sources.files import Batch, DroppedFile, FileContents
from regulars.sources.landing import RowCounts
from regulars.steps.row_counts import Places, count_file

DROPPED = DroppedFile(Path("checks.csv"), "checks.csv", "checks", "0" * 64, 1)


def contents_of(*batches: list[int], read: int, **more: object) -> FileContents:
    """A file whose batches have records of these rows."""
    made = tuple(
        Batch(f"kind {at}", pa.table({"source_row": rows})) for at, rows in enumerate(batches)
    )
    refused = pd.DataFrame({"source_row": more.pop("rejected", [])})
    parts = {"summary_rows": 0, "out_of_scope_rows": 0, **more}
    return FileContents(DROPPED, made, read, rejected=refused, **parts)


def places(loaded: set[int], set_aside: set[int] = frozenset()) -> Places:
    return Places(np.array([*loaded], np.int64), np.array([*set_aside], np.int64))


def test_a_row_of_three_records_is_one_and_a_row_without_an_order_is_one_too():
    contents = contents_of([2, 2, 3], [2, 4], read=3)
    counts = count_file(contents, [places({2, 3}), places({2, 4})])
    assert counts == RowCounts(read=3, loaded=3)


def test_a_row_is_set_aside_where_anything_made_of_it_is():
    counts = count_file(contents_of([2, 3], [2], read=2), [places({2, 3}), places(set(), {2})])
    assert counts == RowCounts(read=2, loaded=1, quarantined=1)


def test_a_row_is_a_duplicate_where_all_of_it_is():
    counts = count_file(contents_of([2, 3], [3], read=2), [places({2}), places({3})])
    assert counts == RowCounts(read=2, loaded=2)
    counts = count_file(contents_of([2, 3], [3], read=2), [places({2}), places(set())])
    assert counts == RowCounts(read=2, loaded=1, duplicate=1)


def test_a_row_that_is_only_in_another_rows_record_shares_its_fate():
    contents = contents_of([2], read=3, behind={3: 2, 4: 2})
    assert count_file(contents, [places({2})]) == RowCounts(read=3, loaded=3)
    assert count_file(contents, [places(set(), {2})]) == RowCounts(read=3, quarantined=3)


def test_what_no_record_was_made_of_is_counted_beside():
    contents = contents_of([2], read=5, rejected=[3], summary_rows=1, out_of_scope_rows=2)
    counts = count_file(contents, [places({2}, {3})])
    assert counts == RowCounts(read=5, loaded=1, quarantined=1, summary=1, out_of_scope=2)
