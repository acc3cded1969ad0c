"""Slow to rise, slow to fall, one step at a time: the pyramid, review by review."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.models.tiers import (
    BIG,
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


def _seen(
    percentile: float, *, proven: bool = True, loss: bool = False, kept: str = "lead"
) -> Evidence:
    return Evidence("c1", percentile, is_big_proven=proven, is_loss=loss, jitter_tier=kept)


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
    big_since = since if tier in BIG else None
    return Standing("c1", tier, since, 0, 0, has_moved_before=True, big_since_on=big_since)


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
    told = risen._replace(downgrade_notice_on=risen.tier_since_on)
    fallen = [
        review(told, _seen(0), risen.tier_since_on + timedelta(days=days), PYRAMID).tier
        for days in (28, 55, 56)
    ]
    assert fallen == ["iron", "iron", "lead"]


def test_gold_is_told_below_the_seventieth_percentile_and_not_at_it():
    assert _replay([_seen(70)], _holding("gold"))[-1].downgrade_notice_on is None
    told = _replay([_seen(69.9)], _holding("gold"))[-1]
    assert (told.tier, told.downgrade_notice_on) == ("gold", MONDAY)


def test_a_downgrade_comes_four_weeks_after_its_notice():
    history = _replay([_seen(60)] * 6, _holding("gold"))
    assert _tiers(history) == ["gold", "gold", "gold", "gold", "iron", "iron"]
    assert [one.downgrade_notice_on for one in history] == [MONDAY] * 4 + [None] * 2
    assert history[-1].tier_since_on == MONDAY + timedelta(days=28)


def test_who_recovers_has_his_notice_lifted_and_the_next_one_runs_its_whole_time():
    history = _replay([_seen(60)] * 4 + [_seen(70)] + [_seen(60)] * 5, _holding("gold"))
    assert history[4].downgrade_notice_on is None
    assert history[5].downgrade_notice_on == MONDAY + timedelta(weeks=5)
    assert _tiers(history) == ["gold"] * 9 + ["iron"]


def test_without_days_of_notice_the_downgrade_still_waits_for_the_next_review():
    at_once = replace(PYRAMID, notice_days=0)
    told = review(_holding("gold"), _seen(60), MONDAY, at_once)
    assert told.tier == "gold"
    assert review(told, _seen(60), MONDAY + timedelta(weeks=1), at_once).tier == "iron"


def test_who_other_weights_would_have_kept_is_neither_told_nor_demoted():
    spared = _replay([_seen(69.9, kept="gold")] * 20, _holding("gold"))
    assert {(one.tier, one.downgrade_notice_on) for one in spared} == {("gold", None)}


def test_other_weights_that_keep_a_lower_tier_do_not_spare_the_own_one():
    assert _tiers(_replay([_seen(40, kept="iron")] * 5, _holding("gold")))[-1] == "iron"


def test_big_is_counted_from_gold_on_and_a_rise_to_platinum_does_not_start_it_again():
    history = _replay([_seen(100)] * 30)
    gold = next(one for one in history if one.tier == "gold")
    assert history[-1].tier == "platinum"
    assert gold.big_since_on == history[-1].big_since_on == gold.tier_since_on
    assert _replay([_seen(60)] * 5, _holding("gold"))[-1].big_since_on is None


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
    for day in _weeks(24):
        standings = review_all(standings, [], day, PYRAMID)
        tiers.append(standings["c1"].tier)
    # Four weeks of notice; the next notices run out before the dwell of eight weeks does.
    assert list(dict.fromkeys(tiers)) == ["platinum", "gold", "iron", "lead"]
    assert [tiers.index(tier) for tier in ("gold", "iron", "lead")] == [4, 12, 20]


def test_losses_are_counted_while_they_run_and_forgotten_when_they_stop():
    history = _replay([_seen(10, loss=True), _seen(10, loss=True), _seen(10), _seen(10, loss=True)])
    assert [standing.loss_review_count for standing in history] == [1, 2, 0, 1]


def test_a_fall_does_not_wipe_the_losses_out():
    start = _holding("iron")._replace(loss_review_count=1)
    fallen = _replay([_seen(0, loss=True)] * 5, start)[-1]
    assert (fallen.tier, fallen.loss_review_count) == ("lead", 6)


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
    told = {key: (one.tier, one.downgrade_notice_on) for key, one in after.items()}
    assert told == {"c1": ("gold", MONDAY), "c2": ("gold", None), "c3": ("lead", None)}
    assert all(key == one.customer_key for key, one in after.items())


@pytest.mark.parametrize("tier", TIERS)
def test_the_policys_doors_are_the_ones_that_are_used(tier: str):
    policy = TierPolicy(dwell_days=7, notice_days=14)
    pyramid = pyramid_of(policy)
    assert (pyramid.dwell_days, pyramid.notice_days) == (7, 14)
    if tier != "lead":
        band = getattr(policy, tier)
        assert pyramid.doors[tier] == Door(band.promote, band.demote)


sights = st.builds(
    Evidence,
    st.just("c1"),
    st.floats(0, 100, allow_nan=False),
    is_big_proven=st.booleans(),
    is_loss=st.booleans(),
    jitter_tier=st.sampled_from(TIERS),
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
def test_nobody_falls_without_four_weeks_of_unbroken_notice(seen: list[Evidence]):
    history = [enter("c1", MONDAY), *_replay(seen)]
    for was, now in pairwise(history):
        if TIERS.index(now.tier) < TIERS.index(was.tier):
            assert was.downgrade_notice_on
            assert (now.tier_since_on - was.downgrade_notice_on).days >= 28


@given(years)
def test_nobody_moves_unless_the_last_review_saw_him_beyond_a_door(seen: list[Evidence]):
    history = [enter("c1", MONDAY), *_replay(seen)]
    for (was, now), evidence in zip(pairwise(history), seen, strict=True):
        if TIERS.index(now.tier) > TIERS.index(was.tier):
            assert evidence.value_percentile >= PYRAMID.doors[now.tier].promote
        elif now.tier != was.tier:
            assert evidence.value_percentile < PYRAMID.doors[was.tier].demote
            assert TIERS.index(evidence.jitter_tier) < TIERS.index(was.tier)


@given(percentile=st.floats(0, 100, allow_nan=False), tier=st.sampled_from(TIERS))
def test_a_constant_percentile_settles_and_then_never_flips(percentile: float, tier: str):
    tiers = _tiers(_replay([_seen(percentile)] * 60, _holding(tier)))
    ranks = [TIERS.index(one) for one in tiers]
    assert ranks in (sorted(ranks), sorted(ranks, reverse=True))
    assert len(set(tiers[24:])) == 1


@given(years)
def test_big_since_is_known_exactly_of_the_big(seen: list[Evidence]):
    for one in _replay(seen):
        assert (one.big_since_on is not None) == (one.tier in BIG)
        assert one.big_since_on is None or one.big_since_on <= one.tier_since_on


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
    doors = {"iron": Door(10, 5), "gold": Door(20, 15), "platinum": Door(30, 25)}
    pyramid = Pyramid(doors, dwell_days=0, notice_days=0)
    standing = enter("c1", MONDAY)
    for day in _weeks(6):
        standing = review(standing, _seen(30), day, pyramid)
    assert standing.tier == "platinum"
