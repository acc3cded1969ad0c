"""An entity's rows of each file: what is to be judged, and what a person has decided on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from regulars.policy import SourcePolicy
from regulars.sources.files import FileContents
from regulars.steps.landed_parts import FILE
from regulars.steps.runtime import Run

if TYPE_CHECKING:
    from regulars.checks.decisions import Decision


@dataclass
class EntityPart:
    """An entity's rows of one file: those to be judged, and those that a person has decided on.

    The rows that were kept out before the check count with the first entity of their file.
    """

    contents: FileContents
    rows: pa.Table
    rejected: pd.DataFrame
    is_first: bool
    decided: list["Decision"] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """The digest of the file."""
        return self.contents.dropped.sha256


def cut_out_decided(
    run: Run, source: SourcePolicy, entity: str, contents: Iterable[FileContents]
) -> list[EntityPart]:
    """The rows of every file without those that a person has decided on."""
    parts = []
    for one in contents:
        for index, batch in enumerate(one.batches):
            if batch.entity == entity:
                rejected = one.rejected.rename(columns={"raw_text": "raw_json"})
                part = EntityPart(
                    contents=one,
                    rows=_of_file(batch.rows, one.dropped.sha256),
                    rejected=(rejected if index == 0 else rejected.iloc[:0]).assign(
                        **{FILE: one.dropped.sha256}
                    ),
                    is_first=index == 0,
                )
                parts.append(_without_decided(run, source, entity, part))
    return parts


def _of_file(rows: pa.Table, sha256: str) -> pa.Table:
    places = pa.repeat(pa.scalar(0, pa.int32()), rows.num_rows)
    return rows.append_column(FILE, pa.DictionaryArray.from_arrays(places, pa.array([sha256])))


def _without_decided(run: Run, source: SourcePolicy, entity: str, part: EntityPart) -> EntityPart:
    from regulars.checks.decisions import find_decided, read_decisions

    folder = run.settings.quarantine_folder
    decisions = read_decisions(folder, source.name, entity, part.sha256)
    if not decisions:
        return part
    uncut = find_decided(pa.Table.from_pandas(part.rejected, preserve_index=False), decisions)
    known = find_decided(part.rows, [one for one in decisions if one not in uncut.values()])
    part.decided = [*uncut.values(), *known.values()]
    part.rejected = part.rejected.drop(index=list(uncut))
    left = np.setdiff1d(np.arange(part.rows.num_rows), list(known))
    part.rows = part.rows.take(pa.array(left))
    return part
