"""What people read of a customer's habits, worked out by hand."""

from typing import Any

from diary import VALUES, day_of, rows_of
from kitchen import DAY, Kitchen

HABITS = (*VALUES, "snap_customer_moods", "snap_peer_cells", "snap_customer_habits")
NOTHING = {"dine_in_order_count": 0, "takeaway_order_count": 0, "catering_order_count": 0,
           "lunch_order_count": 0, "dinner_order_count": 0, "late_order_count": 0,
           "refunded_order_count": 0, "refund_minor": 0, "covers": 0, "party_count": 0,
           "contact_count": 0, "used_offer_count": 0, "service_minutes_milli": 0}  # fmt: skip


def _habits(kitchen: Kitchen, *days: dict[str, Any]) -> dict[str, Any]:
    kitchen.serve("snap_customer_peers").serve("fct_customer_days", *days).measure([DAY], *HABITS)
    return rows_of(kitchen, "snap_customer_habits")["c1"]


def test_two_visits_of_three_orders_tell_how_a_customer_buys(counter: Kitchen):
    row = _habits(
        counter,
        day_of("c1", 10, 2000, **NOTHING | {
            "order_count": 2, "dine_in_order_count": 1, "takeaway_order_count": 1,
            "dinner_order_count": 2, "covers": 3, "party_count": 1, "net_sales_minor": 9000,
            "service_minutes_milli": 21_000, "discounted_order_count": 1, "used_offer_count": 1}),
        day_of("c1", 4, 1000, **NOTHING | {
            "platform_order_count": 1, "lunch_order_count": 1, "net_sales_minor": 3001,
            "service_minutes_milli": 4000, "refunded_order_count": 1, "refund_minor": 250}),
        day_of("c1", 2, -30, **NOTHING | {
            "visit_count": 0, "order_count": 0, "net_sales_minor": 0, "contact_count": 1}),
    )  # fmt: skip
    shares = [row[f"{where}_ratio"] for where in ("dine_in", "takeaway", "platform", "catering")]
    assert [round(share, 6) for share in shares] == [0.333333, 0.333333, 0.333333, 0]
    assert (row["daypart"], row["party_size"]) == ("dinner", 3)
    assert row["ticket_minor"] == 12_001 // 3
    assert row["visit_minutes_milli"] == 25_000 // 2
    assert (row["contact_count"], row["used_offer_count"]) == (1, 1)
    assert (row["refund_minor"], round(row["refund_ratio"], 6)) == (250, 0.333333)
    assert round(row["discounted_order_ratio"], 6) == 0.333333
    assert (row["curve_visit_count"], row["silent_days"]) == (2, 5)
    # Own gap of six days; nobody else is there to borrow from.
    assert row["expected_gap_days"] == 6


def test_who_did_not_come_for_a_year_has_habits_of_nothing_and_no_blank_number(counter: Kitchen):
    row = _habits(counter, day_of("c1", 500, 2000, **NOTHING))
    blank = {name for name, value in row.items() if value is None}
    assert blank == {"party_size", "satisfaction_milli"}
    assert (row["curve_visit_count"], row["ticket_minor"], row["daypart"]) == (0, 0, "mixed")
