"""The scorecard: who is ranked with whom, what is bought back by what, and whose place is firm."""

from collections.abc import Sequence
from math import prod
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen, OpenKitchen
from plain_scorecard import EASE, LOYALTY, Guest, plain_scorecards

from regulars.policy.scorecard_section import DIMENSIONS, ScorecardPolicy, ScorecardWeights
from regulars.steps.scorecard_tables import weight_table

CARDS = (
    "snap_scorecard_peers", "snap_scorecard_inputs", "snap_scorecard_dimensions",
    "snap_scorecard_jitters", "snap_scorecards",
)  # fmt: skip
INPUTS = ("profit", "potential", "independence", *LOYALTY, *EASE)
STORES = [
    {"store_id": kind, "store_name": kind, "store_type": kind, "time_zone": "Asia/Shanghai",
     "currency_code": "CNY"}
    for kind in ("cafe", "grill")
]  # fmt: skip
ALIKE = dict.fromkeys(INPUTS, 0) | {
    "kind": "consumer", "type": "cafe", "visits": 1, "satisfaction": None, "trend": None,
    "delay": None, "cancelled": None, "dependence": None,
}  # fmt: skip
RATIOS = ("trend_ratio", "payment_delay_days", "cancelled_ratio", "dependence_ratio")
_KEYS = {"customer_key": pa.string(), "snapshot_date": pa.date32()}
STANDINGS = pa.schema({**_KEYS, **dict.fromkeys(RATIOS, pa.float64())})
MOODS = pa.schema(
    {**_KEYS, "refund_ratio": pa.float64(), "complaint_count": pa.int64(),
     "satisfaction_worth": pa.int64()}
)  # fmt: skip
Cards = list[dict[str, Any]]


@pytest.fixture(scope="module")
def tables(open_kitchen: OpenKitchen):
    """A café and a grill; nobody has ordered yet."""
    with open_kitchen(stores=STORES) as opened:
        yield opened.cook()


def _rank(kitchen: Kitchen, guests: Sequence[Guest]) -> Cards:
    """The cards of these guests, in their order; every input is more-is-better."""
    rows = [{**ALIKE, **guest, "customer_key": f"c{n:03}"} for n, guest in enumerate(guests)]
    keyed = [{"customer_key": row["customer_key"], "snapshot_date": DAY} for row in rows]
    told = list(zip(rows, keyed, strict=True))
    values = [
        key | {"customer_kind": row["kind"], "last_store_id": row["type"],
               "value_minor": row["profit"], "tier_visit_count": row["visits"],
               "regularity_ratio": float(row["regularity"]), "age_days": row["tenure"],
               "tier_profit_minor": 0, "discounted_order_ratio": -float(row["independence"]),
               "curve_cm2_minor": -row["service"], "curve_cm3_minor": 0,
               "curve_net_sales": 100.0, "curve_order_count": 10}
        for row, key in told
    ]  # fmt: skip
    kitchen.warehouse.load("snap_customer_values", pa.Table.from_pylist(values))
    kitchen.serve("snap_customer_predictions", *(key | {"active_ratio": 1.0} for key in keyed))
    kitchen.serve("snap_customer_potentials", *(
        key | {"potential_minor": row["potential"]} for row, key in told
    ))  # fmt: skip
    moods = [
        key | {"refund_ratio": -float(row["trouble"]), "complaint_count": 0,
               "satisfaction_worth": row["satisfaction"]}
        for row, key in told
    ]  # fmt: skip
    kitchen.warehouse.load("snap_customer_moods", pa.Table.from_pylist(moods, MOODS))
    standings = [
        key | {"trend_ratio": float(row["trend"]), "payment_delay_days": -float(row["delay"]),
               "cancelled_ratio": -float(row["cancelled"]),
               "dependence_ratio": -float(row["dependence"])}
        for row, key in told if row["trend"] is not None
    ]  # fmt: skip
    kitchen.warehouse.load("snap_business_standings", pa.Table.from_pylist(standings, STANDINGS))
    kitchen.measure([DAY], *CARDS)
    return kitchen.taste("select * from snap_scorecards order by customer_key")


