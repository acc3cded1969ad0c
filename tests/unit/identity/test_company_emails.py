"""Company addresses and account keys."""

import pandas as pd

from regulars.identity.email_domains import company_emails
from regulars.identity.keys import account_keys, customer_key
from regulars.policy import BusinessPolicy

SECRET = b"a secret of the group, 32 bytes!"


def test_an_address_is_a_companys_unless_its_provider_is_everybodys() -> None:
    told = {
        "desk@tile-works.test": True, " Desk@Tile-Works.Test ": True, "ann@QQ.com": False,
        "ann@yahoo.co.jp": False, "ann@yahoo-tiles.test": True, "ann@example.com": False,
        "no address": False, "ann@localhost": False,
    }  # fmt: skip
    found = company_emails(pd.Series(list(told)), BusinessPolicy().public_mail)
    assert dict(zip(told, found, strict=True)) == told


def test_without_an_address_nothing_is_known_and_the_index_stays() -> None:
    column = pd.Series([None, "desk@tile-works.test"], index=[7, 3], dtype="str")
    found = company_emails(column, ())
    assert found.index.tolist() == [7, 3]
    assert pd.isna(found[7]) and found[3]


def test_an_account_is_never_taken_for_a_customer_of_the_same_number() -> None:
    (key,) = account_keys(pd.Series(["C-1"]), SECRET, "k1", "group")
    assert key.startswith("a_k1_") and len(key) == len("a_k1_") + 20
    assert key.removeprefix("a_") != str(customer_key("C-1", SECRET, "k1", "group"))[2:]


def test_a_file_in_which_nobody_has_an_address_says_nothing() -> None:
    nobody = pd.Series([None, None], dtype="str")
    assert company_emails(nobody, ("qq.com",)).isna().all()
