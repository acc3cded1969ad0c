"""Polars by somebody who knows it: a lazy plan from the files, run by the streaming engine."""

from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.scale.contestants import DECAY_DAYS, QUARTER_DAYS, READ, RESULT, TIERS, YEAR_DAYS


def run(folder: Path, day: date) -> pl.DataFrame:
    """The standing of every customer as of the day."""
    days = customer_days(folder, day).collect(engine="streaming")
    return place(features(days.lazy(), day).collect(engine="streaming"))


def customer_days(folder: Path, day: date) -> pl.LazyFrame:
    """Profit by customer and day."""
    lines = (
        pl.scan_parquet(folder / "order_lines" / "*.parquet")
        .select(READ)
        .filter(pl.col("business_date") <= day)
    )
    costs = pl.scan_parquet(folder / "item_costs.parquet")
    fees = pl.scan_parquet(folder / "channel_fees.parquet")
    guests = pl.scan_parquet(folder / "guests.parquet")
    orders = (
        _in_force(lines.join(costs, on="item_no"))
        .group_by("order_no")
        .agg(
            pl.col("guest_no", "channel_no", "business_date").first(),
            net_minor=(pl.col("gross_minor") - pl.col("discount_minor")).sum(),
            food_cost_micro=(pl.col("quantity") * pl.col("unit_cost_micro")).sum(),
        )
    )
    profit = (
        pl.col("net_minor")
        - pl.col("food_cost_micro") // 1_000_000
        - pl.col("net_minor") * pl.col("fee_bps") // 10_000
    )
    return (
        _in_force(orders.join(fees, on="channel_no"))
        .join(guests, on="guest_no")
        .group_by("customer_no", "business_date")
        .agg(profit_minor=profit.sum())
    )


def features(days: pl.LazyFrame, day: date) -> pl.LazyFrame:
    """What the customer-days add up to."""
    age = (pl.lit(day) - pl.col("business_date")).dt.total_days()
    ordered = days.sort("customer_no", "business_date").with_columns(
        gap=(pl.col("business_date") - pl.col("business_date").shift()).dt.total_days(),
        same=pl.col("customer_no") == pl.col("customer_no").shift(),
        age=age,
    )
    gap = pl.when(pl.col("same")).then(pl.col("gap")).otherwise(0)
    profit = pl.col("profit_minor")
    return ordered.group_by("customer_no").agg(
        visit_count=pl.len(),
        first_visit_on=pl.col("business_date").min(),
        last_visit_on=pl.col("business_date").max(),
        gap_days_square=(gap * gap).sum(),
        quarter_profit_minor=pl.when(pl.col("age") < QUARTER_DAYS).then(profit).otherwise(0).sum(),
        year_profit_minor=pl.when(pl.col("age") < YEAR_DAYS).then(profit).otherwise(0).sum(),
        decayed_profit=(profit * (-pl.col("age") / DECAY_DAYS).exp()).sum(),
        silent_days=pl.col("age").min(),
    )


def place(known: pl.DataFrame) -> pl.DataFrame:
    """Rank the customers by the profit of their year, and give each his tier."""
    known_days = (pl.col("last_visit_on") - pl.col("first_visit_on")).dt.total_days()
    waited = (pl.col("silent_days") * (pl.col("visit_count").cast(pl.Int64) - 1)).cast(pl.Float64)
    others = max(known.height - 1, 1)
    tier = pl.when(pl.col("year_profit_minor") <= 0).then(pl.lit("lead"))
    for door, name in TIERS:
        tier = tier.when(pl.col("percentile_bps") >= door).then(pl.lit(name))
    return (
        known.sort("year_profit_minor", "customer_no")
        .with_row_index("below")
        .with_columns(
            percentile_bps=pl.col("below").cast(pl.Int64) * 10_000 // others,
            overdue_ratio=pl.when(known_days > 0).then(waited / known_days).otherwise(0.0),
        )
        .with_columns(tier=tier.otherwise(pl.lit("lead")))
        .sort("customer_no")
        .select(RESULT)
    )


def _in_force(joined: pl.LazyFrame) -> pl.LazyFrame:
    """The rows whose dated figure was in force on their day."""
    day = pl.col("business_date")
    return joined.filter((day >= pl.col("valid_from")) & (day < pl.col("valid_to")))
