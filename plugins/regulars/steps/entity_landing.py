"""An entity's rows of some files: decided ones apart, the others checked, all counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from regulars.policy import SourcePolicy
from regulars.sources.check_notes import CheckedEntity, CheckedExpectation
from regulars.sources.files import FileContents
from regulars.sources.landing import DecisionNote, EntityReceipt, RowCounts
from regulars.steps.correcting import Corrected, correct
from regulars.steps.entity_parts import EntityPart, cut_out_decided
from regulars.steps.landed_parts import (
    FILE,
    contact_receipt,
    land_aliases,
    land_rows,
    notes_on,
    reasons_of,
    rows_by_file,
)
from regulars.steps.raw_tables import CONTACT_TABLE
from regulars.steps.row_counts import Places
from regulars.steps.runtime import Run, tell

if TYPE_CHECKING:
    from regulars.checks.context import CheckContext
    from regulars.checks.decisions import Decision
    from regulars.checks.verdict import Verdict

_ASIDE = (FILE, "source_row", "reason", "raw_json")


@dataclass(frozen=True)
class LandedEntity:
    """What became of an entity's rows of one file, and where each of them is."""

    places: Places
    receipts: tuple[EntityReceipt, ...]
    note: CheckedEntity
    decisions: tuple[DecisionNote, ...]


def land_entity(
    run: Run,
    source: SourcePolicy,
    entity: str,
    contents: Iterable[FileContents],
    context: "CheckContext",
) -> dict[str, LandedEntity]:
    """Check, correct, set aside and land an entity's rows of these files; by file sha256."""
    from regulars.checks.quarantine import write_quarantine
    from regulars.checks.verdict import check

    parts = cut_out_decided(run, source, entity, contents)
    rows = pa.concat_tables([part.rows for part in parts])
    tell(f"{source.name}: checking {rows.num_rows:,} rows of {entity} in {len(parts)} files")
    verdict = check(entity, rows, context)
    loaded = rows_by_file(verdict.rows)
    nothing = verdict.rows.schema.empty_table()
    corrected = {
        part.sha256: correct(
            entity, part.sha256, part.decided, loaded.get(part.sha256, nothing), context
        )
        for part in parts
        if any(one.verdict == "released" for one in part.decided)
    }
    aside = _set_aside(verdict, parts, corrected)
    folder = run.settings.quarantine_folder
    write_quarantine(folder, source.name, entity, aside, [part.sha256 for part in parts])
    landing = _Landing(run, source, entity, verdict, loaded, nothing)
    return {part.sha256: landing.land(part, corrected.get(part.sha256), aside) for part in parts}


def _set_aside(
    verdict: "Verdict", parts: Sequence[EntityPart], corrected: Mapping[str, Corrected]
) -> pd.DataFrame:
    """All rows for the quarantine: refused by the check, not cut into cells, wrongly corrected."""
    failing = [
        (sha256, decision.source_row, reasons, decision.raw_json)
        for sha256, one in corrected.items()
        for decision, reasons in one.failing
    ]
    frames = [
        verdict.quarantined,
        *(part.rejected for part in parts if len(part.rejected)),
        *([pd.DataFrame(failing, columns=list(_ASIDE))] if failing else []),
    ]
    return pd.concat([frame[list(_ASIDE)] for frame in frames], ignore_index=True)


