"""The verdict on a batch: every row read ends in exactly one place, and the report says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from regulars.checks.context import CheckContext
from regulars.checks.decisions import frame_of, original_texts
from regulars.checks.identifying import ALIASES, alias_keys, key_columns
from regulars.checks.lineage import Lineage, RowMark, in_order, read_lineage
from regulars.checks.parsing import LINEAGE
from regulars.checks.schemas import CONTACTS, raw_schema
from regulars.checks.sorting import Sorted, sort_rows
from regulars.domain.columns_at_once import each_column

_EXAMPLES = 5


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
    aliases: while two identity keys are held, every hash under the key in use with the one under
    the key before, per file.
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
    aliases: pa.Table | None
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


def check(entity: str, rows: pa.Table, context: CheckContext) -> Verdict:
    """Read, judge and account for a batch of text rows of one source and one entity.

    `rows` have the template's columns as text plus `source_file_sha256` and `source_row`;
    their order does not matter. Raises KeyError for an unknown entity.
    """
    batch = in_order(rows)
    lineage = read_lineage(batch)
    outcome = sort_rows(entity, batch, context)
    keyed = _add_keys(entity, outcome.loaded, context)
    return Verdict(
        entity=entity,
        source_name=context.source_name,
        rows=_to_table(keyed, raw_schema(entity)),
        contacts=_to_table(keyed, CONTACTS) if entity == "customers" else None,
        aliases=_find_aliases(entity, outcome.loaded, context),
        quarantined=_set_aside(batch, outcome.faults),
        accounting=_account(lineage, outcome),
        refusals=_notices(lineage, outcome.faults),
        warnings=_notices(lineage, outcome.warned),
        expectations=_by_file(lineage, outcome),
    )


def _add_keys(entity: str, rows: pd.DataFrame, context: CheckContext) -> pd.DataFrame:
    """The rows with keyed hashes of their references and identifiers, and the member number."""
    keyed = rows.assign(
        source_system=context.source_name, **key_columns(entity, rows, context, context.keys)
    )
    if "customer_ref" in rows:
        keyed["member_ref"] = rows["customer_ref"]
    if entity == "customers":
        keyed["is_company_email"] = context.find_company_emails(rows["email"])
    return keyed


def _find_aliases(entity: str, rows: pd.DataFrame, context: CheckContext) -> pa.Table | None:
    if context.keys_before is None:
        return None
    return _to_table(alias_keys(entity, rows, context, context.keys_before), ALIASES)


def _to_table(rows: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    def column(field: pa.Field) -> pa.Array:
        return pa.array(rows[field.name], from_pandas=True).cast(field.type)

    return pa.Table.from_arrays(each_column(column, schema), schema=schema)


def _set_aside(batch: pa.Table, faults: pd.DataFrame) -> pd.DataFrame:
    reasons = _join_reasons(faults)
    refused = frame_of(batch.take(pa.array(reasons.index.to_numpy(np.int64))))
    aside = refused[list(LINEAGE)].assign(
        reason=reasons.to_numpy(), raw_json=pd.Series(original_texts(refused), dtype="str")
    )
    return aside.astype({"reason": "str", "raw_json": "str"})


def _join_reasons(faults: pd.DataFrame) -> pd.Series:
    """One line per row in the order of the batch, its reasons in the order they were found."""
    per_row = faults.set_index("batch_row")["reason"]
    has_several = per_row.index.duplicated(keep=False)
    # Grouping costs a call per row, so only the few rows with several reasons go through it.
    several = per_row[has_several].groupby(level=0).agg("; ".join)
    joined: pd.Series = pd.concat([per_row[~has_several], several]).sort_index()
    return joined


def _account(lineage: Lineage, outcome: Sorted) -> dict[str, FileCounts]:
    """Counts per file, each taken from its own list of rows, so that they can disagree."""
    counted = zip(
        lineage.count(np.ones(len(lineage.places), np.bool_)),
        lineage.count(outcome.is_loaded),
        lineage.count(outcome.faults["batch_row"].unique().astype(np.intp)),
        lineage.count(outcome.duplicates.to_numpy(np.intp)),
        strict=True,
    )
    return {
        file: FileCounts(*(int(count) for count in counts))
        for file, counts in zip(lineage.files, counted, strict=True)
    }


def _by_file(lineage: Lineage, outcome: Sorted) -> dict[str, tuple[Expectation, ...]]:
    """What the suite found, cut into files: no figure depends on which were read together."""
    failed = [lineage.by_file(one.rows) for one in outcome.outcomes]
    return {
        file: tuple(
            Expectation(
                expectation=one.expectation,
                columns=one.columns,
                reason=one.reason,
                severity="gate" if one.is_gate else "warn",
                evaluated=int(evaluated),
                failures=len(numbers.get(file, ())),
                examples=tuple(numbers.get(file, ())[:_EXAMPLES]),
            )
            for one, numbers in zip(outcome.outcomes, failed, strict=True)
        )
        for file, evaluated in zip(lineage.files, lineage.count(outcome.is_judged), strict=True)
    }


def _notices(lineage: Lineage, faults: pd.DataFrame) -> tuple[Notice, ...]:
    notices = []
    for reason, group in faults.groupby("reason"):
        rows = sorted(group["batch_row"].unique())
        examples = tuple(lineage.mark(row) for row in rows[:_EXAMPLES])
        notices.append(Notice(str(reason), len(rows), examples))
    return tuple(notices)


def _notice_report(notice: Notice) -> dict[str, Any]:
    examples = [{"file": file, "row": row} for file, row in notice.examples]
    return {"reason": notice.reason, "count": notice.count, "examples": examples}
