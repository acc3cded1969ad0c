"""What the best of a customer's peers bring beyond him, by hand and by brute force."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen

PEERS = ("snap_peer_circles", "snap_peer_ceilings", "snap_customer_potentials")
CELL = {"customer_kind": "consumer", "main_store_id": "S1", "is_peer": True, "daypart": "lunch",
        "party_band": "small", "age_band": "old", "snapshot_date": DAY}  # fmt: skip


def _measure(kitchen: Kitchen, *cells: dict[str, Any], alive: float = 1.0) -> dict[str, Any]:
    rows = [{**CELL, "customer_key": f"c{number:03}", **cell} for number, cell in enumerate(cells)]
    hopes = [{"customer_key": row["customer_key"], "active_ratio": alive, "snapshot_date": DAY}
             for row in rows]  # fmt: skip
    kitchen.serve("snap_peer_cells", *rows).serve("snap_customer_predictions", *hopes)
    kitchen.measure([DAY], *PEERS)
    found = kitchen.taste("select * from snap_customer_potentials order by customer_key")
    return {row["customer_key"]: row for row in found}


def _profits(*amounts: int, **likeness: Any) -> list[dict[str, Any]]:
    return [{"tier_profit_minor": amount, **likeness} for amount in amounts]


def test_the_ceiling_is_what_at_most_a_fifth_of_the_peers_exceed(counter: Kitchen):
    # Of 100, 200 … 1000 two exceed 800: a fifth of ten.
    found = _measure(counter, *_profits(*range(100, 1001, 100)), alive=0.5)
    assert {row["ceiling_minor"] for row in found.values()} == {800}
    assert [row["potential_minor"] for row in found.values()] == [
        350, 300, 250, 200, 150, 100, 50, 0, 0, 0,
    ]  # fmt: skip
    assert {(row["peer_count"], row["peer_circle"]) for row in found.values()} == {(10, 1)}


def test_equals_are_never_split(counter: Kitchen):
    found = _measure(counter, *_profits(*[300] * 5, *[700] * 5))
    assert {row["ceiling_minor"] for row in found.values()} == {700}
    assert {row["potential_minor"] for row in found.values()} == {0, 400}


def test_too_few_peers_are_looked_for_in_the_next_circle_in_a_fixed_order(counter: Kitchen):
    old = _profits(*range(10), age_band="old")
    young = _profits(*range(100, 104), age_band="young")  # with the old ones: 14 of one party
    large = _profits(200, party_band="large")  # with all who come for lunch: 15
    late = _profits(300, daypart="late")  # with all of the store: 16
    away = _profits(400, main_store_id="S2")  # with all consumers: 17
    firm = _profits(500, customer_kind="business")  # nobody else: himself
    found = _measure(counter, *old, *young, *large, *late, *away, *firm)
    circles = [(row["peer_circle"], row["peer_count"]) for row in found.values()]
    assert circles[0] == (1, 10)
    assert circles[10] == (2, 14)
    assert circles[14:] == [(3, 15), (4, 16), (5, 17), (5, 1)]
    assert found["c017"]["potential_minor"] == 0


def test_who_did_not_come_lately_is_no_peer_and_still_has_a_potential(counter: Kitchen):
    gone = {"tier_profit_minor": 0, "is_peer": False}
    found = _measure(counter, *_profits(*[900] * 10), gone, alive=0.25)
    assert (found["c010"]["peer_count"], found["c010"]["potential_minor"]) == (10, 225)


def test_where_nobody_came_there_is_no_ceiling_and_no_potential(counter: Kitchen):
    found = _measure(counter, {"tier_profit_minor": -5, "is_peer": False})
    row = found["c000"]
    assert (row["peer_count"], row["ceiling_minor"], row["potential_minor"]) == (0, 0, 0)


def test_peers_who_all_cost_money_leave_no_negative_potential(counter: Kitchen):
    found = _measure(counter, *_profits(*range(-1000, 0, 100)))
    assert min(row["potential_minor"] for row in found.values()) == 0
    assert found["c000"]["potential_minor"] == 700  # from -1000 up to -300


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(-500, 500), min_size=10, max_size=40))
def test_the_ceiling_is_the_least_that_few_enough_exceed_by_brute_force(
    counter: Kitchen, profits: list[int]
):
    fits = [one for one in profits if 100 * sum(x > one for x in profits) <= 20 * len(profits)]
    found = _measure(counter, *_profits(*profits))
    assert {row["ceiling_minor"] for row in found.values()} == {min(fits)}


def test_the_policy_says_which_percentile_is_the_ceiling_and_refuses_bands_that_fall():
    from regulars.policy.evidence_sections import PotentialPolicy

    assert PotentialPolicy().ceiling_percentile == 80
    with pytest.raises(ValueError, match="party_covers must rise"):
        PotentialPolicy(party_covers=(4, 2))
