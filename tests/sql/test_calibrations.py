"""What is published about the quality of the predictions, by hand and by brute force."""

from collections import Counter
from datetime import timedelta
from itertools import product
from math import exp, log
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen

from regulars.policy.sections import ScorePolicy
from regulars.steps.score_blends import PREDICTIONS, SCORES, forget_cuts, learn_blends

MONTH_AGO = DAY - timedelta(days=30)
JUDGED = ("snap_judged_predictions", "fct_calibrations")
Guest = tuple[float, int, int, int]
"""Chance that was said; visits that came; profit that was said and that came."""


def _calibrate(
    kitchen: Kitchen, guests: list[Guest], history: int = 90
) -> dict[int, dict[str, Any]]:
    rows = [
        {"customer_key": f"c{number:03}", "horizons_back": 1, "return_ratio": chance,
         "expected_visits": chance, "later_visit_count": came, "expected_value_minor": said,
         "later_profit_minor": profit, "prediction_method": "plain", "cut_on": MONTH_AGO,
         "snapshot_date": DAY}
        for number, (chance, came, said, profit) in enumerate(guests)
    ]  # fmt: skip
    pace = {"history_days": history, "horizons_back": 1, "cut_on": MONTH_AGO,
            "snapshot_date": DAY}  # fmt: skip
    kitchen.serve("snap_cut_predictions", *rows).serve("snap_score_paces", pace)
    found = kitchen.measure([DAY], *JUDGED).taste("select * from fct_calibrations")
    return {row["return_decile"]: row for row in found}


FIVE: list[Guest] = [
    (0.9, 2, 1000, 900), (0.5, 0, 300, 0), (0.5, 1, 200, 100), (0.1, 0, 20, 0), (0.1, 0, 10, -50),
]  # fmt: skip


def test_five_guests_are_judged_by_hand(counter: Kitchen):
    rows = _calibrate(counter, FIVE)
    whole = rows.pop(0)
    assert (whole["calibration_status"], whole["cut_on"]) == ("measured", MONTH_AGO)
    assert (whole["customer_count"], whole["returned_count"], whole["later_visit_count"]) == (
        5, 2, 3,
    )  # fmt: skip
    assert whole["expected_return_ratio"] == pytest.approx(2.1 / 5)
    assert whole["brier_score"] == pytest.approx((0.01 + 0.25 + 0.25 + 0.01 + 0.01) / 5)
    # Six pairs of one who came and one who did not: five in order, one tie.
    assert whole["auc_ratio"] == pytest.approx(5.5 / 6)
    assert (whole["expected_value_minor"], whole["later_profit_minor"]) == (1530, 950)
    assert whole["top_fifth_profit_ratio"] == pytest.approx(900 / 950)
    # Equals share a tenth: two in the first, two in the fifth, one in the ninth.
    assert {tenth: row["customer_count"] for tenth, row in rows.items()} == {1: 2, 5: 2, 9: 1}
    assert (rows[5]["expected_return_ratio"], rows[5]["returned_ratio"]) == (0.5, 0.5)


def test_where_the_best_fifth_ends_among_equals_each_counts_in_part(counter: Kitchen):
    tied = [(chance, came, min(said, 300), profit) for chance, came, said, profit in FIVE]
    assert _calibrate(counter, tied)[0]["top_fifth_profit_ratio"] == pytest.approx(450 / 950)


@pytest.mark.parametrize(
    ("guests", "history", "status"),
    [
        ([], 90, "not_enough_history"),
        (FIVE, 29, "not_enough_history"),
        ([(0.5, 0, 10, 0)] * 3, 90, "nobody_returned"),
        ([(0.5, 1, 10, -5)] * 3, 90, "everybody_returned"),
    ],
)
def test_what_cannot_be_measured_says_so(
    counter: Kitchen, guests: list[Guest], history: int, status: str
):
    rows = _calibrate(counter, guests, history)
    assert rows[0]["calibration_status"] == status
    assert rows[0]["auc_ratio"] is None and rows[0]["top_fifth_profit_ratio"] is None
    assert set(rows) == {0} or status != "not_enough_history"


