"""How far a customer is believed: Bühlmann and Straub by another route, robust, per cohort."""

from datetime import timedelta
from itertools import pairwise
from statistics import fmean
from typing import Any

import pytest
from diary import COHORTS, VALUES, Diaries, day_of, rows_of, serve_diaries
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, SHOP, Kitchen, OpenKitchen
from plain_credibility import Structure, half_interval, structure, winsorised

HAND_MADE: Diaries = {
    "weekly": [(ago, 2100) for ago in range(0, 180, 7)],
    "monthly": [(ago, 5200) for ago in range(10, 360, 30)],
    "gone": [(ago, 2100) for ago in range(90, 200, 7)],
    "once_today": [(0, 900)],
    "once_long_ago": [(350, 900)],
    "before_the_year": [(500, 900), (510, 900)],
    "costly": [(ago, -400) for ago in range(2, 200, 9)],
    "mixed": [(3, 9000), (40, -2500), (41, 0), (300, 1)],
}


def _last_year(diaries: Diaries) -> dict[str, list[float]]:
    years = {who: [float(value) for ago, value in days if ago < 365]
             for who, days in diaries.items()}  # fmt: skip
    return {who: own for who, own in years.items() if own}


def _gaps(days: Any) -> list[float]:
    """Days between visits, of those that ended within the year."""
    ago = sorted((ago for ago, _ in days), reverse=True)
    return [float(before - after) for before, after in pairwise(ago)
            if after < 365]  # fmt: skip


def _plain(groups: list[list[float]]) -> Structure | None:
    return structure([[(1.0, x) for x in group] for group in groups]) if groups else None


def _assert_as_in_python(kitchen: Kitchen, diaries: Diaries) -> None:
    serve_diaries(kitchen, diaries).measure([DAY], *VALUES)
    found, years = rows_of(kitchen, "snap_customer_values"), _last_year(diaries)
    clipped = dict(zip(years, winsorised(list(years.values()), 0.01), strict=True)) if years else {}
    told = _plain(list(clipped.values())) or Structure(0, 0, 0, 12)
    pace = _plain([gaps for days in diaries.values() if (gaps := _gaps(days))])
    usual = max(pace.mean, 1) if pace else 30
    for who, days in diaries.items():
        own, row = years.get(who, []), found[who]
        z = told.trust(len(own))
        per_visit = z * (fmean(own) if own else 0) + (1 - z) * told.mean
        half = half_interval(clipped.get(who, []), told)
        recent, silent = sum(ago < 180 for ago, _ in days), min(ago for ago, _ in days) + 1
        gaps, k = _gaps(days), pace.k if pace else 1
        expected = max((sum(gaps) + k * usual) / (len(gaps) + k), 1)
        assert row["credibility_ratio"] == pytest.approx(z, rel=1e-4, abs=1e-9)
        assert row["value_minor"] == pytest.approx(per_visit * recent, rel=1e-3, abs=2)
        assert row["value_low_minor"] == pytest.approx(
            (per_visit - half) * recent, rel=1e-3, abs=0.001 * half * recent + 2)  # fmt: skip
        assert row["visit_profit_high_minor"] == pytest.approx(
            per_visit + half, rel=1e-3, abs=0.001 * half + 2)  # fmt: skip
        assert row["expected_gap_days"] == pytest.approx(expected, rel=1e-3)
        assert row["overdue_ratio"] == pytest.approx(silent / expected, rel=1e-3)


def test_values_of_hand_made_guests_are_trusted_as_far_as_the_evidence_goes(counter: Kitchen):
    _assert_as_in_python(counter, HAND_MADE)


towns = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.dictionaries(st.integers(0, 700), st.integers(-50_000, 200_000), min_size=1, max_size=15)
    .map(lambda days: sorted(days.items())),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns)
def test_values_of_any_guests_follow_the_credibility_formula(counter: Kitchen, town: Diaries):
    _assert_as_in_python(counter, town)


# Hachemeister 1975, private bodily injury: twelve quarters of five states, ratios and weights.
RATIOS = [
    [1738, 1642, 1794, 2051, 2079, 2234, 2032, 2035, 2115, 2262, 2267, 2517],
    [1364, 1408, 1597, 1444, 1342, 1675, 1470, 1448, 1464, 1831, 1612, 1471],
    [1759, 1685, 1479, 1763, 1674, 2103, 1502, 1622, 1828, 2155, 2233, 2059],
    [1223, 1146, 1010, 1257, 1426, 1532, 1953, 1123, 1343, 1243, 1762, 1306],
    [1456, 1499, 1609, 1741, 1482, 1572, 1606, 1735, 1607, 1573, 1613, 1690],
]
WEIGHTS = [
    [7861, 9251, 8706, 8575, 7917, 8263, 9456, 8003, 7365, 7832, 7849, 9077],
    [1622, 1742, 1523, 1515, 1622, 1602, 1964, 1515, 1527, 1748, 1654, 1861],
    [1147, 1357, 1329, 1204, 998, 1077, 1277, 1218, 896, 1003, 1108, 1121],
    [407, 396, 348, 341, 315, 328, 352, 331, 287, 384, 321, 342],
    [2902, 3172, 3046, 3068, 2693, 2910, 3275, 2697, 2663, 3017, 3242, 3425],
]


