"""A tenth is left alone: always the same tenth, decided by a hash and never by a name."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.actions.holdout import holdout_threshold, is_held_out

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
