"""One action a day, within the budget, past every guardrail, in words that exist."""

from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from desk import FREE, HELD, KEYS, LIST_OF, MAY, OFFER, Decide
from kitchen import DAY, Kitchen

from regulars.actions.reasons import explain
from regulars.actions.vocabulary import ACTIONS
from regulars.steps.emit_action_lists import decide_actions


def _guardrails(desk: Kitchen) -> dict[str, str]:
    rows = desk.taste("select customer_key, guardrail from act_candidates")
    return {row["customer_key"]: row["guardrail"] for row in rows}


@pytest.mark.parametrize("segment", LIST_OF)
@pytest.mark.parametrize("tier", ["lead", "iron", "gold", "platinum"])
@pytest.mark.parametrize("specials", [True, False])
def test_an_action_is_always_one_of_its_own_list(
    decide: Decide, segment: str, tier: str, specials: bool
):
    (row,) = decide(
        {"segment": segment, "list_name": LIST_OF[segment], "tier": tier,
         "is_specials_only": specials}
    ).values()  # fmt: skip
    assert ACTIONS[row["action_code"]].on_list == LIST_OF[segment]


def test_every_row_can_be_explained_in_both_languages(decide: Decide):
    guests = [{"customer_key": key, "segment": segment, "list_name": on_list}
              for key, (segment, on_list) in zip(FREE, LIST_OF.items(), strict=False)]  # fmt: skip
    for row in decide(*guests).values():
        numbers = {**row, "tier_profit_amount": "200.00", "potential_amount": "5.00"}
        for place in (1, 2, 3):
            texts = explain(row[f"reason_{place}_code"], numbers)
            assert all(texts) or row[f"reason_{place}_code"] is None
        assert row["reason_1_code"] is not None


def test_an_action_says_when_it_ends_and_under_which_policy(desk: Kitchen, decide: Decide):
    (row,) = decide({}).values()
    assert (row["starts_on"], row["expires_on"]) == (DAY, DAY + timedelta(days=14))
    assert row["policy_version"] == desk.run.policy.version
    assert row["usual_gap_days"] == 20  # 19.5 days, half up


# Money


def test_the_budget_goes_to_those_with_the_most_at_stake_until_it_ends(
    desk: Kitchen, decide: Decide
):
    guests = [{"customer_key": key, "value_minor": 20_000 + 1000 * rank}
              for rank, key in enumerate(FREE[:5])]  # fmt: skip
    found = decide(*guests)
    offers = [found[key]["offer_minor"] for key in FREE[:5]]
    assert offers == [0, 0, OFFER, OFFER, OFFER]
    assert [found[key]["action_code"] for key in FREE[:5]] == ["A20", "A20", "A21", "A21", "A21"]
    assert desk.inspect("audit_budget_kept").failures == 0


def test_each_store_has_its_own_budget(decide: Decide):
    guests = [{"customer_key": key, "store_id": store}
              for key, store in zip(FREE, ["S1"] * 4 + ["S2"] * 2, strict=False)]  # fmt: skip
    found = decide(*guests)
    spent = {store: sum(row["offer_minor"] for row in found.values() if row["store_id"] == store)
             for store in ("S1", "S2")}  # fmt: skip
    assert spent == {"S1": 3 * OFFER, "S2": 2 * OFFER}


@pytest.mark.parametrize(
    ("changes", "offer"),
    [
        ({}, OFFER),
        ({"overdue_ratio": 2.5}, OFFER),
        ({"overdue_ratio": 2.49}, 0),
        ({"tier_profit_minor": 2667}, OFFER),
        ({"tier_profit_minor": 2666}, 0),
        ({"segment": "loyal", "list_name": "reward"}, 0),
        ({"segment": "lapsed", "list_name": "activate", "overdue_ratio": 9.0}, 0),
        ({"segment": "loss_maker", "list_name": "deprioritise"}, 0),
    ],
)
def test_money_is_for_the_slipping_and_at_most_three_tenths_of_their_profit(
    decide: Decide, changes: dict[str, Any], offer: int
):
    (row,) = decide(changes).values()
    assert row["offer_minor"] == offer


def test_priorities_of_a_list_count_from_one_by_what_is_at_stake(decide: Decide):
    guests = [{"customer_key": key, "value_minor": value}
              for key, value in zip(FREE, (100, 300, 200, 300), strict=False)]  # fmt: skip
    found = decide(*guests)
    assert [found[key]["priority"] for key in FREE[:4]] == [4, 1, 3, 2]


def test_nobody_has_two_actions(desk: Kitchen, decide: Decide):
    decide(*({"customer_key": key} for key in FREE[:50]))
    assert desk.inspect("audit_one_action").failures == 0


# Guardrails


def test_the_holdout_in_sql_is_the_holdout_in_python(desk: Kitchen, decide: Decide):
    found = decide(*({"customer_key": key} for key in KEYS))
    assert {key for key, guard in _guardrails(desk).items() if guard == "holdout"} == set(HELD)
    assert set(found) == set(FREE)
    assert 0.07 < len(HELD) / len(KEYS) < 0.13


def test_who_is_held_out_today_is_held_out_tomorrow(desk: Kitchen, decide: Decide):
    tomorrow = DAY + timedelta(days=1)
    desk.run.__dict__["business_date"] = tomorrow
    try:
        decide(*({"customer_key": key, "snapshot_date": tomorrow} for key in KEYS))
        guards = _guardrails(desk)
    finally:
        desk.run.__dict__["business_date"] = DAY
    assert {key for key, guard in guards.items() if guard == "holdout"} == set(HELD)


PRECEDENCE = ("staff", "open_complaint", "consent", "contact_cap", "holdout")


@pytest.mark.parametrize("first", range(len(PRECEDENCE)))
def test_the_gravest_guardrail_is_the_one_that_is_named(desk: Kitchen, decide: Decide, first: int):
    raised = set(PRECEDENCE[first:])
    guest = {
        "customer_key": HELD[0],
        "is_staff": "staff" in raised,
        "has_open_complaint": "open_complaint" in raised,
    }
    recent = [HELD[0]] if "contact_cap" in raised else []
    _load_recent(desk, recent)
    try:
        assert decide(guest, reachable="consent" not in raised) == {}
    finally:
        _load_recent(desk, [])
    assert _guardrails(desk) == {HELD[0]: PRECEDENCE[first]}


def _load_recent(desk: Kitchen, keys: list[str]) -> None:
    rows = pa.table({"customer_key": pa.array(keys, pa.string())})
    desk.warehouse.load("ops_recent_contacts", rows)


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
    (row,) = decide(changes, reachable=False).values()
    assert row["contact_channel"] == channel
    assert decide({}, reachable=False) == {}


JUNE, JULY = datetime(2024, 6, 1), datetime(2024, 7, 1)


@pytest.mark.parametrize(
    ("consents", "channel"),
    [
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
    ],
)  # fmt: skip
def test_only_the_latest_word_of_the_guest_on_a_channel_counts(
    kitchen: Kitchen, consents: list[tuple[str, str, datetime]], channel: str | None
):
    for name, status, at in consents:
        kitchen.put("consents", customer_key="c1", contact_channel=name, consent_status=status,
                    consented_local_at=at)  # fmt: skip
    kitchen.stage().build("act_consents", "act_contacts")
    rows = kitchen.taste("select contact_channel from act_contacts")
    assert [row["contact_channel"] for row in rows] == ([channel] if channel else [])


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
