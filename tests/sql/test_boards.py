"""The 80/20 board against a plain Python of the same words, and the history without a gap."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen

BOARDS = ("fct_whale_curve", "snap_board_sums", "fct_concentration")
FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


def _profits(amounts: Sequence[int], currency: str = "CNY") -> list[dict[str, Any]]:
    return [
        {"scope": "group", "scope_id": "all", "customer_key": f"c{number:03}",
         "currency_code": currency, "true_profit_minor": amount, "snapshot_date": DAY}
        for number, amount in enumerate(amounts)
    ]  # fmt: skip


def _board(kitchen: Kitchen, amounts: Sequence[int]) -> dict[str, Any]:
    kitchen.serve("snap_board_customers", *_profits(amounts)).measure([DAY], *BOARDS)
    (board,) = kitchen.taste("select * from fct_concentration")
    return board


def _gini(amounts: Sequence[int]) -> float | None:
    """All pairs, both ways round, as the domain reference writes it."""
    pairs = sum(abs(one - other) for one in amounts for other in amounts)
    size = sum(abs(one) for one in amounts)
    whole = 2 * (len(amounts) - 1) * size
    return pairs / whole if whole else None


def _expected(amounts: Sequence[int]) -> dict[str, Any]:
    best_first = sorted(amounts, reverse=True)
    curve, total = list(accumulate(best_first)), sum(amounts)
    gains = sum(one for one in amounts if one > 0)
    shares = [one / gains for one in amounts if one > 0]
    index = sum(share**2 for share in shares) if gains else None
    reached = next((rank for rank, sofar in enumerate(curve, 1) if sofar * 5 >= total * 4), None)
    peak = max(0, *curve)
    return {
        "customer_count": len(amounts),
        "true_profit_minor": total,
        "gains_minor": gains,
        "peak_minor": peak,
        "erosion_minor": peak - total,
        "erosion_ratio": (peak - total) / total if total > 0 else None,
        "below_zero_count": sum(one < 0 for one in amounts),
        "below_zero_ratio": sum(one < 0 for one in amounts) / len(amounts),
        "k80_count": reached if total > 0 else None,
        "k80_ratio": reached / len(amounts) if total > 0 and reached else None,
        "peak_ratio": peak / total if total > 0 else None,
        "gini_ratio": _gini(amounts),
        "herfindahl_index": index,
        "effective_customer_count": 1 / index if index else None,
        **{f"top_{size}_minor": sum(best_first[:size]) for size in (1, 5, 10)},
        **{
            f"top_{size}_ratio": sum(best_first[:size]) / total if total > 0 else None
            for size in (1, 5, 10)
        },
        "without_top_5_minor": total - sum(best_first[:5]),
    }


def _assert_board(kitchen: Kitchen, amounts: Sequence[int]) -> None:
    board = _board(kitchen, amounts)
    for name, wanted in _expected(amounts).items():
        if isinstance(wanted, float):
            assert board[name] == pytest.approx(wanted, rel=1e-9, abs=1e-9), name
        else:
            assert board[name] == wanted, name


def test_the_board_of_five_guests_worked_out_by_hand(counter: Kitchen):
    # Best first 60, 30, 20, 0, -10: the curve is 60, 90, 110, 110, 100; 80 % of 100 is 80.
    board = _board(counter, [20, -10, 60, 0, 30])
    assert (board["peak_minor"], board["erosion_minor"]) == (110, 10)
    assert board["true_profit_minor"] == 100
    assert board["k80_count"] == 2
    assert board["k80_ratio"] == 2 / 5
    assert board["below_zero_ratio"] == 1 / 5
    # Pairs 30+40+60+70, 10+30+40, 20+30, 10 = 340; over 4 * (110 + 10).
    assert board["gini_ratio"] == pytest.approx(340 / 480)


def test_the_curve_counts_up_from_the_best_to_the_worst(counter: Kitchen):
    counter.serve("snap_board_customers", *_profits([20, -10, 60])).measure([DAY], *BOARDS)
    rows = counter.taste("select * from fct_whale_curve order by customer_rank")
    assert [row["customer_key"] for row in rows] == ["c002", "c000", "c001"]
    assert [row["cumulative_profit_minor"] for row in rows] == [60, 80, 70]
    assert {row["customer_count"] for row in rows} == {3}


@pytest.mark.parametrize("amounts", [[100], [-100], [0], [0, 0], [50, -50], [-3, -2, -1], [7, 7]])
def test_the_board_of_a_strange_town_is_right_too(counter: Kitchen, amounts: list[int]):
    _assert_board(counter, amounts)


def test_without_a_profit_no_share_of_it_is_shown(counter: Kitchen):
    board = _board(counter, [40, -100, 10])
    assert board["true_profit_minor"] == -50
    assert (board["k80_ratio"], board["peak_ratio"]) == (None, None)
    assert board["peak_minor"] == 50


def test_equal_guests_are_equal_and_one_guest_who_has_it_all_is_not(counter: Kitchen):
    assert _board(counter, [500] * 8)["gini_ratio"] == 0
    one = _board(counter, [900, 0, 0, 0])
    assert (one["gini_ratio"], one["herfindahl_index"]) == (1, 1)
    assert _board(counter, [500] * 8)["effective_customer_count"] == pytest.approx(8)


def test_concentration_is_that_of_the_published_example(counter: Kitchen):
    # Four firms with 30, 30, 20 and 20 % have an HHI of 2,600 (US Horizontal Merger Guidelines).
    board = _board(counter, [30, 30, 20, 20])
    assert board["herfindahl_index"] == pytest.approx(0.26)
    assert board["effective_customer_count"] == pytest.approx(1 / 0.26)


def test_one_to_n_has_a_gini_of_a_third_whatever_n(counter: Kitchen):
    # Pairs differ by n(n+1)(n−1)/3 together, the whole is (n−1)n(n+1): 1/3 in closed form.
    for size in (2, 5, 40):
        assert _board(counter, range(1, size + 1))["gini_ratio"] == pytest.approx(1 / 3)


def test_the_top_five_leave_and_the_rest_is_told(counter: Kitchen):
    board = _board(counter, [90, 80, 70, 60, 50, 40, -10])
    assert board["without_top_5_minor"] == 30
    assert (board["top_1_ratio"], board["top_5_ratio"]) == (90 / 380, 350 / 380)
    assert _board(counter, [5, 4, 3])["without_top_5_minor"] == 0


def test_every_board_is_ranked_among_its_own(counter: Kitchen):
    boards = [("group", "all", 70), ("group", "all", -20), ("store", "S1", 70),
              ("store", "S2", -20)]  # fmt: skip
    rows = [
        {"scope": scope, "scope_id": scope_id, "customer_key": f"c{number % 2}",
         "currency_code": "CNY", "true_profit_minor": profit, "snapshot_date": DAY}
        for number, (scope, scope_id, profit) in enumerate(boards)
    ]  # fmt: skip
    counter.serve("snap_board_customers", *rows).measure([DAY], *BOARDS)
    found = counter.taste("select * from fct_concentration order by scope, scope_id")
    assert [(b["scope_id"], b["true_profit_minor"], b["erosion_minor"]) for b in found] == [
        ("all", 50, 20), ("S1", 70, 0), ("S2", -20, 20),
    ]  # fmt: skip
    assert found[2]["k80_count"] is None


def test_currencies_are_never_added_up(counter: Kitchen):
    rows = [*_profits([100, 50]), *_profits([7000], "JPY")]
    counter.serve("snap_board_customers", *rows).measure([DAY], *BOARDS)
    boards = counter.taste("select * from fct_concentration order by currency_code")
    assert [(b["currency_code"], b["true_profit_minor"]) for b in boards] == [
        ("CNY", 150),
        ("JPY", 7000),
    ]


money = st.integers(-(10**9), 10**9)


@FEW
@given(st.lists(money, min_size=1, max_size=40))
def test_the_board_of_any_town_is_that_of_the_plain_formulas(counter: Kitchen, amounts: list[int]):
    _assert_board(counter, amounts)
    gini = _expected(amounts)["gini_ratio"]
    assert gini is None or 0 <= gini <= 1


def test_a_profit_of_exactly_a_year_ago_no_longer_counts(counter: Kitchen):
    days = [{"customer_key": "c1", "currency_code": "CNY", "cm2_minor": amount, "visit_count": 1,
             "business_date": DAY - timedelta(days=ago)} for ago, amount in ((0, 1), (364, 10),
             (365, 100))]  # fmt: skip
    counter.serve("fct_customer_days", *days).measure([DAY], "fct_customer_profits")
    (row,) = counter.taste("select * from fct_customer_profits")
    assert (row["cm2_minor"], row["visit_count"]) == (11, 2)


# History

states = st.tuples(
    st.sampled_from(["lead", "iron", "gold"]),
    st.sampled_from(["steady", "wavering"]),
    st.sampled_from(["establish", "stabilise"]),
)
lives = st.dictionaries(
    st.sampled_from(["c1", "c2", "c3"]),
    st.dictionaries(st.integers(0, 60), states, min_size=1, max_size=12),
    min_size=1,
)
Lives = dict[str, dict[int, tuple[str, str, str]]]


def _live(kitchen: Kitchen, lived: Lives) -> None:
    rows = [
        {"customer_key": who, "tier": tier, "segment": segment, "stage": stage,
         "snapshot_date": DAY + timedelta(days=day)}
        for who, life in lived.items() for day, (tier, segment, stage) in life.items()
    ]  # fmt: skip
    kitchen.serve("snap_customer_tiers", *rows).serve("snap_customer_scores")
    kitchen.build("dim_customers_history", "fct_tier_moves")


@FEW
@given(lives)
def test_a_history_has_no_gap_no_overlap_and_one_present(counter: Kitchen, lived: Lives):
    _live(counter, lived)
    assert counter.inspect("audit_history_contiguous").failures == 0
    for who, life in lived.items():
        rows = counter.taste(
            f"select * from dim_customers_history where customer_key = '{who}' order by 5"
        )
        assert [row["is_current"] for row in rows] == [False] * (len(rows) - 1) + [True]
        assert rows[0]["valid_from_on"] == DAY + timedelta(days=min(life))
        assert rows[-1]["valid_to_on"] == date(9999, 12, 31)
        for day, state in life.items():
            on = DAY + timedelta(days=day)
            (valid,) = [row for row in rows if row["valid_from_on"] <= on <= row["valid_to_on"]]
            assert (valid["tier"], valid["segment"], valid["stage"]) == state


@FEW
@given(lives)
def test_a_move_is_told_once_with_where_from_and_where_to(counter: Kitchen, lived: Lives):
    _live(counter, lived)
    found = {(row["customer_key"], row["business_date"]): (row["tier_before"], row["tier"])
             for row in counter.taste("select * from fct_tier_moves")}  # fmt: skip
    wanted = {}
    for who, life in lived.items():
        days = sorted(life)
        for before, after in pairwise(days):
            if life[before][0] != life[after][0]:
                wanted[who, DAY + timedelta(days=after)] = (life[before][0], life[after][0])
    assert found == wanted
