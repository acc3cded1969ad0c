"""The plain score and the shrunken values against a plain Python of the same formulas."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen
from plain_score import Town, plain_scores, score_of_row

from regulars.steps.build_customer_profit import CUSTOMERS
from regulars.steps.score_blends import PREDICTIONS, SCORES

PREDICTION = (*SCORES, "snap_cut_predictions", "snap_customer_predictions")
KINDS = ("int_business_evidence", "int_business_confidences", "int_customer_kinds")
EVIDENCE = (
    "snap_store_customers", "snap_customer_peers", "snap_customer_sums", "snap_cohort_members",
    "snap_visit_bounds", "snap_customer_measures", "snap_credibilities", "snap_cohort_means",
    "snap_cohorts", "snap_customer_beliefs", "snap_value_cuts", "snap_customer_values",
)  # fmt: skip
VALUES = ("snap_customer_features", *CUSTOMERS, *PREDICTION, *KINDS, *EVIDENCE)


def _serve(kitchen: Kitchen, town: Town, on: date = DAY, **later: Any) -> Kitchen:
    rows = [
        {"customer_key": who, "currency_code": "CNY", "store_id": "S1", "visit_count": 1,
         "order_count": 1, "discounted_order_count": 0, "platform_order_count": 0,
         "account_order_count": 0, "net_sales_minor": value, "cm2_minor": value,
         "cm3_minor": value, "true_profit_minor": value,
         "business_date": on - timedelta(days=ago), **later}
        for who, days in town.items() for ago, value in days
    ]  # fmt: skip
    return kitchen.serve("fct_customer_days", *rows)


def _rows(kitchen: Kitchen, table: str, on: date = DAY) -> dict[str, dict[str, Any]]:
    found = kitchen.taste(f"select * from {table} where snapshot_date = date '{on}'")
    return {row["customer_key"]: row for row in found}


def _assert_as_in_python(kitchen: Kitchen, town: Town) -> None:
    _serve(kitchen, town).measure([DAY], *PREDICTION)
    found, wanted = _rows(kitchen, "snap_customer_predictions"), plain_scores(town)
    assert set(found) == set(wanted)
    for who, expected in wanted.items():
        row = found[who]
        assert row["active_ratio"] == pytest.approx(expected.active, rel=1e-6)
        assert row["expected_visits"] == pytest.approx(expected.visits, rel=1e-6)
        assert row["return_ratio"] == pytest.approx(expected.returns, rel=1e-6)
        # Whole fen, rounded down.
        assert row["expected_value_minor"] == pytest.approx(expected.value, rel=1e-6, abs=1)


HAND_MADE: Town = {
    "weekly": [(ago, 2100) for ago in range(0, 180, 7)],
    "monthly": [(ago, 5200) for ago in range(10, 360, 30)],
    "gone": [(ago, 2100) for ago in range(90, 200, 7)],
    "once_today": [(0, 900)],
    "once_long_ago": [(350, 900)],
    "costly": [(ago, -400) for ago in range(2, 200, 9)],
    "mixed": [(3, 9000), (40, -2500), (41, 0), (300, 1)],
}


def test_the_score_of_hand_made_guests_is_the_reference_formula(counter: Kitchen):
    _assert_as_in_python(counter, HAND_MADE)


def test_one_guest_alone_is_scored_by_hand(counter: Kitchen):
    # n = 2, T = 21, R = 1, pi = 1/21, basket = 1500, hl = 4 * 20 = 80.
    _serve(counter, {"only": [(20, 1000), (0, 2000)]}).measure([DAY], *PREDICTION)
    row = _rows(counter, "snap_customer_predictions")["only"]
    silence = (1 + 1 / 41) ** -1.6
    active = silence / (silence + 0.15 * (1 - silence))
    assert row["active_ratio"] == pytest.approx(active, rel=1e-9)
    assert round(active, 4) == 0.9941


def test_a_guest_who_costs_money_is_expected_to_go_on_costing_it(counter: Kitchen):
    _serve(counter, HAND_MADE).measure([DAY], *PREDICTION)
    assert _rows(counter, "snap_customer_predictions")["costly"]["expected_value_minor"] < 0


def test_the_longer_the_silence_the_smaller_the_hope(counter: Kitchen):
    town = {f"c{pause}": [(pause + week * 7, 2000) for week in range(10)]
            for pause in (0, 7, 14, 28, 60, 120)}  # fmt: skip
    _serve(counter, town).measure([DAY], *PREDICTION)
    found = _rows(counter, "snap_customer_predictions")
    hopes = [found[who]["active_ratio"] for who in town]
    assert hopes == sorted(hopes, reverse=True) and len(set(hopes)) == len(hopes)


def test_a_past_score_can_be_worked_out_again_from_the_stored_row_alone(counter: Kitchen):
    _serve(counter, HAND_MADE).measure([DAY], *PREDICTION, "snap_score_parameters")
    (row,) = counter.taste("select * from snap_score_parameters")
    found = _rows(counter, "snap_customer_predictions")
    for who, days in HAND_MADE.items():
        again = score_of_row(row, days)
        assert found[who]["active_ratio"] == pytest.approx(again.active, rel=1e-9)
        assert found[who]["expected_visits"] == pytest.approx(again.visits, rel=1e-6)
        assert found[who]["return_ratio"] == pytest.approx(again.returns, rel=1e-6)
        assert found[who]["expected_value_minor"] == pytest.approx(again.value, abs=1)
    assert row["customer_count"] == len(HAND_MADE) and row["prediction_method"] == "plain"


def test_the_long_horizon_is_the_same_pace_for_longer(counter: Kitchen):
    _serve(counter, HAND_MADE).measure([DAY], *PREDICTION)
    for row in _rows(counter, "snap_customer_predictions").values():
        assert row["expected_year_visits"] == pytest.approx(row["expected_visits"] * 365 / 30)
        worth = row["expected_value_minor"] * 365 / 30
        assert row["expected_year_value_minor"] == pytest.approx(worth, abs=13)


ODD_TOWNS: dict[str, Town] = {
    "one_visit": {"only": [(400, 500)]},
    "today_only": {"a": [(0, 500)], "b": [(0, 300)]},
    "one_day_long_ago": {"a": [(200, 500)], "b": [(200, -300)], "c": [(200, 0)]},
    "shorter_than_the_horizon": {"a": [(9, 5), (2, 5)], "b": [(3, 5)]},
    "all_lose": {"a": [(40, -5), (9, -900)], "b": [(80, -1)], "c": [(5, -70), (4, -70)]},
    "daily": {"a": [(ago, 5) for ago in range(300)]},
}


@pytest.mark.parametrize("town", ODD_TOWNS.values(), ids=ODD_TOWNS)
def test_the_oddest_town_gets_figures_that_make_sense(counter: Kitchen, town: Town):
    _serve(counter, town).measure([DAY], *PREDICTION)
    found = _rows(counter, "snap_customer_predictions")
    assert set(found) == set(town)
    for who, row in found.items():
        assert 0 < row["active_ratio"] <= 1 and 0 < row["return_ratio"] < 1
        assert 0 < row["expected_visits"] <= 30
        assert (row["expected_value_minor"] < 0) <= (min(value for _, value in town[who]) < 0)


def test_a_town_without_visits_has_no_scores_and_says_why_nothing_is_measured(counter: Kitchen):
    cost = {"customer_key": "c1", "currency_code": "CNY", "visit_count": 0,
            "true_profit_minor": -30, "business_date": DAY}  # fmt: skip
    counter.serve("fct_customer_days", cost).measure([DAY], *SCORES, *PREDICTIONS)
    assert _rows(counter, "snap_customer_predictions") == {}
    (row,) = counter.taste("select * from fct_calibrations")
    assert row["calibration_status"] == "not_enough_history"


towns = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.dictionaries(st.integers(0, 700), st.integers(-50_000, 200_000), min_size=1, max_size=15)
    .map(lambda days: sorted(days.items())),
    min_size=1, max_size=8,
)  # fmt: skip
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(towns)
def test_the_score_of_any_guests_is_the_reference_formula(counter: Kitchen, town: Town):
    _assert_as_in_python(counter, town)


def test_one_visit_says_little_and_many_say_much(counter: Kitchen):
    town = {"once": [(5, 9000)], "often": [(ago, 9000 + ago) for ago in range(0, 170, 10)],
            "peer": [(ago, 1000 + ago) for ago in range(0, 170, 10)]}  # fmt: skip
    _serve(counter, town).measure([DAY], *VALUES)
    found = _rows(counter, "snap_customer_values")
    assert found["once"]["credibility_ratio"] < found["often"]["credibility_ratio"]
    assert found["once"]["value_minor"] < 9000


def test_a_weekly_guest_silent_twenty_days_wavers_and_a_monthly_one_silent_forty_does_not(
    counter: Kitchen,
):
    town = {"weekly": [(ago, 2000) for ago in range(20, 200, 7)],
            "monthly": [(ago, 2000) for ago in range(40, 400, 30)]}  # fmt: skip
    _serve(counter, town).measure([DAY], *VALUES)
    found = _rows(counter, "snap_customer_values")
    assert 1.5 <= found["weekly"]["overdue_ratio"] < 4
    assert found["monthly"]["overdue_ratio"] < 1.5


SNAPSHOTS = (
    "snap_customer_features", *SCORES, *PREDICTIONS,
    *EVIDENCE, "snap_customer_potentials", "snap_customer_drifts", "snap_newcomer_screens",
    "snap_customer_scores", "snap_customer_situations", "snap_customer_segments",
    "snap_judgement_rules", "snap_customer_tiers", "snap_customer_reasons",
    "fct_judgement_quality", "fct_customer_profits", "fct_whale_curve", "fct_concentration",
)  # fmt: skip


def _state(kitchen: Kitchen, on: date) -> dict[str, list[str]]:
    return {
        name: sorted(
            map(repr, kitchen.taste(f"select * from {name} where snapshot_date = date '{on}'"))
        )
        for name in SNAPSHOTS
    }


def test_a_past_date_looks_the_same_whether_or_not_later_days_are_known(counter: Kitchen):
    past = DAY - timedelta(days=28)
    until = {who: [day for day in days if day[0] >= 28] for who, days in HAND_MADE.items()}
    _serve(counter, {who: days for who, days in until.items() if days}).judge([past])
    before = _state(counter, past)
    _serve(counter, HAND_MADE).judge([past])
    after = _state(counter, past)
    for name, rows in before.items():
        assert after[name] == rows, name
    assert len(before["snap_customer_tiers"]) == len([days for days in until.values() if days])


def test_a_later_order_on_an_account_does_not_make_the_past_a_business_customer(counter: Kitchen):
    past = DAY - timedelta(days=28)
    town = {"weekly": [(ago, 2100) for ago in range(28, 180, 7)]}
    _serve(counter, town).judge([past])
    before = _state(counter, past)
    later = {"customer_key": "weekly", "currency_code": "CNY", "store_id": "S1", "cm2_minor": 5,
             "cm3_minor": 5, "true_profit_minor": 5,
             "visit_count": 1, "order_count": 1, "account_order_count": 1,
             "business_date": DAY}  # fmt: skip
    known = counter.taste("select * from fct_customer_days")
    counter.serve("fct_customer_days", *known, later).judge([past])
    assert _state(counter, past) == before


def _days(who: str, cm2: int, cm3: int, busy: int) -> list[dict[str, Any]]:
    """Ten weekly visits that bring this much at the margin and in full."""
    return [
        {"customer_key": who, "currency_code": "CNY", "store_id": "S1", "visit_count": 1,
         "order_count": 1, "busy_order_count": busy if week % 2 else 1, "cm2_minor": cm2,
         "cm3_minor": cm3, "true_profit_minor": cm3, "discounted_order_count": 0,
         "platform_order_count": 0, "account_order_count": 0, "net_sales_minor": 3000,
         "business_date": DAY - timedelta(days=7 * week)}
        for week in range(10)
    ]  # fmt: skip


def test_who_loses_only_by_the_time_he_takes_loses_in_busy_hours_alone(counter: Kitchen):
    counter.serve(
        "fct_customer_days",
        *_days("at_the_margin", -400, -900, busy=1),
        *_days("in_the_rush", 400, -300, busy=1),
        *_days("half_in_the_rush", 400, -300, busy=0),
        *_days("pays", 900, 200, busy=1),
    ).measure([DAY], *VALUES)
    found = {
        who: row["is_loss_making"] for who, row in _rows(counter, "snap_customer_values").items()
    }
    assert found == {"at_the_margin": True, "in_the_rush": True, "half_in_the_rush": True,
                     "pays": False}  # fmt: skip
    idle = [{**day, "busy_order_count": 0} for day in _days("idle", 400, -300, busy=0)]
    counter.serve("fct_customer_days", *idle).measure([DAY], *VALUES)
    assert not _rows(counter, "snap_customer_values")["idle"]["is_loss_making"]


def test_a_cost_on_a_day_without_a_visit_is_no_visit(counter: Kitchen):
    visit = _days("c1", 1000, 1000, busy=0)[9]
    bare = {name: 0 for name, value in visit.items() if isinstance(value, int)}
    charge = {**visit, **bare, "cm2_minor": -30, "cm3_minor": -30, "true_profit_minor": -30,
              "store_id": "S2", "business_date": DAY}  # fmt: skip
    counter.serve("fct_customer_days", visit, charge).measure([DAY], *VALUES)
    row = _rows(counter, "snap_customer_values")["c1"]
    assert (row["visit_count"], row["silent_days"], row["active_month_count"]) == (1, 64, 1)
    assert (row["curve_profit_minor"], row["last_store_id"]) == (970, "S1")
