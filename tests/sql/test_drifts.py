"""The CUSUM on spend against the five-line recursion, and against published run lengths."""

from collections.abc import Sequence
from math import exp, sqrt

import numpy as np
import pytest
from diary import COHORTS, Diaries, rows_of, serve_diaries
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen

from regulars.policy.evidence_sections import DriftPolicy

DRIFTS = (*COHORTS, "snap_customer_drifts")
SLACK, LIMIT = DriftPolicy().slack, DriftPolicy().limit


def lower_cusum(scores: Sequence[float]) -> float:
    """Page's recursion: how far the scores have fallen below the slack, never below 0."""
    fallen = 0.0
    for score in scores:
        fallen = max(0.0, fallen - score - SLACK)
    return fallen


def scores_of(spends: Sequence[int], mean: float, variance: float, k: float) -> list[float]:
    """Each visit against what the visits before it let expect, in standard deviations."""
    found = []
    for n, spend in enumerate(spends):
        before = spends[:n]
        usual = (sum(before) + k * mean) / (n + k)
        squares = sum((x - sum(before) / n) ** 2 for x in before) if n else 0.0
        spread = (4 * variance + squares) / (4 + max(n - 1, 0)) * (1 + 1 / (n + k))
        found.append((spend - usual) / sqrt(spread) if spread > 0 else 0.0)
    return found


def _assert_as_in_python(kitchen: Kitchen, diaries: Diaries) -> None:
    serve_diaries(kitchen, diaries).measure([DAY], *DRIFTS)
    (cohort,) = kitchen.taste("select * from snap_cohorts")
    found = rows_of(kitchen, "snap_customer_drifts")
    cohort = {name: cohort[f"spend_{name}"] for name in ("mean", "variance", "visits")}
    for who, days in diaries.items():
        spends = [value for _, value in sorted(days, reverse=True)]
        wanted = lower_cusum(scores_of(spends, *cohort.values()))
        assert found[who]["spend_drift"] == pytest.approx(wanted, rel=1e-5, abs=1e-4)
        if abs(wanted - LIMIT) > 1e-3:
            falling = wanted > LIMIT and len(days) >= 3
            assert found[who]["is_spend_falling"] is falling


WEEKS = range(0, 350, 7)


def _weekly(changed: int, days: range) -> list[tuple[int, int]]:
    """Fifty weekly visits of about the same spend, changed by this much on some days."""
    return [(ago, 5000 + 37 * (ago % 11) + (changed if ago in days else 0)) for ago in WEEKS]


TOWN: Diaries = {
    "steady": _weekly(0, range(0)),
    "fallen": _weekly(-2500, range(90)),
    "risen": _weekly(2500, range(90)),
    "giant": _weekly(90_000, range(35, 36)),
    "twice": [(3, 9000), (90, 100)],
    "once": [(3, 9000)],
}


def test_who_spends_less_and_less_is_found_and_nobody_else(counter: Kitchen):
    crowd = {f"peer{number}": TOWN["steady"] for number in range(20)}
    serve_diaries(counter, {**TOWN, **crowd}).measure([DAY], *DRIFTS)
    found = rows_of(counter, "snap_customer_drifts")
    assert {who for who, row in found.items() if row["is_spend_falling"]} == {"fallen"}
    assert found["once"]["spend_drift"] >= 0


def test_the_drift_of_hand_made_guests_is_the_recursion(counter: Kitchen):
    _assert_as_in_python(counter, TOWN)


spends = st.lists(st.integers(0, 40_000), min_size=1, max_size=30)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(spends, min_size=1, max_size=5))
def test_the_drift_of_any_guests_is_the_recursion(counter: Kitchen, town: list[list[int]]):
    _assert_as_in_python(counter, {
        f"c{number}": [(3 * place, value) for place, value in enumerate(series)]
        for number, series in enumerate(town)
    })  # fmt: skip


def test_the_order_in_which_days_were_loaded_does_not_matter(counter: Kitchen):
    serve_diaries(counter, TOWN).measure([DAY], *DRIFTS)
    straight = rows_of(counter, "snap_customer_drifts")
    shuffled = {who: sorted(days, key=lambda day: day[0] * 7919 % 353)
                for who, days in reversed(TOWN.items())}  # fmt: skip
    serve_diaries(counter, shuffled).measure([DAY], *DRIFTS)
    assert rows_of(counter, "snap_customer_drifts") == straight


def _run_length(shift: float, limit: float, rng: np.random.Generator) -> float:
    """Mean number of visits until the recursion passes the limit, when spend falls by `shift`."""
    fallen, alarms = np.zeros(4000), np.zeros(4000)
    alive = np.ones(4000, dtype=bool)
    for _ in range(120):
        fallen = np.maximum(0, fallen - (rng.normal(size=4000) - shift) - SLACK)
        alarms += alive
        alive &= fallen <= limit
    return float(alarms.mean())


@pytest.mark.parametrize(("limit", "published"), [(4.0, 8.38), (5.0, 10.4)])
def test_a_fall_of_one_deviation_is_found_after_the_published_number_of_visits(
    limit: float, published: float
):
    # Montgomery, Introduction to Statistical Quality Control, table of CUSUM ARLs with k = 1/2.
    found = _run_length(1.0, limit, np.random.default_rng(20250303))
    assert found == pytest.approx(published, rel=0.03)


def test_without_a_fall_a_false_alarm_comes_once_in_930_visits():
    # Siegmund's approximation of the run length in control, and Montgomery's 465 for two sides.
    width = LIMIT + 1.166
    assert (exp(2 * SLACK * width) - 2 * SLACK * width - 1) / (2 * SLACK**2) == pytest.approx(
        930, rel=0.03
    )