def test_three_guests_who_differ_in_profit_only_are_scored_by_hand(tables: Kitchen):
    cards = _rank(tables, [{"profit": 100}, {"profit": 200}, {"profit": 300}])
    assert [card["profit_percentile"] for card in cards] == [0, 50, 100]
    assert {card[f"{name}_percentile"] for name in DIMENSIONS[1:] for card in cards} == {50}
    # 1^0.4 * 50^0.6, 50, 100^0.4 * 50^0.6: the last of all counts as 1, or nothing would count.
    assert [card["score"] for card in cards] == pytest.approx([10.4564, 50, 65.9754], abs=1e-3)
    assert [card["value_percentile"] for card in cards] == [0, 50, 100]


def test_ties_share_one_percentile_in_the_middle_of_their_places(tables: Kitchen):
    cards = _rank(tables, [{"profit": p} for p in (5, 7, 7, 7, 9)])
    # Places 2, 3 and 4 of five: 25, 50 and 75.
    assert [card["profit_percentile"] for card in cards] == [0, 50, 50, 50, 100]
    assert len({card["score"] for card in cards[1:4]}) == 1
    assert [card["value_percentile"] for card in cards] == [0, 50, 50, 50, 100]


def test_a_very_bad_dimension_cannot_be_bought_back(tables: Kitchen):
    best = dict.fromkeys(("profit", "visits", "regularity", "tenure", "potential"), 1000)
    crowd = [dict.fromkeys(INPUTS[:6], n) | {"trouble": -0.01 * n} for n in range(1, 60)]
    best["independence"] = 1000
    quarrelsome = _rank(tables, [*crowd, {**best, "trouble": -0.99}])[-1]
    peaceful = _rank(tables, [*crowd, {**best, "trouble": 0}])[-1]
    assert quarrelsome["is_floored"] and not peaceful["is_floored"]
    assert quarrelsome["ease_percentile"] < 5
    assert quarrelsome["score"] == pytest.approx(50)
    assert peaceful["score"] > 90
    # Far above the gold door without the floor, below it with the floor.
    assert peaceful["value_percentile"] > 82 > quarrelsome["value_percentile"]


def test_too_few_of_a_store_type_are_ranked_among_all_and_move_nobody_else(tables: Kitchen):
    cafe = [{"profit": 10 * n} for n in range(30)]
    grill = [{"type": "grill", "profit": profit} for profit in (95, 1000)]
    cards = _rank(tables, [*cafe, *grill])
    assert [card["profit_percentile"] for card in cards[:30]] == pytest.approx(
        [100 * n / 29 for n in range(30)], abs=1e-5
    )
    assert {(card["peer_group"], card["peer_count"]) for card in cards[:30]} == {("cafe", 30)}
    # Among the 32: ten of the café below 95, everybody below 1000.
    assert [card["profit_percentile"] for card in cards[30:]] == pytest.approx(
        [100 * 10 / 31, 100], abs=1e-5
    )
    assert {(card["peer_group"], card["peer_count"]) for card in cards[30:]} == {("*", 32)}


def test_businesses_are_ranked_among_themselves_by_how_they_pay_and_keep_their_word(
    tables: Kitchen,
):
    word = {"kind": "business", "trend": 0, "delay": 0, "cancelled": 0, "dependence": 0}
    late = [{**word, "delay": -30}, {**word, "delay": -10}, {**word, "delay": 0}]
    cards = _rank(tables, [*late, {"profit": 10**6}])
    assert [card["ease_percentile"] for card in cards] == [0, 50, 100, 50]
    assert {card["peer_kind"] for card in cards[:3]} == {"business"}
    assert cards[0]["peer_count"] == 3
    growing = _rank(tables, [{**word, "trend": trend} for trend in (-1, 0, 1)])
    assert [card["loyalty_percentile"] for card in growing] == [0, 50, 100]


