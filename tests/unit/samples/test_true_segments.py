"""The truth's own segments, and how a judgement is held against them."""

from datetime import date

import pytest

from regulars.samples.true_segments import count_flips, precision, recall, true_segments

LAST = date(2025, 6, 30)


def _lives(ref, true_class, visits, profit=0, kind="consumer"):
    return {"customer_ref": ref, "true_class": true_class, "visits": visits,
            "true_profit_minor": profit, "customer_kind": kind}  # fmt: skip


def test_everybody_is_called_by_how_he_lives():
    customers = [
        _lives("best", "regular", 20, 900), _lives("good", "regular", 20, 800),
        _lives("rare", "occasional", 4, 100), _lives("deal", "loss_maker", 9, -50),
        _lives("slow", "wavering", 9, 50), _lives("gone", "lapsed", 9, 40),
        _lives("told", "lead", 0), _lives("new", "one_timer", 1), _lives("old", "one_timer", 2),
    ]  # fmt: skip
    days = {"new": date(2025, 5, 2), "old": date(2025, 5, 1)}
    orders = [{"customer_ref": row["customer_ref"], "status": "paid",
               "business_date": days.get(row["customer_ref"], date(2025, 1, 1))}
              for row in customers if row["visits"]]  # fmt: skip
    orders += [{"customer_ref": None, "status": "paid", "business_date": LAST},
               {"customer_ref": "told", "status": "voided", "business_date": LAST}]  # fmt: skip
    assert true_segments(customers, orders, LAST) == {
        "best": "loyal",  # the best 18 % of eight is one
        "good": "steady", "rare": "steady", "deal": "loss_maker", "slow": "wavering",
        "gone": "lapsed", "told": "prospect", "new": "prospect", "old": "unproven",
    }  # fmt: skip


def test_precision_asks_the_judged_and_recall_the_true():
    pairs = [("loyal", "loyal"), ("loyal", "steady"), ("steady", "loyal"), ("loyal", "loyal")]
    assert precision(pairs, "loyal") == pytest.approx(2 / 3)
    assert recall(pairs, "loyal") == pytest.approx(2 / 3)
    assert recall(pairs, "steady") == 0
    assert precision(pairs, "lapsed") is recall(pairs, "lapsed") is None


def test_a_first_climb_is_no_flip():
    def move(who, on, before, after):
        return {"customer_key": who, "business_date": date(2025, 1, on), "tier_before": before,
                "tier": after}  # fmt: skip

    climb = [move("a", 1, "lead", "iron"), move("a", 8, "iron", "gold")]
    falls = [move("b", 1, "lead", "iron"), move("b", 8, "iron", "lead"),
             move("b", 9, "lead", "iron")]  # fmt: skip
    assert count_flips(climb) == 0
    assert count_flips([*reversed(falls), *climb]) == 2
