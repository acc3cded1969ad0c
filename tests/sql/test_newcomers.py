"""Newcomers are judged by those who began alike half a year ago and more, by hand."""

from datetime import timedelta
from typing import Any

import pytest
from diary import VALUES, day_of
from kitchen import DAY, Kitchen

SCREENS = (*VALUES, "int_first_visits", "snap_newcomer_starts", "snap_newcomer_lessons",
           "snap_newcomer_screens")  # fmt: skip


def _alumni(value: int, count: int, name: str, **first: Any) -> list[dict[str, Any]]:
    """Guests who began 300 days ago and came a second time 100 days later, worth this much."""
    return [
        day_of(f"{name}{number:02}", ago, value // 2 + (number - count // 2),
               **(first if ago == 300 else {}))
        for number in range(count) for ago in (300, 200)
    ]  # fmt: skip


def _screen(kitchen: Kitchen, *days: dict[str, Any]) -> dict[str, dict[str, Any]]:
    kitchen.serve("snap_customer_peers").serve("fct_customer_days", *days)
    kitchen.measure([DAY], *SCREENS)
    rows = kitchen.taste("select * from snap_newcomer_screens order by customer_key")
    return {row["customer_key"]: row for row in rows}


LUNCH, COUPON = {"lunch_order_count": 1}, {"lunch_order_count": 1, "discounted_order_count": 1}


def test_a_newcomer_is_worth_what_those_were_worth_who_began_alike(counter: Kitchen):
    found = _screen(
        counter,
        *_alumni(9000, 40, "full", **LUNCH),
        *_alumni(-1000, 40, "coupon", **COUPON),
        day_of("c1", 3, 4500, **LUNCH),
        day_of("c2", 3, 40, **COUPON),
    )
    good, dear = found["c1"], found["c2"]
    assert set(found) == {"c1", "c2"}
    assert good["expected_half_year_cm2_minor"] == pytest.approx(9000, rel=0.02)
    assert good["probation_offer_minor"] == good["expected_half_year_cm2_minor"] // 2
    assert (good["is_screened_in"], good["screen_reason_code"]) == (True, "expected_gain")
    assert dear["expected_half_year_cm2_minor"] == pytest.approx(-1000, abs=120)
    assert dear["probation_offer_minor"] == 0
    assert (dear["is_screened_in"], dear["screen_reason_code"]) == (False, "expected_loss")


def test_a_way_to_begin_that_nobody_took_is_worth_the_mean_of_all(counter: Kitchen):
    late = {"late_order_count": 1}
    found = _screen(
        counter, *_alumni(9000, 20, "full", **LUNCH), *_alumni(5000, 20, "cheap", **COUPON),
        day_of("c1", 3, 4500, **late),
    )  # fmt: skip
    assert found["c1"]["expected_half_year_cm2_minor"] == pytest.approx(7000, abs=30)


def test_only_who_began_half_a_year_ago_teaches(counter: Kitchen):
    young = [day_of(f"y{number:02}", 179, 90_000, **LUNCH) for number in range(40)]
    alumni = _alumni(9000, 40, "full", **LUNCH)
    found = _screen(counter, *alumni, *young, day_of("c1", 3, 4500, **LUNCH))
    assert found["c1"]["expected_half_year_cm2_minor"] == pytest.approx(9000, rel=0.02)


def test_what_an_alumnus_brought_after_his_first_half_year_is_no_lesson(counter: Kitchen):
    later = [day_of(f"full{number:02}", 50, 50_000) for number in range(40)]
    alumni = _alumni(9000, 40, "full", **LUNCH)
    found = _screen(counter, *alumni, *later, day_of("c1", 3, 4500, **LUNCH))
    assert found["c1"]["expected_half_year_cm2_minor"] == pytest.approx(9000, rel=0.02)


def test_one_giant_among_a_hundred_lessons_teaches_nothing(counter: Kitchen):
    alumni = _alumni(9000, 120, "full", **LUNCH)
    alumni[1] = {**alumni[1], "cm2_minor": 9_000_000}
    found = _screen(counter, *alumni, day_of("c1", 3, 4500, **LUNCH))
    assert found["c1"]["expected_half_year_cm2_minor"] == pytest.approx(9000, rel=0.02)


def test_with_too_few_lessons_his_own_figures_are_all_that_is_known(counter: Kitchen):
    found = _screen(counter, day_of("c1", 3, 4500), day_of("c2", 3, -20))
    one, two = found["c1"], found["c2"]
    assert (one["screen_reason_code"], one["is_screened_in"]) == ("nothing_learnt", True)
    assert (one["expected_half_year_cm2_minor"], one["probation_offer_minor"]) == (4500, 2250)
    assert (two["screen_reason_code"], two["is_screened_in"]) == ("costs_so_far", False)
    assert two["probation_offer_minor"] == 0


def test_who_came_three_times_or_long_ago_is_no_newcomer(counter: Kitchen):
    thrice = [day_of("thrice", ago, 500) for ago in (3, 9, 20)]
    found = _screen(counter, *thrice, day_of("long_ago", 61, 500), day_of("fresh", 59, 500))
    assert set(found) == {"fresh"}


def test_only_discounts_three_times_over_is_specials_only(counter: Kitchen):
    days = [day_of("c1", ago, 500, order_count=2, discounted_order_count=2) for ago in (3, 9)]
    assert _screen(counter, *days)["c1"]["screen_reason_code"] == "specials_only"


def test_a_later_day_changes_no_earlier_screen(counter: Kitchen):
    past = DAY - timedelta(days=20)
    days = [*_alumni(9000, 40, "full", **LUNCH), day_of("c1", 23, 4500, **LUNCH)]
    states = []
    for more in ([], [day_of("c1", 5, 70_000), day_of("full01", 1, -90_000)]):
        counter.serve("snap_customer_peers").serve("fct_customer_days", *days, *more)
        counter.measure([past], *SCREENS)
        rows = counter.taste(
            f"select * from snap_newcomer_screens where snapshot_date = date '{past}'"
        )
        states.append({row["customer_key"]: row for row in rows})
    assert states[0] == states[1] and states[0]["c1"]["screen_reason_code"] == "expected_gain"
