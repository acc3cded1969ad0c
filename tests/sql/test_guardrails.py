"""Whom the holdout and the guardrails leave alone, and who is written to again."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from desk import (
    FREE,
    HELD,
    KEYS,
    MAY,
    Decide,
    find_guardrails,
    recall,
    set_apart,
)
from kitchen import DAY, Kitchen

from regulars.steps.chain import forget_built
from regulars.steps.emit_action_lists import decide_actions
from regulars.steps.raw_tables import ensure_tables
from regulars.steps.remembering import prepare_deciding
from regulars.steps.runtime import start


def test_the_holdout_in_sql_is_the_holdout_in_python(desk: Kitchen, decide: Decide):
    found = decide(*({"customer_key": key} for key in KEYS))
    assert {key for key, guard in find_guardrails(desk).items() if guard == "holdout"} == set(HELD)
    assert set(found) == set(FREE)
    assert 0.07 < len(HELD) / len(KEYS) < 0.13


def test_who_is_held_out_today_is_held_out_tomorrow(desk: Kitchen, decide: Decide):
    tomorrow = DAY + timedelta(days=1)
    desk.run.__dict__["business_date"] = tomorrow
    try:
        decide(*({"customer_key": key, "snapshot_date": tomorrow} for key in KEYS))
        guards = find_guardrails(desk)
    finally:
        desk.run.__dict__["business_date"] = DAY
    assert {key for key, guard in guards.items() if guard == "holdout"} == set(HELD)


PRECEDENCE = ("profiling_opt_out", "staff", "open_complaint", "suppression", "consent",
              "contact_cap", "holdout")  # fmt: skip


def test_the_gravest_guardrail_is_the_one_that_is_named(desk: Kitchen, decide: Decide):
    """Each guest has one guardrail less before him than the one before."""
    guests = [
        {"customer_key": key, "is_profiling_opt_out": first < 1, "is_staff": first < 2,
         "has_open_complaint": first < 3, "is_suppressed": first < 4}
        for first, key in enumerate(HELD[: len(PRECEDENCE)])
    ]  # fmt: skip
    recall(desk, *({"customer_key": key, "gap_contact_count": 1} for key in HELD[:6]))
    assert decide(*guests, reachable=set(HELD[5:])) == {}
    recall(desk)
    assert [find_guardrails(desk)[key] for key in HELD[: len(PRECEDENCE)]] == list(PRECEDENCE)


def test_four_contacts_a_month_are_enough(desk: Kitchen, decide: Decide):
    counts = zip(FREE, (3, 4), strict=False)
    recall(desk, *({"customer_key": key, "month_contact_count": n} for key, n in counts))
    found = decide(*set_apart([{}, {}]))
    recall(desk)
    assert set(found) == {FREE[0]}


def test_one_address_is_written_to_once(desk: Kitchen, decide: Decide):
    """The second has more at stake; the fourth shares with nobody."""
    shared = [{"customer_key": key, "address_hash": address}
              for key, address in zip(FREE, ("a", "a", "a", "b"), strict=False)]  # fmt: skip
    desk.serve("act_addresses", *shared)
    try:
        found = decide(*({"customer_key": key, "value_minor": value}
                         for key, value in zip(FREE, (1, 9, 5, 1), strict=False)))  # fmt: skip
    finally:
        desk.serve("act_addresses")
    assert set(found) == {FREE[1], FREE[3]}
    assert find_guardrails(desk)[FREE[0]] == "duplicate_contact"


def test_an_expired_promise_is_counted_and_not_kept(desk: Kitchen, decide: Decide):
    (row,) = decide({"is_offer_expired": True}).values()
    assert not row["is_by_hand"]
    rows = desk.taste("select guardrail, suppressed_count from act_suppressions"
                      f" where business_date = date '{DAY}'")  # fmt: skip
    assert rows == [{"guardrail": "expired_offer", "suppressed_count": 1}]


def test_who_was_left_out_is_counted_with_the_reason(desk: Kitchen, decide: Decide):
    decide({"customer_key": HELD[0]}, {"customer_key": HELD[1]},
           {"customer_key": FREE[0], "is_staff": True}, {"customer_key": FREE[1]})  # fmt: skip
    rows = desk.taste("select list_name, guardrail, suppressed_count from act_suppressions"
                      f" where business_date = date '{DAY}' order by guardrail")  # fmt: skip
    assert [tuple(row.values()) for row in rows] == [
        ("incentivise", "holdout", 2), ("incentivise", "staff", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "channel"),
    [
        ({"segment": "loss_maker", "list_name": "deprioritise"}, "internal"),
        ({"segment": "loyal", "list_name": "reward"}, "at_next_visit"),
    ],
)
def test_without_consent_only_what_needs_no_message_is_done(
    decide: Decide, changes: dict[str, Any], channel: str
):
    (row,) = decide(changes, reachable=()).values()
    assert row["contact_channel"] == channel
    assert decide({}, reachable=()) == {}


JUNE, JULY = datetime(2024, 6, 1), datetime(2024, 7, 1)


CONSENTS = [
    ([], None),
    ([("sms", "granted", MAY)], "sms"),
    ([("sms", "unknown", MAY)], None),
    ([("sms", "granted", MAY), ("sms", "denied", JUNE)], None),
    ([("sms", "denied", MAY), ("sms", "granted", JUNE)], "sms"),
    ([("sms", "granted", MAY), ("sms", "unknown", JUNE)], None),
    ([("email", "granted", MAY), ("wechat", "granted", JUNE)], "wechat"),
    ([("email", "granted", MAY), ("wechat", "granted", MAY), ("wechat", "denied", JULY)],
     "email"),
    ([("sms", "granted", datetime(2025, 3, 3, 23, 59))], "sms"),
    ([("sms", "granted", datetime(2025, 3, 4))], None),
]  # fmt: skip


def test_only_the_latest_word_of_the_guest_on_a_channel_counts(kitchen: Kitchen):
    for number, (consents, _) in enumerate(CONSENTS):
        for name, status, at in consents:
            kitchen.put("consents", customer_key=f"c{number}", contact_channel=name,
                        consent_status=status, consented_local_at=at)  # fmt: skip
    kitchen.stage().build("act_consents", "act_contacts")
    rows = kitchen.taste("select customer_key, contact_channel from act_contacts")
    found = {row["customer_key"]: row["contact_channel"] for row in rows}
    assert [found.get(f"c{number}") for number in range(len(CONSENTS))] == [
        channel for _, channel in CONSENTS
    ]


# In the town


def test_nobody_hidden_or_without_a_list_is_spoken_to(town: Kitchen):
    rows = {row["customer_key"] for row in town.taste("select * from fct_actions")}
    assert not rows & {"hidden", "hidden_member", "twice_long_ago", "specials", "griper"}


def test_a_lead_who_agreed_is_welcomed_or_counted_among_those_left_out(town: Kitchen):
    rows = {row["customer_key"]: row for row in town.taste("select * from act_candidates")}
    assert rows["member"]["store_id"] == "S1"
    assert "lead" in rows, "a lead knows its store from its own file"


# From day to day


def test_nobody_is_contacted_twice_within_seven_days(home: str):
    emitted = [bool(decide_actions((DAY + timedelta(days=after)).isoformat()))
               for after in (0, 1, 6, 7)]  # fmt: skip
    assert emitted == [True, False, False, True]


def test_a_day_decided_again_is_decided_the_same_and_does_not_block_itself(home: str):
    first = decide_actions(DAY.isoformat())
    assert decide_actions(DAY.isoformat()) == first == {"incentivise": 1}


def test_a_contact_that_is_added_late_is_respected_by_the_days_after_it(home: str):
    assert decide_actions((DAY + timedelta(days=3)).isoformat()) == {"incentivise": 1}
    assert decide_actions(DAY.isoformat()) == {"incentivise": 1}
    assert decide_actions((DAY + timedelta(days=3)).isoformat()) == {}


def test_a_rebuild_forgets_nobody_who_was_contacted_and_draws_no_other_holdout(home: str):
    decide_actions(DAY.isoformat())
    run = start((DAY + timedelta(days=1)).isoformat())
    with run.warehouse() as warehouse:
        drawn = warehouse.query("select * from ops_experiments").to_pylist()
    forget_built()
    with run.warehouse() as warehouse:
        assert not warehouse.has_table("fct_actions")
        ensure_tables(warehouse)
        prepare_deciding(warehouse, run)
        (memory,) = warehouse.query("select * from ops_contact_memory").to_pylist()
        assert warehouse.query("select * from ops_experiments").to_pylist() == drawn
    assert (memory["customer_key"], memory["gap_contact_count"]) == (FREE[0], 1)
