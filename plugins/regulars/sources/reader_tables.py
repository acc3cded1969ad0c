"""Tables that a reader takes apart: each row ends in a record, in quarantine or out of scope."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module

import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.text_columns import plain_texts
from regulars.policy import SourcePolicy
from regulars.sources.batches import make_batch, reject_frame, tell_unknown_columns
from regulars.sources.files import Batch, DroppedFile, FileContents, Finding, Reason
from regulars.sources.headers import match_headers
from regulars.sources.layouts import READERS_PACKAGE, ReaderLayout
from regulars.sources.sheets import OutOfScope, Reader, Record, Rejected, Sheet, SourceRow
from regulars.sources.stores import find_other_stores, translate_stores
from regulars.sources.text_table import RejectedRow, TextTable

Companion = Callable[[str], "Sheet | None"]


def read_with_reader(
    dropped: DroppedFile,
    table: TextTable,
    rules: ReaderLayout,
    source: SourcePolicy,
    companion: Companion,
    summary_rows: int = 0,
) -> FileContents:
    """All that the layout's reader makes of a file's rows, each of them accounted for.

    Raises FileRefused for a missing column, and RuntimeError where a reader forgets a row.
    """
    sheet, unknown = make_sheet(dropped.name, table, rules, source, companion)
    day = dropped.first_day if dropped.first_day == dropped.last_day else None
    scope = _Scope(replace(sheet, day=day), source)
    made = _Made()
    for outcome in find_reader(rules.reader)(scope.sheet):
        made.take(outcome)
    made.refuse_lost_rows(dropped.name, scope.sheet)
    rejected = [*table.rejected, *made.rejected_rows(scope.sheet)]
    return FileContents(
        dropped,
        made.batches(rules.makes),
        rows_read=len(sheet.rows) + len(table.rejected) + summary_rows,
        summary_rows=summary_rows,
        out_of_scope_rows=len(made.out_of_scope) + scope.left_out,
        rejected=reject_frame(rejected),
        findings=(
            *table.findings,
            *tell_unknown_columns(dropped.name, unknown),
            *scope.findings,
            *made.tell_out_of_scope(dropped.name),
            *made.findings,
        ),
        behind=made.rows_behind(),
    )


def make_sheet(
    file: str, table: TextTable, rules: ReaderLayout, source: SourcePolicy, companion: Companion
) -> tuple[Sheet, tuple[str, ...]]:
    """The rows of a table under the layout's column names, and the headers nobody asked for."""
    ignored = {f"ignored:{header}": (header,) for header in rules.ignored}
    match = match_headers(file, table.headers, {**rules.columns, **ignored}, rules.required)
    positions = {name: at for name, at in match.positions.items() if name in rules.columns}
    texts = {
        name: pc.utf8_trim_whitespace(plain_texts(column))
        for name, at in positions.items()
        if (column := table.columns[at]) is not None
    }
    stores = translate_stores(texts.get("store_id"), len(table.source_rows), source)
    texts["store_id"] = plain_texts(stores)
    cells = zip(*(text.to_pylist() for text in texts.values()), strict=True)
    rows = tuple(
        SourceRow(number, dict(zip(texts, values, strict=True)))
        for number, values in zip(table.source_rows.to_pylist(), cells, strict=True)
    )
    sheet = Sheet(file, rows, frozenset(texts), rules.settings, source, companion)
    return sheet, match.unknown


def find_reader(name: str) -> Reader:
    """The reader of this name: `read_rows` of its module in `sources/readers`."""
    reader: Reader = import_module(f"{READERS_PACKAGE}.{name}").read_rows
    return reader


class _Scope:
    """The sheet without the rows of stores that the source may not speak for."""

    def __init__(self, sheet: Sheet, source: SourcePolicy) -> None:
        stores = pa.array([row["store_id"] for row in sheet.rows], pa.large_string())
        elsewhere, self.findings = find_other_stores(sheet.file, stores, source.stores)
        skipped = [False] * len(sheet.rows) if elsewhere is None else elsewhere.to_pylist()
        kept = tuple(row for row, skip in zip(sheet.rows, skipped, strict=True) if not skip)
        self.left_out = len(sheet.rows) - len(kept)
        self.sheet = replace(sheet, rows=kept)


@dataclass
class _Made:
    """What a reader has made so far. A rejected row takes back every record made of it."""

    records: list[Record] = field(default_factory=list)
    rejected: dict[int, Reason] = field(default_factory=dict)
    out_of_scope: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def take(self, outcome: Record | Rejected | OutOfScope | Finding) -> None:
        match outcome:
            case Record():
                self.records.append(outcome)
            case Rejected():
                self.rejected.setdefault(outcome.source_row, outcome.reason)
            case OutOfScope():
                self.out_of_scope[outcome.source_row] = outcome.why
            case Finding():
                self.findings.append(outcome)

    def batches(self, makes: Iterable[str]) -> tuple[Batch, ...]:
        return tuple(
            _collect(entity, [one for one in self._kept() if one.entity == entity])
            for entity in makes
        )

    def rows_behind(self) -> dict[int, int]:
        """Rows that are only in another row's record, and that row."""
        kept = self._kept()
        own = {one.source_row for one in kept}
        return {row: one.source_row for one in kept for row in one.others if row not in own}

    def rejected_rows(self, sheet: Sheet) -> list[RejectedRow]:
        return [
            RejectedRow(row.number, self.rejected[row.number], _text_of(row.texts))
            for row in sheet.rows
            if row.number in self.rejected
        ]

    def tell_out_of_scope(self, file: str) -> list[Finding]:
        counts = Counter(self.out_of_scope.values())
        return [
            Finding(Reason.OUT_OF_SCOPE, f"{file}: {count} rows left out: {why}")
            for why, count in sorted(counts.items())
        ]

    def refuse_lost_rows(self, file: str, sheet: Sheet) -> None:
        spoken = {number for one in self._kept() for number in (one.source_row, *one.others)}
        known = spoken | set(self.rejected) | set(self.out_of_scope)
        numbers = {row.number for row in sheet.rows}
        if lost := sorted(numbers - known):
            raise RuntimeError(f"{file}: the reader said nothing of row {lost[0]}")
        if twice := sorted(set(self.out_of_scope) & (spoken | set(self.rejected))):
            raise RuntimeError(f"{file}: the reader counted row {twice[0]} twice")

    def _kept(self) -> list[Record]:
        gone = self.rejected.keys()
        return [one for one in self.records if not gone & {one.source_row, *one.others}]


def _collect(entity: str, records: list[Record]) -> Batch:
    names = sorted({name for record in records for name in record.values})
    columns = {
        name: pa.array([record.values.get(name, "") for record in records], pa.large_string())
        for name in names
    }
    numbers = pa.array([record.source_row for record in records], pa.int64())
    return make_batch(entity, columns, numbers)


def _text_of(texts: Mapping[str, str]) -> str:
    return json.dumps(dict(texts), ensure_ascii=False)
