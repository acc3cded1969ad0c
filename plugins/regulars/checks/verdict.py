"""The verdict on a batch: every row read ends in exactly one place, and the report says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from regulars.checks.context import CheckContext
from regulars.checks.decisions import original_texts
from regulars.checks.parsing import LINEAGE
from regulars.checks.schemas import CONTACTS, raw_schema
from regulars.checks.sorting import Sorted, sort_rows
from regulars.domain.fields import Kind
from regulars.domain.records import fields_of

FILE = LINEAGE[0]
_EXAMPLES = 5
RowMark = tuple[str, int]


@dataclass(frozen=True)
class FileCounts:
    """What became of the rows of one file. Raises ValueError unless it adds up (I5)."""

    read: int
    loaded: int
    quarantined: int
    duplicate: int

    def __post_init__(self) -> None:
        if self.read != self.loaded + self.quarantined + self.duplicate:
            raise ValueError(f"rows went missing: {self}")


@dataclass(frozen=True)
class Notice:
    """A reason, how many rows gave it, and the first of them as (file sha256, row number)."""

    reason: str
    count: int
    examples: tuple[RowMark, ...]


@dataclass(frozen=True)
class Expectation:
    """An expectation on the rows of one file: how many it saw, how many failed, the first of them.

    `examples` are row numbers of the file; no cell is told.
    """

    expectation: str
    columns: tuple[str, ...]
    reason: str
    severity: str
    evaluated: int
    failures: int
    examples: tuple[int, ...]


@dataclass(frozen=True)
class Verdict:
    """The outcome of a check.

    rows: the loadable rows with exactly the schema of `raw_<entity>`, by file and row.
    contacts: the rows of `restricted_contacts`, for customers only.
    quarantined: `source_file_sha256, source_row, reason, raw_json`; restricted, as the last
    column is the original text. Several reasons of a row are joined by "; ".
    accounting: file sha256 to its counts. refusals and warnings: what was found, without
    personal data; rows with warnings are loaded. expectations: file sha256 to what every
    expectation of the suite found in it.
    """

    entity: str
    source_name: str
    rows: pa.Table
    contacts: pa.Table | None
    quarantined: pd.DataFrame
    accounting: Mapping[str, FileCounts]
    refusals: tuple[Notice, ...]
    warnings: tuple[Notice, ...]
    expectations: Mapping[str, tuple[Expectation, ...]]

    def report(self) -> dict[str, Any]:
        """The verdict for logs and receipts: counts, reason codes, row numbers, nothing else."""
        return {
            "entity": self.entity,
            "source": self.source_name,
            "files": {file: vars(counts) for file, counts in self.accounting.items()},
            "refusals": [_notice_report(notice) for notice in self.refusals],
            "warnings": [_notice_report(notice) for notice in self.warnings],
        }


def check(entity: str, frame: pd.DataFrame, context: CheckContext) -> Verdict:
    """Read, judge and account for a batch of text rows of one source and one entity.

    `frame` has the template's columns as text plus `source_file_sha256` and `source_row`;
    the order of its rows does not matter. Raises KeyError for an unknown entity.
    """
    batch = frame.sort_values(list(LINEAGE), kind="stable").reset_index(drop=True)
    outcome = sort_rows(entity, batch, context)
    keyed = _add_keys(entity, outcome.loaded, context)
    return Verdict(
        entity=entity,
        source_name=context.source_name,
        rows=_to_table(keyed, raw_schema(entity)),
        contacts=_to_table(keyed, CONTACTS) if entity == "customers" else None,
        quarantined=_set_aside(batch, outcome.faults),
        accounting=_account(batch, outcome),
        refusals=_notices(batch, outcome.faults),
        warnings=_notices(batch, outcome.warned),
        expectations=_by_file(batch, outcome),
    )


def _add_keys(entity: str, rows: pd.DataFrame, context: CheckContext) -> pd.DataFrame:
    """The rows with keyed hashes of their references and identifiers, and the member number."""
    keyed = rows.assign(source_system=context.source_name)
    if "customer_ref" in rows:
        keyed["member_ref"] = rows["customer_ref"]
    for field in fields_of(entity):
        if field.stored.kind is Kind.CUSTOMER:
            keyed[field.stored_name] = context.pseudonymise(rows[field.name])
        elif field.stored.kind is Kind.IDENTIFIER:
            types = rows.get("identifier_type", pd.Series(field.name, rows.index, dtype="str"))
            countries = context.rules_of(_stores_of(rows))["country"]
            keyed[field.stored_name] = context.hash_identifiers(types, rows[field.name], countries)
    return keyed


def _stores_of(rows: pd.DataFrame) -> pd.Series:
    nowhere = pd.Series(None, index=rows.index, dtype="str")
    return rows.get("store_id", rows.get("home_store_id", nowhere))


def _to_table(rows: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    arrays = [pa.array(rows[field.name], from_pandas=True).cast(field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _set_aside(batch: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    reasons = _join_reasons(faults)
    refused = batch.loc[reasons.index]
    texts = original_texts(refused)
    aside = refused[list(LINEAGE)].assign(reason=reasons, raw_json=pd.Series(texts, reasons.index))
    return aside.reset_index(drop=True).astype({"reason": "str", "raw_json": "str"})


def _join_reasons(faults: pd.DataFrame) -> pd.Series:
    """One line per row in the order of the batch, its reasons in the order they were found."""
    per_row = faults.set_index("batch_row")["reason"]
    has_several = per_row.index.duplicated(keep=False)
    # Grouping costs a call per row, so only the few rows with several reasons go through it.
    several = per_row[has_several].groupby(level=0).agg("; ".join)
    joined: pd.Series = pd.concat([per_row[~has_several], several]).sort_index()
    return joined


def _account(batch: pd.DataFrame, outcome: Sorted) -> dict[str, FileCounts]:
    """Counts per file, each taken from its own list of rows, so that they can disagree."""
    read, loaded, quarantined, duplicate = (
        batch.loc[rows, FILE].value_counts()
        for rows in (
            batch.index,
            outcome.loaded.index,
            outcome.faults["batch_row"].unique(),
            outcome.duplicates,
        )
    )
    return {
        str(file): FileCounts(
            read=int(read[file]),
            loaded=int(loaded.get(file, 0)),
            quarantined=int(quarantined.get(file, 0)),
            duplicate=int(duplicate.get(file, 0)),
        )
        for file in sorted(read.index)
    }


def _by_file(batch: pd.DataFrame, outcome: Sorted) -> dict[str, tuple[Expectation, ...]]:
    """What the suite found, cut into files: no figure depends on which were read together."""
    evaluated = batch.loc[outcome.judged, FILE].value_counts()
    failed = [batch.loc[list(one.rows)].groupby(FILE)[LINEAGE[1]] for one in outcome.outcomes]
    rows = [{str(file): numbers.tolist() for file, numbers in group} for group in failed]
    return {
        str(file): tuple(
            Expectation(
                expectation=one.expectation,
                columns=one.columns,
                reason=one.reason,
                severity="gate" if one.is_gate else "warn",
                evaluated=int(evaluated.get(file, 0)),
                failures=len(numbers.get(str(file), ())),
                examples=tuple(sorted(numbers.get(str(file), ()))[:_EXAMPLES]),
            )
            for one, numbers in zip(outcome.outcomes, rows, strict=True)
        )
        for file in sorted(batch[FILE].unique())
    }


def _notices(batch: pd.DataFrame, faults: pd.DataFrame) -> tuple[Notice, ...]:
    notices = []
    for reason, group in faults.groupby("reason"):
        rows = sorted(group["batch_row"].unique())
        marks = batch.loc[rows[:_EXAMPLES], list(LINEAGE)].itertuples(index=False)
        examples = tuple((str(file), int(row)) for file, row in marks)
        notices.append(Notice(str(reason), len(rows), examples))
    return tuple(notices)


def _notice_report(notice: Notice) -> dict[str, Any]:
    examples = [{"file": file, "row": row} for file, row in notice.examples]
    return {"reason": notice.reason, "count": notice.count, "examples": examples}
