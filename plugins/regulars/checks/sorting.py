"""Every row of a batch goes to one of three places: loaded, set aside, or a duplicate."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from regulars.checks.context import CheckContext
from regulars.checks.deriving import add_probes, settle_times
from regulars.checks.judging import Outcome, judge
from regulars.checks.parsing import NO_FAULTS, parse
from regulars.checks.repeats import find_conflicts, find_duplicates, find_repeated

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Sorted:
    """A sorted batch; rows are named by their place in it.

    loaded: the typed rows that may be loaded. is_loaded: which those are. duplicates: places of
    rows that repeat one. faults: `batch_row, reason`, one line per reason to set a row aside.
    warned: the same for loaded rows that are unusual. is_judged: which rows could be read and so
    came before the suite; outcomes: what each of its expectations found among them.
    """

    loaded: pd.DataFrame
    is_loaded: Mask
    duplicates: pd.Index
    faults: pd.DataFrame
    warned: pd.DataFrame
    is_judged: Mask
    outcomes: tuple[Outcome, ...]


def sort_rows(entity: str, batch: pa.Table, context: CheckContext) -> Sorted:
    """Read and judge the rows of a batch: cells first, then rows, then rows among each other.

    Only masks say who is out meanwhile: the rows themselves are copied once, at the end.
    """
    parsed = parse(entity, batch, context)
    rows = settle_times(entity, parsed)
    is_readable = _without(np.ones(len(rows), np.bool_), parsed.faults["batch_row"])
    probes = add_probes(entity, rows, context)
    outcomes = judge(entity, probes, context, is_readable, parsed.texts)
    unfit = _faults_of([outcome for outcome in outcomes if outcome.is_gate])
    is_fit = _without(is_readable, unfit["batch_row"])
    repeated = find_repeated(entity, rows, is_fit, parsed.texts)
    conflicts = find_conflicts(entity, repeated)
    duplicates = find_duplicates(entity, repeated.drop(index=conflicts))
    is_loaded = _without(is_fit, conflicts.union(duplicates))
    warned = _faults_of([outcome for outcome in outcomes if not outcome.is_gate])
    return Sorted(
        loaded=rows[is_loaded],
        is_loaded=is_loaded,
        duplicates=duplicates,
        faults=pd.concat([parsed.faults, unfit, _clash(conflicts)], ignore_index=True),
        warned=warned[is_loaded[warned["batch_row"].to_numpy()]],
        is_judged=is_readable,
        outcomes=tuple(outcomes),
    )


def _without(mask: Mask, rows: pd.Series | pd.Index) -> Mask:
    left = mask.copy()
    left[rows.to_numpy(np.intp)] = False
    return left


def _faults_of(outcomes: list[Outcome]) -> pd.DataFrame:
    failed = [outcome for outcome in outcomes if outcome.rows]
    frames = [pd.DataFrame({"batch_row": each.rows, "reason": each.reason}) for each in failed]
    return pd.concat([pd.DataFrame(NO_FAULTS), *frames], ignore_index=True)


def _clash(conflicts: pd.Index) -> pd.DataFrame:
    reason = pd.Series("conflicting_key", index=range(len(conflicts)), dtype="str")
    return pd.DataFrame({"batch_row": conflicts.astype("int64"), "reason": reason})
