"""The board under other cost assumptions: by hand, and against the plain sum for any town."""

from itertools import accumulate
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen, OpenKitchen

from regulars.policy.board_sections import COSTS

SWEEP = ("fct_whale_curve", "snap_board_sums", "fct_concentration", "snap_scenario_customers",
         "fct_whale_scenarios", "fct_scenario_curves")  # fmt: skip
FEW = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
Row = dict[str, Any]


def guest(number: int, profit: int, **costs: int) -> Row:
    blank = {f"{cost}_minor": 0 for cost in COSTS}
    return {
        "scope": "group", "scope_id": "all", "customer_key": f"c{number}", "currency_code": "CNY",
        "true_profit_minor": profit, "snapshot_date": DAY, **blank,
        **{f"{cost}_minor": amount for cost, amount in costs.items()},
    }  # fmt: skip


def sweep(kitchen: Kitchen, guests: list[Row]) -> dict[str, Row]:
    kitchen.serve("snap_board_customers", *guests).measure([DAY], *SWEEP)
    rows = kitchen.taste("select * from fct_whale_scenarios")
    return {row["scenario"]: row for row in rows}


THREE = [guest(1, 100, food_cost=50), guest(2, 40, service_cost=60),
         guest(3, -10, channel_cost=20)]  # fmt: skip


def test_costs_a_fifth_lower_and_higher_worked_out_by_hand(counter: Kitchen):
    # Low: 110, 52, -6. Base: 100, 40, -10. Hard: 90, 28, -14.
    found = sweep(counter, THREE)
    assert {name: row["true_profit_minor"] for name, row in found.items()} == {
        "low": 156, "base": 130, "hard": 104,
    }  # fmt: skip
    assert {name: row["peak_minor"] for name, row in found.items()} == {
        "low": 162, "base": 140, "hard": 118,
    }  # fmt: skip
    assert {name: row["erosion_minor"] for name, row in found.items()} == {
        "low": 6, "base": 10, "hard": 14,
    }  # fmt: skip
    # 80 % of 156 is 124.8, of 130 is 104, of 104 is 83.2.
    assert [found[name]["k80_count"] for name in ("low", "base", "hard")] == [2, 2, 1]
    assert found["hard"]["peak_customer_ratio"] == pytest.approx(2 / 3)


def test_a_single_cost_may_have_an_assumption_of_its_own(open_kitchen: OpenKitchen):
    board = {"low": {"all_costs": 100, "costs": {"service_cost": 50}}}
    with open_kitchen(board=board) as kitchen:
        found = sweep(kitchen.stage(), THREE)
    assert found["low"]["true_profit_minor"] == 130 + 30
    assert found["base"]["true_profit_minor"] == 130


def test_a_part_of_a_cent_is_rounded_the_same_way_for_costs_and_for_savings(counter: Kitchen):
    # A fifth of 13 fen is 2.6: three more of a cost, three less of a negative one.
    found = sweep(counter, [guest(1, 100, food_cost=13), guest(2, 100, food_cost=-13)])
    assert found["hard"]["peak_minor"] == 100 - 3 + 100 + 3


def test_the_curve_of_a_scenario_ends_at_its_total_and_has_a_point_a_hundredth(counter: Kitchen):
    guests = [guest(number, 1000 - number, food_cost=number) for number in range(250)]
    found = sweep(counter, guests)
    points = counter.taste(
        "select * from fct_scenario_curves where scenario = 'hard' order by customer_percent"
    )
    assert [row["customer_percent"] for row in points] == list(range(1, 101))
    assert points[-1]["cumulative_profit_minor"] == found["hard"]["true_profit_minor"]
    assert points[0]["customer_rank"] == 2, "the last customer of the best hundredth of 250"


money = st.integers(-(10**9), 10**9)
towns = st.lists(st.tuples(money, money, money), min_size=1, max_size=25)


@FEW
@given(towns)
def test_any_town_is_swept_as_the_plain_sum_says(
    counter: Kitchen, town: list[tuple[int, int, int]]
):
    guests = [guest(number, profit, food_cost=food, credit_cost=credit)
              for number, (profit, food, credit) in enumerate(town)]  # fmt: skip
    found = sweep(counter, guests)
    for name, percent in (("low", -20), ("base", 0), ("hard", 20)):
        profits = sorted((p - _half_up((f + c) * percent) for p, f, c in town), reverse=True)
        assert found[name]["true_profit_minor"] == sum(profits)
        assert found[name]["peak_minor"] == max(0, *accumulate(profits))
        assert found[name]["without_top_5_minor"] == sum(profits[5:])
    assert counter.inspect("audit_base_scenario").failures == 0


def _half_up(hundredths: int) -> int:
    whole = (abs(hundredths) + 50) // 100
    return whole if hundredths >= 0 else -whole


def test_a_base_that_is_not_the_published_curve_is_found(counter: Kitchen):
    sweep(counter, THREE)
    counter.serve("snap_board_customers", *THREE[:2]).measure([DAY], *SWEEP[:3])
    assert counter.inspect("audit_base_scenario").failures > 0
