"""The validation report of a run, from what was kept at landing: receipts, checks, files seen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from regulars.engines import Warehouse
from regulars.reports.files import write_validation_report
from regulars.reports.run_report import MissingDay
from regulars.reports.validation_report import (
    CheckedFileRow,
    DecisionRow,
    ExampleRow,
    ExpectationRow,
    FindingRow,
    NotTakenRow,
    ReasonCount,
    ValidationReport,
)
from regulars.sources.check_notes import FileChecks, SetAside, read_checks
from regulars.sources.landing import FileReceipt, read_receipts
from regulars.sources.seen import SeenWindow, read_seen
from regulars.steps.raw_tables import CONTACT_TABLE
from regulars.steps.run_evidence import find_freshness
from regulars.steps.runtime import Run

_EXAMPLE_FILES = 3


def write_validation(run: Run, warehouse: Warehouse | None = None) -> list[Path]:
    """Write `validation.html` and `validation.json`; freshness is told once the day is built."""
    report = gather_validation(run, warehouse)
    return list(write_validation_report(run.settings.reports_folder, report))


def gather_validation(run: Run, warehouse: Warehouse | None = None) -> ValidationReport:
    """What became of the files that speak for the window; the same facts give the same report."""
    seen = list(_seen(run))
    receipts = _receipts(run, seen)
    checks = [one for window in seen for one in _checks(run, window.source_system, receipts)]
    return ValidationReport(
        business_date=run.business_date,
        first_date=run.first_date,
        group_name=f"{run.policy.group.name} ‖ {run.policy.group.name_zh}",
        policy_version=run.policy.version,
        sources=tuple(window.source_system for window in seen),
        files=tuple(_files(receipts)),
        not_taken=(*_unseen(seen), *_refused(receipts)),
        findings=tuple(
            FindingRow(source=one.source_system, file=one.file_name, code=told.code.value,
                       message=told.message)
            for one in receipts for told in one.findings
        ),
        set_aside=_set_aside(checks),
        warnings=_warnings(checks),
        expectations=_expectations(checks),
        decisions=tuple(_decisions(receipts)),
        missing_days=tuple(
            MissingDay(source=window.source_system, business_date=day)
            for window in seen for day in window.missing_days
        ),
        freshness=find_freshness(warehouse, run) if warehouse else (),
    )  # fmt: skip


def _seen(run: Run) -> Iterator[SeenWindow]:
    """What every source of the policy had for the window, where anybody looked."""
    window = (run.first_date, run.business_date)
    for source in run.policy.sources:
        if found := read_seen(run.settings.landing_folder, source.name, window):
            yield found


def _receipts(run: Run, seen: Iterable[SeenWindow]) -> list[FileReceipt]:
    """The receipts of the files that were seen, by source and name."""
    wanted = {(window.source_system, file.sha256) for window in seen for file in window.files}
    return [
        receipt
        for receipt in read_receipts(run.settings.landing_folder)
        if (receipt.source_system, receipt.sha256) in wanted
    ]


def _checks(run: Run, source: str, receipts: Iterable[FileReceipt]) -> list[FileChecks]:
    files = [(one.file_name, one.sha256) for one in receipts if one.source_system == source]
    return read_checks(run.settings.landing_folder, source, files)


def _files(receipts: Iterable[FileReceipt]) -> Iterator[CheckedFileRow]:
    for receipt in receipts:
        for one in receipt.entities:
            if one.entity != CONTACT_TABLE:
                yield CheckedFileRow(
                    source=receipt.source_system,
                    file=receipt.file_name,
                    entity=one.entity,
                    released=one.released,
                    dismissed=one.dismissed,
                    **one.rows.model_dump(),
                )


def _unseen(seen: Iterable[SeenWindow]) -> Iterator[NotTakenRow]:
    for window in seen:
        for one in window.refused:
            yield NotTakenRow(
                source=window.source_system,
                file=one.file_name,
                reason=one.reason_code.value,
                message=one.message,
                next_move=one.next_move,
            )


def _refused(receipts: Iterable[FileReceipt]) -> Iterator[NotTakenRow]:
    for receipt in receipts:
        if receipt.status == "refused":
            yield NotTakenRow(
                source=receipt.source_system,
                file=receipt.file_name,
                reason=receipt.reason_code,
                message=receipt.message,
                next_move=receipt.next_move,
            )


def _set_aside(checks: Iterable[FileChecks]) -> tuple[ReasonCount, ...]:
    return _count_reasons(
        (one, entity.entity, aside)
        for one in checks for entity in one.entities for aside in entity.set_aside
    )  # fmt: skip


def _warnings(checks: Iterable[FileChecks]) -> tuple[ReasonCount, ...]:
    return _count_reasons(
        (one, entity.entity, SetAside(reason=met.reason, rows=met.failures, examples=met.examples))
        for one in checks for entity in one.entities for met in entity.expectations
        if met.severity == "warn" and met.failures
    )  # fmt: skip


def _count_reasons(
    found: Iterable[tuple[FileChecks, str, SetAside]],
) -> tuple[ReasonCount, ...]:
    """The reasons of all files together, the most frequent ones of a source first."""
    groups: dict[tuple[str, str, str], list[tuple[str, SetAside]]] = defaultdict(list)
    for checks, entity, aside in found:
        key = (checks.source_system, entity, aside.reason)
        groups[key].append((checks.file_name, aside))
    counted = [
        ReasonCount(
            source=source,
            entity=entity,
            reason=reason,
            rows=sum(aside.rows for _, aside in told),
            files=len(told),
            examples=tuple(
                ExampleRow(file=name, rows=aside.examples) for name, aside in told[:_EXAMPLE_FILES]
            ),
        )
        for (source, entity, reason), told in groups.items()
    ]
    return tuple(sorted(counted, key=lambda one: (one.source, -one.rows, one.entity, one.reason)))


def _expectations(checks: Iterable[FileChecks]) -> tuple[ExpectationRow, ...]:
    """Every expectation that ran, over all files of a source, in the order of its suite."""
    found: dict[tuple[str, str, str], ExpectationRow] = {}
    for one in checks:
        for entity in one.entities:
            for met in entity.expectations:
                key = (one.source_system, entity.entity, met.reason)
                before = found.get(key)
                found[key] = ExpectationRow(
                    source=one.source_system,
                    entity=entity.entity,
                    expectation=met.expectation,
                    columns=met.columns,
                    reason=met.reason,
                    severity=met.severity,
                    evaluated=met.evaluated + (before.evaluated if before else 0),
                    failures=met.failures + (before.failures if before else 0),
                )
    return tuple(sorted(found.values(), key=lambda row: (row.source, row.entity)))


def _decisions(receipts: Iterable[FileReceipt]) -> Iterator[DecisionRow]:
    for receipt in receipts:
        for one in receipt.decisions:
            yield DecisionRow(
                source=receipt.source_system,
                file=receipt.file_name,
                entity=one.entity,
                verdict=one.verdict,
                rows=one.rows,
                decided_on=one.decided_on,
            )
