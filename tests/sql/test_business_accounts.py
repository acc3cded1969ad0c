"""Which customer an account is, who its head office is, and which orders it pays."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kitchen import Kitchen, OpenKitchen

PARENTS = st.lists(st.one_of(st.none(), st.integers(0, 11)), min_size=1, max_size=10)


def account(kitchen: Kitchen, account_id: str, **values: object) -> Kitchen:
    return kitchen.put("accounts", account_id=account_id, account_key=f"a_{account_id}", **values)


def profile(kitchen: Kitchen, key: str, account_id: str, kind: str, **values: object) -> Kitchen:
    return kitchen.put(
        "customers", customer_key=key, account_id=account_id, customer_kind=kind, **values
    )


def customers_of(kitchen: Kitchen) -> dict[str, str]:
    rows = kitchen.taste("select * from int_account_customers")
    return {row["account_id"]: row["customer_key"] for row in rows}


def roots_of(kitchen: Kitchen) -> dict[str, tuple[str, str | None]]:
    rows = kitchen.taste("select * from int_account_roots")
    return {row["account_id"]: (row["root_account_id"], row["parent_fault"]) for row in rows}


def paid_by(kitchen: Kitchen) -> dict[str, str]:
    rows = kitchen.taste("select * from int_order_accounts")
    return {row["order_key"]: row["customer_key"] for row in rows}


def test_an_account_is_its_business_profile_and_without_one_it_is_itself(kitchen):
    account(kitchen, "A1")
    account(kitchen, "A2")
    profile(kitchen, "office", "A1", "business")
    profile(kitchen, "clerk", "A2", "consumer").stage()
    assert customers_of(kitchen) == {"A1": "office", "A2": "a_A2"}


def test_of_two_profiles_of_an_account_the_one_that_joined_first_stands_for_it(kitchen):
    account(kitchen, "A1")
    profile(kitchen, "a_late", "A1", "business", joined_on=date(2024, 5, 1))
    profile(kitchen, "b_early", "A1", "business", joined_on=date(2023, 5, 1))
    profile(kitchen, "c_undated", "A1", "business").stage()
    assert customers_of(kitchen) == {"A1": "b_early"}


def test_a_profile_speaks_for_an_account_whose_own_file_has_not_come(kitchen):
    profile(kitchen, "office", "A7", "business").stage()
    (row,) = kitchen.taste("select * from int_account_customers")
    assert (row["account_id"], row["customer_key"]) == ("A7", "office")
    assert row["root_account_id"] == "A7"


def test_a_business_profile_that_was_merged_stands_under_the_persons_key(kitchen):
    account(kitchen, "A1")
    profile(kitchen, "old_ref", "A1", "business").stage()
    kitchen.map_identities(old_ref="whole").stage()
    assert customers_of(kitchen) == {"A1": "whole"}


def test_a_branch_of_a_branch_belongs_to_the_head_office(kitchen):
    account(kitchen, "head")
    account(kitchen, "region", parent_account_id="head")
    account(kitchen, "branch", parent_account_id="region").stage()
    assert {name: root for name, (root, _) in roots_of(kitchen).items()} == {
        "head": "head", "region": "head", "branch": "head",
    }  # fmt: skip
    keys = kitchen.taste("select account_id, root_customer_key from int_account_customers")
    assert {row["root_customer_key"] for row in keys} == {"a_head"}


def test_parents_in_a_circle_are_reported_and_each_stands_alone(kitchen):
    account(kitchen, "A", parent_account_id="B")
    account(kitchen, "B", parent_account_id="A")
    account(kitchen, "tail", parent_account_id="A").stage()
    assert roots_of(kitchen) == {
        "A": ("A", "endless"), "B": ("B", "endless"), "tail": ("tail", "endless"),
    }  # fmt: skip
    assert kitchen.inspect("audit_account_parents").failures == 3


def test_a_parent_nobody_has_heard_of_is_reported_and_its_own_parent_is_no_fault(kitchen):
    account(kitchen, "orphan", parent_account_id="nowhere")
    account(kitchen, "self", parent_account_id="self").stage()
    assert roots_of(kitchen) == {"orphan": ("orphan", "unknown"), "self": ("self", None)}
    assert kitchen.inspect("audit_account_parents").failures == 1


def test_a_chain_of_thirty_two_is_followed_and_a_longer_one_is_reported(kitchen):
    account(kitchen, "L0")
    for level in range(1, 34):
        account(kitchen, f"L{level}", parent_account_id=f"L{level - 1}")
    roots = roots_of(kitchen.stage())
    assert roots["L32"] == ("L0", None)
    assert roots["L33"] == ("L33", "endless")


@pytest.fixture(scope="module")
def office(open_kitchen: OpenKitchen):
    with open_kitchen() as opened:
        yield opened


@settings(deadline=None, max_examples=25)
@given(PARENTS)
def test_any_forest_of_accounts_gets_the_roots_that_walking_up_finds(office, parents):
    office.rows.clear()
    for number, parent in enumerate(parents):
        account(office, f"{number}", parent_account_id=None if parent is None else f"{parent}")
    office.stage()

    def walk(start: int) -> tuple[str, str | None]:
        here, seen = start, {start}
        while (up := parents[here]) is not None and up < len(parents) and up != here:
            if up in seen:
                return f"{start}", "endless"
            here = up
            seen.add(up)
        own = parents[start]
        return f"{here}", "unknown" if own is not None and own >= len(parents) else None

    assert roots_of(office) == {f"{number}": walk(number) for number in range(len(parents))}


def test_what_names_an_account_is_paid_by_it_whoever_ordered(kitchen):
    account(kitchen, "A1")
    profile(kitchen, "office", "A1", "business")
    profile(kitchen, "clerk", "A1", "consumer")
    kitchen.order("work", customer_key="clerk", account_id="A1")
    kitchen.order("private", customer_key="clerk")
    kitchen.order("nobody", account_id="A1").stage()
    assert paid_by(kitchen) == {"S1:work": "office", "S1:nobody": "office"}


def test_what_an_employee_signs_for_is_paid_by_the_company(kitchen):
    account(kitchen, "A1")
    profile(kitchen, "clerk", "A1", "consumer")
    for order_id, tender in (("signed", "house_account"), ("card", "card")):
        kitchen.order(order_id, customer_key="clerk")
        kitchen.put("payments", order_id=order_id, store_id="S1", payment_id="1", tender=tender)
    kitchen.order("stranger", customer_key="guest")
    kitchen.put(
        "payments", order_id="stranger", store_id="S1", payment_id="1", tender="house_account"
    )
    kitchen.stage()
    assert paid_by(kitchen) == {"S1:signed": "a_A1"}


def test_an_account_that_nobody_has_described_is_reported_and_pays_nothing(kitchen):
    kitchen.order("o1", customer_key="guest", account_id="A9").stage()
    assert paid_by(kitchen) == {}
    assert kitchen.inspect("audit_unknown_accounts").failures == 1
