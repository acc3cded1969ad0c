"""The peers against the figures that were published for CDNOW, and against brute force."""

import os
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.decision_quality.cdnow import read_summary
from benchmarks.decision_quality.logs import read_log
from benchmarks.decision_quality.peers.beta_geometric import BetaGeometric, fit_beta_geometric
from benchmarks.decision_quality.peers.fitting import Records
from benchmarks.decision_quality.peers.gamma_gamma import fit_gamma_gamma
from benchmarks.decision_quality.peers.pareto import Pareto, fit_pareto
from benchmarks.decision_quality.peers.rules import ninety_days, rfm_quintiles
from benchmarks.decision_quality.splits import Split, known_figures, outcomes

PROJECT = Path(__file__).resolve().parents[3]
BG = BetaGeometric(0.243, 4.414, 0.793, 2.426)
PARETO = Pareto(0.553, 10.578, 0.606, 11.669)


def _one(x: float, t_x: float, t: float) -> Records:
    return Records(np.array([x]), np.array([t_x]), np.array([t]))


@pytest.fixture(scope="module")
def summary() -> pd.DataFrame:
    folder = Path(os.environ.get("REGULARS_BENCHMARK_CACHE", PROJECT / "var" / "benchmarks"))
    if not (wheels := sorted(folder.glob("[Ll]ifetimes-*.whl"))):
        pytest.skip(f"no CDNOW data: the benchmark fetches it into {folder}")
    return read_summary(wheels[0])


@pytest.fixture(scope="module")
def records(summary: pd.DataFrame) -> Records:
    return Records(*(summary[name].to_numpy(float) for name in ("x", "t_x", "T")))


def test_bg_nbd_of_cdnow_is_that_of_the_paper(records: Records):
    found = fit_beta_geometric(records)
    assert (found.r, found.alpha) == pytest.approx((0.243, 4.414), abs=1e-3)
    assert (found.a, found.b) == pytest.approx((0.793, 2.426), abs=1e-3)


def test_pareto_nbd_of_cdnow_is_that_of_the_note(records: Records):
    found = fit_pareto(records)
    assert (found.r, found.alpha) == pytest.approx((0.553, 10.578), abs=1e-3)
    assert (found.s, found.beta) == pytest.approx((0.606, 11.669), abs=2e-3)


def test_gamma_gamma_of_cdnow_is_that_of_the_note(summary: pd.DataFrame):
    found = fit_gamma_gamma(summary["x"].to_numpy(float), summary["zbar"].to_numpy(float))
    assert (found.p, found.q, found.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=0.01)


def test_the_first_customer_is_expected_as_in_the_paper():
    # Fader, Hardie & Lee 2005: 1.226 purchases in 39 weeks of x = 2, t_x = 30.43, T = 38.86.
    assert BG.visits(_one(2, 30.43, 38.86), 39)[0] == pytest.approx(1.226, abs=2e-3)


def test_the_best_customer_is_expected_as_in_the_vignette():
    # BTYD vignette, customer 1516: x = 26, t_x = 30.86, T = 31; 25.46 purchases in 52 weeks.
    best = _one(26, 30.86, 31)
    assert PARETO.visits(best, 52)[0] == pytest.approx(25.46, abs=0.02)
    assert PARETO.alive(best)[0] == pytest.approx(0.998, abs=1e-3)


def test_a_return_is_as_likely_as_in_many_drawn_lives():
    chance, who = np.random.default_rng(5), _one(3, 20, 30)
    pace = chance.gamma(PARETO.r + 3, 1 / (PARETO.alpha + 30), 200_000)
    leaving = chance.gamma(PARETO.s, 1 / (PARETO.beta + 30), 200_000)
    first = chance.exponential(1 / pace)
    comes = (first < 12) & (first < chance.exponential(1 / leaving))
    assert PARETO.returns(who, 12)[0] == pytest.approx(
        PARETO.alive(who)[0] * comes.mean(), abs=3e-3
    )
    quick = chance.exponential(1 / chance.gamma(BG.r + 3, 1 / (BG.alpha + 30), 200_000)) < 12
    assert BG.returns(who, 12)[0] == pytest.approx(BG.alive(who)[0] * quick.mean(), abs=3e-3)


def test_who_never_came_again_has_not_left_in_bg_nbd_and_may_have_in_mbg_nbd():
    modified = BetaGeometric(0.525, 6.183, 0.891, 1.614, is_modified=True)
    once = _one(0, 0, 38)
    assert BG.alive(once)[0] == 1
    assert modified.alive(once)[0] < 0.75


def test_equals_get_the_same_fifth():
    known = pd.DataFrame({"silent": [5] * 8 + [1, 90], "n": [1] * 9 + [4], "value": [10] * 10})
    scores = rfm_quintiles(known).worth
    assert len(set(scores[:8])) == 1
    assert list(ninety_days(known.assign(silent=[90, 91] * 5)).worth) == [1, 0] * 5


def test_a_split_sees_nothing_after_its_cut():
    rows = pd.DataFrame({
        "customer": ["a", "a", "a", "b", "c"],
        "day": ["2025-01-01", "2025-01-31", "2025-02-01", "2025-02-05", "2025-03-05"],
        "value": [10.0, -2.5, 4.0, 7.0, 9.0],
    })  # fmt: skip
    split = Split(read_log("three", rows), date(2025, 2, 1), 30)
    known = known_figures(split)
    assert known.to_dict("index") == {
        "a": {"n": 2, "age": 31, "silent": 1, "reach": 30, "value": 750, "profit": 750}
    }
    after = outcomes(split, known.index)
    assert after.to_dict("index") == {"a": {"visits": 1, "value": 400, "profit": 400}}
