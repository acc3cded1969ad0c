"""pandas by somebody who knows it: the columns needed, `merge_asof`, no row in Python."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.scale.contestants import DECAY_DAYS, QUARTER_DAYS, READ, RESULT, TIERS, YEAR_DAYS


def run(folder: Path, day: date) -> pd.DataFrame:
    """The standing of every customer as of the day."""
    return place(features(customer_days(folder, day), day), day)


def customer_days(folder: Path, day: date) -> pd.DataFrame:
    """Profit by customer and day."""
    orders = order_margins(folder, day)
    owners = pd.read_parquet(folder / "guests.parquet").sort_values("guest_no")["customer_no"]
    orders["customer_no"] = owners.to_numpy()[orders["guest_no"].to_numpy()]
    return orders.groupby(["customer_no", "business_date"], as_index=False, sort=True)[
        "profit_minor"
    ].sum()


def order_margins(folder: Path, day: date) -> pd.DataFrame:
    """Net sales and profit by order."""
    lines = read_lines(folder, day)
    costs = _dated(pd.read_parquet(folder / "item_costs.parquet"))
    lines = pd.merge_asof(
        lines, costs, left_on="business_date", right_on="valid_from", by="item_no"
    )
    lines["food_cost_micro"] = lines["quantity"] * lines["unit_cost_micro"]
    lines["net_minor"] = lines["gross_minor"] - lines["discount_minor"]
    orders = lines.groupby("order_no", sort=False).agg(
        guest_no=("guest_no", "first"), channel_no=("channel_no", "first"),
        business_date=("business_date", "first"), net_minor=("net_minor", "sum"),
        food_cost_micro=("food_cost_micro", "sum"),
    )  # fmt: skip
    del lines
    fees = _dated(pd.read_parquet(folder / "channel_fees.parquet"))
    orders = pd.merge_asof(
        orders, fees, left_on="business_date", right_on="valid_from", by="channel_no"
    )
    orders["profit_minor"] = (
        orders["net_minor"] - orders["food_cost_micro"] // 1_000_000
        - orders["net_minor"] * orders["fee_bps"] // 10_000
    )  # fmt: skip
    return orders


def read_lines(folder: Path, day: date) -> pd.DataFrame:
    """The order lines up to the day, in the order of the days."""
    lines = pd.read_parquet(
        folder / "order_lines", columns=list(READ), filters=[("business_date", "<=", day)]
    )
    lines["business_date"] = pd.to_datetime(lines["business_date"]).astype("datetime64[s]")
    return lines


def features(days: pd.DataFrame, day: date) -> pd.DataFrame:
    """What the customer-days add up to; they come ordered by customer and day."""
    age = (pd.Timestamp(day) - days["business_date"]).dt.days
    gap = days["business_date"].diff().dt.days.where(
        days["customer_no"].eq(days["customer_no"].shift()), 0
    )  # fmt: skip
    profit = days["profit_minor"]
    days = days.assign(
        gap_days_square=(gap * gap).astype("int64"),
        quarter_profit_minor=profit.where(age < QUARTER_DAYS, 0),
        year_profit_minor=profit.where(age < YEAR_DAYS, 0),
        decayed_profit=profit * np.exp(-age / DECAY_DAYS),
    )
    return days.groupby("customer_no", sort=True).agg(
        visit_count=("business_date", "size"), first_visit_on=("business_date", "first"),
        last_visit_on=("business_date", "last"), gap_days_square=("gap_days_square", "sum"),
        quarter_profit_minor=("quarter_profit_minor", "sum"),
        year_profit_minor=("year_profit_minor", "sum"), decayed_profit=("decayed_profit", "sum"),
    ).reset_index()  # fmt: skip


def place(known: pd.DataFrame, day: date) -> pd.DataFrame:
    """Rank the customers by the profit of their year, and give each his tier."""
    order = np.lexsort((known["customer_no"], known["year_profit_minor"]))
    below = np.empty(len(known), dtype="int64")
    below[order] = np.arange(len(known))
    percentile = below * 10_000 // max(len(known) - 1, 1)
    silent = (pd.Timestamp(day) - known["last_visit_on"]).dt.days
    known_days = (known["last_visit_on"] - known["first_visit_on"]).dt.days
    waited = (silent * (known["visit_count"] - 1)).astype("float64")
    tiers = [(percentile >= door) & (known["year_profit_minor"] > 0) for door, _ in TIERS]
    placed = known.assign(
        silent_days=silent.astype("int64"), percentile_bps=percentile,
        overdue_ratio=(waited / known_days.where(known_days > 0)).fillna(0.0),
        tier=np.select(tiers, [name for _, name in TIERS], "lead"),
    )  # fmt: skip
    return placed[list(RESULT)]


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    starts = pd.to_datetime(table["valid_from"]).astype("datetime64[s]")
    return table.assign(valid_from=starts).drop(columns="valid_to").sort_values("valid_from")
