"""`lifetimes`, the best known library for the value of customers: its summary of transactions.

It covers a part of the work only: from customers' orders to their first visit, last visit and mean
value. The orders are made ready before the clock starts. The package is from 2020 and is used as
it is; where it does not run any more, the benchmark says so.
"""

from datetime import date
from pathlib import Path

import pandas as pd
from lifetimes.utils import summary_data_from_transaction_data

from benchmarks.scale.contestants.pandas_careful import order_margins


def prepare(folder: Path, day: date) -> pd.DataFrame:
    """One row per order: customer, day, net sales in minor units."""
    orders = order_margins(folder, day)
    owners = pd.read_parquet(folder / "guests.parquet").set_index("guest_no")["customer_no"]
    orders["customer_no"] = orders["guest_no"].map(owners)
    return orders[["customer_no", "business_date", "net_minor"]]


def run(orders: pd.DataFrame, day: date) -> pd.DataFrame:
    """Per customer: repeat visits, days from first to last and to today, mean value."""
    summary = summary_data_from_transaction_data(
        orders, "customer_no", "business_date", "net_minor", observation_period_end=day
    )
    return summary.reset_index()
