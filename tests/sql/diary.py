"""Guests' diaries as customer-days: who came how many days ago, and what the day brought."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kitchen import DAY, Kitchen

Visits = Sequence[tuple[int, int]]
"""Days ago (0 is the snapshot's own day) and what the day brought, in fen."""
Diaries = Mapping[str, Visits]
PLACED = (
    "int_profiles", "int_bookings", "int_customers", "int_feedbacks", "snap_customer_features",
    "int_business_evidence", "int_business_confidences", "int_customer_kinds",
    "snap_customer_sums", "snap_cohort_members",
)  # fmt: skip
COHORTS = (
    *PLACED, "snap_visit_bounds", "snap_customer_measures", "snap_credibilities",
    "snap_cohort_means", "snap_cohorts",
)  # fmt: skip
VALUES = (*COHORTS, "snap_customer_beliefs", "snap_value_cuts", "snap_customer_values")


def day_of(who: str, ago: int, value: int, **values: Any) -> dict[str, Any]:
    """One customer-day of one order that brought `value` in every sense."""
    return {
        "customer_key": who, "currency_code": "CNY", "store_id": "S1", "visit_count": 1,
        "order_count": 1, "discounted_order_count": 0, "platform_order_count": 0,
        "account_order_count": 0, "busy_order_count": 0, "net_sales_minor": value,
        "cm2_minor": value, "cm3_minor": value, "true_profit_minor": value,
        "largest_order_profit_minor": value, "business_date": DAY - timedelta(days=ago), **values,
    }  # fmt: skip


def serve_diaries(kitchen: Kitchen, diaries: Diaries, **values: Any) -> Kitchen:
    """The diaries on the table of customer-days; everybody's main store is that of the last day."""
    days = [day_of(who, ago, value, **values)
            for who, visits in diaries.items() for ago, value in visits]  # fmt: skip
    return kitchen.serve("snap_customer_peers").serve("fct_customer_days", *days)


def rows_of(kitchen: Kitchen, table: str, on: date = DAY) -> dict[str, dict[str, Any]]:
    """The rows of a snapshot by customer."""
    found = kitchen.taste(f"select * from {table} where snapshot_date = date '{on}'")
    return {row["customer_key"]: row for row in found}
