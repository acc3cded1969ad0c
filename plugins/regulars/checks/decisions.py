"""What people decided on refused rows: corrected and released, or dismissed with a reason.

The decisions on an entity of one file are a restricted file beside its quarantine. They hold the
row as it was and as it is now, so that a later reading of the same file comes out the same.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from regulars.checks.parsing import LINEAGE
from regulars.checks.quarantine import private_folder, put_private
from regulars.domain.records import fields_of
from regulars.domain.text_columns import plain_texts

Verdict = Literal["released", "dismissed"]
_PLACE = "decided"
_MARK_DIGITS = 16
_SCHEMA = pa.schema(
    [
        pa.field("source_row", pa.int64()),
        pa.field("verdict", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("raw_json", pa.string()),
        pa.field("corrected_json", pa.string()),
        pa.field("decided_by", pa.string()),
        pa.field("why", pa.string()),
        pa.field("decided_on", pa.date32()),
    ]
)


@dataclass(frozen=True)
class Decision:
    """A decision on one refused row. `corrected_json` has its cells as corrected, if released."""

    source_row: int
    verdict: Verdict
    reason: str
    raw_json: str
    corrected_json: str
    decided_by: str
    why: str
    decided_on: date

    @property
    def mark(self) -> str:
        """What tells the row from others of the same number: rows made of one row of a file."""
        return mark_of(self.raw_json)


def mark_of(raw_json: str) -> str:
    """A short digest of a row as it was written."""
    return hashlib.sha256(raw_json.encode()).hexdigest()[:_MARK_DIGITS]


def read_decisions(folder: Path, source: str, entity: str, sha256: str) -> tuple[Decision, ...]:
    """The decisions on the refused rows of an entity of one file."""
    path = folder / source / entity / _PLACE / f"{sha256}.parquet"
    if not path.is_file():
        return ()
    return tuple(Decision(**row) for row in pq.read_table(path).to_pylist())


def write_decisions(
    folder: Path, source: str, entity: str, sha256: str, decisions: Iterable[Decision]
) -> None:
    """Keep exactly these decisions; without any, nothing is kept. Same decisions, same bytes."""
    place = private_folder(folder, source, entity, _PLACE)
    path = place / f"{sha256}.parquet"
    ordered = sorted(decisions, key=lambda one: (one.source_row, one.mark))
    if not ordered:
        path.unlink(missing_ok=True)
        return
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist([vars(one) for one in ordered], _SCHEMA), sink)
    put_private(path, sink.getvalue().to_pybytes())


def find_decided(rows: pa.Table, decisions: Sequence[Decision]) -> dict[int, Decision]:
    """Which of a file's rows were decided on, by their place among them.

    A row is known by its number; where one row of the file became several, by its text too. A
    decision whose row is not there any more (the layout has changed) says nothing.
    """
    found: dict[int, Decision] = {}
    numbers = rows[LINEAGE[1]].to_numpy()
    for decision in decisions:
        same = (numbers == decision.source_row).nonzero()[0]
        places = [int(place) for place in same if place not in found]
        if len(same) > 1:
            texts = original_texts(frame_of(rows.take(pa.array(places, pa.int64()))))
            fitting = zip(places, texts, strict=True)
            places = [place for place, text in fitting if mark_of(text) == decision.mark]
        if places:
            found[places[0]] = decision
    return found


def corrected_rows(entity: str, sha256: str, decisions: Iterable[Decision]) -> pa.Table:
    """The corrected rows as a batch of text, as if the file had said so."""
    names = [field.name for field in fields_of(entity)]
    released = [one for one in decisions if one.verdict == "released"]
    cells = [cast(dict[str, str], json.loads(one.corrected_json)) for one in released]
    frame = pd.DataFrame(
        {name: pd.Series([row.get(name, "") for row in cells], dtype="str") for name in names}
    )
    numbers = pd.Series([one.source_row for one in released], dtype="int64")
    frame[LINEAGE[0]] = pd.Series(sha256, index=frame.index, dtype="str")
    frame[LINEAGE[1]] = numbers
    return pa.Table.from_pandas(frame, preserve_index=False)


def frame_of(rows: pa.Table) -> pd.DataFrame:
    """Rows with every text in its own place, to be looked at one by one."""
    columns = {
        name: rows[name] if name == LINEAGE[1] else plain_texts(rows[name])
        for name in rows.column_names
    }
    frame: pd.DataFrame = pa.table(columns).to_pandas()
    return frame


def original_texts(rows: pd.DataFrame) -> list[str]:
    """Each row as the file has it; cells the file does not have are left out."""
    names = [name for name in rows.columns if name not in LINEAGE]
    cells = zip(*(rows[name].tolist() for name in names), strict=True)
    return [_as_json(dict(zip(names, row, strict=True))) for row in cells]


def _as_json(row: Mapping[str, object]) -> str:
    return json.dumps({k: v for k, v in row.items() if isinstance(v, str)}, ensure_ascii=False)
