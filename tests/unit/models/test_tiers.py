"""Slow to rise, slow to fall, one step at a time: the pyramid, review by review."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.models.tiers import (
    TIERS,
    Door,
    Evidence,
    Pyramid,
    Standing,
    enter,
    review,
    review_all,
)
from regulars.policy import TierPolicy
from regulars.steps.snapshots import pyramid_of

PYRAMID = pyramid_of(TierPolicy())
MONDAY = date(2025, 1, 6)
DWELL_WEEKS = 8


def _weeks(count: int, first: date = MONDAY) -> list[date]:
    return [first + timedelta(weeks=week) for week in range(count)]


def _seen(percentile: float, *, proven: bool = True, loss: bool = False) -> Evidence:
    return Evidence("c1", percentile, is_big_proven=proven, is_loss=loss)


def _replay(seen: Iterable[Evidence], start: Standing | None = None) -> list[Standing]:
    """The standing after each weekly review."""
    standing = start or enter("c1", MONDAY)
    history = []
    for week, evidence in enumerate(seen):
        standing = review(standing, evidence, MONDAY + timedelta(weeks=week), PYRAMID)
        history.append(standing)
    return history


def _tiers(history: Iterable[Standing]) -> list[str]:
    return [standing.tier for standing in history]


def _holding(tier: str, since: date = date(2024, 1, 1)) -> Standing:
    return Standing("c1", tier, since, 0, 0, has_moved_before=True)


def test_one_good_review_is_not_enough_and_two_running_are():
    assert _tiers(_replay([_seen(60), _seen(60)])) == ["lead", "iron"]


def test_two_good_reviews_with_a_bad_one_between_do_not_count():
    assert _tiers(_replay([_seen(60), _seen(40), _seen(60)])) == ["lead", "lead", "lead"]


def test_the_door_itself_is_already_open():
    assert _tiers(_replay([_seen(50), _seen(50)]))[-1] == "iron"
    assert _tiers(_replay([_seen(49.99), _seen(49.99)]))[-1] == "lead"


def test_even_the_best_customer_of_all_climbs_one_step_at_a_time():
    history = _replay([_seen(100)] * 30)
    moves = [(week, now) for week, (was, now) in enumerate(pairwise(["lead", *_tiers(history)]))
             if was != now]  # fmt: skip
    # Two reviews to the first step, then a dwell of eight weeks before each further one.
    assert moves == [(1, "iron"), (9, "gold"), (17, "platinum")]


def test_a_tier_is_held_for_fifty_six_days_whatever_happens():
    risen = _replay([_seen(60), _seen(60)])[-1]
    fallen = [
        review(risen, _seen(0), risen.tier_since_on + timedelta(days=days), PYRAMID).tier
        for days in (7, 55, 56)
    ]
    assert fallen == ["iron", "iron", "lead"]


def test_gold_falls_below_the_seventieth_percentile_and_not_at_it():
    assert _tiers(_replay([_seen(70)], _holding("gold"))) == ["gold"]
    assert _tiers(_replay([_seen(69.9)], _holding("gold"))) == ["iron"]


def test_between_the_doors_a_customer_stays_where_he_is():
    assert set(_tiers(_replay([_seen(75)] * 60, _holding("gold")))) == {"gold"}
    assert set(_tiers(_replay([_seen(75)] * 60, _holding("iron")))) == {"iron"}


def test_who_is_not_proven_big_rises_to_iron_and_never_to_gold():
    assert set(_tiers(_replay([_seen(99, proven=False)] * 60))) == {"lead", "iron"}


def test_proof_starts_the_count_and_not_the_percentile_alone():
    held = _holding("iron")
    assert _tiers(_replay([_seen(90, proven=False), _seen(90), _seen(90)], held)) == [
        "iron", "iron", "gold",
    ]  # fmt: skip


def test_losing_the_proof_alone_does_not_cost_the_tier():
    assert _tiers(_replay([_seen(90, proven=False)], _holding("gold"))) == ["gold"]


def test_who_shows_no_evidence_any_more_sinks_step_by_step():
    standings, tiers = {"c1": _holding("platinum")}, []
    for day in _weeks(20):
        standings = review_all(standings, [], day, PYRAMID)
        tiers.append(standings["c1"].tier)
    steps = [tiers[0], *(now for was, now in pairwise(tiers) if was != now)]
    assert steps == ["gold", "iron", "lead"]
    assert [tiers.index(step) for step in steps] == [0, DWELL_WEEKS, 2 * DWELL_WEEKS]


def test_losses_are_counted_while_they_run_and_forgotten_when_they_stop():
    history = _replay([_seen(10, loss=True), _seen(10, loss=True), _seen(10), _seen(10, loss=True)])
    assert [standing.loss_review_count for standing in history] == [1, 2, 0, 1]


def test_a_fall_does_not_wipe_the_losses_out():
    start = _holding("iron")._replace(loss_review_count=1)
    fallen = _replay([_seen(0, loss=True)], start)[-1]
    assert (fallen.tier, fallen.loss_review_count) == ("lead", 2)


def test_a_move_starts_the_count_of_good_reviews_again():
    risen = _replay([_seen(100), _seen(100)])[-1]
    assert (risen.tier, risen.tier_since_on) == ("iron", MONDAY + timedelta(weeks=1))
    assert risen.above_review_count == 0


def test_the_first_move_needs_no_dwell_and_the_top_has_no_door():
    assert not enter("c1", MONDAY).has_moved_before
    topped = _replay([_seen(100)] * 3, _holding("platinum"))
    assert [standing.above_review_count for standing in topped] == [0, 0, 0]


def test_everybody_known_is_reviewed_once_with_his_own_evidence():
    standings = {"c1": _holding("gold"), "c2": _holding("gold")._replace(customer_key="c2")}
    seen = [Evidence("c2", 90, True, False), Evidence("c3", 90, True, False)]
    after = review_all(standings, seen, MONDAY, PYRAMID)
    assert {key: one.tier for key, one in after.items()} == {
        "c1": "iron", "c2": "gold", "c3": "lead",
    }  # fmt: skip
    assert all(key == one.customer_key for key, one in after.items())


@pytest.mark.parametrize("tier", TIERS)
def test_the_policys_doors_are_the_ones_that_are_used(tier: str):
    policy = TierPolicy(dwell_days=7)
    pyramid = pyramid_of(policy)
    assert pyramid.dwell_days == 7
    if tier != "lead":
        band = getattr(policy, tier)
        assert pyramid.doors[tier] == Door(band.promote, band.demote)


sights = st.builds(
    Evidence,
    st.just("c1"),
    st.floats(0, 100, allow_nan=False),
    is_big_proven=st.booleans(),
    is_loss=st.booleans(),
)
years = st.lists(sights, min_size=2, max_size=60)


@given(years)
def test_no_review_ever_moves_anybody_by_more_than_one_step(seen: list[Evidence]):
    ranks = [TIERS.index(tier) for tier in ["lead", *_tiers(_replay(seen))]]
    assert all(abs(now - was) <= 1 for was, now in pairwise(ranks))


@given(years)
def test_no_two_moves_are_closer_than_the_dwell(seen: list[Evidence]):
    history = _replay(seen)
    moved = sorted({one.tier_since_on for one in history if one.has_moved_before})
    assert all((after - before).days >= 56 for before, after in pairwise(moved))
    assert len(moved) <= 1 + len(seen) // DWELL_WEEKS


@given(years)
def test_the_same_reviews_give_the_same_history(seen: list[Evidence]):
    assert _replay(seen) == _replay(list(seen))


@given(
    tier=st.sampled_from(TIERS),
    percentile=st.floats(0, 100, allow_nan=False),
    proven=st.booleans(),
)
def test_a_constant_percentile_in_the_band_never_moves(tier: str, percentile: float, proven: bool):
    lower = PYRAMID.doors[tier].demote if tier != "lead" else 0
    upper = 100.1 if tier == "platinum" else PYRAMID.doors[TIERS[TIERS.index(tier) + 1]].promote
    inside = lower + percentile / 100 * (upper - lower) * 0.999
    assert set(_tiers(_replay([_seen(inside, proven=proven)] * 20, _holding(tier)))) == {tier}


@given(years)
def test_nobody_unproven_is_ever_promoted_to_gold(seen: list[Evidence]):
    unproven = [one._replace(is_big_proven=False) for one in seen]
    assert not {"gold", "platinum"} & set(_tiers(_replay(unproven)))


crowds = st.dictionaries(
    st.text("abc123", min_size=1, max_size=4), st.lists(sights, min_size=6, max_size=6),
    min_size=1, max_size=8,
)  # fmt: skip


@given(crowd=crowds, shuffled=st.randoms(use_true_random=False))
def test_the_order_of_the_customers_does_not_matter(crowd, shuffled):
    mixed = list(crowd)
    shuffled.shuffle(mixed)
    results = []
    for names in (list(crowd), mixed):
        standings: dict[str, Standing] = {}
        for week, day in enumerate(_weeks(6)):
            seen = [crowd[name][week]._replace(customer_key=name) for name in names]
            standings = review_all(standings, seen, day, PYRAMID)
        results.append(list(standings.items()))
    assert results[0] == results[1]


def test_a_narrow_pyramid_moves_by_its_own_doors():
    pyramid = Pyramid({"iron": Door(10, 5), "gold": Door(20, 15), "platinum": Door(30, 25)}, 0)
    standing = enter("c1", MONDAY)
    for day in _weeks(6):
        standing = review(standing, _seen(30), day, pyramid)
    assert standing.tier == "platinum"
