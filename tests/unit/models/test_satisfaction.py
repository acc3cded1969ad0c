"""The satisfaction curve: two bends, found again where they are, refused where they are not."""

from collections.abc import Callable

import numpy as np
import pytest

from regulars.models.satisfaction import Tally, Thresholds, fit_curve

USUAL = Thresholds(3.0, 4.5, 300)
Share = Callable[[float], float]


def _ratings(share: Share, people: int = 4000, seed: int = 7) -> list[Tally]:
    """Ratings from 0 to 5 in halves, by five folds, and as many returns as chance gives."""
    rng = np.random.default_rng(seed)
    return [
        Tally(score, fold, each, int(rng.binomial(each, share(score / 1000))))
        for score in range(0, 5001, 500)
        for fold in range(5)
        if (each := people // 55)
    ]


def _bent(score: float) -> float:
    return 0.6 - 0.15 * max(3 - score, 0) + 0.5 * max(score - 4.5, 0)


def _straight(score: float) -> float:
    return 0.2 + 0.12 * score


def test_a_curve_with_two_bends_is_found_again_and_used():
    found = fit_curve(_ratings(_bent, 40_000), USUAL)
    assert found.is_used and found.reason == "beats_the_line"
    assert found.base == pytest.approx(0.6, abs=0.01)
    assert found.low_slope == pytest.approx(0.15, abs=0.01)
    assert found.high_slope == pytest.approx(0.5, abs=0.05)
    assert found.curve_error < found.line_error


def test_a_straight_line_is_left_straight():
    found = fit_curve(_ratings(_straight, 40_000), USUAL)
    assert not found.is_used and found.reason == "line_is_better"
    assert (found.line_base, found.line_slope) == pytest.approx((0.2, 0.12), abs=0.01)


def test_slopes_are_never_negative_whatever_people_do():
    found = fit_curve(_ratings(lambda score: 0.9 - 0.1 * score), USUAL)
    assert found.low_slope >= 0 and found.high_slope >= 0 and not found.is_used


def test_fewer_than_three_hundred_ratings_identify_nothing():
    few = [Tally(1000 * score, fold, 9, 4) for score in range(1, 6) for fold in range(5)]
    assert sum(one.rating_count for one in few) == 225
    found = fit_curve(few, USUAL)
    assert (found.is_used, found.reason, found.rating_count) == (False, "not_identified", 225)
    assert fit_curve([], USUAL).reason == "not_identified"
    assert fit_curve(few, Thresholds(3.0, 4.5, 225)).reason != "not_identified"


def test_when_everybody_gives_one_mark_there_is_no_curve():
    same = [Tally(5000, fold, 100, 60) for fold in range(5)]
    assert fit_curve(same, USUAL).reason == "one_answer"


def test_the_error_is_that_of_people_the_line_has_not_seen_worked_out_by_hand():
    # Two folds that contradict each other at every mark: each line is judged by the other half.
    marks = [(score, fold) for score in (1000, 3000, 5000) for fold in (0, 1)]
    folds = [Tally(score, fold, 100, 100 * fold) for score, fold in marks]
    found = fit_curve(folds, USUAL)
    assert (found.curve_error, found.line_error) == (1.0, 1.0)
    assert not found.is_used


def test_the_order_of_the_ratings_does_not_matter():
    ratings = _ratings(_bent)
    assert fit_curve(reversed(ratings), USUAL) == fit_curve(ratings, USUAL)
