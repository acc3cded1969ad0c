"""Deciding on refused rows: corrected ones are checked again and loaded, others are dismissed.

What is decided is written first, and all else follows from it: a decision that was cut short is
finished by the next one, or by the next run.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import pandas as pd

from regulars.checks.corrections import Correction, cells_of, read_corrections
from regulars.checks.decisions import (
    Decision,
    Verdict,
    mark_of,
    read_decisions,
    write_decisions,
)
from regulars.checks.quarantine import read_quarantine
from regulars.domain.errors import BadInput
from regulars.sources.landing import FileReceipt
from regulars.steps.decided_files import loaded_rows, receipt_of, settle
from regulars.steps.raw_tables import CONTACT_TABLE
from regulars.steps.runtime import Run, start

_SHOWN = 10


@dataclass(frozen=True)
class _Place:
    """An entity of one file of a source."""

    source: str
    entity: str
    sha256: str


def release(path: Path, decided_on: date) -> int:
    """Take the corrected rows of a correction file in; returns how many.

    All of them or none: raises BadInput naming the rows that are still refused, that nobody
    refused, or that were decided on before.
    """
    run = start(decided_on.isoformat())
    asked = sorted(read_corrections(path), key=lambda one: (one.source, one.entity, one.sha256))
    groups = groupby(asked, lambda one: _Place(one.source, one.entity, one.sha256))
    plans = [(place, _plan(run, place, list(rows), decided_on)) for place, rows in groups]
    for place, decisions in plans:
        _keep(run, place, decisions)
    return sum(len(decisions) for _, decisions in plans)


def dismiss(
    source: str, entity: str, file: str, rows: Sequence[int], who: str, why: str, decided_on: date
) -> int:
    """Say of refused rows that they are rightly refused; returns how many. Raises BadInput."""
    if not (who.strip() and why.strip()):
        raise BadInput("who and why are needed", next_move="give --who and --why")
    run = start(decided_on.isoformat())
    receipt = receipt_of(run, source, file, entity)
    place = _Place(source, entity, receipt.sha256)
    refused = _refused(run, place)
    decisions = [
        _decide(found, "dismissed", "", who.strip(), why.strip(), decided_on)
        for row in dict.fromkeys(rows)
        for found in _find(run, place, receipt, refused, row, "")
    ]
    _keep(run, place, decisions)
    return len(decisions)


def _plan(run: Run, place: _Place, asked: Sequence[Correction], decided_on: date) -> list[Decision]:
    """The decisions on the corrected rows of one file, if every one of them holds."""
    receipt = receipt_of(run, place.source, place.sha256, place.entity)
    refused = _refused(run, place)
    decisions = []
    for one in asked:
        (found,) = _find(run, place, receipt, refused, one.source_row, one.mark)
        _refuse_uncut(place, receipt, found)
        cells = json.dumps({k: v for k, v in one.cells.items() if v}, ensure_ascii=False)
        decisions.append(_decide(found, "released", cells, one.who, one.why, decided_on))
    if len({(one.source_row, one.mark) for one in decisions}) < len(decisions):
        raise BadInput(
            "a row is corrected twice", where=receipt.file_name, next_move="keep one of the two"
        )
    _refuse_failing(run, place, receipt, decisions)
    return decisions


def _refuse_failing(
    run: Run, place: _Place, receipt: FileReceipt, decisions: Sequence[Decision]
) -> None:
    from regulars.steps.correcting import correct
    from regulars.steps.landing_files import check_context

    before = _decided(run, place)
    context = check_context(run, run.policy.source(place.source))
    loaded = loaded_rows(run, receipt, place.entity)
    outcome = correct(place.entity, place.sha256, [*before, *decisions], loaded, context)
    failing = [(one.source_row, reasons) for one, reasons in outcome.failing if one in decisions]
    if failing:
        told = "; ".join(f"row {row}: {reasons}" for row, reasons in failing[:_SHOWN])
        raise BadInput(
            f"{len(failing)} corrected rows are still refused: {told}",
            where=receipt.file_name,
            next_move="correct them in the same file and release it again; nothing was changed",
        )


def _refuse_uncut(place: _Place, receipt: FileReceipt, found: "pd.Series") -> None:
    """A row that several kinds of record are made of cannot be mended in the columns of one."""
    makes = [one for one in receipt.entities if one.entity != CONTACT_TABLE]
    if len(makes) > 1 and not cells_of(place.entity, str(found["raw_json"])):
        raise BadInput(
            f"row {found['source_row']} could not be taken apart, so it has no cells to correct",
            where=receipt.file_name,
            next_move="correct the file itself and drop it again, or dismiss the row",
        )


def _find(
    run: Run, place: _Place, receipt: FileReceipt, refused: pd.DataFrame, row: int, mark: str
) -> list["pd.Series"]:
    """The refused rows of this number (and this text, if a mark is given)."""
    found = [
        one
        for _, one in refused[refused["source_row"] == row].iterrows()
        if not mark or mark_of(str(one["raw_json"])) == mark
    ]
    if found:
        return found[:1] if mark else found
    for decision in _decided(run, place):
        if decision.source_row == row and (not mark or decision.mark == mark):
            raise BadInput(
                f"row {row} was {decision.verdict} on {decision.decided_on}",
                where=receipt.file_name,
                next_move="a row is decided once: take it out of the file",
            )
    raise BadInput(
        f"row {row} is not in quarantine as it was written",
        where=receipt.file_name,
        next_move="list what is there: python -m regulars quarantine list",
    )


def _refused(run: Run, place: _Place) -> pd.DataFrame:
    folder = run.settings.quarantine_folder
    return read_quarantine(folder, place.source, place.entity, place.sha256)


def _decided(run: Run, place: _Place) -> tuple[Decision, ...]:
    folder = run.settings.quarantine_folder
    return read_decisions(folder, place.source, place.entity, place.sha256)


def _decide(
    found: "pd.Series", verdict: Verdict, cells: str, who: str, why: str, decided_on: date
) -> Decision:
    return Decision(
        source_row=int(found["source_row"]),
        verdict=verdict,
        reason=str(found["reason"]),
        raw_json=str(found["raw_json"]),
        corrected_json=cells,
        decided_by=who,
        why=why,
        decided_on=decided_on,
    )


def _keep(run: Run, place: _Place, decisions: Iterable[Decision]) -> None:
    folder = run.settings.quarantine_folder
    write_decisions(
        folder, place.source, place.entity, place.sha256, [*_decided(run, place), *decisions]
    )
    settle(run, place.source, place.entity, place.sha256)
