"""A tenth is left alone: always the same tenth, decided by a hash and never by a name."""

from hashlib import sha256
from statistics import mean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.actions.holdout import draw_balanced, holdout_threshold, is_held_out, seed_of

keys = st.text(min_size=1, max_size=20)
shares = st.floats(0, 1, allow_nan=False)


def _held(experiment: str, share: float, count: int = 20_000) -> set[int]:
    return {number for number in range(count) if is_held_out(experiment, f"c{number}", share)}


def test_a_tenth_of_many_customers_is_held_out():
    # Four standard deviations of a fair draw of 20,000 are 170.
    assert abs(len(_held("first", 0.10)) - 2000) < 170


def test_a_larger_share_keeps_everybody_who_was_already_held_out():
    assert _held("first", 0.05) < _held("first", 0.10) < _held("first", 0.5)


def test_another_experiment_draws_other_customers():
    first, second = _held("first", 0.10), _held("second", 0.10)
    # Independent tenths share about a hundredth: 200 of 20,000.
    assert abs(len(first & second) - 200) < 60


def test_nobody_and_everybody_are_shares_too():
    assert _held("first", 0.0, 500) == set()
    assert len(_held("first", 1.0, 500)) == 500


def test_the_decision_is_the_first_sixteen_digits_of_the_hash_and_nothing_else():
    digest = sha256(b"first|c1").hexdigest()
    exactly = int(digest[:16], 16) / 2**64
    assert is_held_out("first", "c1", min(1.0, exactly + 1e-9))
    assert not is_held_out("first", "c1", max(0.0, exactly - 1e-9))


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_a_share_that_is_none_is_refused(share: float):
    with pytest.raises(ValueError, match="between 0 and 1"):
        holdout_threshold(share)


@given(share=shares, other=shares)
def test_thresholds_rise_as_text_with_their_shares(share: float, other: float):
    low, high = sorted((share, other))
    assert holdout_threshold(low) <= holdout_threshold(high)
    assert len(holdout_threshold(low)) == 16 or low == 1


@given(key=keys, share=shares)
def test_the_same_customer_is_always_decided_the_same_way(key: str, share: float):
    assert is_held_out("first", key, share) == is_held_out("first", key, share)


# The draw


def _population(count: int = 600) -> dict[str, int]:
    """Profits with a long tail: a few guests bring most."""
    return {f"c_{number}": 100 + number**2 for number in range(count)}


def _gap(seed: str, profits: dict[str, int], share: float) -> float:
    held = [p for key, p in profits.items() if is_held_out(seed, key, share)]
    free = [p for key, p in profits.items() if not is_held_out(seed, key, share)]
    return abs(mean(held) - mean(free)) / pstdev(profits.values())


def test_the_best_balanced_of_a_hundred_draws_is_chosen():
    """By another road: every draw's gap in standard deviations, worked out with statistics."""
    profits = _population()
    draw = draw_balanced("first", 0.1, profits, {})
    gaps = {salt: _gap(seed_of("first", salt), profits, 0.1) for salt in range(100)}
    assert draw.salt == min(gaps, key=lambda salt: (gaps[salt], salt))
    assert draw.imbalance == pytest.approx(min(gaps.values()))
    assert draw.imbalance < gaps[0] and draw.seed == seed_of("first", draw.salt)


def test_a_draw_depends_on_the_customers_and_not_on_their_order():
    profits = _population(200)
    backwards = dict(reversed(profits.items()))
    assert draw_balanced("first", 0.1, profits, {}) == draw_balanced("first", 0.1, backwards, {})


def test_who_is_drawn_under_any_reference_is_held_out():
    """Every customer also goes by a reference that is held out: then nobody is free."""
    profits = _population(50)
    held = next(key for key in _population() if is_held_out("first", key, 0.1))
    references = {key: [held] for key in profits}
    draw = draw_balanced("first", 0.1, profits, references, salts=1)
    assert draw.imbalance == float("inf")


def test_without_a_past_the_experiment_draws_by_its_name():
    assert draw_balanced("first", 0.1, {}, {}) == ("first", 0, 0.0)
