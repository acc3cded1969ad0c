"""The files that other systems read: exact, typed, free of prose, the same bytes every time."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.domain.errors import BadInput
from regulars.domain.money import decimal_text, exponent_of
from regulars.sinks.columns import MACHINE_COLUMNS, MACHINE_NAMES, MACHINE_TYPES, MachineColumn
from regulars.sinks.manifest import ExportFile

MachineRow = Mapping[str, str]
"""A row of a machine file, every value as its text; a blank is an empty text."""


def machine_texts(actions: pa.Table) -> pa.Table:
    """The actions as the texts of the machine columns, each proven to match its pattern.

    Raises BadInput naming the column and the row (by priority, counted from 1) of a misfit.
    """
    texts = {
        column.name: _amounts(actions)
        if column.name == "offer_amount"
        else pc.cast(actions[column.name], pa.string())
        for column in MACHINE_COLUMNS
    }
    for column in MACHINE_COLUMNS:
        _refuse_misfit(column, texts[column.name], actions)
    return pa.table(texts)


def machine_rows(texts: pa.Table) -> list[MachineRow]:
    """The texts row by row, blanks as empty texts."""
    return [{name: value or "" for name, value in row.items()} for row in texts.to_pylist()]


def csv_file(columns: Sequence[str], rows: Iterable[MachineRow]) -> ExportFile:
    """A machine CSV: UTF-8 without a byte-order mark, line feeds, commas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([row[name] for name in columns])
        count += 1
    return ExportFile(text.getvalue().encode(), count, tuple(columns))


def parquet_file(texts: pa.Table) -> ExportFile:
    """The same rows typed: days, whole numbers, and money as decimal128."""
    sink = io.BytesIO()
    pq.write_table(texts.cast(MACHINE_TYPES), sink, compression="zstd")
    return ExportFile(sink.getvalue(), texts.num_rows, MACHINE_NAMES)


def _amounts(actions: pa.Table) -> pa.Array:
    """Offers as exact decimal texts in their currency."""
    codes = actions["currency_code"].to_pylist()
    exponents = {code: exponent_of(code) for code in sorted(set(codes))}
    offers = actions["offer_minor"].to_pylist()
    texts = [decimal_text(o, exponents[code]) for o, code in zip(offers, codes, strict=True)]
    return pa.array(texts, pa.string())


def _refuse_misfit(column: MachineColumn, texts: pa.ChunkedArray, actions: pa.Table) -> None:
    matches = pc.match_substring_regex(texts, f"^(?:{column.pattern})$")
    row = pc.index(pc.fill_null(matches, column.is_nullable), pa.scalar(False)).as_py()
    if row >= 0:
        list_name = actions["list_name"][row].as_py()
        raise BadInput(
            f"{column.name} does not match {column.pattern}",
            where=f"export of {list_name}, row {row + 1}",
            next_move="correct the model or the policy that made this row; nothing was exported",
        )
