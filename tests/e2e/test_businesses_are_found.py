"""Who is a business, who lives together and what accounts paid, against what is true."""

from collections import Counter

import pytest
from chain_home import KEY, Home, Row
from group_sample import Sample

from regulars.identity.keys import customer_key


@pytest.fixture(scope="module")
def customers(complete: Home) -> dict[str, Row]:
    return {row["customer_key"]: row for row in complete.rows("select * from dim_customers")}


def test_every_customer_is_of_the_kind_he_truly_is(customers: dict[str, Row], sample: Sample):
    told = {
        customer_key(row["customer_ref"], KEY.encode(), "k1", "sample_group"): row["customer_kind"]
        for row in sample.told("customers")
    }
    assert {key: row["customer_kind"] for key, row in customers.items()} == told


def test_the_one_office_that_passed_for_a_guest_is_found_by_its_signs(
    customers: dict[str, Row],
):
    (office,) = [row for row in customers.values() if row["kind_source"] == "detected"]
    assert office["customer_kind"] == "business"
    assert office["kind_confidence_ratio"] >= 0.8
    assert office["business_signs"].startswith("catering+company_email")
    assert office["account_id"] is None


def test_a_home_is_shared_by_two_who_stay_two_customers(customers: dict[str, Row]):
    homes = Counter(row["household_key"] for row in customers.values() if row["household_key"])
    assert homes and set(homes.values()) == {2}
    assert all(row["household_size"] == 2 for row in customers.values() if row["household_key"])


def test_what_accounts_bought_is_what_the_orders_that_name_them_brought(complete: Home):
    (told,) = complete.rows(
        "select count(*) as orders, sum(net_sales_minor) as sales, sum(cm2_minor) as cm2"
        " from fct_orders where account_id is not null and is_paid"
    )
    (unpaid,) = complete.rows(
        "select coalesce(sum(net_sales_minor), 0) as sales, coalesce(sum(cm2_minor), 0) as cm2"
        " from fct_orders where account_id is not null and not is_paid"
    )
    (found,) = complete.rows(
        "select sum(order_count) as orders, sum(net_sales_minor) as sales, sum(cm2_minor) as cm2"
        " from fct_account_profits"
        " where snapshot_date = (select max(snapshot_date) from fct_account_profits)"
    )
    assert found["orders"] == told["orders"] > 20
    assert found["sales"] == told["sales"] + unpaid["sales"]
    assert found["cm2"] == told["cm2"] + unpaid["cm2"]
