"""The blend against a general optimiser, and the cases in which the plain score has to stand."""

import numpy as np
import pytest
from scipy.optimize import minimize

from regulars.models.score_blend import RIDGE, learn_blend

CHANCE = np.tile([0.05, 0.1, 0.2, 0.4, 0.7, 0.9], 200)
EXPECTED = np.tile([0.06, 0.12, 0.25, 0.6, 1.5, 4.0], 200)
SIZE = np.repeat([-0.7, 0.0, 0.9, 0.2], 300)
LATER = np.where(np.arange(1200) % 7 < 5 * CHANCE + SIZE, np.ceil(EXPECTED * 1.6), 0.0)
LOG_ODDS, LOG_VISITS = np.log(CHANCE / (1 - CHANCE)), np.log(EXPECTED)


def _held(beta: np.ndarray) -> float:
    return RIDGE * float(beta[0] ** 2 + (beta[1] - 1) ** 2 + beta[2] ** 2) / 2


def _logistic_loss(beta: np.ndarray) -> float:
    line = beta[0] + beta[1] * LOG_ODDS + beta[2] * SIZE
    return float((np.log1p(np.exp(line)) - (LATER > 0) * line).sum()) + _held(beta)


def _poisson_loss(beta: np.ndarray) -> float:
    line = beta[0] + beta[1] * LOG_VISITS + beta[2] * SIZE
    return float((np.exp(line) - LATER * line).sum()) + _held(beta)


def test_the_coefficients_are_where_an_optimiser_finds_the_best_fit():
    blend = learn_blend(CHANCE, EXPECTED, SIZE, LATER, 200)
    assert blend is not None
    returns = minimize(_logistic_loss, [0.0, 1.0, 0.0], method="BFGS").x
    visits = minimize(_poisson_loss, [0.0, 1.0, 0.0], method="BFGS").x
    assert blend[:3] == pytest.approx(returns, abs=1e-4)
    assert blend[3:] == pytest.approx(visits, abs=1e-4)


def test_the_order_of_the_customers_moves_nothing():
    backwards = learn_blend(CHANCE[::-1], EXPECTED[::-1], SIZE[::-1], LATER[::-1], 200)
    assert backwards == pytest.approx(learn_blend(CHANCE, EXPECTED, SIZE, LATER, 200), abs=2e-6)


def test_a_score_that_came_true_is_left_as_it_is():
    chance = np.repeat([0.1, 0.25, 0.5], 400)
    later = np.concatenate([np.tile([1.0] + [0.0] * 9, 40), np.tile([1.0, 0.0, 0.0, 0.0], 100),
                            np.tile([1.0, 0.0], 200)])  # fmt: skip
    blend = learn_blend(chance, chance, np.zeros(1200), later, 200)
    assert blend == pytest.approx((0, 1, 0, 0, 1, 0), abs=1e-5)


@pytest.mark.parametrize(
    ("later", "why"),
    [
        (np.where(np.arange(1200) < 199, 1.0, 0.0), "too few came back"),
        (np.where(np.arange(1200) < 1001, 1.0, 0.0), "too few stayed away"),
        (np.where(CHANCE < 0.5, 3.0, 0.0), "the best stayed away: the order is wrong"),
        (np.zeros(1200), "nobody came back"),
    ],
)
def test_the_plain_score_stands_where(later: np.ndarray, why: str):
    assert learn_blend(CHANCE, EXPECTED, SIZE, later, 200) is None, why


def test_nobody_at_all_teaches_nothing():
    empty = np.array([])
    assert learn_blend(empty, empty, empty, empty, 200) is None