def test_the_first_guest_of_a_store_is_in_the_middle_and_a_rating_of_one_says_nothing(
    tables: Kitchen,
):
    (alone,) = _rank(tables, [{"profit": 7, "satisfaction": 5000}])
    assert (alone["score"], alone["value_percentile"]) == (pytest.approx(50), 50)
    pair = _rank(tables, [{"satisfaction": 1000}, {}])
    assert {card["loyalty_percentile"] for card in pair} == {50}
    rated = _rank(tables, [{"satisfaction": 1000}, {"satisfaction": 5000}, {}])
    assert [card["loyalty_percentile"] for card in rated] == [0, 100, 50]


def test_who_did_not_come_in_the_window_has_no_card(tables: Kitchen):
    assert len(_rank(tables, [{"visits": 0, "profit": 10**6}, {"profit": 1}])) == 1


def _assert_as_in_python(kitchen: Kitchen, guests: Sequence[Guest]) -> None:
    told = [{**ALIKE, **guest} for guest in guests]
    for found, card in zip(_rank(kitchen, told), plain_scorecards(told), strict=True):
        place = [found[f"{name}_percentile"] for name in DIMENSIONS]
        assert place == pytest.approx(card.dimensions, abs=2e-5)
        assert found["score"] == pytest.approx(card.score, rel=1e-6)
        assert found["value_percentile"] == pytest.approx(card.percentile, abs=2e-5)
        assert found["changed_jitter_ratio"] == pytest.approx(card.changed)
        assert found["is_borderline"] == (card.changed > 0.1)
        assert found["jitter_tier"] == card.kept


small = st.integers(0, 6)
consumers = st.fixed_dictionaries(
    {"kind": st.just("consumer"), "type": st.sampled_from(["cafe", "grill"]),
     "visits": st.integers(1, 9), "satisfaction": st.none() | st.integers(1000, 5000),
     "profit": st.integers(-9, 99), "regularity": small, "tenure": small, "potential": small,
     "independence": st.sampled_from([0, -0.25, -0.5]), "service": st.integers(-9, 0),
     "trouble": st.sampled_from([0, 0, 0, -0.5])}
)  # fmt: skip
companies = st.fixed_dictionaries(
    {"kind": st.just("business"), "profit": st.integers(-9, 99), "visits": st.integers(1, 9),
     "trend": st.sampled_from([-1, 0, 0.5]), "delay": st.integers(-9, 0),
     "cancelled": st.sampled_from([0, -0.5]), "dependence": st.sampled_from([0, -0.125, -0.5])}
)  # fmt: skip
FEW = settings(
    max_examples=5,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FEW
@given(st.lists(consumers | companies, min_size=35, max_size=80))
def test_any_crowd_is_scored_as_in_plain_python(tables: Kitchen, guests: list[Guest]):
    _assert_as_in_python(tables, guests)


def test_the_order_of_the_customers_does_not_matter(tables: Kitchen):
    guests = [{"profit": n % 7, "visits": 1 + n % 3, "tenure": n % 11} for n in range(40)]
    there, back = _rank(tables, guests), _rank(tables, guests[::-1])[::-1]
    unnamed = [[{**card, "customer_key": ""} for card in cards] for cards in (there, back)]
    assert unnamed[0] == unnamed[1]


def test_the_jittered_weights_try_every_weight_and_pair_both_ways():
    sets = weight_table(ScorecardPolicy()).to_pylist()
    assert [sets[0][name] for name in DIMENSIONS] == [4000, 2500, 1500, 1000, 1000]
    assert len(sets) == 16
    signs = [
        [1 if one[name] > sets[0][name] else -1 for name in DIMENSIONS] for one in sets[1:]
    ] + [[1] * 5]
    assert all(prod(one) == 1 for one in signs)
    for first in range(5):
        assert sum(one[first] for one in signs) == 0
        for second in range(first):
            assert sum(one[first] * one[second] for one in signs) == 0
    assert {one["profit"] for one in sets[1:]} == {3200, 4800}
    assert all(one["total"] == sum(one[name] for name in DIMENSIONS) for one in sets)


def test_weights_that_do_not_sum_to_a_hundred_are_refused_with_a_sentence():
    with pytest.raises(ValueError, match="must sum to 100, not 110"):
        ScorecardWeights(profit=50)
