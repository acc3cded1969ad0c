"""Every row of a batch goes to one of three places: loaded, set aside, or a duplicate."""

from dataclasses import dataclass

import pandas as pd

from regulars.checks.context import CheckContext
from regulars.checks.deriving import add_probes, settle_times
from regulars.checks.judging import Outcome, judge
from regulars.checks.parsing import NO_FAULTS, parse
from regulars.checks.repeats import find_conflicts, find_duplicates


@dataclass(frozen=True)
class Sorted:
    """A sorted batch; rows are named by their place in it.

    loaded: the typed rows that may be loaded. duplicates: places of rows that repeat one.
    faults: `batch_row, reason`, one line per reason to set a row aside. warned: the same for
    loaded rows that are unusual. judged: places of the rows that could be read and so came before
    the suite; outcomes: what each of its expectations found among them.
    """

    loaded: pd.DataFrame
    duplicates: pd.Index
    faults: pd.DataFrame
    warned: pd.DataFrame
    judged: pd.Index
    outcomes: tuple[Outcome, ...]


def sort_rows(entity: str, batch: pd.DataFrame, context: CheckContext) -> Sorted:
    """Read and judge the rows of a batch: cells first, then rows, then rows among each other."""
    parsed = parse(entity, batch, context)
    rows = settle_times(entity, parsed)
    readable = _without(rows, parsed.faults)
    outcomes = judge(entity, add_probes(entity, readable, context), context)
    unfit = _faults_of([outcome for outcome in outcomes if outcome.is_gate])
    fit = _without(readable, unfit)
    conflicts = find_conflicts(entity, fit)
    agreed = fit.drop(index=conflicts)
    duplicates = find_duplicates(entity, agreed)
    loaded = agreed.drop(index=duplicates)
    warned = _faults_of([outcome for outcome in outcomes if not outcome.is_gate])
    return Sorted(
        loaded=loaded,
        duplicates=duplicates,
        faults=pd.concat([parsed.faults, unfit, _clash(conflicts)], ignore_index=True),
        warned=warned[warned["batch_row"].isin(loaded.index)],
        judged=readable.index,
        outcomes=tuple(outcomes),
    )


def _without(rows: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    return rows[~rows.index.isin(faults["batch_row"])]


def _faults_of(outcomes: list[Outcome]) -> pd.DataFrame:
    failed = [outcome for outcome in outcomes if outcome.rows]
    frames = [pd.DataFrame({"batch_row": each.rows, "reason": each.reason}) for each in failed]
    return pd.concat([pd.DataFrame(NO_FAULTS), *frames], ignore_index=True)


def _clash(conflicts: pd.Index) -> pd.DataFrame:
    reason = pd.Series("conflicting_key", index=range(len(conflicts)), dtype="str")
    return pd.DataFrame({"batch_row": conflicts.astype("int64"), "reason": reason})
