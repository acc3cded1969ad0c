"""Looking into the quarantine: counts for everybody, row numbers and reasons, rows for few eyes."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regulars.checks.corrections import RefusedRow, write_corrections
from regulars.checks.quarantine import put_private, read_quarantine
from regulars.domain.errors import BadInput
from regulars.settings import Settings
from regulars.sources.landing import FileReceipt, read_receipts
from regulars.steps.raw_tables import CONTACT_TABLE


@dataclass(frozen=True)
class QuarantineCount:
    """How many rows of one file are in quarantine for one reason."""

    source: str
    entity: str
    file: str
    reason: str
    rows: int


@dataclass(frozen=True)
class Choice:
    """Which part of the quarantine is meant; what is blank is not asked about."""

    source: str = ""
    entity: str = ""
    file: str = ""
    reason: str = ""

    def takes(self, receipt: FileReceipt, entity: str) -> bool:
        """Whether an entity of a file is meant; files go by name or the start of their sha256."""
        return (
            self.source in ("", receipt.source_system)
            and self.entity in ("", entity)
            and (self.file in ("", receipt.file_name) or receipt.sha256.startswith(self.file))
        )


def count_rows(choice: Choice) -> list[QuarantineCount]:
    """What is in quarantine, counted; a row with several reasons counts for each."""
    counts = Counter(
        (row.source, row.entity, name, reason)
        for name, row in _rows(choice)
        for reason in row.reason.split("; ")
        if choice.reason in ("", reason)
    )
    return [QuarantineCount(*key, rows) for key, rows in sorted(counts.items())]


def list_rows(choice: Choice) -> list[tuple[str, str, int, str]]:
    """File, entity, row number and reasons of the refused rows."""
    return [(name, row.entity, row.source_row, row.reason) for name, row in _chosen(choice)]


def write_personal(choice: Choice, path: Path) -> int:
    """Write the refused rows as they were written, one JSON a line, for their owner alone."""
    lines = [
        json.dumps(
            {"file": name, "row": row.source_row, "reason": row.reason, "text": row.raw_json},
            ensure_ascii=False,
        )
        for name, row in _chosen(choice)
    ]
    put_private(path, "".join(f"{line}\n" for line in lines).encode())
    return len(lines)


def export_corrections(choice: Choice, path: Path) -> int:
    """Write refused rows of one entity as a correction file; returns how many.

    Raises BadInput where there are none.
    """
    rows = [row for _, row in _chosen(choice)]
    if not rows:
        raise BadInput(
            f"nothing of {choice.entity} is in quarantine there",
            next_move="see what is: python -m regulars quarantine list",
        )
    write_corrections(path, choice.entity, rows)
    return len(rows)


def _chosen(choice: Choice) -> Iterator[tuple[str, RefusedRow]]:
    for name, row in _rows(choice):
        if choice.reason in ("", *row.reason.split("; ")):
            yield name, row


def _rows(choice: Choice) -> Iterator[tuple[str, RefusedRow]]:
    """The refused rows by source, file name, entity and row number."""
    settings = Settings()
    for receipt in read_receipts(settings.landing_folder):
        for one in receipt.entities:
            if one.entity == CONTACT_TABLE or not choice.takes(receipt, one.entity):
                continue
            place = (receipt.source_system, one.entity, receipt.sha256)
            kept = read_quarantine(settings.quarantine_folder, *place)
            for _, row in kept.iterrows():
                number, reason, text = int(row["source_row"]), row["reason"], row["raw_json"]
                yield receipt.file_name, RefusedRow(*place, number, str(reason), str(text))
