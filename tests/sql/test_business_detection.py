"""Who is taken for a business, on which signs, how surely, and whose word is stronger."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from kitchen import DAY, Kitchen, OpenKitchen

WEEK = timedelta(days=7)
LAST = [DAY]


def lunches(kitchen: Kitchen, who: str, count: int = 5, **values: object) -> Kitchen:
    """Lunches on as many Mondays, the last of them today."""
    for number in range(count):
        on = DAY - number * WEEK
        kitchen.order(f"{who}{number}", on=on, customer_key=who, daypart="lunch", **values)
    return kitchen


def member(kitchen: Kitchen, who: str, kind: str = "consumer", **values: object) -> Kitchen:
    joined = {"joined_on": DAY - 90 * timedelta(days=1)}
    return kitchen.put("customers", customer_key=who, customer_kind=kind, **{**joined, **values})


def decide(kitchen: Kitchen, who: str, kind: str, on: date, until: date | None = None) -> Kitchen:
    return kitchen.put(
        "customer_overrides", override_id=f"v-{who}-{on}", override_kind="customer_kind",
        customer_key=who, customer_kind=kind, decided_on=on, valid_to=until,
    )  # fmt: skip


def judge(kitchen: Kitchen, dates: list[date] = LAST) -> Kitchen:
    return kitchen.cook(DAY - timedelta(days=90), DAY).judge(dates)


def kinds(kitchen: Kitchen, on: date = DAY) -> dict[str, tuple[str, str, float, str | None]]:
    rows = kitchen.taste(f"select * from int_customer_kinds where snapshot_date = date '{on}'")
    return {
        row["customer_key"]: (
            row["customer_kind"], row["kind_source"], row["kind_confidence_ratio"],
            row["business_signs"],
        )
        for row in rows
    }  # fmt: skip


def test_a_company_address_and_weekday_lunches_make_seventy_percent_and_no_business(kitchen):
    member(kitchen, "clerk", is_company_email=True)
    judge(lunches(kitchen, "clerk"))
    assert kinds(kitchen)["clerk"] == ("consumer", "stated", 0.7, "company_email+weekday_lunch")


def test_with_parties_of_six_on_top_it_is_a_business_whatever_the_form_said(kitchen):
    member(kitchen, "office", is_company_email=True)
    judge(lunches(kitchen, "office", covers=6))
    # 1 − 0.5 × 0.6 × 0.65
    assert kinds(kitchen)["office"] == (
        "business", "detected", 0.805, "company_email+weekday_lunch+party",
    )  # fmt: skip


def test_a_caterers_address_alone_reaches_the_threshold_and_is_over_it(kitchen):
    member(kitchen, "buyer", is_company_email=True)
    for number in range(5):
        channel = "catering" if number < 2 else "dine_in"
        kitchen.order(
            f"b{number}", on=DAY - number * WEEK, customer_key="buyer", channel=channel,
            daypart="dinner",
        )  # fmt: skip
    # Two of five orders are 40 %; 1 − 0.5 × 0.4 is the threshold itself.
    assert kinds(judge(kitchen))["buyer"] == (
        "business", "detected", 0.8, "catering+company_email",
    )  # fmt: skip


def test_four_orders_are_too_few_for_a_share(kitchen):
    judge(lunches(kitchen, "guest", count=4, channel="catering", covers=20))
    assert kinds(kitchen)["guest"] == ("consumer", "default", 0.0, None)


def test_lunch_on_saturday_is_no_sign(kitchen):
    for number in range(5):
        on = DAY - number * WEEK - timedelta(days=2)
        kitchen.order(f"s{number}", on=on, customer_key="guest", daypart="lunch")
    assert kinds(judge(kitchen))["guest"] == ("consumer", "default", 0.0, None)


def test_bookings_count_by_how_long_before_they_were_made(kitchen):
    for who, lead in (("planner", 3), ("hungry", 2)):
        for number in range(3):
            on = DAY - number * WEEK
            kitchen.put(
                "reservations", reservation_id=f"{who}{number}", store_id="S1", customer_key=who,
                reservation_status="seated", business_date=on,
                booked_local_at=datetime(on.year, on.month, on.day) - timedelta(days=lead),
            )  # fmt: skip
    judge(kitchen)
    assert kinds(kitchen)["planner"] == ("consumer", "default", 0.3, "lead_time")
    assert kinds(kitchen)["hungry"] == ("consumer", "default", 0.0, None)


def test_half_of_the_orders_billed_to_an_unknown_account_make_a_business(kitchen):
    for number in range(4):
        kitchen.order(f"h{number}", customer_key="half", account_id="A9" if number < 2 else None)
        kitchen.order(f"q{number}", customer_key="quarter", account_id="A9" if not number else None)
    judge(kitchen)
    assert kinds(kitchen)["half"] == ("business", "detected", 0.9, "account")
    assert kinds(kitchen)["quarter"] == ("consumer", "default", 0.0, None)


def test_an_accounts_own_customer_is_a_business_and_its_employee_stays_a_consumer(kitchen):
    kitchen.put("accounts", account_id="A1", account_key="a_A1", tax_id_hash="t1")
    member(kitchen, "clerk", account_id="A1")
    judge(kitchen.order("o1", customer_key="clerk"))
    # 1 − 0.1 × 0.15
    assert kinds(kitchen) == {
        "a_A1": ("business", "stated", 0.985, "account+invoice"),
        "clerk": ("consumer", "stated", 0.0, None),
    }


def test_an_invoice_speaks_from_the_day_it_was_issued(kitchen):
    kitchen.put("accounts", account_id="A1", account_key="a_A1")
    kitchen.put("invoices", invoice_id="V1", account_id="A1", issued_on=DAY, due_on=DAY)
    before = DAY - timedelta(days=1)
    judge(kitchen.order("o1", customer_key="guest"), [before, DAY])
    assert kinds(kitchen, before)["a_A1"][2:] == (0.9, "account")
    assert kinds(kitchen, DAY)["a_A1"][2:] == (0.985, "account+invoice")


def test_a_persons_decision_wins_and_ends_with_its_last_day(kitchen):
    member(kitchen, "office", "business")
    decide(kitchen, "office", "consumer", DAY - 2 * WEEK, until=DAY - WEEK)
    dates = [DAY - 3 * WEEK, DAY - 2 * WEEK, DAY - WEEK, DAY]
    judge(kitchen.order("o1", on=DAY - 4 * WEEK, customer_key="office"), dates)
    assert [kinds(kitchen, on)["office"][:2] for on in dates] == [
        ("business", "stated"), ("consumer", "override"), ("consumer", "override"),
        ("business", "stated"),
    ]  # fmt: skip


def test_of_two_decisions_the_later_one_counts_and_follows_the_person(kitchen):
    member(kitchen, "old_ref").stage()
    kitchen.map_identities(old_ref="whole")
    decide(kitchen, "old_ref", "household", DAY - WEEK)
    decide(kitchen, "whole", "business", DAY)
    judge(kitchen.order("o1", on=DAY - WEEK, customer_key="whole"))
    assert kinds(kitchen) == {"whole": ("business", "override", 0.0, None)}


def test_a_stated_household_is_never_made_a_business_by_signs(kitchen):
    member(kitchen, "family", "household", is_company_email=True)
    judge(lunches(kitchen, "family", covers=6, channel="catering"))
    kind, source, confidence, _ = kinds(kitchen)["family"]
    assert (kind, source) == ("household", "stated")
    assert confidence > 0.8


def test_what_came_later_changes_no_earlier_date(kitchen):
    before = DAY - WEEK
    lunches(kitchen, "office", count=6, channel="catering", covers=6)
    judge(kitchen, [before - WEEK, before, DAY])
    # Five orders by the Monday before, six today: 1 − 0.4 × 0.6 × 0.65.
    assert kinds(kitchen, before - WEEK)["office"] == ("consumer", "default", 0.0, None)
    assert kinds(kitchen, before)["office"] == (
        "business", "detected", 0.844, "catering+weekday_lunch+party",
    )  # fmt: skip


def test_the_weights_and_the_threshold_are_the_policys(open_kitchen: OpenKitchen):
    with open_kitchen(business={"confidence": 0.35, "party_weight": 0.36}) as strict:
        for number in range(5):
            strict.order(f"o{number}", on=DAY - number * WEEK, customer_key="crowd", covers=6,
                         daypart="dinner")  # fmt: skip
        assert kinds(judge(strict))["crowd"] == ("business", "detected", 0.36, "party")


@pytest.fixture
def published(kitchen: Kitchen) -> Iterator[Kitchen]:
    """Two of a household, a person with two profiles, and a booker, down to the dimension."""
    member(kitchen, "ann", household_key="h1", joined_on=date(2024, 1, 1))
    member(kitchen, "bob", household_key="h1", is_staff=True)
    member(kitchen, "old_ref", household_key="h2", joined_on=date(2023, 1, 1), language="zh")
    member(kitchen, "new_ref", "business", is_profiling_opt_out=True, language="en").stage()
    kitchen.map_identities(old_ref="whole", new_ref="whole")
    kitchen.put(
        "reservations", reservation_id="r1", store_id="S1", customer_key="booker",
        reservation_status="no_show", business_date=DAY,
    )  # fmt: skip
    judge(kitchen.order("o1", customer_key="ann"))
    yield kitchen.build("dim_customers_history", "dim_customers")


def test_a_household_is_two_persons_who_stay_two_customers(published: Kitchen):
    rows = {row["customer_key"]: row for row in published.taste("select * from dim_customers")}
    assert {who: (row["household_key"], row["household_size"]) for who, row in rows.items()} == {
        "ann": ("h1", 2), "bob": ("h1", 2), "whole": ("h2", 1), "booker": (None, None),
    }  # fmt: skip
    assert rows["ann"]["customer_kind"] == "consumer"


def test_profiles_of_one_person_speak_together_and_every_wish_counts(published: Kitchen):
    (whole,) = published.taste("select * from dim_customers where customer_key = 'whole'")
    assert (whole["language"], whole["known_since_on"]) == ("zh", date(2023, 1, 1))
    assert whole["is_profiling_opt_out"] is True
    assert (whole["customer_kind"], whole["kind_source"]) == ("business", "stated")


def test_who_booked_and_never_came_is_known_and_a_prospect(published: Kitchen):
    (booker,) = published.taste("select * from dim_customers where customer_key = 'booker'")
    assert (booker["segment"], booker["kind_source"]) == ("prospect", "default")
    assert booker["home_store_id"] == "S1"
