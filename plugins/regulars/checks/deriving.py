"""What follows from a typed row: its business date, its instant, and the figures to judge it by."""

from collections.abc import Callable

import pandas as pd

from regulars.checks.context import CheckContext
from regulars.checks.identifying import add_identifier_faults
from regulars.checks.parsing import Parsed
from regulars.domain.business_day import business_dates, parse_cutoff, utc_times, zone_of
from regulars.domain.fields import Kind
from regulars.domain.records import fields_of

EVENT_TIMES = {
    "orders": "closed_local_at",
    "payments": "paid_local_at",
    "adjustments": "adjusted_local_at",
    "feedback": "given_local_at",
    "leads": "created_local_at",
    "loyalty_events": "happened_local_at",
    "action_events": "happened_local_at",
    "reservations": "reserved_for_local_at",
}
FIRST_DAY = pd.Timestamp("2000-01-01")
_ADDED = (
    "gross_minor", "service_charge_minor", "delivery_fee_minor", "packaging_fee_minor",
    "tip_minor", "rounding_minor",
)  # fmt: skip


def settle_times(entity: str, parsed: Parsed) -> pd.DataFrame:
    """The typed rows with their business date and, for orders, `closed_at` in UTC.

    A business date the source gives wins; else it follows from the time of the event.
    """
    rows = parsed.rows.copy(deep=False)
    if entity not in EVENT_TIMES:
        return rows
    local = rows[EVENT_TIMES[entity]]
    derived = business_dates(local, parsed.clock.rules["cutoff"])
    given = rows.get("business_date")
    rows["business_date"] = derived if given is None else given.fillna(derived)
    if entity == "orders":
        instants = utc_times(local, parsed.clock.rules["time_zone"])
        rows["closed_at"] = rows["closed_at"].fillna(instants)
    return rows


def add_probes(entity: str, rows: pd.DataFrame, context: CheckContext) -> pd.DataFrame:
    """The rows with the figures the expectations look at; missing amounts count as nothing.

    `largest_amount_minor` and `largest_quantity_milli` are without sign, `days_from_2000`
    counts from 1 January 2000 to the business date.
    """
    probes = add_identifier_faults(entity, rows, context)
    for kind, name in (
        (Kind.MINOR, "largest_amount_minor"),
        (Kind.MILLI, "largest_quantity_milli"),
    ):
        if columns := [f.stored_name for f in fields_of(entity) if f.stored.kind is kind]:
            sizes = [rows[column].fillna(0).astype("int64").abs() for column in columns]
            probes[name] = pd.concat(sizes, axis=1).max(axis=1)
    if "business_date" in rows:
        probes["days_from_2000"] = (rows["business_date"] - FIRST_DAY).dt.days.astype("Int64")
    if {"store_id", "currency_code"} <= set(rows) and entity != "stores":
        expected = context.rules_of(rows["store_id"])["currency_code"]
        probes["is_store_currency"] = rows["store_id"].isna() | (rows["currency_code"] == expected)
    match entity:
        case "orders":
            probes["total_difference_minor"] = _total_difference(rows)
            ahead = rows["opened_local_at"] - rows["closed_local_at"]
            minutes = (ahead.dt.total_seconds() // 60).astype("Int64")
            probes["minutes_opened_after_closed"] = minutes
        case "cost_rules":
            given = rows["rate_bps"].where(rows["basis"] == "rate", rows["amount_minor"])
            probes["has_value"] = given.notna()
        case "stores":
            probes["has_known_zone"] = rows["time_zone"].map(lambda text: _accepts(zone_of, text))
            probes["has_known_cutoff"] = rows["cutoff"].map(
                lambda text: _accepts(parse_cutoff, text)
            )
    return probes


def _total_difference(orders: pd.DataFrame) -> pd.Series:
    """Order total minus what its parts add up to; nothing where no gross amount is given."""
    parts = orders[list(_ADDED)].fillna(0).sum(axis=1) - orders["discount_minor"].fillna(0)
    tax = orders["tax_minor"].fillna(0).mask(orders["is_tax_included"].fillna(False), 0)
    difference = orders["total_minor"] - (parts + tax)
    return difference.where(orders["gross_minor"].notna(), 0).fillna(0).astype("int64")


def _accepts(read: Callable[[str], object], text: object) -> bool:
    if not isinstance(text, str):
        return True
    try:
        read(text)
    except ValueError:
        return False
    return True
