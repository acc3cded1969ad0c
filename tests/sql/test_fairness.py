"""Groups are served alike, or the list waits; chance is told from unevenness."""

from collections.abc import Iterator
from math import sqrt
from statistics import NormalDist
from typing import Any

import pyarrow as pa
import pytest
from desk import GUEST
from kitchen import DAY, Kitchen, OpenKitchen

from regulars.steps.fairness_rows import find_fairness

RATE = {"list_name": "reward", "measure": "listed", "dimension": "language", "benefit_minor": 0}
Rows = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def board(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    """A shared kitchen in which groups are compared."""
    with open_kitchen() as opened:
        yield opened.stage()


def _compare(board: Kitchen, *rates: dict[str, Any]) -> Rows:
    """Each group's verdict, by list and group."""
    board.warehouse.load("act_group_rates", pa.Table.from_pylist([{**RATE, **r} for r in rates]))
    board.build("act_group_tests", "fct_fairness")
    rows = board.taste("select * from fct_fairness")
    return {(row["list_name"], row["group_id"]): row for row in rows}


def _pair(name: str, first: tuple[int, int], second: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"list_name": name, "group_id": group, "base_count": base, "chosen_count": chosen}
            for group, (base, chosen) in (("en", first), ("zh", second))]  # fmt: skip


def _p(first: tuple[int, int], second: tuple[int, int]) -> float:
    """The textbook's two-sided p-value of two proportions, with the pooled share."""
    (n1, x1), (n2, x2) = first, second
    pooled = (x1 + x2) / (n1 + n2)
    z = (x1 / n1 - x2 / n2) / sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return 2 * NormalDist().cdf(-abs(z))


PAIRS = {
    "reward": ((100, 60), (100, 40)),
    "incentivise": ((100, 60), (100, 48)),
    "activate": ((29, 29), (100, 10)),
    "deprioritise": ((400, 40), (400, 100)),
}


def test_ratio_and_p_value_are_those_of_the_textbook(board: Kitchen):
    found = _compare(board, *(rate for name, pair in PAIRS.items() for rate in _pair(name, *pair)))
    for name in ("reward", "incentivise", "deprioritise"):
        worse = found[name, "zh"]
        better = found[name, worse["best_group_id"]]
        ratios = sorted(chosen / base for base, chosen in PAIRS[name])
        assert min(worse["impact_ratio"], better["impact_ratio"]) == pytest.approx(
            ratios[0] / ratios[1]
        )
        p_values = [found[name, group]["p_value"] for group in ("en", "zh")]
        assert min(p_values) == pytest.approx(_p(*PAIRS[name]), abs=1.5e-7)
        assert max(p_values) == pytest.approx(1, abs=1.5e-7), "the best against itself"


def test_four_fifths_and_significance_are_both_needed(board: Kitchen):
    """0.40 of 0.60 is two thirds; 0.48 of 0.60 is just four fifths; 29 are too few to tell."""
    found = _compare(board, *(rate for name, pair in PAIRS.items() for rate in _pair(name, *pair)))
    assert found["reward", "zh"]["verdict"] == "uneven"
    assert found["reward", "en"]["verdict"] == "even"
    assert found["incentivise", "zh"]["verdict"] == "even"
    assert found["activate", "en"]["verdict"] == "too_few"
    # The list nobody wants to be on: the more often listed group is the one that is hurt.
    assert found["deprioritise", "zh"]["verdict"] == "uneven"
    assert found["deprioritise", "zh"]["best_group_id"] == "en"
    assert found["deprioritise", "en"]["verdict"] == "even"