def test_the_other_route_gives_the_published_figures_of_hachemeisters_states():
    # As printed by the R package actuar (vignette "Risk and Credibility Theory Features").
    states = [list(zip(map(float, w), map(float, x), strict=True))
              for w, x in zip(WEIGHTS, RATIOS, strict=True)]  # fmt: skip
    told = structure(states, least=0, most=1e9)
    assert round(told.mean) == 1684
    assert round(told.between) == 89639
    assert round(told.within) == 139_120_026
    trust = [round(told.trust(sum(map(float, w))), 4) for w in WEIGHTS]
    assert trust == [0.9847, 0.9276, 0.8985, 0.7279, 0.9588]


def test_the_models_estimate_the_spread_of_hachemeisters_ratios_as_the_other_route_does(
    counter: Kitchen,
):
    states = {f"s{number}": [(quarter * 30, value * 10) for quarter, value in enumerate(row)]
              for number, row in enumerate(RATIOS)}  # fmt: skip
    serve_diaries(counter, states).measure([DAY], *COHORTS)
    told = structure([[(1.0, value) for _, value in days] for days in states.values()])
    (row,) = counter.taste("select * from snap_cohorts")
    assert row["within_variance"] == pytest.approx(told.within, rel=1e-6)
    assert row["credibility_visits"] == pytest.approx(told.k, rel=1e-5)
    assert row["visit_profit_mean"] == pytest.approx(told.mean, rel=1e-5)
    assert (row["circle"], row["customer_count"]) == ("group", 5)


def _crowd(giant: int) -> dict[str, Any]:
    """Forty guests, one of them with one huge order, and one who costs a little every time."""
    peers = {f"p{number:02}": [(ago, 2000 + 60 * (number % 7) + 40 * (ago % 5))
                               for ago in range(number % 9, 270, 18)]
             for number in range(40)}  # fmt: skip
    peers["p00"] = [*peers["p00"], (4, giant)]
    return {**peers, "loser": [(ago, -300 + ago % 40) for ago in range(2, 280, 14)]}


def test_one_huge_order_of_somebody_does_not_hide_who_loses_money(counter: Kitchen):
    within = {}
    for giant in (2500, 5_000_000):
        serve_diaries(counter, _crowd(giant)).measure([DAY], *VALUES)
        found = rows_of(counter, "snap_customer_values")
        assert found["loser"]["is_loss_making"], giant
        (row,) = counter.taste("select within_variance from snap_cohorts")
        within[giant] = row["within_variance"]
    assert within[5_000_000] == pytest.approx(within[2500], rel=0.05)


def test_one_huge_order_of_the_loser_himself_does_not_widen_his_interval(counter: Kitchen):
    crowd = _crowd(2500)
    serve_diaries(counter, crowd).measure([DAY], *VALUES)
    calm = rows_of(counter, "snap_customer_values")["loser"]
    crowd["loser"] = [*crowd["loser"], (3, -400_000)]
    serve_diaries(counter, crowd).measure([DAY], *VALUES)
    row = rows_of(counter, "snap_customer_values")["loser"]
    width = row["visit_profit_high_minor"] - row["visit_profit_low_minor"]
    assert row["is_loss_making"] and row["curve_profit_minor"] < -400_000
    assert width < 1.5 * (calm["visit_profit_high_minor"] - calm["visit_profit_low_minor"])


TWO_BRANDS = [{**SHOP, "brand": "Noodles"},
              {**SHOP, "store_id": "S2", "store_name": "Hill", "brand": "Grill"}]  # fmt: skip


def test_a_brand_with_enough_customers_speaks_for_itself_and_a_small_one_borrows(
    open_kitchen: OpenKitchen,
):
    def _visits(store: str, count: int, value: int) -> list[dict[str, Any]]:
        return [day_of(f"{store}{number:02}", ago, value + 100 * number + ago, store_id=store)
                for number in range(count) for ago in (3, 30, 60, 90)]  # fmt: skip

    with open_kitchen(stores=TWO_BRANDS) as kitchen:
        kitchen.cook().serve("snap_customer_peers")
        circles = {}
        for opened in (40, 5):
            days = _visits("S1", 40, 2000) + _visits("S2", opened, 9000)
            kitchen.serve("fct_customer_days", *days).measure([DAY], *COHORTS)
            rows = {row["brand"]: row for row in kitchen.taste("select * from snap_cohorts")}
            circles[opened] = {brand: row["circle"] for brand, row in rows.items()}
            if opened == 40:
                assert rows["Grill"]["visit_profit_mean"] > rows["Noodles"]["visit_profit_mean"]
                assert rows["Grill"]["customer_count"] == 40
        assert circles[40] == {"Noodles": "brand", "Grill": "brand"}
        assert circles[5] == {"Noodles": "brand", "Grill": "kind"}


