"""Transaction logs: what any shop can give, one row per customer and day."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

_DAYS = """
select
    cast({customer} as text) as customer,
    cast({day} as date) as day,
    max(case when cast({visits} as bigint) > 0 then 1 else 0 end) as visits,
    sum(cast(floor(({value}) * 100 + 0.5) as bigint)) as value_minor,
    sum(cast(floor(({profit}) * 100 + 0.5) as bigint)) as profit_minor
from {table}
where {customer} is not null
group by 1, 2
order by 1, 2
"""


@dataclass(frozen=True)
class Log:
    """A shop's customer-days: `customer` (text), `day` (date), `visits` (0 or 1), and in whole
    hundredths `value_minor` (sales) and `profit_minor` (what is left of them; may be negative)."""

    name: str
    days: pd.DataFrame
    note: str = ""


def read_log(
    name: str,
    source: Path | pd.DataFrame,
    *,
    customer: str = "customer",
    day: str = "day",
    visits: str = "1",
    value: str = "value",
    profit: str = "",
    note: str = "",
) -> Log:
    """A log from a Parquet or CSV file, or a frame; columns are SQL expressions over its own.

    Rows of one customer and day are added up. Without `profit`, profit is the value.
    """
    with duckdb.connect() as workbench:
        if isinstance(source, pd.DataFrame):
            workbench.register("given", source)
            table = "given"
        else:
            reader = "read_parquet" if source.suffix == ".parquet" else "read_csv"
            table = f"{reader}('{source}')"
        query = _DAYS.format(
            customer=customer, day=day, visits=visits, value=value, profit=profit or value,
            table=table,
        )  # fmt: skip
        days = workbench.sql(query).df()
    days["day"] = pd.to_datetime(days["day"]).dt.as_unit("s")
    return Log(name, days, note)
