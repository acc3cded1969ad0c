"""Batches: rows of an entity under all the columns of its template."""

from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.fields import Kind
from regulars.domain.records import fields_of
from regulars.domain.text_columns import change_texts, find_distinct
from regulars.sources.files import Batch, Finding, Reason
from regulars.sources.text_table import RejectedRow

_TIMES = {Kind.DAY: "%Y-%m-%d", Kind.LOCAL_TIME: "%Y-%m-%d %H:%M:%S"}
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2})[ T]00:00(:00)?$"


def make_batch(
    entity: str,
    columns: Mapping[str, pa.Array | str],
    source_rows: pa.Array,
    unknown_columns: Sequence[str] = (),
) -> Batch:
    """A batch of the entity: each column's texts, or one text for all rows; others are blank."""
    arrays = {}
    for field in fields_of(entity):
        texts = columns.get(field.name, "")
        is_one = isinstance(texts, str)
        arrays[field.name] = _repeat(texts, len(source_rows)) if is_one else find_distinct(texts)
    rows = pa.table({**arrays, "source_row": source_rows})
    return Batch(entity, rows, tuple(unknown_columns))


def tidy_text(
    column: pa.ChunkedArray, kind: Kind, date_formats: Sequence[str]
) -> pa.DictionaryArray:
    """A column without space around its texts; days and times in ISO where a format fits them."""
    return change_texts(find_distinct(column), lambda texts: _tidy(texts, kind, date_formats))


def _tidy(text: pa.Array, kind: Kind, date_formats: Sequence[str]) -> pa.Array:
    text = pc.utf8_trim_whitespace(text)
    if kind not in _TIMES:
        return text
    for date_format in date_formats:
        parsed = pc.strptime(text, date_format, "s", error_is_null=True)
        text = pc.coalesce(pc.strftime(parsed, _TIMES[kind]), text)
    # A spreadsheet's day is the midnight it begins with.
    return pc.replace_substring_regex(text, _MIDNIGHT, r"\1") if kind is Kind.DAY else text


def translate_codes(column: pa.DictionaryArray, words: Mapping[str, str]) -> pa.DictionaryArray:
    """A column with a source's words in the template's; unknown words stay, to be told."""
    known = {word.casefold(): code for word, code in words.items()}
    ours = [known.get(word.casefold(), word) for word in column.dictionary.to_pylist()]
    return change_texts(column, lambda _: pa.array(ours, pa.large_string()))


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


def _repeat(text: str, count: int) -> pa.DictionaryArray:
    places = pa.repeat(pa.scalar(0, pa.int32()), count)
    return pa.DictionaryArray.from_arrays(places, pa.array([text], pa.large_string()))
