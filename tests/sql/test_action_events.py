"""What comes back from the tools: who left is not written to, who complained is not judged, and
what every action was followed by.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from kitchen import DAY, Kitchen, OpenKitchen

EVE = DAY - timedelta(days=1)
NOON = datetime(DAY.year, DAY.month, DAY.day, 12)
SINCE = "from fct_action_outcomes order by customer_key, business_date"


def _event(kitchen: Kitchen, number: int, kind: str, **values: Any) -> None:
    given = {
        "event_id": f"e{number}", "event_kind": kind, "happened_local_at": NOON,
        "customer_key": "c_ann", "business_date": DAY,
    }  # fmt: skip
    kitchen.put("action_events", **{**given, **values})


@pytest.fixture(scope="module")
def told(open_kitchen: OpenKitchen) -> Kitchen:
    """Ann left text messages, Bob bounced everywhere, Cem left and came back, Dee complained."""
    with open_kitchen() as kitchen:
        long_ago = NOON - timedelta(days=90)
        for key in ("c_ann", "c_bob", "c_cem"):
            for channel in ("sms", "email", "ads"):
                kitchen.put("consents", customer_key=key, contact_channel=channel,
                            consent_status="granted", consented_local_at=long_ago)  # fmt: skip
        _event(kitchen, 1, "unsubscribed", contact_channel="sms")
        _event(kitchen, 2, "bounced", customer_key="c_bob")
        _event(kitchen, 3, "unsubscribed", customer_key="c_cem", contact_channel="sms",
               happened_local_at=NOON - timedelta(days=30))  # fmt: skip
        kitchen.put("consents", customer_key="c_cem", contact_channel="sms",
                    consent_status="granted",
                    consented_local_at=NOON - timedelta(days=9))  # fmt: skip
        _event(kitchen, 4, "complained", customer_key="c_dee")
        _event(kitchen, 5, "complained", customer_key="c_eve", revision=1)
        _event(kitchen, 5, "complained", customer_key="c_eve", revision=2,
               complaint_status="closed")  # fmt: skip
        kitchen.map_identities(c_ann="c_ann", c_nan="c_ann").stage()
        yield kitchen.build("act_consents", "act_contacts", "int_complaints")


def test_who_left_a_channel_is_not_written_to_on_it(told: Kitchen):
    found = told.taste("select * from act_contacts order by customer_key")
    assert found == [
        {"customer_key": "c_ann", "contact_channel": "email"},
        {"customer_key": "c_cem", "contact_channel": "sms"},
    ]


def test_the_consent_to_advertising_is_nobodys_channel(told: Kitchen):
    ads = told.taste("select customer_key, consent_status from act_consents"
                     " where contact_channel = 'ads' order by customer_key")  # fmt: skip
    assert [tuple(row.values()) for row in ads] == [
        ("c_ann", "granted"), ("c_bob", "denied"), ("c_cem", "granted"),
    ]  # fmt: skip


def test_leaving_counts_from_that_day_on_and_not_before(open_kitchen: OpenKitchen, told: Kitchen):
    told.run.__dict__["business_date"] = EVE
    told.build("act_consents", "act_contacts")
    found = {row["customer_key"]: row["contact_channel"]
             for row in told.taste("select * from act_contacts")}  # fmt: skip
    told.run.__dict__["business_date"] = DAY
    assert found["c_ann"] == "sms" and found["c_bob"] == "sms"


def test_a_complaint_is_open_until_a_later_word_closes_it(told: Kitchen):
    assert told.taste("select * from int_complaints") == [
        {"customer_key": "c_dee", "complained_on": DAY}
    ]


@pytest.fixture(scope="module")
def followed(told: Kitchen) -> Kitchen:
    """Two actions for Ann, eight days apart, one for Bob; Ann came back under another key."""
    week_ago = DAY - timedelta(days=8)
    action = {
        "list_name": "incentivise", "action_code": "A20", "contact_channel": "sms",
        "store_id": "S1", "offer_minor": 800, "currency_code": "CNY", "is_withheld": False,
    }  # fmt: skip
    told.serve(
        "fct_actions",
        {**action, "customer_key": "c_ann", "business_date": week_ago},
        {**action, "customer_key": "c_nan", "business_date": EVE, "action_code": "A21"},
        {**action, "customer_key": "c_bob", "business_date": EVE - timedelta(days=40)},
    )
    _event(told, 11, "delivered", action_on=week_ago, business_date=week_ago + timedelta(days=1))
    _event(told, 12, "redeemed", business_date=DAY)
    _event(told, 13, "redeemed", business_date=week_ago - timedelta(days=1))
    told.stage()
    told.serve("act_withholdings").serve("fct_exceptions").serve(
        "fct_customer_days",
        *(
            {
                "customer_key": key,
                "business_date": day,
                "currency_code": currency,
                "visit_count": visits,
                "cm2_minor": cm2,
                "true_profit_minor": profit,
            }
            for key, day, currency, visits, cm2, profit in [
                ("c_ann", week_ago, "CNY", 1, 900, 900),
                ("c_ann", week_ago + timedelta(days=2), "CNY", 0, -10, -10),
                ("c_ann", DAY, "CNY", 1, 700, 500),
                ("c_ann", DAY, "HKD", 1, 70, 50),
                ("c_bob", DAY, "CNY", 1, 300, 300),
            ]
        ),
    )
    return told.build("act_released_actions", "act_replies", "fct_action_outcomes")


def test_an_event_goes_to_the_action_it_names_or_to_the_newest_by_then(followed: Kitchen):
    found = followed.taste(f"select is_sent, is_delivered, is_redeemed, is_unsubscribed {SINCE}")
    flags = [tuple(row.values()) for row in found]
    assert flags == [
        (True, True, False, False),
        (False, False, False, False),
        (False, False, True, True),
    ]


def test_a_return_and_its_profit_count_after_the_action_and_within_the_horizon(followed: Kitchen):
    found = followed.taste(
        "select customer_key, is_returned, returned_on, visit_since_count as visits,"
        f" cm2_since_minor as cm2, profit_since_minor as profit, is_horizon_over {SINCE}"
    )
    assert [tuple(row.values()) for row in found] == [
        ("c_ann", True, DAY, 1, 690, 490, False),
        ("c_bob", False, None, 0, 0, 0, True),
        ("c_nan", True, DAY, 1, 700, 500, False),
    ]
