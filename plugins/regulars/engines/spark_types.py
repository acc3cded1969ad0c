"""Spark's rows in the Arrow types that every engine answers with."""

import pyarrow as pa


def plain_type(kind: pa.DataType) -> pa.DataType:
    """Text of any layout is text; a moment is in UTC, without saying so."""
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us")
    return kind


def plain_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows in plain types, all columns nullable, without the server's notes."""
    schema = pa.schema([pa.field(field.name, plain_type(field.type)) for field in batch.schema])
    columns = [
        column if column.type == field.type else column.cast(field.type)
        for column, field in zip(batch.columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