@pytest.mark.parametrize(
    ("diaries", "doubt"),
    [
        ({"a": [(0, 900)], "b": [(0, -900)]}, "cohort_unknown"),  # a store opened today
        ({"a": [(0, 0)]}, "cohort_unknown"),
        ({"a": [(500, 900)]}, "cohort_unknown"),
        ({"a": [(1, -5), (0, -5)], "b": [(0, 7)]}, "few_months"),
    ],
)
def test_without_evidence_nobody_is_big_and_nobody_a_loss_and_the_reason_is_said(
    counter: Kitchen, diaries: Diaries, doubt: str
):
    serve_diaries(counter, diaries).measure([DAY], *VALUES)
    for row in rows_of(counter, "snap_customer_values").values():
        assert not row["is_big_proven"] and row["doubt_code"] == doubt
        promised = {name: row[name] for name in row if name.endswith(("_ratio", "_minor"))}
        assert None not in promised.values(), promised
        assert row["is_loss_making"] is False or doubt == "few_months"


def test_a_day_of_costs_alone_is_no_customer(counter: Kitchen):
    bare = day_of("c1", 0, -30, visit_count=0, order_count=0)
    counter.serve("snap_customer_peers").serve("fct_customer_days", bare).measure([DAY], *VALUES)
    assert rows_of(counter, "snap_customer_values") == {}


STEADY = [(ago, 5000 + ago % 7) for ago in range(1, 170, 6)]


@pytest.mark.parametrize(
    ("own", "doubt"),
    [
        (STEADY, None),
        (STEADY[:2], "few_visits"),
        ([(ago, 5000) for ago in range(1, 80, 6)], "few_months"),
        ([*STEADY, (2, 900_000)], "one_order"),
        ([(ago, 300 + ago % 7) for ago in range(1, 170, 12)], "below_cut"),
    ],
)
def test_who_is_not_proven_big_hears_the_first_reason(
    counter: Kitchen, own: Any, doubt: str | None
):
    # Peers of one kind: twelve visits of one's own weigh as much as all of theirs.
    peers = {f"p{number:02}": [(ago, 1000 + 200 * (ago % 9)) for ago in range(number % 9, 270, 17)]
             for number in range(40)}  # fmt: skip
    serve_diaries(counter, {**peers, "own": own}).measure([DAY], *VALUES)
    row = rows_of(counter, "snap_customer_values")["own"]
    assert (row["doubt_code"], row["is_big_proven"]) == (doubt, doubt is None)


def test_shares_of_a_window_are_worked_out_by_hand(counter: Kitchen):
    # Profits 100, 300, -100 and, outside the half-year, 700.
    days = [day_of("c1", 1, 100, discounted_order_count=1), day_of("c1", 11, 300),
            day_of("c1", 31, -100), day_of("c1", 200, 700)]  # fmt: skip
    counter.serve("snap_customer_peers").serve("fct_customer_days", *days).measure([DAY], *VALUES)
    row = rows_of(counter, "snap_customer_values")["c1"]
    assert row["effective_order_count"] == pytest.approx(300**2 / (100**2 + 300**2 + 100**2))
    assert row["largest_order_ratio"] == 1  # 300 of 300
    assert row["discounted_order_ratio"] == 0.25
    assert row["margin_ratio"] == 1
    assert not row["is_specials_only"]


def test_clockwork_is_regular_and_bursts_are_not(counter: Kitchen):
    bursts = [day for week in range(0, 180, 30) for day in (week, week + 1, week + 2)]
    serve_diaries(counter, {
        "clock": [(ago, 100) for ago in range(0, 180, 10)],
        "bursts": [(ago, 100) for ago in bursts],
        "once": [(5, 100)],
    }).measure([DAY], *VALUES)  # fmt: skip
    ratio = {who: row["regularity_ratio"]
             for who, row in rows_of(counter, "snap_customer_values").items()}  # fmt: skip
    assert 0 < ratio["bursts"] < ratio["once"] < ratio["clock"] < 1


def test_a_later_day_changes_no_earlier_belief(counter: Kitchen):
    past = DAY - timedelta(days=28)
    until = {who: [day for day in days if day[0] >= 28] for who, days in HAND_MADE.items()}
    serve_diaries(counter, {who: days for who, days in until.items() if days})
    counter.measure([past], *VALUES)
    before = rows_of(counter, "snap_customer_values", past)
    serve_diaries(counter, HAND_MADE).measure([past], *VALUES)
    assert rows_of(counter, "snap_customer_values", past) == before
