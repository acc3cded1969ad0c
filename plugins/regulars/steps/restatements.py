"""Numbers that changed: what days that were built before said of each store, and say now.

The run's business date is when. The same run again finds nothing left to change and keeps what
it found; a figure that a run changed twice keeps the first `before`, and one that came back to
what it was is no change.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import pyarrow as pa

from regulars.engines import Warehouse
from regulars.steps.days import Window
from regulars.steps.raw_tables import RESTATEMENTS

ORDER_COMPONENTS = (
    "gross", "discount", "comp", "refund", "fee_income", "net_sales", "food_cost",
    "packaging_cost", "channel_cost", "payment_fee", "incentive_cost", "service_cost",
    "complaint_cost", "true_profit",
)  # fmt: skip
Place = tuple[date, str, str, str]
Totals = dict[Place, int]


def store_totals(warehouse: Warehouse, windows: Sequence[Window], days: Iterable[date]) -> Totals:
    """What each store's orders come to on those of the days that lie in the windows."""
    if not warehouse.has_table("fct_orders"):
        return {}
    wanted = set(days)
    sums = ", ".join(
        f"cast(sum({name}_minor) as bigint) as {name}_minor" for name in ORDER_COMPONENTS
    )
    totals: Totals = {}
    for first, last in windows:
        rows = warehouse.query(
            f"select business_date, store_id, currency_code, {sums} from fct_orders"  # noqa: S608
            " where business_date >= :first and business_date <= :last"
            " group by business_date, store_id, currency_code",
            first=first,
            last=last,
        ).to_pylist()
        for row in rows:
            if row["business_date"] in wanted:
                place = (row["business_date"], row["store_id"], row["currency_code"])
                totals |= {(*place, name): row[f"{name}_minor"] for name in ORDER_COMPONENTS}
    return totals


def record_restatements(warehouse: Warehouse, on: date, before: Totals, after: Totals) -> int:
    """Remember what the run of a business date changed; returns how many figures it did."""
    rows = warehouse.query(
        "select business_date, store_id, currency_code, component, before_minor, after_minor"
        " from ops_restatements where restated_on = :day",
        day=on,
    ).to_pylist()
    known = {
        (row["business_date"], row["store_id"], row["currency_code"], row["component"]): (
            row["before_minor"],
            row["after_minor"],
        )
        for row in rows
    }
    changed = merge_changes(known, before, after)
    if changed == known:
        return 0
    others = warehouse.query(
        "select business_date, store_id, component, before_minor, after_minor, currency_code,"
        " restated_on from ops_restatements where restated_on <> :day"
        " order by restated_on, business_date, store_id, currency_code, component",
        day=on,
    ).cast(RESTATEMENTS)
    warehouse.load("ops_restatements", pa.concat_tables([others, _as_table(changed, on)]))
    return len(changed)


def merge_changes(
    known: dict[Place, tuple[int, int]], before: Totals, after: Totals
) -> dict[Place, tuple[int, int]]:
    """The changes of a run so far, with what differs now between before and after."""
    changes = dict(known)
    for place in sorted({*before, *after}):
        was, now = before.get(place, 0), after.get(place, 0)
        if was != now:
            changes[place] = (changes[place][0] if place in changes else was, now)
    return {place: pair for place, pair in changes.items() if pair[0] != pair[1]}


def _as_table(changes: dict[Place, tuple[int, int]], on: date) -> pa.Table:
    rows = [
        {
            "business_date": day, "store_id": store, "currency_code": currency,
            "component": component, "before_minor": was, "after_minor": now, "restated_on": on,
        }
        for (day, store, currency, component), (was, now) in sorted(changes.items())
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, RESTATEMENTS)
