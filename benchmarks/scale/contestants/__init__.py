"""Those who work the same result out of the same order lines, each in its own way.

A contestant is a module with `run(folder, day)`: from the Parquet files of the generator to one
row per customer as of a day, in the columns of RESULT, ordered by customer. Polars, pandas and
lifetimes import nothing of the product, so that an environment of their own is enough.
"""

from datetime import date

RESULT = (
    "customer_no", "visit_count", "last_visit_on", "silent_days", "gap_days_square",
    "quarter_profit_minor", "year_profit_minor", "decayed_profit", "overdue_ratio",
    "percentile_bps", "tier",
)  # fmt: skip
READ = (
    "order_no", "business_date", "channel_no", "guest_no", "item_no", "quantity", "gross_minor",
    "discount_minor",
)  # fmt: skip
"""The columns of the order lines that the work needs."""
QUARTER_DAYS, YEAR_DAYS, DECAY_DAYS = 90, 365, 130.0
TIERS = ((9500, "platinum"), (8000, "gold"), (5000, "iron"))
"""From which percentile (basis points of a customer's rank) on a tier begins; below all: lead."""
Day = date
