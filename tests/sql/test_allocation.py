"""Budgets: never exceeded, and nearly as good as the best there is; uplift as it was measured."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, combinations
from math import sqrt
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen, OpenKitchen

from regulars.steps.action_tables import ACTION_MEMORY

BID = {
    "list_name": "incentivise", "is_held_out": False, "paid_rung": "small", "is_test": False,
    "is_by_hand": False,
}  # fmt: skip
Offers = list[tuple[int, int]]
"""Cost and gain of each customer's offer."""


@pytest.fixture(scope="module")
def purse(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    """A shared kitchen in which budgets are spent."""
    with open_kitchen(
        actions={"prior_strength": 100, "min_arm": 50, "small_offer_minor": 800}
    ) as opened:
        yield opened.stage()


def _spend(purse: Kitchen, bids: list[dict[str, Any]], budgets: list[tuple[str, int, int]]):
    """The keys of those whose offer is paid for."""
    rows = [{"store_id": store, "list_name": "incentivise", "budget_minor": whole,
             "test_budget_minor": test} for store, whole, test in budgets]  # fmt: skip
    purse.warehouse.load("ref_list_budgets", pa.Table.from_pylist(rows))
    purse.warehouse.load("act_bids", pa.Table.from_pylist([{**BID, **bid} for bid in bids]))
    purse.build("act_fundings")
    return {row["customer_key"] for row in purse.taste("select customer_key from act_fundings")}


def _best(offers: Offers, budget: int) -> int:
    """The highest gain of any subset within the budget: all subsets are tried."""
    subsets = chain.from_iterable(combinations(offers, size) for size in range(len(offers) + 1))
    return max(sum(gain for _, gain in one) for one in subsets
               if sum(cost for cost, _ in one) <= budget)  # fmt: skip


offers = st.lists(st.tuples(st.sampled_from((400, 800, 1600)), st.integers(1, 5000)), max_size=8)
days = st.lists(st.tuples(offers, st.integers(0, 6000)), min_size=30, max_size=40)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(stores=days)
def test_a_budget_is_never_exceeded_and_loses_less_than_one_offer(
    purse: Kitchen, stores: list[tuple[Offers, int]]
):
    """Taking by gain per cost until the budget ends is at most one offer below the best (Dantzig).

    Every store is a knapsack of its own; brute force solves each.
    """
    bids = [{"customer_key": f"{store}-{number}", "store_id": f"T{store}", "cost_minor": cost,
             "gain_minor": gain}
            for store, (found, _) in enumerate(stores)
            for number, (cost, gain) in enumerate(found)]  # fmt: skip
    if not bids:
        return
    funded = _spend(purse, bids, [(f"T{n}", budget, 0) for n, (_, budget) in enumerate(stores)])
    for store, (found, budget) in enumerate(stores):
        taken = [one for number, one in enumerate(found) if f"{store}-{number}" in funded]
        assert sum(cost for cost, _ in taken) <= budget
        missed = _best(found, budget) - sum(gain for _, gain in taken)
        assert 0 <= missed <= max((gain for _, gain in found), default=0)


def test_without_a_measured_uplift_only_the_test_budget_is_spent(purse: Kitchen):
    """Of 40.00 a store, 10.00 are for testing: one of two tests of 8.00, then three proven."""
    bids = [{"customer_key": f"{kind}{number}", "store_id": "S1", "cost_minor": 800,
             "gain_minor": gain + number, "is_test": kind == "t"}
            for kind, gain in (("t", 9000), ("m", 100)) for number in range(5)]  # fmt: skip
    assert _spend(purse, bids, [("S1", 4000, 1000)]) == {"t4", "m4", "m3", "m2", "m1"}


def test_promises_come_first_and_leave_the_rest_to_the_others(purse: Kitchen):
    bids = [{"customer_key": "h", "store_id": "S1", "cost_minor": 1000, "gain_minor": -5,
             "is_by_hand": True},
            *({"customer_key": f"c{n}", "store_id": "S1", "cost_minor": 800, "gain_minor": 100 - n}
              for n in range(3)),
            {"customer_key": "held", "store_id": "S1", "cost_minor": 1, "gain_minor": 9,
             "is_held_out": True}]  # fmt: skip
    assert _spend(purse, bids, [("S1", 2000, 0)]) == {"h", "c0"}


# Measured uplift


def _outcomes(treated: tuple[int, int], control: tuple[int, int]) -> tuple[list, list]:
    """Memory and visits when so many of each arm were there and so many of them came back."""
    on = DAY - timedelta(days=30)
    memory, visits = [], []
    for is_held_out, (count, returned) in ((False, treated), (True, control)):
        for number in range(count):
            key = f"{'c' if is_held_out else 't'}{number}"
            memory.append({"customer_key": key, "list_name": "incentivise", "action_rung": "small",
                           "is_held_out": is_held_out, "business_date": on})  # fmt: skip
            # Who did not return within the horizon came on the day itself: that is no return.
            back = on + timedelta(days=30 if number < returned else 0)
            visits.append({"customer_key": key, "visit_count": 1, "business_date": back})
    return memory, visits


def _measure(purse: Kitchen, memory: list, visits: list) -> dict[str, Any]:
    purse.warehouse.load("ops_action_memory", pa.Table.from_pylist(memory, ACTION_MEMORY))
    purse.serve("fct_customer_days", *visits)
    purse.build("act_trials", "act_response_rates")
    (row,) = purse.taste("select * from act_response_rates where list_name = 'incentivise'"
                         " and action_rung = 'small'")  # fmt: skip
    return row


def test_without_outcomes_the_prior_speaks_and_says_so(purse: Kitchen):
    row = _measure(purse, [], [])
    assert (row["control_ppm"], row["treated_ppm"], row["lift_ppm"]) == (250_000, 370_000, 120_000)
    assert row["verdict"] == "not_enough"


def test_uplift_is_shrunk_towards_the_prior_by_so_many_guests(purse: Kitchen):
    """Treated 60 of 100, left alone 20 of 100; the prior counts as a hundred guests each.

    (60 + 37)/200 = 0.485 and (20 + 25)/200 = 0.225: 0.26 of uplift, where 0.40 was measured.
    """
    row = _measure(purse, *_outcomes((100, 60), (100, 20)))
    assert (row["treated_count"], row["treated_return_count"]) == (100, 60)
    assert (row["control_count"], row["control_return_count"]) == (100, 20)
    assert (row["treated_ppm"], row["control_ppm"], row["lift_ppm"]) == (485_000, 225_000, 260_000)
    assert row["verdict"] == "measured"
    p1, p0 = 61 / 102, 21 / 102
    half = 1.959964 * sqrt(p1 * (1 - p1) / 102 + p0 * (1 - p0) / 102)
    assert row["lift_low"] == pytest.approx(p1 - p0 - half)
    assert row["lift_high"] == pytest.approx(p1 - p0 + half)


@pytest.mark.parametrize(
    ("treated", "control", "verdict"),
    [((49, 40), (100, 10), "not_enough"), ((100, 35), (100, 30), "not_enough"),
     ((100, 10), (100, 50), "harmful")],
    ids=["too few", "chance", "worse"],
)  # fmt: skip
def test_too_few_chance_and_harm_are_told_apart(
    purse: Kitchen, treated: tuple[int, int], control: tuple[int, int], verdict: str
):
    row = _measure(purse, *_outcomes(treated, control))
    assert row["verdict"] == verdict
    assert (row["lift_ppm"] == 0) == (verdict == "harmful")


def test_a_guest_counts_once_and_days_whose_horizon_is_open_do_not(purse: Kitchen):
    """t0 came back 31 days after the first time, too late for it; the second time is no other."""
    memory, visits = _outcomes((2, 1), (0, 0))
    again = [
        {**memory[0], "business_date": DAY - timedelta(days=31)},
        {**memory[0], "customer_key": "late", "business_date": DAY - timedelta(days=29)},
    ]
    row = _measure(purse, memory + again, visits)
    assert (row["treated_count"], row["treated_return_count"]) == (2, 0)
