"""The suites: what they expect, and that a check that cannot run is not a success."""

import pandas as pd
import pytest
from check_rows import CONTEXT, GOOD_ROWS, as_table, batch

from regulars.checks.deriving import add_probes, settle_times
from regulars.checks.judging import judge
from regulars.checks.parsing import parse
from regulars.checks.suites import suite_of


def probes(entity: str) -> pd.DataFrame:
    rows = settle_times(entity, parse(entity, as_table(batch(entity)), CONTEXT))
    return add_probes(entity, rows, CONTEXT)


@pytest.mark.parametrize("entity", sorted(GOOD_ROWS))
def test_each_expectation_has_its_own_reason_and_a_severity(entity: str) -> None:
    suite = suite_of(entity, CONTEXT)
    reasons = [expectation.meta["reason"] for expectation in suite.expectations]
    assert len(set(reasons)) == len(reasons) >= 2
    assert {expectation.severity.value for expectation in suite.expectations} <= {
        "critical", "warning",
    }  # fmt: skip


def test_findings_name_rows_and_no_values() -> None:
    frame = pd.concat([probes("customers")] * 3, ignore_index=True)
    frame.loc[1, "customer_kind"] = "robot"
    outcomes = judge("customers", frame.set_axis([7, 8, 9]), CONTEXT)
    (failed,) = (outcome for outcome in outcomes if outcome.rows)
    assert (failed.reason, failed.columns, failed.is_gate, failed.rows) == (
        "unknown_code:customer_kind", ("customer_kind",), True, (8,),
    )  # fmt: skip


@pytest.mark.parametrize("entity", sorted(GOOD_ROWS))
def test_every_expectation_is_told_whether_it_failed_or_not(entity: str) -> None:
    wanted = [one.meta["reason"] for one in suite_of(entity, CONTEXT).expectations]
    empty = probes(entity).iloc[:0]
    for frame in (probes(entity), empty):
        outcomes = judge(entity, frame, CONTEXT)
        assert [one.reason for one in outcomes] == wanted
        assert not any(one.rows for one in outcomes)
        assert all(one.columns for one in outcomes)


def test_an_expectation_that_cannot_be_evaluated_is_an_error() -> None:
    broken = probes("orders").drop(columns="largest_amount_minor")
    with pytest.raises(RuntimeError, match="unusual_amount"):
        judge("orders", broken, CONTEXT)