def test_what_chance_explains_among_many_comparisons_holds_nothing(board: Kitchen):
    """50 against 34 of 100: alone p is 0.022, as one of three 0.065."""
    alone = _compare(board, *_pair("reward", (100, 50), (100, 34)))
    assert alone["reward", "zh"]["verdict"] == "uneven"
    even = [*_pair("incentivise", (100, 50), (100, 49)), *_pair("activate", (100, 50), (100, 49))]
    among = _compare(board, *_pair("reward", (100, 50), (100, 34)), *even)
    assert among["reward", "zh"]["p_value"] == alone["reward", "zh"]["p_value"]
    assert among["reward", "zh"]["adjusted_p_value"] == pytest.approx(
        3 * alone["reward", "zh"]["p_value"]
    )
    assert among["reward", "zh"]["verdict"] == "even"


def test_an_uneven_list_is_held_and_one_that_is_only_reported_is_not(board: Kitchen):
    """Language may hold a list by who is on it; a store's own customers may be as they are."""
    unequal = _pair("reward", (100, 60), (100, 30))
    stores = [{**one, "dimension": "store", "list_name": "activate"} for one in unequal]
    found = _compare(board, *unequal, *stores)
    assert (found["reward", "zh"]["is_gate"], found["activate", "zh"]["is_gate"]) == (True, False)
    assert found["activate", "zh"]["verdict"] == "uneven"
    choices = [{**GUEST, "customer_key": key, "list_name": name}
               for key, name in (("c1", "reward"), ("c2", "activate"))]  # fmt: skip
    board.serve("act_choices", *choices).build("act_unfair_lists")
    assert board.taste("select list_name, measured_ratio from act_unfair_lists") == [
        {"list_name": "reward", "measured_ratio": 0.5}
    ]


def test_groups_are_counted_from_what_happened_to_the_guests(board: Kitchen):
    """Of four guests two speak English; one of them is listed and gets a perk, one is held out."""
    speaks = {"c1": "en", "c2": "en", "c3": "zh", "c4": "zh"}
    on_list = {"c1": "reward", "c2": "reward", "c3": None, "c4": "reward"}
    guests = [{**GUEST, "customer_key": key, "language": speaks[key], "main_channel": "own",
               "list_name": on_list[key]} for key in speaks]  # fmt: skip
    for table in ("snap_customer_tiers", "int_customers", "act_visits"):
        board.serve(table, *guests)
    listed = [{"customer_key": guest["customer_key"],
               "guardrail": "consent" if guest["customer_key"] == "c4" else None}
              for guest in guests if guest["list_name"]]  # fmt: skip
    plans = [{"customer_key": "c1", "guardrail": None, "cost_minor": 300},
             {"customer_key": "c2", "guardrail": "holdout", "cost_minor": 0}]  # fmt: skip
    board.warehouse.load("act_candidates", pa.Table.from_pylist(listed))
    board.warehouse.load("act_plans", pa.Table.from_pylist(plans))
    board.build("act_groups", "act_group_rates")
    rows = board.taste("select * from act_group_rates where list_name = 'reward'"
                       " and dimension = 'language'")  # fmt: skip
    found = {
        (row["measure"], row["group_id"]): (
            row["base_count"],
            row["chosen_count"],
            row["benefit_minor"],
        )
        for row in rows
    }
    assert found == {
        ("listed", "en"): (2, 2, 0), ("listed", "zh"): (2, 1, 0),
        ("acted", "en"): (2, 2, 300), ("benefit", "en"): (2, 1, 300),
    }  # fmt: skip
    assert {row["business_date"] for row in board.taste("select * from fct_fairness")} == {DAY}


def test_a_page_gets_the_worst_group_of_each_comparison_and_what_holds_first(board: Kitchen):
    unequal = _pair("reward", (100, 60), (100, 30))
    _compare(board, *_pair("activate", (100, 60), (100, 59)), *unequal,
             {"group_id": "fr", "base_count": 100, "chosen_count": 50})  # fmt: skip
    rows = find_fairness(board.warehouse, DAY)
    assert [(row.list_name, row.group_id, row.is_held) for row in rows] == [
        ("reward", "zh", True), ("activate", "zh", False),
    ]  # fmt: skip
    assert rows[0].impact_ratio == pytest.approx(0.5)
