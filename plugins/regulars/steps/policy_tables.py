"""What the policy says, as the tables that models read beside the raw ones."""

from collections.abc import Iterable
from datetime import date, timedelta

import pyarrow as pa

from regulars.checks.schemas import raw_schema
from regulars.domain.records import fields_of
from regulars.engines import Warehouse
from regulars.policy import Policy
from regulars.steps.action_tables import policy_tables
from regulars.steps.board_tables import scenario_table
from regulars.steps.profit_tables import profit_tables
from regulars.steps.relationship_tables import GOAL_TABLE, goal_table
from regulars.steps.scorecard_tables import WEIGHT_TABLE, weight_table


def load_policy_tables(warehouse: Warehouse, policy: Policy, first: date, last: date) -> None:
    """Write stores, stated cost rules and the calendar, as the policy has them."""
    warehouse.load("ref_stores", _stores(policy))
    warehouse.load("ref_cost_rules", _cost_rules(policy))
    warehouse.load("ref_cost_scenarios", scenario_table(policy))
    warehouse.load(WEIGHT_TABLE, weight_table(policy.scorecard))
    warehouse.load(GOAL_TABLE, goal_table(policy.stages))
    for table, rows in (profit_tables(policy) | policy_tables(policy)).items():
        warehouse.load(table, rows)
    warehouse.load("ref_dates", _calendar(*_known_span(warehouse, first, last)))


def _known_span(warehouse: Warehouse, first: date, last: date) -> tuple[date, date]:
    """The days asked for and all that are in the calendar already: it only ever grows."""
    if not warehouse.has_table("ref_dates"):
        return first, last
    span = warehouse.query(
        "select min(calendar_date) as first, max(calendar_date) as last from ref_dates"
    ).to_pylist()[0]
    return min(first, span["first"]), max(last, span["last"])


def _stores(policy: Policy) -> pa.Table:
    names = ("store_id", "store_name", "brand", "city", "store_type", "time_zone", "cutoff",
             "currency_code")  # fmt: skip
    rows = [store.model_dump(include=set(names)) for store in policy.stores]
    return pa.Table.from_pylist(rows, pa.schema({name: pa.string() for name in names}))


def _cost_rules(policy: Policy) -> pa.Table:
    schema = pa.schema([raw_schema("cost_rules").field(name) for name in _rule_columns()])
    rows = [
        {**rule.model_dump(exclude={"note"}), "currency_code": policy.group.currency_code}
        for rule in policy.cost_rules
    ]
    return pa.Table.from_pylist(rows, schema)


def _rule_columns() -> Iterable[str]:
    return (field.stored_name for field in fields_of("cost_rules"))


def _calendar(first: date, last: date) -> pa.Table:
    start, stop = date(first.year, 1, 1), date(last.year, 12, 31)
    days = [start + timedelta(days=offset) for offset in range((stop - start).days + 1)]
    return pa.table(
        {
            "calendar_date": pa.array(days, pa.date32()),
            "year_number": [day.year for day in days],
            "quarter_number": [(day.month + 2) // 3 for day in days],
            "month_number": [day.month for day in days],
            "day_number": [day.day for day in days],
            "iso_week_number": [day.isocalendar().week for day in days],
            "iso_weekday": [day.isoweekday() for day in days],
            "month_starts_on": pa.array([day.replace(day=1) for day in days], pa.date32()),
            "is_weekend": [day.isoweekday() > 5 for day in days],
        }
    )
