"""The measures of the benchmark against brute force."""

from itertools import pairwise, permutations, product
from math import ceil, isnan

import numpy as np
import pytest
from benchmarks.decision_quality.judging import Result
from benchmarks.decision_quality.metrics import auc, bootstrap, brier, interval, level, top_share
from benchmarks.decision_quality.report import COLUMNS, table
from hypothesis import given
from hypothesis import strategies as st

outcomes = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3)), min_size=1, max_size=12)


@given(outcomes)
def test_auc_is_the_share_of_pairs_in_order_a_tie_counting_half(rows: list[tuple[int, int]]):
    came = [score for hit, score in rows if hit]
    stayed = [score for hit, score in rows if not hit]
    pairs = [(a > b) + (a == b) / 2 for a, b in product(came, stayed)]
    found = auc(*np.array(rows, float).T)
    assert isnan(found) if not pairs else found == pytest.approx(sum(pairs) / len(pairs))


amounts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), min_size=1, max_size=6)


@given(amounts)
def test_the_best_fifth_is_the_mean_over_every_order_that_equals_could_have(
    rows: list[tuple[int, int]],
):
    total = sum(amount for amount, _ in rows)
    found = top_share(*np.array(rows, float).T)
    if not total:
        assert isnan(found)
        return
    size, shares = 0.2 * len(rows), []
    for order in permutations(rows):
        if all(a[1] >= b[1] for a, b in pairwise(order)):
            parts = [min(max(size - place, 0), 1) for place in range(ceil(size))]
            shares.append(sum(p * row[0] for p, row in zip(parts, order, strict=False)) / total)
    assert found == pytest.approx(sum(shares) / len(shares))


def test_a_group_that_lost_money_has_no_share_of_it():
    assert isnan(top_share(np.array([-5.0, 2.0]), np.array([1.0, 2.0])))


def test_brier_and_level_by_hand():
    came, chance = np.array([1.0, 0.0, 3.0]), np.array([0.8, 0.4, 1.0])
    assert brier(came, chance) == pytest.approx((0.04 + 0.16 + 0) / 3)
    assert level(np.array([1.0, 2.0]), np.array([4.0, 0.0])) == pytest.approx(-0.25)


def test_intervals_repeat_and_are_as_wide_as_theory_says():
    values = np.random.default_rng(1).normal(10, 2, 400)

    def _mean(drawn: np.ndarray) -> dict[str, float]:
        return {"mean": float(values[drawn].mean())}

    found = bootstrap(_mean, 400, 400, seed=3)["mean"]
    assert list(found) == list(bootstrap(_mean, 400, 400, seed=3)["mean"])
    low, high = interval(found)
    assert low < values.mean() < high
    # 90 % of a mean of 400: 1.645 standard errors to each side.
    assert high - low == pytest.approx(2 * 1.645 * values.std() / 20, rel=0.15)
    assert isnan(interval(None)[0]) and isnan(interval(np.array([np.nan]))[1])


def test_what_is_surely_better_or_worse_than_the_first_row_is_marked():
    draws = np.linspace(0.70, 0.72, 50)
    rows = [
        Result("first", figures=dict.fromkeys(COLUMNS, 0.71), drawn={"auc": draws, "brier": draws}),
        Result("above", figures=dict.fromkeys(COLUMNS, 0.72),
               drawn={"auc": draws + 0.01, "brier": draws + 0.01}),
        Result("same", figures=dict.fromkeys(COLUMNS, 0.71),
               drawn={"auc": draws[::-1], "brier": draws[::-1]}),
        Result("gone", absent="no such package"),
    ]  # fmt: skip
    _, _, first, above, same, gone = table(rows).splitlines()
    assert "▲" not in first and "▽" not in first + same
    assert above.split("|")[2].endswith("▲ ") and above.split("|")[3].endswith("▽ ")
    assert "not here: no such package" in gone
