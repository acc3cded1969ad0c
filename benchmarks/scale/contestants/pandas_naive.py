"""The notebook that people use today: merge all, filter, apply a function per customer."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.scale.contestants import RESULT


def run(folder: Path, day: date) -> pd.DataFrame:
    """The standing of every customer as of the day."""
    today = pd.Timestamp(day)
    lines = pd.read_parquet(folder / "order_lines")
    costs = pd.read_parquet(folder / "item_costs.parquet")
    fees = pd.read_parquet(folder / "channel_fees.parquet")
    guests = pd.read_parquet(folder / "guests.parquet")

    df = lines.merge(costs, on="item_no")
    df = df[(df["business_date"] >= df["valid_from"]) & (df["business_date"] < df["valid_to"])]
    df = df[df["business_date"] <= day]
    df["net"] = df["gross_minor"] - df["discount_minor"]
    df["cost"] = df["quantity"] * df["unit_cost_micro"]
    orders = (
        df.groupby(["order_no", "business_date", "guest_no", "channel_no"])[["net", "cost"]]
        .sum()
        .reset_index()
    )
    orders = orders.merge(fees, on="channel_no")
    orders = orders[
        (orders["business_date"] >= orders["valid_from"])
        & (orders["business_date"] < orders["valid_to"])
    ]
    orders = orders.merge(guests, on="guest_no")
    orders["profit"] = (
        orders["net"] - orders["cost"] // 1_000_000 - orders["net"] * orders["fee_bps"] // 10_000
    )
    days = orders.groupby(["customer_no", "business_date"])["profit"].sum().reset_index()
    days["business_date"] = pd.to_datetime(days["business_date"])

    def describe(visits: pd.DataFrame) -> pd.Series:
        visits = visits.sort_values("business_date")
        age = (today - visits["business_date"]).dt.days
        gaps = visits["business_date"].diff().dt.days.dropna()
        return pd.Series(
            {
                "visit_count": len(visits),
                "last_visit_on": visits["business_date"].iloc[-1],
                "silent_days": age.iloc[-1],
                "gap_days_square": int((gaps**2).sum()),
                "quarter_profit_minor": visits.loc[age < 90, "profit"].sum(),
                "year_profit_minor": visits.loc[age < 365, "profit"].sum(),
                "decayed_profit": (visits["profit"] * np.exp(-age / 130)).sum(),
                "overdue_ratio": age.iloc[-1] * len(gaps) / gaps.sum() if len(gaps) else 0.0,
            }
        )

    df = days.groupby("customer_no")[["business_date", "profit"]].apply(describe).reset_index()
    df = df.sort_values(["year_profit_minor", "customer_no"]).reset_index(drop=True)
    df["percentile_bps"] = df.index * 10_000 // max(len(df) - 1, 1)
    df["tier"] = df.apply(tier_of, axis=1)
    return df.sort_values("customer_no")[list(RESULT)]


def tier_of(row: pd.Series) -> str:
    """The tier of one customer."""
    if row["year_profit_minor"] <= 0 or row["percentile_bps"] < 5000:
        return "lead"
    if row["percentile_bps"] < 8000:
        return "iron"
    return "gold" if row["percentile_bps"] < 9500 else "platinum"
