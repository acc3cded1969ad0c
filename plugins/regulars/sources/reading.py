"""Reading: from a dropped file to rows of text under the names of the templates."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.records import fields_of
from regulars.policy import SourcePolicy
from regulars.sources.batches import (
    make_batch,
    reject_frame,
    tell_unknown_columns,
    tidy_text,
    translate_codes,
)
from regulars.sources.control_totals import check_control_totals
from regulars.sources.csv_text import read_csv
from regulars.sources.decoding import check_file_type
from regulars.sources.discovery import changed_while_read, discover_beside
from regulars.sources.files import DroppedFile, FileContents, FileRefused, Finding, Reason
from regulars.sources.first_rows import first_rows
from regulars.sources.headers import HeaderMatch, match_headers
from regulars.sources.layouts import EntityLayout, Layout, TableLayout, required_columns
from regulars.sources.parquet_text import read_parquet
from regulars.sources.reader_tables import make_sheet, read_with_reader
from regulars.sources.sheets import Sheet
from regulars.sources.signatures import check_slot, name_rows
from regulars.sources.stores import find_other_stores, translate_stores
from regulars.sources.text_table import TextTable, drop_blank_rows, split_summary
from regulars.sources.xlsx_text import read_xlsx

MAX_FILE_BYTES = 2 << 30


def read(dropped: DroppedFile, layout: Layout, source: SourcePolicy) -> FileContents:
    """All rows of a file, as text under the templates' names, none of them lost.

    Rows that cannot be cut into cells come back in `rejected`. Raises FileRefused where the file
    as a whole cannot be used: changed, damaged, of another type, or without a column it needs.
    """
    table = _read_named(dropped, layout)
    if dropped.table not in layout.tables:
        return _read_entity(dropped, table, layout, source)
    rules = layout.tables[dropped.table]
    check_slot(dropped.name, layout, dropped.table, _readable(table))
    table, totals, summary_rows = split_summary(table, rules.summary_markers)
    match = match_headers(dropped.name, table.headers, rules.columns, ())
    check_control_totals(dropped.name, table, totals, match.positions, rules.control_totals)
    companion = partial(_companion, dropped, layout, source)
    return read_with_reader(dropped, table, rules, source, companion, summary_rows)


def _read_named(dropped: DroppedFile, layout: Layout) -> TextTable:
    """The file as text. Without its header row it is refused under the name of what it is."""
    try:
        return read_text(dropped, layout.table(dropped.table))
    except FileRefused as refusal:
        if refusal.reason_code is Reason.HEADER_NOT_FOUND:
            rows = first_rows(dropped.name, _read_bytes(dropped))
            name_rows(dropped.name, layout, dropped.table, rows)
        raise


def _companion(
    dropped: DroppedFile, layout: Layout, source: SourcePolicy, name: str
) -> Sheet | None:
    """The table of this name that lies beside a file and speaks for the same days.

    One that cannot be read is none: it is refused under its own name.
    """
    rules = layout.tables[name]
    days = (dropped.first_day, dropped.last_day)
    for file in discover_beside(dropped, layout):
        if file.table == name and (file.first_day, file.last_day) == days:
            with suppress(FileRefused):
                table, _, _ = split_summary(read_text(file, rules), rules.summary_markers)
                return make_sheet(file.name, table, rules, source, _no_companion)[0]
    return None


def _no_companion(_name: str) -> Sheet | None:
    return None


def read_text(dropped: DroppedFile, layout: TableLayout) -> TextTable:
    """All rows of a file as text, by what it is; blank rows are none."""
    file = dropped.name
    data = _read_bytes(dropped)
    check_file_type(file, data)
    match dropped.path.suffix.lower():
        case ".csv":
            table = read_csv(file, data, layout)
        case ".xlsx":
            table = read_xlsx(file, data, layout)
        case _:
            table = read_parquet(file, data)
    return drop_blank_rows(table)


def _read_bytes(dropped: DroppedFile) -> bytes:
    """The bytes that were discovered, or a refusal: never a newer or a half-written version."""
    if dropped.size_bytes > MAX_FILE_BYTES:
        raise FileRefused(
            dropped.name, Reason.FILE_TOO_LARGE,
            f"it has {dropped.size_bytes >> 20} MB; the limit is {MAX_FILE_BYTES >> 20} MB",
            "drop it in parts, one file per day or month",
        )  # fmt: skip
    try:
        data = dropped.path.read_bytes()
    except FileNotFoundError as error:
        raise changed_while_read(dropped.path) from error
    if sha256(data).hexdigest() != dropped.sha256:
        raise changed_while_read(dropped.path)
    return data


def _read_entity(
    dropped: DroppedFile, table: TextTable, layout: Layout, source: SourcePolicy
) -> FileContents:
    file, entity = dropped.name, dropped.table
    rules = layout.entities[entity]
    match = _match(file, entity, table, layout)
    table, totals, summary_rows = split_summary(table, rules.summary_markers)
    check_control_totals(file, table, totals, match.positions, rules.control_totals)
    columns = _columns_of(entity, table, match, rules)
    columns |= _translated(columns, rules, source)
    elsewhere, findings = find_other_stores(file, columns.get("store_id", ""), source.stores)
    rows_read = len(table.source_rows) + len(table.rejected) + summary_rows
    source_rows, out_of_scope = table.source_rows, 0
    if elsewhere is not None:
        out_of_scope = int(pc.sum(elsewhere).as_py())
        columns = {
            name: text if isinstance(text, str) else text.filter(pc.invert(elsewhere))
            for name, text in columns.items()
        }
        source_rows = source_rows.filter(pc.invert(elsewhere))
    return FileContents(
        dropped,
        (make_batch(entity, columns, source_rows, match.unknown),),
        rows_read,
        summary_rows,
        out_of_scope,
        reject_frame(table.rejected),
        (
            *table.findings,
            *tell_unknown_columns(file, match.unknown),
            *findings,
            *_tell_empty(file, rows_read),
        ),
    )


def _match(file: str, entity: str, table: TextTable, layout: Layout) -> HeaderMatch:
    """The file's columns; those without a text form do not count."""
    rules = layout.entities[entity]
    headers = _readable(table)
    check_slot(file, layout, entity, headers)
    return match_headers(file, headers, rules.columns, required_columns(entity, rules))


