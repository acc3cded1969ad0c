"""What was checked on the way in. Counts, codes and row numbers only: no cell of any file."""

from datetime import date
from typing import Literal

from regulars.reports.run_report import Count, Figures, FreshnessRow, MissingDay


class CheckedFileRow(Figures):
    """What became of the rows of one kind of record in one file.

    `released` are those of the loaded rows that a person corrected, `dismissed` those of the
    quarantined rows that a person said are rightly refused.
    """

    source: str
    file: str
    entity: str
    read: Count
    loaded: Count
    quarantined: Count
    duplicate: Count
    summary: Count
    out_of_scope: Count
    released: Count
    dismissed: Count

    @property
    def unexplained(self) -> int:
        """Rows read that are neither loaded nor accounted for; zero when all is well."""
        kept_out = self.quarantined + self.duplicate + self.summary + self.out_of_scope
        return self.read - self.loaded - kept_out


class NotTakenRow(Figures):
    """A file that was not taken: why, and what to do about it."""

    source: str
    file: str
    reason: str
    message: str
    next_move: str


class FindingRow(Figures):
    """Something to know about a file that was taken all the same."""

    source: str
    file: str
    code: str
    message: str


class ExampleRow(Figures):
    """Where to look: a file and some of its row numbers."""

    file: str
    rows: tuple[int, ...]


class ReasonCount(Figures):
    """Why rows were set aside or are worth a look: how many, in how many files, and where."""

    source: str
    entity: str
    reason: str
    rows: Count
    files: Count
    examples: tuple[ExampleRow, ...]


class ExpectationRow(Figures):
    """An expectation of a suite on the rows of a source: how many it saw and how many failed."""

    source: str
    entity: str
    expectation: str
    columns: tuple[str, ...]
    reason: str
    severity: Literal["gate", "warn"]
    evaluated: Count
    failures: Count


class DecisionRow(Figures):
    """What a person decided on refused rows of a file."""

    source: str
    file: str
    entity: str
    verdict: Literal["released", "dismissed"]
    rows: Count
    decided_on: date


class ValidationReport(Figures):
    """All that was checked of the files that speak for a window, by source.

    `freshness` is empty until the day has been built.
    """

    business_date: date
    first_date: date
    group_name: str
    policy_version: str
    sources: tuple[str, ...]
    files: tuple[CheckedFileRow, ...]
    not_taken: tuple[NotTakenRow, ...]
    findings: tuple[FindingRow, ...]
    set_aside: tuple[ReasonCount, ...]
    warnings: tuple[ReasonCount, ...]
    expectations: tuple[ExpectationRow, ...]
    decisions: tuple[DecisionRow, ...]
    missing_days: tuple[MissingDay, ...]
    freshness: tuple[FreshnessRow, ...]
