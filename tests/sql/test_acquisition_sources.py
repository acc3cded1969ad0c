"""What winning and keeping a customer cost, by source: three guests by hand."""

from datetime import timedelta
from typing import Any

import pytest
from kitchen import DAY, Kitchen

SOURCES = ("fct_acquisition_sources",)
Row = dict[str, Any]


def day(who: str, ago: int, **values: int) -> Row:
    blank = dict.fromkeys(("discount_minor", "comp_minor", "incentive_cost_minor",
                           "contact_cost_minor", "acquisition_cost_minor"), 0)  # fmt: skip
    return {"customer_key": who, "currency_code": "CNY", "visit_count": 1,
            "business_date": DAY - timedelta(days=ago), **blank, **values}  # fmt: skip


def measure(kitchen: Kitchen, *days: Row, **sources: str) -> dict[str, Row]:
    known = [{"customer_key": who, "acquisition_source": source} for who, source in sources.items()]
    kitchen.serve("fct_customer_days", *days).serve("int_customers", *known)
    kitchen.measure([DAY], *SOURCES)
    return {row["acquisition_source"]: row
            for row in kitchen.taste("select * from fct_acquisition_sources")}  # fmt: skip


def test_given_at_the_first_visit_is_winning_and_later_keeping(counter: Kitchen):
    found = measure(
        counter,
        day("c1", 120, discount_minor=600, acquisition_cost_minor=400),
        day("c1", 60, discount_minor=100), day("c1", 30, incentive_cost_minor=60),
        day("c2", 100, comp_minor=1000), day("c2", 5, visit_count=0, contact_cost_minor=40),
        day("c3", 50, discount_minor=300), c1="ads", c2="ads",
    )  # fmt: skip
    ads = found["ads"]
    assert (ads["new_customer_count"], ads["winning_cost_minor"]) == (2, 2000)
    assert ads["winning_per_customer_minor"] == 1000
    assert (ads["kept_customer_count"], ads["keeping_cost_minor"]) == (1, 200)
    assert (ads["is_measured"], ads["cost_multiple"]) == (True, pytest.approx(5.0))
    assert ads["data_day_count"] == 121
    stranger = found["unknown"]
    assert (stranger["new_customer_count"], stranger["is_measured"]) == (1, False)


def test_till_ninety_days_of_own_data_the_prior_holds_and_says_so(counter: Kitchen):
    days = (day("c1", 88, acquisition_cost_minor=900), day("c1", 3, discount_minor=300))
    young = measure(counter, *days)["unknown"]
    assert (young["is_measured"], young["cost_multiple"]) == (False, 5.0)
    assert young["winning_per_customer_minor"] == 900
    old = measure(counter, *days, day("c2", 89))["unknown"]
    # Two new guests for 900, one kept for 300.
    assert (old["is_measured"], old["cost_multiple"]) == (True, pytest.approx(450 / 300))


def test_while_nothing_is_booked_for_winning_the_prior_holds_however_old_the_data(
    counter: Kitchen,
):
    days = (day("c1", 200, discount_minor=90), day("c1", 3, discount_minor=300))
    found = measure(counter, *days)["unknown"]
    assert (found["is_measured"], found["cost_multiple"]) == (False, 5.0)
    booked = measure(counter, *days, day("c2", 9, acquisition_cost_minor=50), c2="ads")
    assert booked["unknown"]["is_measured"], "a walk-in may be free where others are not"


def test_a_guest_won_before_the_year_is_kept_and_not_won(counter: Kitchen):
    found = measure(counter, day("c1", 500, discount_minor=700), day("c1", 10, discount_minor=70))
    assert found["unknown"]["new_customer_count"] == 0
    assert (found["unknown"]["winning_cost_minor"], found["unknown"]["keeping_cost_minor"]) == (
        0,
        70,
    )
