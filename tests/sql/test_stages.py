"""Establish, stabilise, strengthen, and back: the stage of a relationship and why it has it."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import pyarrow as pa
import pytest
from kitchen import DAY, Kitchen

from regulars.steps.raw_tables import TIER_REVIEWS

SETTLED = {"visit_count": 20, "age_days": 300, "overdue_ratio": 0.5}


def _ago(days: int) -> date:
    return DAY - timedelta(days=days)


def _stage(kitchen: Kitchen, big_since: date | None = None, **scores: Any) -> tuple[str, str]:
    """The stage of one customer, and the reason for it."""
    key = {"customer_key": "c1", "snapshot_date": DAY}
    review = dict.fromkeys(TIER_REVIEWS.names) | key | {"tier": "gold", "big_since_on": big_since}
    kitchen.warehouse.load("ops_tier_reviews", pa.Table.from_pylist([review], TIER_REVIEWS))
    kitchen.serve("int_customer_kinds", key)
    kitchen.serve("snap_customer_scores", *([key | scores] if scores else []))
    kitchen.measure([DAY], "snap_customer_stages")
    (row,) = kitchen.taste("select * from snap_customer_stages")
    return row["stage"], row["stage_reason_code"]


@pytest.fixture(scope="module")
def private(counter: Kitchen) -> Kitchen:
    """A customer without an account."""
    counter.serve("fct_customer_days")
    return counter


@pytest.mark.parametrize(
    ("scores", "big_since", "stage"),
    [
        ({}, None, ("establish", "few_visits")),
        ({**SETTLED, "visit_count": 3}, None, ("establish", "few_visits")),
        ({**SETTLED, "visit_count": 4, "age_days": 60}, None, ("establish", "young")),
        ({**SETTLED, "visit_count": 4, "age_days": 61}, None, ("stabilise", "settled")),
        ({**SETTLED, "overdue_ratio": 3.99}, None, ("stabilise", "settled")),
        ({**SETTLED, "overdue_ratio": 4.0}, _ago(400), ("establish", "overdue")),
        (SETTLED, _ago(89), ("stabilise", "settled")),
        (SETTLED, _ago(90), ("strengthen", "long_big")),
    ],
)
def test_the_cycle_turns_at_its_thresholds(
    private: Kitchen, scores: dict[str, Any], big_since: date | None, stage: tuple[str, str]
):
    assert _stage(private, big_since, **scores) == stage


def _taken_over(kitchen: Kitchen, *since: date | None, visits: int) -> Kitchen:
    """An account whose owners began on these days, with weekly orders until today."""
    kitchen.rows.clear()
    for number, day in enumerate(since):
        kitchen.put("accounts", account_id="A1", account_key="c1", account_owner=f"owner{number}",
                    owner_since_on=day)  # fmt: skip
    kitchen.stage()
    days = [
        {"customer_key": "c1", "currency_code": "CNY", "visit_count": 1,
         "business_date": _ago(7 * week)}
        for week in range(visits)
    ]  # fmt: skip
    return kitchen.serve("fct_customer_days", *days)


def test_a_new_account_owner_takes_a_big_customer_back_to_the_start(counter: Kitchen):
    _taken_over(counter, _ago(59), visits=40)
    assert _stage(counter, _ago(200), **SETTLED) == ("establish", "new_owner")


def test_after_sixty_days_and_three_visits_the_new_owner_is_established(counter: Kitchen):
    _taken_over(counter, _ago(60), visits=40)
    assert _stage(counter, _ago(200), **SETTLED) == ("strengthen", "long_big")


def test_an_owner_who_was_there_from_the_first_visit_took_nothing_over(counter: Kitchen):
    _taken_over(counter, _ago(21), visits=4)
    assert _stage(counter, **SETTLED) == ("stabilise", "settled")


def test_a_later_owner_is_not_known_before_he_begins_and_an_undated_one_changes_nothing(
    counter: Kitchen,
):
    _taken_over(counter, None, DAY + timedelta(days=1), visits=40)
    assert _stage(counter, **SETTLED) == ("stabilise", "settled")


def test_the_newest_owner_is_the_account_owner_whichever_file_came_first(counter: Kitchen):
    _taken_over(counter, _ago(30), _ago(300), visits=40)
    rows = counter.taste("select account_owner, owner_since_on from stg_accounts")
    assert rows == [{"account_owner": "owner0", "owner_since_on": _ago(30)}]
    assert _stage(counter, **SETTLED) == ("establish", "new_owner")


def test_a_new_owner_makes_the_first_day_of_his_stale_and_no_other(counter: Kitchen):
    def inputs(*since: date) -> dict[date, str]:
        counter.rows.clear()
        counter.numbers = count(1)
        for ago in (30, 20, 10):
            counter.order(f"o{ago}", on=_ago(ago))
        for day in since:
            counter.put("accounts", account_id="A1", account_key="c1", owner_since_on=day)
        counter.stage().build("int_day_identities", "int_day_inputs")
        rows = counter.taste("select * from int_day_inputs")
        return {row["business_date"]: row["fingerprint"] for row in rows}

    before, after = inputs(_ago(300)), inputs(_ago(300), _ago(25))
    # His first day was without orders; the next that had some is the one to build again.
    assert [day for day in before if before[day] != after[day]] == [_ago(20)]
    assert set(before) == set(after)
