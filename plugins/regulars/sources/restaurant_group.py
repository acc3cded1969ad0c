"""The order file of a six-brand delivery group: one row per order becomes six kinds of records.

What the file does not say is an assumption written in include/layouts/restaurant_group.yaml.
"""

import json
from decimal import Decimal, InvalidOperation

import pyarrow as pa
import pyarrow.compute as pc

from regulars.policy import SourcePolicy
from regulars.sources.batches import (
    find_other_stores,
    reject_frame,
    tell_unknown_columns,
)
from regulars.sources.files import DroppedFile, FileContents, Finding, Reason
from regulars.sources.group_records import AMOUNTS, GroupSettings, Sale, make_batches
from regulars.sources.headers import match_headers
from regulars.sources.item_text import parse_items
from regulars.sources.layouts import Layout
from regulars.sources.text_table import RejectedRow, TextTable

_NOISE = Decimal("0.000001")


def read_restaurant_group(
    dropped: DroppedFile, table: TextTable, layout: Layout, source: SourcePolicy
) -> FileContents:
    """Orders, order lines, adjustments, payments, feedback and items of the file's rows."""
    file = dropped.path.name
    settings = GroupSettings(**layout.reader_settings)
    texts, unknown = _texts_by_name(file, table, settings)
    elsewhere, findings = find_other_stores(file, texts["store_id"], source.stores)
    sales, rejected, out_of_scope = _read_sales(table, texts, settings, elsewhere)
    return FileContents(
        dropped,
        make_batches(sales, settings),
        rows_read=len(table.source_rows) + len(table.rejected),
        summary_rows=0,
        out_of_scope_rows=out_of_scope,
        rejected=reject_frame([*table.rejected, *rejected]),
        findings=(
            *table.findings,
            *tell_unknown_columns(file, unknown),
            *findings,
            *_tell_not_blank(file, texts, settings),
        ),
    )


def _texts_by_name(
    file: str, table: TextTable, settings: GroupSettings
) -> tuple[dict[str, pa.ChunkedArray], tuple[str, ...]]:
    discounts = {name: rule.column for name, rule in settings.discounts.items()}
    needed = {**settings.columns, **discounts}
    spare = {name: name for name in (*settings.unused, *settings.expected_blank)}
    wanted = {name: (header,) for name, header in {**spare, **needed}.items()}
    match = match_headers(file, table.headers, wanted, list(needed))
    texts = {name: table.columns[position] for name, position in match.positions.items()}
    return {name: pc.utf8_trim_whitespace(text) for name, text in texts.items()}, match.unknown


def _read_sales(
    table: TextTable,
    texts: dict[str, pa.ChunkedArray],
    settings: GroupSettings,
    elsewhere: pa.Array | None,
) -> tuple[list[Sale], list[RejectedRow], int]:
    names = [*settings.columns, *settings.discounts]
    skipped = [False] * len(table.source_rows) if elsewhere is None else elsewhere.to_pylist()
    sales: list[Sale] = []
    rejected: list[RejectedRow] = []
    cells = zip(*(texts[name].to_pylist() for name in names), strict=True)
    for number, values, skip in zip(table.source_rows.to_pylist(), cells, skipped, strict=True):
        row = dict(zip(names, values, strict=True))
        outcome = None if skip else _read_sale(number, row, settings)
        if isinstance(outcome, Sale):
            sales.append(outcome)
        elif outcome is not None:
            rejected.append(outcome)
    return sales, rejected, sum(skipped)


def _read_sale(number: int, row: dict[str, str], settings: GroupSettings) -> Sale | RejectedRow:
    try:
        minor = {name: _to_minor(row[name]) for name in (*AMOUNTS, *settings.discounts)}
    except (InvalidOperation, ValueError):
        return RejectedRow(number, Reason.AMOUNT_NOT_EXACT, json.dumps(row, ensure_ascii=False))
    try:
        return Sale(number, row, minor, parse_items(row["items"]))
    except ValueError:
        return RejectedRow(number, Reason.UNREADABLE_ITEMS, json.dumps(row, ensure_ascii=False))


def _to_minor(text: str) -> int:
    """`31.75` as 3175. Raises where it is no amount, or not one of two decimals."""
    amount = Decimal(text or "0") * 100
    whole = amount.to_integral_value()
    if abs(amount - whole) > _NOISE:
        raise ValueError("more than two decimals")
    return int(whole)


def _tell_not_blank(
    file: str, texts: dict[str, pa.ChunkedArray], settings: GroupSettings
) -> tuple[Finding, ...]:
    findings = []
    for name in settings.expected_blank:
        count = int(pc.sum(pc.not_equal(texts[name], "")).as_py() or 0) if name in texts else 0
        if count:
            message = f"{file}: {name} has {count} values that nothing counts; extend its layout"
            findings.append(Finding(Reason.COLUMN_NOT_READ, message))
    return tuple(findings)