few = st.integers(0, 3)
guests = st.lists(
    st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.integers(0, 2), few, st.integers(-9, 99)),
    min_size=1, max_size=30,
)  # fmt: skip


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(guests, st.randoms(use_true_random=False))
def test_figures_are_those_of_brute_force_and_of_any_order_of_equals(
    counter: Kitchen, crowd: list[Guest], chance: Any
):
    rows = _calibrate(counter, crowd)
    came = [one[0] for one in crowd if one[1]]
    stayed = [one[0] for one in crowd if not one[1]]
    pairs = [(a > b) + (a == b) / 2 for a, b in product(came, stayed)]
    expected = sum(pairs) / len(pairs) if pairs else None
    assert rows[0]["auc_ratio"] == (None if expected is None else pytest.approx(expected))
    below = [sum(other[0] < one[0] for other in crowd) for one in crowd]
    tenths = Counter(1 + 10 * count // len(crowd) for count in below)
    assert {tenth: row["customer_count"] for tenth, row in rows.items() if tenth} == tenths
    chance.shuffle(crowd)
    assert _calibrate(counter, crowd)[0] == pytest.approx(rows[0]), "who is called what is nothing"


def test_what_is_judged_is_what_was_said(counter: Kitchen):
    days = [
        {"customer_key": f"c{who}", "currency_code": "CNY", "visit_count": 1,
         "true_profit_minor": 700 + who, "business_date": DAY - timedelta(days=ago)}
        for who in range(6) for ago in range(who * 5, 200, 9 + who)
    ]  # fmt: skip
    counter.serve("fct_customer_days", *days).measure([MONTH_AGO, DAY], *SCORES, *PREDICTIONS)
    columns = "customer_key, return_ratio, expected_visits, expected_value_minor"
    said = counter.taste(
        f"select {columns} from snap_customer_predictions where snapshot_date = date '{MONTH_AGO}'"
        " order by customer_key"
    )
    judged = counter.taste(
        f"select {columns} from snap_cut_predictions where snapshot_date = date '{DAY}'"
        " and horizons_back = 1 order by customer_key"
    )
    assert said == judged and len(said) == 6
    whole = counter.taste(f"select * from fct_calibrations where snapshot_date = date '{DAY}'")
    came = [day for day in days if day["business_date"] > MONTH_AGO]
    (row,) = (one for one in whole if one["return_decile"] == 0)
    assert row["later_visit_count"] == len(came)
    assert row["later_profit_minor"] == sum(day["true_profit_minor"] for day in came)
    _assert_only_the_last_snapshot_keeps_its_cuts(counter)


def _assert_only_the_last_snapshot_keeps_its_cuts(kitchen: Kitchen) -> None:
    dates = "select distinct snapshot_date from"
    forget_cuts(kitchen.warehouse, keep=DAY)
    assert kitchen.taste(f"{dates} snap_cut_predictions") == [{"snapshot_date": DAY}]
    assert len(kitchen.taste(f"{dates} snap_customer_predictions")) == 2
    assert len(kitchen.taste(f"{dates} fct_calibrations")) == 2


def _of_today(kitchen: Kitchen, table: str) -> list[dict[str, Any]]:
    return kitchen.taste(f"select * from {table} where snapshot_date = date '{DAY}'")


def _scores(back: int, later: int) -> list[dict[str, Any]]:
    return [
        {"customer_key": f"c{number:03}", "horizons_back": back, "return_ratio": 0.3,
         "expected_visits": 0.4, "later_visit_count": later * (number % 2), "visit_value": 100.0,
         "active_ratio": 0.5, "log_visit_size": 0.0, "later_profit_minor": 0,
         "expected_year_visits": 4.0,
         "cut_on": DAY - timedelta(days=30 * back), "snapshot_date": DAY}
        for number in range(200)
    ]  # fmt: skip


def test_the_blend_learns_from_earlier_cuts_only_and_is_kept_with_the_snapshot(counter: Kitchen):
    policy = ScorePolicy(blend_returns=60)
    today = [{**row, "log_visit_size": 0.5} for row in _scores(0, 9)]
    counter.serve("snap_plain_scores", *today, *_scores(1, 2), *_scores(2, 2))
    assert learn_blends(counter.warehouse, [DAY], lambda _: policy) == 1
    live, before = sorted(
        _of_today(counter, "ops_score_blends"), key=lambda row: row["cut_on"], reverse=True
    )
    assert (live["example_count"], live["example_return_count"]) == (400, 200)
    # One horizon ago, only the cut two horizons back could teach.
    assert (before["example_count"], before["cut_on"]) == (200, MONTH_AGO)
    pace = {"history_days": 90, "pace": 0.01, "horizons_back": 0, "cut_on": DAY,
            "snapshot_date": DAY}  # fmt: skip
    counter.serve("snap_score_paces", pace).measure(
        [DAY], "snap_score_parameters", "snap_cut_predictions", "snap_customer_predictions"
    )
    (kept,) = _of_today(counter, "snap_score_parameters")
    assert kept["prediction_method"] == "blend"
    assert kept["visits_slope"] == live["visits_slope"]
    found = _of_today(counter, "snap_customer_predictions")
    assert {row["prediction_method"] for row in found} == {"blend"}
    # Half of the examples came back, one visit on average: 0.3 and 0.4 were too little.
    assert 0.45 < found[0]["return_ratio"] < 0.5 and 0.9 < found[0]["expected_visits"] < 1
    # All of it can be worked out again from the stored row.
    log_odds = kept["return_intercept"] + kept["return_slope"] * log(0.3 / 0.7)
    log_odds += kept["return_size_slope"] * 0.5
    log_visits = kept["visits_intercept"] + kept["visits_slope"] * log(0.4)
    log_visits += kept["visits_size_slope"] * 0.5
    assert found[0]["return_ratio"] == pytest.approx(1 / (1 + exp(-log_odds)), rel=1e-9)
    assert found[0]["expected_visits"] == pytest.approx(exp(log_visits), rel=1e-9)


def test_a_policy_without_blend_keeps_the_plain_score(counter: Kitchen):
    counter.serve("snap_plain_scores", *_scores(0, 9), *_scores(1, 2))
    policy = ScorePolicy(blend="never", blend_returns=60)
    assert learn_blends(counter.warehouse, [DAY], lambda _: policy) == 0
    counter.measure([DAY], "snap_cut_predictions", "snap_customer_predictions")
    found = _of_today(counter, "snap_customer_predictions")
    assert {(row["prediction_method"], row["return_ratio"]) for row in found} == {("plain", 0.3)}
    assert found[0]["expected_value_minor"] == 40