@dataclass(frozen=True)
class _Landing:
    """What all files of an entity's landing share."""

    run: Run
    source: SourcePolicy
    entity: str
    verdict: "Verdict"
    loaded: Mapping[str, pa.Table]
    nothing: pa.Table

    def land(
        self, part: EntityPart, corrected: Corrected | None, aside: pd.DataFrame
    ) -> LandedEntity:
        """Land one file's rows, its corrected ones beside them; keep the decisions that hold."""
        failing = [decision for decision, _ in corrected.failing] if corrected else []
        holding = [one for one in part.decided if one not in failing]
        self._keep_decisions(part, holding, failing)
        released = [one for one in holding if one.verdict == "released"]
        counts = self._count(part, len(failing), len(released), len(holding) - len(released))
        receipt = EntityReceipt(
            entity=self.entity,
            rows=counts,
            landed_file=self._write(part, self.loaded.get(part.sha256, self.nothing)),
            released=len(released),
            dismissed=len(holding) - len(released),
            corrected_file=self._write(part, corrected.rows) if released and corrected else None,
        )
        contacts = self._land_contacts(part, corrected, len(released))
        self._land_aliases(part, corrected)
        note = CheckedEntity(
            entity=self.entity,
            expectations=tuple(
                CheckedExpectation(**vars(one))
                for one in self.verdict.expectations.get(part.sha256, ())
            ),
            set_aside=reasons_of(aside[aside[FILE] == part.sha256]),
        )
        places = self._places(part, released, aside)
        return LandedEntity(places, (receipt, *contacts), note, notes_on(self.entity, holding))

    def _places(
        self, part: EntityPart, released: Sequence["Decision"], aside: pd.DataFrame
    ) -> Places:
        back = np.array([one.source_row for one in released], np.int64)
        loaded = self.loaded.get(part.sha256, self.nothing)["source_row"].to_numpy()
        refused = aside.loc[aside[FILE] == part.sha256, "source_row"].to_numpy(np.int64)
        decided = np.array([one.source_row for one in part.decided], np.int64)
        set_aside = np.setdiff1d(np.concatenate([refused, decided]), back)
        return Places(np.concatenate([loaded, back]), set_aside)

    def _keep_decisions(
        self, part: EntityPart, holding: list["Decision"], failing: list["Decision"]
    ) -> None:
        from regulars.checks.decisions import write_decisions

        if failing:
            folder = self.run.settings.quarantine_folder
            write_decisions(folder, self.source.name, self.entity, part.sha256, holding)

    def _count(self, part: EntityPart, failing: int, released: int, dismissed: int) -> RowCounts:
        counts = self.verdict.accounting.get(part.sha256)
        read, loaded, quarantined, duplicate = (
            (counts.read, counts.loaded, counts.quarantined, counts.duplicate)
            if counts
            else (0, 0, 0, 0)
        )
        summary = part.contents.summary_rows if part.is_first else 0
        out_of_scope = part.contents.out_of_scope_rows if part.is_first else 0
        rejected, decided = len(part.rejected), failing + released + dismissed
        return RowCounts(
            read=read + rejected + decided + summary + out_of_scope,
            loaded=loaded + released,
            quarantined=quarantined + rejected + failing + dismissed,
            duplicate=duplicate,
            summary=summary,
            out_of_scope=out_of_scope,
        )

    def _land_contacts(
        self, part: EntityPart, corrected: Corrected | None, released: int
    ) -> list[EntityReceipt]:
        if self.verdict.contacts is None:
            return []
        contacts = rows_by_file(self.verdict.contacts).get(part.sha256)
        more = corrected.contacts if corrected and released else None
        if contacts is None and more is None:
            return []
        empty = self.verdict.contacts.schema.empty_table()
        return [
            contact_receipt(
                self._write(part, contacts if contacts is not None else empty, CONTACT_TABLE),
                contacts.num_rows if contacts is not None else 0,
                self._write(part, more, CONTACT_TABLE) if more is not None else None,
                more.num_rows if more is not None else 0,
            )
        ]

    def _land_aliases(self, part: EntityPart, corrected: Corrected | None) -> None:
        of_file = rows_by_file(self.verdict.aliases) if self.verdict.aliases is not None else {}
        for aliases in (of_file.get(part.sha256), corrected.aliases if corrected else None):
            land_aliases(self.run, self.source.name, part.sha256, aliases)

    def _write(self, part: EntityPart, rows: pa.Table, entity: str = "") -> str:
        return land_rows(self.run, self.source.name, part.sha256, entity or self.entity, rows)
