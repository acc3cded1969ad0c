"""Keyed hashes of identifiers, and the chain of hashes that rotated keys leave behind."""

import pandas as pd
import pytest

from regulars.identity.aliases import oldest_keys
from regulars.identity.keys import identifier_hashes
from regulars.identity.normalising import NormalisingRules
from regulars.identity.recognising import Recogniser

SECRET = b"a secret of the group, 32 bytes!"
RULES = NormalisingRules()


@pytest.mark.parametrize(
    ("kind", "text", "digest"),
    [
        ("phone", "+8613800138000", "e74cfd93e8ba04225cfb"),
        ("email", "ann@example.org", "8718e232844d6901b228"),
        ("member_no", "Ab1", "6b4ab78d3d28db16d352"),
    ],
)
def test_the_hash_is_that_of_openssl(kind: str, text: str, digest: str):
    # printf 'group\x1f<kind>\x1f<text>' | openssl dgst -sha256 -hmac '<secret>'
    found = identifier_hashes(pd.Series([kind]), pd.Series([text]), SECRET, "k1", "group")
    assert found.tolist() == [f"{kind}_k1_{digest}"]


def test_all_spellings_of_a_phone_have_one_hash_and_an_unusable_one_has_none():
    people = Recogniser(SECRET, "k1", "group", RULES)
    values = pd.Series(["138 0013 8000", "+8613800138000", "138****8000", None])
    types, countries = pd.Series(["phone"] * 4), pd.Series(["CN"] * 4)
    first, second, masked, missing = people.hash_identifiers(types, values, countries)
    assert first == second == "phone_k1_e74cfd93e8ba04225cfb"
    assert pd.isna(masked) and pd.isna(missing)
    assert people.judge_identifiers(types, values, countries).fillna("").tolist() == [
        "", "", "masked", "",
    ]  # fmt: skip


def test_the_same_text_as_another_type_or_under_another_key_is_another_identifier():
    def hashed(kind: str, secret: bytes = SECRET, key_id: str = "k1") -> str:
        column = identifier_hashes(pd.Series([kind]), pd.Series(["77"]), secret, key_id, "group")
        return str(column[0]).rsplit("_", 1)[1]

    others = {hashed("member_no"), hashed("external_id"), hashed("member_no", SECRET[::-1])}
    assert len(others) == 3


def test_a_hash_is_followed_to_the_first_key_it_was_made_with():
    pairs = pd.DataFrame(
        [("k3_a", "k2_a"), ("k2_a", "k1_a"), ("k3_b", "k2_b"), ("k3_a", "k2_a"), ("k4_a", "k3_a")],
        columns=["node_key", "key_before"],
    )
    found = oldest_keys(pairs).set_index("node_key")["oldest_key"].to_dict()
    assert found == {"k2_a": "k1_a", "k3_a": "k1_a", "k4_a": "k1_a", "k3_b": "k2_b"}
