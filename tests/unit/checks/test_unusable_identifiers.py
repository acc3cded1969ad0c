"""What identifies nobody: a customer stays, a row that says nothing else is set aside."""

import dataclasses
import json
from typing import Any

import pandas as pd
import pytest
from check_rows import CONTEXT, as_table, batch

from regulars.checks.context import Keys
from regulars.checks.verdict import Verdict, check
from regulars.domain.identifiers import Unusable
from regulars.identity.normalising import NormalisingRules
from regulars.identity.recognising import Recogniser

RULES = NormalisingRules(("+86170",), frozenset({"info"}))
PEOPLE = Recogniser(b"sixteen bytes or more", "k1", "group", RULES)
BEFORE = Recogniser(b"another sixteen bytes", "k0", "group", RULES)
STORES = {
    name: dataclasses.replace(rules, country={"S1": "CN", "S2": "JP"}[name])
    for name, rules in CONTEXT.stores.items()
}
JUDGED = dataclasses.replace(
    CONTEXT,
    stores=STORES,
    defaults=dataclasses.replace(CONTEXT.defaults, country="CN"),
    hash_identifiers=PEOPLE.hash_identifiers,
    judge_identifiers=PEOPLE.judge_identifiers,
)


def judge(entity: str, *rows: dict[str, str | None], **changes: Any) -> Verdict:
    return check(entity, as_table(batch(entity, *rows)), dataclasses.replace(JUDGED, **changes))


def reasons(verdict: Verdict) -> list[str]:
    return [notice.reason for notice in verdict.refusals]


@pytest.mark.parametrize("entity", ["customer_identifiers", "order_identifiers"])
@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("phone", "138****8000", "masked"),
        ("phone", "13800138000转12", "extension"),
        ("phone", "4008201234", "nobodys_number"),
        ("phone", "17012345678", "virtual_number"),
        ("phone", "99", "not_a_phone"),
        ("email", "info@example.org", "shared_mailbox"),
        ("email", "nothing", "not_an_email"),
        ("card_token", "4242", "card_suffix"),
        ("member_no", "N/A", "placeholder"),
    ],
)
def test_what_identifies_nobody_is_told_and_kept_without_a_hash(
    entity: str, kind: str, value: str, why: str
):
    verdict = judge(entity, {"identifier_type": kind, "identifier_value": value})
    assert [notice.reason for notice in verdict.warnings] == [f"unusable_identifier:{why}"]
    assert reasons(verdict) == []
    assert verdict.rows["identifier_hash"].to_pylist() == [None]
    assert value not in json.dumps(verdict.report())


def test_every_reason_is_one_of_the_closed_list():
    assert {why.value for why in Unusable} == {
        "masked", "extension", "not_a_phone", "nobodys_number", "virtual_number", "not_an_email",
        "shared_mailbox", "card_suffix", "placeholder",
    }  # fmt: skip


def test_a_customer_with_an_unusable_phone_stays_with_a_warning_and_no_hash():
    verdict = judge("customers", {"phone": "138****8000", "email": "ann@example.org"})
    (row,) = verdict.rows.to_pylist()
    assert row["phone_hash"] is None
    assert row["email_hash"].startswith("email_k1_")
    assert [notice.reason for notice in verdict.warnings] == ["unusable_phone:masked"]
    assert reasons(verdict) == []


def test_a_card_suffix_is_kept_as_evidence():
    verdict = judge(
        "order_identifiers", {"identifier_type": "card_suffix", "identifier_value": "4242"}
    )
    (row,) = verdict.rows.to_pylist()
    assert row["identifier_hash"].startswith("card_suffix_k1_")


def test_a_phone_is_read_in_the_country_of_the_store_else_of_the_source():
    told = {"identifier_type": "phone", "identifier_value": "090-1234-5678"}
    (row,) = judge("order_identifiers", {**told, "store_id": "S2"}).rows.to_pylist()
    abroad = {**told, "identifier_value": "+81 90 1234 5678"}
    assert only_hash(judge("customer_identifiers", abroad)) == row["identifier_hash"]
    assert only_hash(judge("customer_identifiers", told)) != row["identifier_hash"]


def only_hash(verdict: Verdict) -> str:
    (row,) = verdict.rows.to_pylist()
    return str(row["identifier_hash"])


def test_no_identifier_shows_in_what_is_loaded():
    verdict = judge("customers", {"phone": "13800138000", "email": "ann@example.org"})
    loaded = repr(verdict.rows.to_pylist())
    assert "138001" not in loaded and "ann@" not in loaded


def test_while_two_keys_are_held_every_hash_is_kept_under_both():
    keys = Keys(BEFORE.pseudonymise, BEFORE.key_accounts, BEFORE.hash_identifiers)
    told = {"phone": "13800138000", "email": "", "household_ref": "H1"}
    verdict = judge("customers", told, keys_before=keys, pseudonymise=PEOPLE.pseudonymise)
    assert verdict.aliases is not None
    pairs = {row["node_key"]: row["key_before"] for row in verdict.aliases.to_pylist()}
    refs = pd.Series(["M-1001", "H1"])
    expected = dict(zip(PEOPLE.pseudonymise(refs), BEFORE.pseudonymise(refs), strict=True))
    phone = (pd.Series(["phone"]), pd.Series(["+8613800138000"]), pd.Series([""]))
    expected[PEOPLE.hash_identifiers(*phone)[0]] = BEFORE.hash_identifiers(*phone)[0]
    assert pairs == expected
    assert judge("customers", told).aliases is None
