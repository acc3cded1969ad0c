"""Who is who: stories of people who share, merge, part and come back, with their evidence."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from desk import EXPERIMENT, GUEST, SHARE
from kitchen import DAY, Kitchen

from regulars.actions.holdout import is_held_out
from regulars.steps.build_customer_profit import CUSTOMERS
from regulars.steps.days import record_built_days
from regulars.steps.resolving import resolve
from regulars.steps.runtime import Run

EARLIER = DAY - timedelta(days=30)


def customer(kitchen: Kitchen, key: str, *, since: date = EARLIER, **values: Any) -> None:
    kitchen.put("customers", customer_key=key, customer_kind="consumer", joined_on=since, **values)


def known_by(kitchen: Kitchen, key: str, kind: str, value: str, on: date = EARLIER) -> None:
    kitchen.put("customer_identifiers", customer_key=key, identifier_type=kind,
                identifier_hash=f"{kind}_k1_{value}", first_seen_on=on)  # fmt: skip


def shown(kitchen: Kitchen, order_id: str, kind: str, value: str) -> None:
    kitchen.put("order_identifiers", order_id=order_id, store_id="S1", identifier_type=kind,
                identifier_hash=f"{kind}_k1_{value}")  # fmt: skip


def decide(kitchen: Kitchen, override_id: str, kind: str, one: str, **values: Any) -> None:
    kitchen.put("customer_overrides", override_id=override_id, override_kind=kind,
                customer_key=one, decided_by="manager", decided_on=EARLIER, reason="asked",
                **values)  # fmt: skip


def person_of(kitchen: Kitchen, *keys: str) -> list[str]:
    people = kitchen.taste("select node_key, customer_key from ops_identity_map")
    known = {row["node_key"]: row["customer_key"] for row in people}
    return [known.get(key, key) for key in keys]


def why_not(kitchen: Kitchen, carrier: str, identifier: str) -> str | None:
    (row,) = kitchen.taste(
        "select is_linking, why_not from int_identity_links"
        f" where carrier_key = '{carrier}' and identifier_key = '{identifier}'"
    )
    assert row["is_linking"] == (row["why_not"] is None)
    return row["why_not"]


def guests(kitchen: Kitchen) -> dict[str, tuple[str | None, str | None]]:
    rows = kitchen.taste("select order_key, customer_key, evidence from int_order_customers")
    return {row["order_key"][3:]: (row["customer_key"], row["evidence"]) for row in rows}


def moves(kitchen: Kitchen) -> list[tuple[Any, ...]]:
    rows = kitchen.taste("select * from fct_identity_moves order by business_date, reference_key")
    return [tuple(row.values()) for row in rows]


def test_two_members_with_one_phone_are_one_person_under_the_older_key(kitchen: Kitchen):
    customer(kitchen, "c_b", since=EARLIER, phone_hash="phone_k1_1")
    customer(kitchen, "c_a", since=DAY, phone_hash="phone_k1_1")
    kitchen.resolve()
    assert person_of(kitchen, "c_a", "c_b", "phone_k1_1") == ["c_b", "c_b", "c_b"]


def test_orders_of_both_references_are_the_persons(kitchen: Kitchen):
    customer(kitchen, "c_old", phone_hash="phone_k1_1")
    customer(kitchen, "c_late", since=DAY, phone_hash="phone_k1_1")
    kitchen.order("1", customer_key="c_old", total_minor=1000).line("1", 1, 1000)
    kitchen.order("2", customer_key="c_late", total_minor=500).line("2", 1, 500)
    kitchen.resolve().cook()
    (day,) = kitchen.taste("select customer_key, order_count, gross_minor from fct_customer_days")
    assert day == {"customer_key": "c_old", "order_count": 2, "gross_minor": 1500}


def test_an_order_without_a_reference_belongs_to_who_its_identifier_belongs_to(kitchen: Kitchen):
    customer(kitchen, "c_ann", phone_hash="phone_k1_1")
    kitchen.order("1").order("2").order("3")
    shown(kitchen, "1", "phone", "1")
    shown(kitchen, "2", "phone", "2")
    kitchen.resolve().cook()
    assert guests(kitchen) == {
        "1": ("c_ann", "phone"), "2": ("phone_k1_2", "phone"), "3": (None, None),
    }  # fmt: skip


def test_the_strongest_identifier_of_an_order_carries_the_others(kitchen: Kitchen):
    kitchen.order("1").order("2")
    shown(kitchen, "1", "card_token", "visa")
    shown(kitchen, "1", "phone", "1")
    shown(kitchen, "2", "card_token", "visa")
    kitchen.resolve().cook()
    assert why_not(kitchen, "phone_k1_1", "card_token_k1_visa") is None
    assert len({who for who, _ in guests(kitchen).values()}) == 1


def test_a_company_card_used_by_many_links_nobody_and_is_reported(kitchen: Kitchen):
    for number in range(6):
        kitchen.order(f"{number}", customer_key=f"c_{number}")
        shown(kitchen, f"{number}", "card_token", "company")
    kitchen.order("alone")
    shown(kitchen, "alone", "card_token", "company")
    kitchen.resolve().cook()
    keys = [f"c_{number}" for number in range(6)]
    assert person_of(kitchen, *keys) == keys
    assert why_not(kitchen, "c_0", "card_token_k1_company") == "shared"
    assert guests(kitchen)["alone"] == (None, None)
    (found,) = kitchen.inspect("audit_shared_identifiers").sample
    assert found == {
        "node_key": "card_token_k1_company", "carrier_count": 6, "why_not": "shared",
    }  # fmt: skip


def test_five_people_may_share_an_identifier_the_sixth_is_too_many(kitchen: Kitchen):
    for number in range(5):
        known_by(kitchen, f"c_{number}", "phone", "family")
    kitchen.resolve()
    assert person_of(kitchen, *[f"c_{n}" for n in range(5)]) == ["c_0"] * 5
    known_by(kitchen, "c_5", "phone", "family")
    kitchen.resolve()
    assert person_of(kitchen, *[f"c_{n}" for n in range(6)]) == [f"c_{n}" for n in range(6)]


def test_a_card_suffix_is_evidence_and_never_links(kitchen: Kitchen):
    known_by(kitchen, "c_a", "card_suffix", "4242")
    known_by(kitchen, "c_b", "card_suffix", "4242")
    kitchen.order("1")
    shown(kitchen, "1", "card_suffix", "4242")
    kitchen.resolve().cook()
    assert person_of(kitchen, "c_a", "c_b") == ["c_a", "c_b"]
    assert why_not(kitchen, "c_a", "card_suffix_k1_4242") == "never_links"
    assert guests(kitchen)["1"] == (None, None)


def test_a_phone_that_was_given_to_somebody_else_is_taken_from_the_first(kitchen: Kitchen):
    known_by(kitchen, "c_first", "phone", "1", EARLIER)
    known_by(kitchen, "c_second", "phone", "1", DAY)
    decide(kitchen, "v1", "not_theirs", "c_first", identifier_type="phone",
           identifier_hash="phone_k1_1")  # fmt: skip
    kitchen.order("1", customer_key="c_first").order("2")
    shown(kitchen, "1", "phone", "1")
    shown(kitchen, "2", "phone", "1")
    kitchen.resolve().cook()
    assert why_not(kitchen, "c_first", "phone_k1_1") == "not_theirs"
    assert person_of(kitchen, "c_first") == ["c_first"]
    assert person_of(kitchen, "c_second") == person_of(kitchen, "phone_k1_1")
    assert guests(kitchen)["1"] == ("c_first", "reference")
    assert guests(kitchen)["2"][0] == person_of(kitchen, "c_second")[0]


def test_a_couple_is_kept_apart_by_a_decision_and_joined_again_when_it_ends(kitchen: Kitchen):
    for who in ("c_ann", "c_bob"):
        known_by(kitchen, who, "phone", "home")
    known_by(kitchen, "c_ann", "email", "ann")
    decide(kitchen, "v1", "different_customer", "c_ann", other_customer_key="c_bob", revision=1)
    kitchen.resolve()
    assert person_of(kitchen, "c_ann", "c_bob") == ["c_ann", "c_bob"]
    assert person_of(kitchen, "email_k1_ann") == ["c_ann"]
    assert why_not(kitchen, "c_bob", "phone_k1_home") == "kept_apart"
    assert kitchen.inspect("audit_kept_apart").failures == 0
    decide(kitchen, "v1", "different_customer", "c_ann", other_customer_key="c_bob", revision=2,
           valid_to=DAY - timedelta(days=1))  # fmt: skip
    kitchen.resolve()
    assert person_of(kitchen, "c_ann", "c_bob") == ["c_ann", "c_ann"]


def test_a_pair_that_stays_connected_through_others_is_named(kitchen: Kitchen):
    known_by(kitchen, "c_ann", "phone", "1")
    known_by(kitchen, "c_eve", "phone", "1")
    known_by(kitchen, "c_eve", "email", "2")
    known_by(kitchen, "c_bob", "email", "2")
    decide(kitchen, "v1", "different_customer", "c_ann", other_customer_key="c_bob")
    kitchen.resolve()
    assert person_of(kitchen, "c_ann", "c_bob") == ["c_ann", "c_ann"]
    (pair,) = kitchen.inspect("audit_kept_apart").sample
    assert (pair["override_id"], pair["customer_key"]) == ("v1", "c_ann")


def test_two_references_are_joined_by_a_decision_from_its_day_on(kitchen: Kitchen):
    customer(kitchen, "c_a")
    customer(kitchen, "c_b", since=DAY)
    decide(kitchen, "v1", "same_customer", "c_b", other_customer_key="c_a")
    decide(kitchen, "v2", "same_customer", "c_a", other_customer_key="c_x", revision=1)
    kitchen.rows["customer_overrides"][1]["decided_on"] = DAY + timedelta(days=1)
    kitchen.resolve()
    assert person_of(kitchen, "c_a", "c_b", "c_x") == ["c_a", "c_a", "c_x"]


def test_while_the_key_is_changed_nobody_counts_twice(kitchen: Kitchen):
    family = [f"c_k1_{name}" for name in ("ann", "bob", "eve")]
    rotated = [key.replace("_k1_", "_k2_") for key in (*family, "phone_k1_home")]
    for key in family:
        known_by(kitchen, key, "phone", "home")
        kitchen.put("customer_identifiers", customer_key=key.replace("_k1_", "_k2_"),
                    identifier_type="phone", identifier_hash="phone_k2_home")  # fmt: skip
    oldest = [*family, "phone_k1_home"]
    aliases = pa.table({"node_key": rotated, "oldest_key": oldest})
    kitchen.stage().warehouse.load("raw_identifier_aliases", aliases)
    kitchen.resolve()
    assert person_of(kitchen, *family, *rotated) == ["c_k1_ann"] * 7
    assert why_not(kitchen, "c_k1_bob", "phone_k1_home") is None
    assert why_not(kitchen, "c_k1_bob", "c_k2_bob") is None


def test_evidence_that_names_two_people_identifies_nobody(kitchen: Kitchen):
    for number in range(6):
        known_by(kitchen, f"c_{number}", "phone", "desk")
    known_by(kitchen, "c_1", "email", "one")
    known_by(kitchen, "c_2", "card_token", "two")
    kitchen.order("1")
    for kind, value in (("phone", "desk"), ("email", "one"), ("card_token", "two")):
        shown(kitchen, "1", kind, value)
    kitchen.resolve().cook()
    assert guests(kitchen)["1"] == (None, "contradiction")
    (found,) = kitchen.inspect("audit_contradictory_orders").sample
    assert found["order_key"] == "S1:1"


def test_every_link_says_where_it_was_first_stated_and_how_often(kitchen: Kitchen):
    known_by(kitchen, "c_a", "phone", "1", DAY)
    kitchen.order("1", on=EARLIER, customer_key="c_a").order("2", customer_key="c_a")
    shown(kitchen, "1", "phone", "1")
    shown(kitchen, "2", "phone", "1")
    kitchen.resolve()
    (link,) = kitchen.taste("select * from int_identity_links")
    assert link["evidence"] == "order_identifiers"
    assert (link["source_system"], link["source_file_sha256"]) == ("pos", "f1")
    assert link["source_row"] == kitchen.rows["order_identifiers"][0]["source_row"]
    assert (link["first_seen_on"], link["last_seen_on"]) == (EARLIER, DAY)
    assert link["sighting_count"] == 3


def test_a_second_run_finds_nothing_to_do_and_changes_nothing(kitchen: Kitchen):
    for who in ("c_a", "c_b"):
        known_by(kitchen, who, "phone", "1")
    kitchen.resolve()
    before = kitchen.taste("select * from ops_identity_map order by node_key")
    assert resolve(kitchen.warehouse, kitchen.run) == 0
    assert kitchen.taste("select * from ops_identity_map order by node_key") == before


def test_a_person_who_grows_keeps_the_key_and_an_older_one_joins_under_the_oldest(kitchen: Kitchen):
    known_by(kitchen, "c_m", "phone", "1")
    kitchen.resolve()
    known_by(kitchen, "c_a", "phone", "1", DAY)
    kitchen.resolve()
    assert person_of(kitchen, "c_a", "c_m") == ["c_m", "c_m"]
    known_by(kitchen, "c_z", "email", "2", EARLIER - timedelta(days=1))
    known_by(kitchen, "c_m", "email", "2", DAY)
    kitchen.resolve()
    assert person_of(kitchen, "c_a", "c_m", "c_z") == ["c_z", "c_z", "c_z"]


def test_a_merge_makes_the_days_of_both_stale_and_no_other(kitchen: Kitchen):
    for number, who in enumerate(("c_a", "c_b", "c_c")):
        kitchen.order(who, on=DAY - timedelta(days=number), customer_key=who)
    kitchen.resolve().build("int_day_identities", "int_day_inputs")
    before = _fingerprints(kitchen)
    decide(kitchen, "v1", "same_customer", "c_a", other_customer_key="c_b")
    kitchen.resolve().build("int_day_identities", "int_day_inputs")
    after = _fingerprints(kitchen)
    # c_b came a day earlier: its key stays, so that only the day of c_a reads differently.
    assert [day for day in before if before[day] != after[day]] == [DAY]
    kitchen.rows["customer_overrides"].clear()
    kitchen.resolve().build("int_day_identities", "int_day_inputs")
    assert _fingerprints(kitchen) == before


def _fingerprints(kitchen: Kitchen) -> dict[date, str]:
    rows = kitchen.taste("select business_date, fingerprint from int_day_inputs")
    return {row["business_date"]: row["fingerprint"] for row in rows}


def test_merge_and_split_are_recorded_once_for_those_that_readers_knew(kitchen: Kitchen):
    for who in ("c_a", "c_b"):
        kitchen.order(who, customer_key=who)
    kitchen.resolve().cook().build(*CUSTOMERS)
    assert moves(kitchen) == []
    decide(kitchen, "v1", "same_customer", "c_a", other_customer_key="c_b", revision=1)
    decide(kitchen, "v2", "same_customer", "c_a", other_customer_key="c_new", revision=1)
    merged = [("c_b", "c_b", "c_a", "+same_customer", DAY)]
    assert moves(kitchen.resolve()) == merged
    kitchen.cook().build(*CUSTOMERS)
    assert moves(kitchen.resolve()) == merged
    turn_to(kitchen, DAY + timedelta(days=1))
    assert moves(kitchen.resolve()) == merged
    kitchen.rows["customer_overrides"].clear()
    parted = [
        (who, "c_a", who, "-same_customer", DAY + timedelta(days=1)) for who in ("c_b", "c_new")
    ]
    assert moves(kitchen.resolve()) == [*merged, *parted]


def test_a_merge_that_is_taken_back_on_the_same_day_never_was(kitchen: Kitchen):
    for who in ("c_a", "c_b"):
        kitchen.order(who, customer_key=who)
    kitchen.resolve().cook().build(*CUSTOMERS)
    decide(kitchen, "v1", "same_customer", "c_a", other_customer_key="c_b")
    assert len(moves(kitchen.resolve())) == 1
    kitchen.rows["customer_overrides"].clear()
    kitchen.cook().build(*CUSTOMERS)
    assert moves(kitchen.resolve()) == []


def turn_to(kitchen: Kitchen, day: date) -> None:
    known = {name: kitchen.run.__dict__[name] for name in ("policy", "catalog", "dictionary")}
    kitchen.run = Run(day, day, kitchen.run.settings)
    kitchen.run.__dict__.update(known)


def test_a_decision_of_a_later_day_holds_when_an_earlier_day_is_run_again(kitchen: Kitchen):
    decide(kitchen, "v1", "same_customer", "c_a", other_customer_key="c_b")
    kitchen.rows["customer_overrides"][0]["decided_on"] = DAY
    kitchen.resolve()
    record_built_days(kitchen.warehouse, [(DAY, DAY)], {})
    turn_to(kitchen, EARLIER)
    assert person_of(kitchen.resolve(), "c_b") == ["c_a"]


def test_the_newest_word_of_a_person_counts_whichever_reference_gave_it(kitchen: Kitchen):
    for who in ("c_a", "c_b"):
        known_by(kitchen, who, "phone", "1")
    said = [("c_a", "granted", 1), ("c_b", "denied", 2)]
    for who, status, day in said:
        kitchen.put("consents", customer_key=who, contact_channel="sms", consent_status=status,
                    consented_local_at=datetime(2025, 1, day))  # fmt: skip
    kitchen.put("consents", customer_key="c_b", contact_channel="email", consent_status="granted",
                consented_local_at=datetime(2025, 1, 1))  # fmt: skip
    kitchen.resolve().build("act_consents", "act_contacts")
    assert kitchen.taste("select * from act_contacts") == [
        {"customer_key": "c_a", "contact_channel": "email"}
    ]


def test_on_a_merge_the_control_wins(decide_for: Callable[[str, str], str | None]):
    keys = [f"c_{number}" for number in range(200)]
    held = [key for key in keys if is_held_out(EXPERIMENT, key, SHARE)]
    free = [key for key in keys if not is_held_out(EXPERIMENT, key, SHARE)]
    assert decide_for(free[0], free[1]) is None
    assert decide_for(free[0], held[0]) == "holdout"
    assert decide_for(held[0], free[0]) == "holdout"


@pytest.fixture
def decide_for(desk: Kitchen) -> Callable[[str, str], str | None]:
    """Which guardrail stands before a guest of whom another reference has become a part."""

    def _decide(key: str, other: str) -> str | None:
        desk.warehouse.load(
            "ops_identity_map", pa.table({"node_key": [other], "customer_key": [key]})
        )
        desk.serve("act_listed", {**GUEST, "customer_key": key, "contact_channel": "wechat"})
        (row,) = desk.build("act_candidates").taste("select is_held_out from act_candidates")
        return "holdout" if row["is_held_out"] else None

    return _decide
