"""Parquet to text, exactly: whole numbers whole, floats by their shortest form, days in ISO."""

from contextlib import suppress

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.columns_at_once import each_column
from regulars.domain.text_columns import find_distinct
from regulars.sources.files import Finding, Reason
from regulars.sources.text_table import TextTable
from regulars.sources.unpacking import read_table, unreadable

_EXACT_LIMIT = 2**53


def read_parquet(file: str, data: bytes) -> TextTable:
    """All rows of a Parquet file as text. Raises FileRefused where it is cut or damaged."""
    try:
        table = read_table(file, data)
        table.validate(full=True)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise unreadable(file, "Parquet file") from error
    columns = tuple(each_column(_try_distinct, table.columns))
    unread = [name for name, column in zip(table.column_names, columns, strict=True) if not column]
    numbers = pa.array(np.arange(1, table.num_rows + 1, dtype=np.int64))
    return TextTable(tuple(table.column_names), columns, numbers, (), _tell_unread(file, unread))


def column_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as text, null as "". Raises ArrowException where its type has no text form.

    A float of 2^53 or more keeps its exponent: it has lost digits and must not pass for an id.
    """
    kind = column.type
    if _is_encoded(column):
        return column_text(column.cast(kind.value_type))
    if pa.types.is_floating(kind):
        text = _float_text(column)
    elif pa.types.is_timestamp(kind):
        text = _timestamp_text(column)
    elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_nested(kind):
        raise pa.ArrowNotImplementedError(f"{kind} has no text form")
    else:
        text = column.cast(pa.string())
    return pc.fill_null(text, "")


def _try_distinct(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The column as its different texts and their places; None where it has no text form."""
    for read in (_read_each_value_once, column_text):
        with suppress(pa.ArrowException):
            return pa.chunked_array([find_distinct(read(column))])
    return None


def _read_each_value_once(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Like `column_text`, each different value once: equal values have equal texts."""
    encoded = column if _is_encoded(column) else pc.dictionary_encode(column)
    whole = encoded.unify_dictionaries().combine_chunks()
    texts = column_text(pa.chunked_array([whole.dictionary])).cast(pa.large_string())
    # The last of the texts is the one of a null.
    blank = pa.array([""], pa.large_string())
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    places = whole.indices.cast(pa.int32()).fill_null(pa.scalar(len(texts), pa.int32()))
    return pa.DictionaryArray.from_arrays(places, pa.concat_arrays([*chunks, blank]))


def _is_encoded(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_dictionary(column.type))


def _tell_unread(file: str, names: list[str]) -> tuple[Finding, ...]:
    if not names:
        return ()
    message = f"{file}: no text form, so not read: {', '.join(names)}"
    return (Finding(Reason.COLUMN_NOT_READ, message),)


def _float_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    column = pc.if_else(pc.is_nan(column), None, column)
    text = pc.if_else(pc.equal(column, 0.0), "0", column.cast(pa.string()))
    has_exponent = pc.fill_null(pc.match_substring(text, "e"), False)
    if not pc.any(has_exponent).as_py():
        return text
    return pc.replace_with_mask(
        text.combine_chunks(),
        has_exponent.combine_chunks(),
        pa.array([_plain(value) for value in column.filter(has_exponent).to_numpy()], pa.string()),
    )


def _plain(value: np.floating) -> str:
    if not abs(value) < _EXACT_LIMIT:
        return str(value)
    return np.format_float_positional(value, unique=True, trim="-")


def _timestamp_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """`2025-01-31 19:05:00`, with fractions only where there are any."""
    unit = "us" if column.type.unit == "ns" else column.type.unit
    text = column.cast(pa.timestamp(unit, column.type.tz), safe=False).cast(pa.string())
    return pc.replace_substring_regex(text, r"\.0+(Z|[+-]\d+)?$", r"\1")
