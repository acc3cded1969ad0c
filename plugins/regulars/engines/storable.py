"""The few Arrow types a warehouse stores; everything else is converted or refused."""

from collections.abc import Mapping

import pyarrow as pa

from regulars.domain.errors import BadInput

STORED = (
    pa.int64(), pa.string(), pa.date32(), pa.timestamp("us"), pa.bool_(), pa.float64(),
)  # fmt: skip


def to_storable(table: str, rows: pa.Table) -> pa.Table:
    """The same rows in the stored types: int64, string, date32, timestamp[us], bool, float64.

    A timestamp with a zone becomes UTC without one. Raises BadInput naming the column when a
    type has no place in a warehouse or a value does not fit.
    """
    fields = [pa.field(field.name, _stored_type(table, field)) for field in rows.schema]
    columns = [
        _converted(table, field, column) for field, column in zip(fields, rows.columns, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def without_metadata(schema: pa.Schema) -> pa.Schema:
    """Names and types only: drivers add notes of their own, which differ between engines."""
    return pa.schema([pa.field(field.name, field.type) for field in schema])


def _stored_type(table: str, field: pa.Field) -> pa.DataType:
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    types = pa.types
    if types.is_integer(kind):
        return pa.int64()
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return pa.string()
    if types.is_null(kind):
        return pa.string()
    if types.is_timestamp(kind):
        return pa.timestamp("us")
    if types.is_floating(kind):
        return pa.float64()
    if kind in STORED:
        return kind
    raise BadInput(
        f"column {field.name} has type {field.type}, which is not stored",
        where=table,
        next_move="use one of: " + ", ".join(str(known) for known in STORED),
    )


def _converted(table: str, field: pa.Field, column: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return column.cast(field.type)
    except pa.ArrowInvalid as error:
        raise BadInput(f"column {field.name}: {error}", where=table) from error


def column_changes(old: Mapping[str, pa.DataType], fresh: Mapping[str, pa.DataType]) -> list[str]:
    """What differs between a table's columns and those of its next rows, in words."""
    changes = [f"{name} is gone" for name in old if name not in fresh]
    changes += [f"{name} is an addition" for name in fresh if name not in old]
    changes += [
        f"{name} was {old[name]} and is now {fresh[name]}"
        for name in old
        if name in fresh and old[name] != fresh[name]
    ]
    return changes
