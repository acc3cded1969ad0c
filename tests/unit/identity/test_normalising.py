"""Identifiers: one spelling for everybody, and what identifies nobody."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.domain.fields import IDENTIFIERS
from regulars.domain.identifiers import Unusable
from regulars.identity.normalising import NormalisingRules, normalise, normalise_one

RULES = NormalisingRules(("+86170", "+86184"), frozenset({"info", "no-reply"}))


def read(kind: str, text: str, country: str = "CN") -> tuple[str | None, str | None]:
    return normalise_one(kind, text, country, RULES)


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("13800138000", "CN"), (" 138 0013 8000 ", "CN"), ("138-0013-8000", "CN"),
        ("+86 138 0013 8000", ""), ("0086 13800138000", "CN"), ("１３８００１３８０００", "CN"),
        ("+8613800138000", "US"), ("(+86) 138.0013.8000", "CN"),
    ],
)  # fmt: skip
def test_a_phone_has_one_spelling_however_it_is_written(written: str, country: str):
    assert read("phone", written, country) == ("+8613800138000", None)


def test_a_phone_without_prefix_is_read_in_the_country_of_its_row():
    assert read("phone", "(212) 555-0123", "US") == ("+12125550123", None)
    assert read("phone", "030/901820", "DE") == ("+4930901820", None)
    assert read("phone", "13800138000", "") == (None, Unusable.NOT_A_PHONE)


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("phone", "138****8000", "masked"),
        ("phone", "138＊＊＊＊8000", "masked"),
        ("phone", "138xxxx8000", "masked"),
        ("phone", "13800138000,1234", "extension"),
        ("phone", "13800138000转1234", "extension"),
        ("phone", "13800138000_1234", "extension"),
        ("phone", "13800138000#1234", "extension"),
        ("phone", "+44 7911 123456 ext. 12", "extension"),
        ("phone", "400-820-1234", "nobodys_number"),
        ("phone", "17012345678", "virtual_number"),
        ("phone", "+86 184 1234 5678", "virtual_number"),
        ("phone", "12345", "not_a_phone"),
        ("phone", "Ann", "not_a_phone"),
        ("phone", "13800000000", "placeholder"),
        ("phone", "0000000", "placeholder"),
        ("phone", "11111111111", "placeholder"),
        ("email", "info@example.org", "shared_mailbox"),
        ("email", "No-Reply+orders@example.org", "shared_mailbox"),
        ("email", "a**@example.org", "masked"),
        ("email", "none@example.org", "placeholder"),
        ("email", "ann at example", "not_an_email"),
        ("email", "ann@localhost", "not_an_email"),
        ("card_token", "4242", "card_suffix"),
        ("card_token", "**** 4242", "card_suffix"),
        ("card_token", "424242", "card_suffix"),
        ("member_no", "N/A", "placeholder"),
        ("member_no", "Anonymous", "placeholder"),
        ("member_no", "散客", "placeholder"),
        ("member_no", "0", "placeholder"),
        ("wechat_openid", "null", "placeholder"),
    ],
)
def test_what_is_nobodys_own_has_no_spelling_and_a_reason(kind: str, text: str, why: str):
    assert read(kind, text) == (None, why)


def test_toll_free_and_premium_numbers_are_nobodys():
    assert read("phone", "1-800-356-9377", "US") == (None, Unusable.NOBODYS_NUMBER)
    assert read("phone", "0900 1234567", "DE") == (None, Unusable.NOBODYS_NUMBER)


def test_an_address_is_lower_case_and_its_tag_stays():
    assert read("email", " Ann.Lee+Food@Example.ORG ") == ("ann.lee+food@example.org", None)


def test_member_numbers_and_openids_keep_their_case():
    assert read("member_no", " Ab1 ") == ("Ab1", None)
    assert read("wechat_openid", "oSampleX1") == ("oSampleX1", None)
    assert read("member_no", "7") == ("7", None)


def test_a_tax_id_is_the_same_with_and_without_spaces():
    assert read("tax_id", "9131 0000-ma1k") == ("91310000MA1K", None)


def test_a_token_longer_than_six_digits_is_a_card():
    assert read("card_token", "4242424") == ("4242424", None)


def test_a_column_is_read_like_its_cells_and_keeps_its_index():
    types = pd.Series(["phone", "email", "phone", "phone"], index=[3, 5, 7, 9])
    values = pd.Series(["13800138000", None, "138****8000", "2125550123"], index=types.index)
    countries = pd.Series(["CN", "CN", None, "US"], index=types.index)
    read_column = normalise(types, values, countries, RULES)
    assert list(read_column.index) == [3, 5, 7, 9]
    assert read_column["value"].fillna("").tolist() == ["+8613800138000", "", "", "+12125550123"]
    assert read_column["why"].fillna("").tolist() == ["", "", "masked", ""]


@given(st.sampled_from(IDENTIFIERS), st.text(max_size=20), st.sampled_from(["CN", "US", ""]))
def test_every_text_is_either_read_or_refused_and_reading_twice_changes_nothing(
    kind: str, text: str, country: str
):
    value, why = read(kind, text, country)
    assert (value is None) == (why is not None)
    if value is not None:
        assert read(kind, value, country) == (value, None)
