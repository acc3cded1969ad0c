"""What waits for a person: how many exceptions, and how many rows they withhold."""

from collections.abc import Sequence
from datetime import date

from regulars.engines import Warehouse
from regulars.steps.exception_log import find_exceptions


def tell_open(warehouse: Warehouse, days: Sequence[date]) -> str:
    """What a person at the end of a run should know of exceptions; empty when all is routine."""
    count = len(find_exceptions(warehouse, days, "open"))
    if not count:
        return ""
    return (
        f"{count} exceptions are open, {count_withheld(warehouse, days)} rows are withheld. "
        f"Next: python -m regulars exceptions list ‖ {count} 项例外待批"
    )


def count_withheld(warehouse: Warehouse, days: Sequence[date]) -> int:
    """How many actions of these days wait for a person."""
    if not warehouse.has_table("act_released_actions"):
        return 0
    counts = warehouse.query(
        "select actions.business_date, count(*) - count(released.customer_key) as withheld"
        " from fct_actions as actions left join act_released_actions as released"
        " on actions.customer_key = released.customer_key"
        " and actions.business_date = released.business_date group by actions.business_date"
    ).to_pylist()
    return sum(int(row["withheld"]) for row in counts if row["business_date"] in days)


def count_held_by(warehouse: Warehouse) -> dict[str, int]:
    """How many actions each exception withholds as long as nobody approves it, by its key."""
    if not warehouse.has_table("act_withholdings"):
        return {}
    rows = warehouse.query(
        "select exception_key, count(*) as actions from act_withholdings"
        " group by exception_key order by exception_key"
    ).to_pylist()
    return {row["exception_key"]: int(row["actions"]) for row in rows}
