"""The published tables as Parquet, for readers that must not lock the warehouse."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.steps.published_terms import AMOUNT_DECIMALS, minor_unit, published_name

_AMOUNT = pa.decimal128(23, AMOUNT_DECIMALS)
_QUANTITY = pa.decimal128(22, 3)


def write_copy(rows: pa.Table, path: Path) -> Path:
    """A Parquet copy for readers that must not lock the warehouse; same rows, same bytes."""
    partial = path.with_suffix(".part")
    pq.write_table(to_published(rows), partial, compression="zstd")
    return partial.replace(path)


def to_published(rows: pa.Table) -> pa.Table:
    """Rows as they are published: amounts and quantities as exact decimals."""
    columns: dict[str, pa.ChunkedArray] = {}
    for name in rows.column_names:
        column = rows[name]
        if name.endswith("_minor"):
            column = pc.multiply(_whole(column), _units(rows["currency_code"])).cast(_AMOUNT)
        elif name.endswith("_milli"):
            thousandth = pa.scalar("0.001").cast(pa.decimal128(4, 3))
            column = pc.multiply(_whole(column), thousandth).cast(_QUANTITY)
        columns[published_name(name)] = column
    return pa.table(columns)


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.decimal128(19, 0))


def _units(currencies: pa.ChunkedArray) -> pa.Array:
    """The worth of one minor unit, row by row."""
    codes = pc.dictionary_encode(currencies.combine_chunks())
    if isinstance(codes, pa.ChunkedArray):
        codes = codes.combine_chunks()
    unit = pa.decimal128(5, AMOUNT_DECIMALS)
    worth = pa.array([minor_unit(str(code)) for code in codes.dictionary.to_pylist()]).cast(unit)
    return worth.take(codes.indices)