def _readable(table: TextTable) -> tuple[str, ...]:
    return tuple(
        name if column is not None else ""
        for name, column in zip(table.headers, table.columns, strict=True)
    )


def _columns_of(
    entity: str, table: TextTable, match: HeaderMatch, rules: EntityLayout
) -> dict[str, pa.DictionaryArray | str]:
    columns: dict[str, pa.DictionaryArray | str] = dict(rules.constants)
    for field in fields_of(entity):
        position = match.positions.get(field.name)
        if position is not None:
            texts = table.columns[position]
            columns[field.name] = tidy_text(texts, field.stored.kind, rules.date_formats)
    return columns


def _translated(
    columns: Mapping[str, pa.DictionaryArray | str], rules: EntityLayout, source: SourcePolicy
) -> dict[str, pa.DictionaryArray | str]:
    """The columns whose words the policy (stores) or the layout (codes) translates."""
    translated: dict[str, pa.DictionaryArray | str] = {}
    for name in ("store_id", "home_store_id") if source.store_map else ():
        texts = columns.get(name)
        if isinstance(texts, pa.DictionaryArray):
            translated[name] = translate_stores(texts, len(texts), source)
    for name, words in rules.codes.items():
        texts = columns.get(name)
        if isinstance(texts, pa.DictionaryArray):
            translated[name] = translate_codes(texts, words)
    return translated


def _tell_empty(file: str, rows_read: int) -> tuple[Finding, ...]:
    if rows_read:
        return ()
    return (Finding(Reason.EMPTY, f"{file} has a header and no rows: nothing happened"),)
