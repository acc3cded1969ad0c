"""Batches: rows of an entity under all the columns of its template."""

from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.fields import Kind
from regulars.domain.records import fields_of
from regulars.sources.files import Batch, Finding, Reason
from regulars.sources.text_table import RejectedRow

_TIMES = {Kind.DAY: "%Y-%m-%d", Kind.LOCAL_TIME: "%Y-%m-%d %H:%M:%S"}
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2})[ T]00:00(:00)?$"


def make_batch(
    entity: str,
    columns: Mapping[str, pa.ChunkedArray | str],
    source_rows: pa.Array,
    unknown_columns: Sequence[str] = (),
) -> Batch:
    """A batch of the entity: each column's texts, or one text for all rows; others are blank."""
    blank = _repeat("", len(source_rows))
    arrays = {}
    for field in fields_of(entity):
        texts = columns.get(field.name, blank)
        arrays[field.name] = _repeat(texts, len(blank)) if isinstance(texts, str) else texts
    frame = pa.table({**arrays, "source_row": source_rows}).to_pandas()
    return Batch(entity, frame, tuple(unknown_columns))


def tidy_text(text: pa.ChunkedArray, kind: Kind, date_formats: Sequence[str]) -> pa.ChunkedArray:
    """A column without space around its texts; days and times in ISO where a format fits them."""
    text = pc.utf8_trim_whitespace(text)
    if kind not in _TIMES:
        return text
    for date_format in date_formats:
        parsed = pc.strptime(text, date_format, "s", error_is_null=True)
        text = pc.coalesce(pc.strftime(parsed, _TIMES[kind]), text)
    # A spreadsheet's day is the midnight it begins with.
    return pc.replace_substring_regex(text, _MIDNIGHT, r"\1") if kind is Kind.DAY else text


def translate_codes(text: pa.ChunkedArray, words: Mapping[str, str]) -> pa.ChunkedArray:
    """A column with a source's words in the template's; unknown words stay, to be told."""
    known = {word.casefold(): code for word, code in words.items()}
    distinct = pc.unique(text)
    ours = [known.get(word.casefold(), word) for word in distinct.to_pylist()]
    places = pc.index_in(text, distinct).combine_chunks()
    return pa.chunked_array([pa.array(ours, pa.large_string()).take(places)])


def reject_frame(rows: Sequence[RejectedRow]) -> pd.DataFrame:
    """Rejected rows as a frame of source_row, reason and raw_text, in the file's order."""
    ordered = sorted(rows, key=lambda row: row.source_row)
    frame: pd.DataFrame = pa.table(
        {
            "source_row": pa.array([row.source_row for row in ordered], pa.int64()),
            "reason": pa.array([row.reason.value for row in ordered], pa.string()),
            "raw_text": pa.array([row.raw_text for row in ordered], pa.string()),
        }
    ).to_pandas()
    return frame


def tell_unknown_columns(file: str, names: Sequence[str]) -> tuple[Finding, ...]:
    """The finding that names the columns nobody reads."""
    if not names:
        return ()
    return (Finding(Reason.UNKNOWN_COLUMNS, f"{file}: not read: {', '.join(names)}"),)


def _repeat(text: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.large_string()), count)
