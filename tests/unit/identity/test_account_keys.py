"""Account keys."""

import pandas as pd

from regulars.identity.keys import account_keys, customer_key

SECRET = b"a secret of the group, 32 bytes!"


def test_an_account_is_never_taken_for_a_customer_of_the_same_number() -> None:
    (key,) = account_keys(pd.Series(["C-1"]), SECRET, "k1", "group")
    assert key.startswith("a_k1_") and len(key) == len("a_k1_") + 20
    assert key.removeprefix("a_") != str(customer_key("C-1", SECRET, "k1", "group"))[2:]
