"""Bookings, shared homes and the office that passes for a guest."""

from collections import Counter
from datetime import date

from small_sample import Sample

from oracle.plain_files import read_rows


def test_a_table_that_was_kept_belongs_to_an_order_of_the_same_guest_and_day(sample: Sample):
    orders = {row["order_id"]: row for row in sample.rows("orders")}
    bookings = read_rows(sample.drop, "reservations")
    kept = [row for row in bookings if row["reservation_status"] == "seated"]
    assert len(kept) > 20 and len(bookings) > len(kept)
    for row in kept:
        order = orders[row["order_id"]]
        assert (row["customer_ref"], row["store_id"]) == (order["customer_ref"], order["store_id"])
        assert date.fromisoformat(row["booked_at"][:10]) <= order["business_date"]
        assert int(row["party_size"]) >= 4
    assert not any(row["order_id"] for row in bookings if row not in kept)


def test_homes_are_shared_by_pairs_of_persons(sample: Sample):
    guests = {row["customer_ref"]: row for row in read_rows(sample.drop, "customers")}
    homes = Counter(row["household_ref"] for row in guests.values() if row["household_ref"])
    assert homes and set(homes.values()) == {2}


def test_one_business_is_registered_as_a_consumer_and_tied_to_no_account(sample: Sample):
    truly = {row["customer_ref"] for row in sample.rows("customers")
             if row["customer_kind"] == "business"}  # fmt: skip
    guests = {row["customer_ref"]: row for row in read_rows(sample.drop, "customers")}
    (office,) = [ref for ref in truly if guests[ref]["customer_kind"] == "consumer"]
    assert not guests[office]["account_id"]
    assert guests[office]["email"].endswith("@lantern-printing.example.com")
    orders = [row for row in read_rows(sample.drop, "orders") if row["customer_ref"] == office]
    assert orders and not any(row["account_id"] for row in orders)
    described = {row["account_id"] for row in read_rows(sample.drop, "accounts")}
    assert len(described) == len(truly) - 1
