"""Customer pseudonyms."""

import hashlib

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.identity.keys import customer_key, customer_keys

SECRET = b"a secret of the group, 32 bytes!"


def hmac_sha256(secret: bytes, message: bytes) -> str:
    """RFC 2104 spelled out, for a secret of at most one block."""
    block = secret.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).hexdigest()


def test_the_pseudonym_is_the_keyed_hash_of_scope_and_reference() -> None:
    expected = "c_k1_" + hmac_sha256(SECRET, b"group\x1fM-1001")[:20]
    assert customer_key("M-1001", SECRET, "k1", "group") == expected
    assert expected == "c_k1_16e74481dca14a9039ea"


def test_spaces_around_a_reference_do_not_make_another_customer() -> None:
    assert customer_key(" M-1 ", SECRET, "k1", "g") == customer_key("M-1", SECRET, "k1", "g")


@pytest.mark.parametrize("ref", [None, "", "  "])
def test_nobody_has_no_pseudonym(ref: str | None) -> None:
    assert customer_key(ref, SECRET, "k1", "g") is None


def test_another_key_or_scope_gives_another_pseudonym() -> None:
    keys = {
        customer_key("M-1", SECRET, "k1", "g"),
        customer_key("M-1", SECRET, "k2", "g"),
        customer_key("M-1", SECRET, "k1", "h"),
        customer_key("M-1", SECRET[::-1], "k1", "g"),
    }
    assert len(keys) == 4


def test_scope_and_reference_cannot_run_into_each_other() -> None:
    assert customer_key("bc", SECRET, "k1", "a") != customer_key("c", SECRET, "k1", "ab")


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=6)), max_size=12))
def test_a_column_is_keyed_like_its_cells_and_keeps_its_index(refs: list[str | None]) -> None:
    column = pd.Series(refs, index=pd.RangeIndex(7, 7 + len(refs)), name="ref", dtype="str")
    keys = customer_keys(column, SECRET, "k1", "g")
    assert keys.index.equals(column.index) and keys.name == "ref"
    assert [None if pd.isna(key) else key for key in keys] == [
        customer_key(ref, SECRET, "k1", "g") for ref in refs
    ]


def test_no_reference_shows_through() -> None:
    keys = customer_keys(pd.Series(["13800138000", "13800138001"]), SECRET, "k1", "g")
    assert keys.str.fullmatch(r"c_k1_[0-9a-f]{20}").all()
    assert not keys.str.contains("138001380").any()


@pytest.mark.parametrize(("secret", "key_id"), [(b"short", "k1"), (SECRET, "K 1"), (SECRET, "")])
def test_a_bad_key_is_refused(secret: bytes, key_id: str) -> None:
    with pytest.raises(ValueError, match="identity key"):
        customer_key("M-1", secret, key_id, "g")
