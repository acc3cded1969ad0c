import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from regulars.sources.files import Finding, Reason
from regulars.sources.landing import (
    EntityReceipt,
    FileReceipt,
    RowCounts,
    land,
    read_receipts,
    write_receipt,
)

SHA = "ab" * 32
ROWS = pa.table({"item_id": ["D01", "D02"], "price_minor": [1250, 300]})


def receipt(**changes: object) -> FileReceipt:
    given_values: dict[str, object] = {
        "source_system": "pos",
        "file_name": "items.csv",
        "sha256": SHA,
        "size_bytes": 42,
        "layout": "canonical",
        "status": "accepted",
        "rows": RowCounts(read=3, loaded=2, quarantined=1),
        "entities": (
            EntityReceipt(entity="items", rows=RowCounts(read=3, loaded=2, quarantined=1)),
        ),
        "findings": (Finding(Reason.UNKNOWN_COLUMNS, "items.csv: not read: Colour"),),
    }
    return FileReceipt(**{**given_values, **changes})


def test_landing_twice_changes_nothing(tmp_path):
    first = land(ROWS, "items", "pos", SHA, tmp_path)
    before = (first.read_bytes(), first.stat().st_mtime_ns)
    assert land(ROWS, "items", "pos", SHA, tmp_path) == first
    assert (first.read_bytes(), first.stat().st_mtime_ns) == before
    assert first.parent == tmp_path / "pos" / "items"
    assert first.name.startswith(SHA)
    assert pq.read_table(first).equals(ROWS)


def test_the_same_file_read_by_other_rules_lands_beside_the_first(tmp_path):
    first = land(ROWS, "items", "pos", SHA, tmp_path)
    content = first.read_bytes()
    second = land(ROWS.slice(0, 1), "items", "pos", SHA, tmp_path)
    assert first != second
    assert first.read_bytes() == content
    assert sorted(tmp_path.rglob("*")) == sorted(
        [tmp_path / "pos", first.parent, first, second]
    )  # no partial file is left


def test_bytes_do_not_depend_on_how_the_rows_were_cut_into_pieces(tmp_path):
    pieces = pa.concat_tables([ROWS.slice(0, 1), ROWS.slice(1, 1)])
    marked = ROWS.replace_schema_metadata({"made": "by pandas"})
    paths = {land(rows, "items", "pos", SHA, tmp_path) for rows in (ROWS, pieces, marked)}
    assert len(paths) == 1


def test_a_receipt_reads_back_as_it_was_written(tmp_path):
    accepted = receipt()
    refused = receipt(
        file_name="orders.csv",
        status="refused",
        reason_code="missing_column",
        rows=RowCounts(read=0),
        entities=(),
    )
    for one in (refused, accepted, accepted):
        write_receipt(tmp_path, one)
    assert read_receipts(tmp_path) == (accepted, refused)


def test_two_empty_days_with_the_same_bytes_keep_a_receipt_each(tmp_path):
    for day in ("2025-01-10", "2025-01-11"):
        write_receipt(tmp_path, receipt(file_name=f"orders_{day}.csv"))
    assert len(read_receipts(tmp_path)) == 2


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=5, max_size=5), st.integers(-5, 5))
def test_a_receipt_that_does_not_add_up_cannot_be_made(parts, off_by):
    names = ("loaded", "quarantined", "duplicate", "summary", "out_of_scope")
    counts = dict(zip(names, parts, strict=True))
    if off_by == 0:
        assert RowCounts(read=sum(parts), **counts).read == sum(parts)
    else:
        with pytest.raises(ValidationError, match="rows read, but"):
            RowCounts(read=sum(parts) + off_by, **counts)


def test_negative_counts_and_half_refused_files_cannot_be_said():
    with pytest.raises(ValidationError, match="rows read"):
        RowCounts(read=0, loaded=1, quarantined=-1)
    with pytest.raises(ValidationError, match="only a refused one"):
        receipt(reason_code="missing_column")
    with pytest.raises(ValidationError, match="nothing of a refused file"):
        receipt(status="refused", reason_code="missing_column")
