"""Which days have to be built: those asked for, and those whose inputs have changed.

A day is stale when the fingerprint of everything it is built from differs from the one it was
built with. So a late order, a refund or a new recipe cost restates just the days it touches,
in whatever order the files arrive.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pyarrow as pa

from regulars.engines import Warehouse
from regulars.steps.raw_tables import BUILT_DAYS
from regulars.steps.runtime import fingerprint

_BRIDGE_DAYS = 7
_REFERENCES = ("items", "recipe_costs", "cost_rules")
Window = tuple[date, date]


def find_day_inputs(warehouse: Warehouse) -> dict[date, str]:
    """The fingerprint of every business date that has input, with the reference data it needs."""
    references = reference_fingerprint(warehouse)
    rows = warehouse.query("select business_date, fingerprint from int_day_inputs").to_pylist()
    return {row["business_date"]: fingerprint(row["fingerprint"], references) for row in rows}


def reference_fingerprint(warehouse: Warehouse) -> str:
    """What the reference data was made from: stores, stated rules, menu and cost files."""
    files = warehouse.query(
        "select entity, landed_file, corrected_file from raw_file_receipts"
        " order by entity, landed_file, corrected_file"
    ).to_pylist()
    menus = [tuple(row.values()) for row in files]
    stores = warehouse.query("select * from ref_stores order by store_id").to_pylist()
    rules = warehouse.query("select * from ref_cost_rules order by rule_id").to_pylist()
    return fingerprint([menu for menu in menus if menu[0] in _REFERENCES], stores, rules)


def find_built_days(warehouse: Warehouse) -> dict[date, str]:
    """The fingerprint each day was last built with."""
    rows = warehouse.query("select business_date, fingerprint from ops_built_days").to_pylist()
    return {row["business_date"]: row["fingerprint"] for row in rows}


def stale_days(inputs: Mapping[date, str], built: Mapping[date, str], window: Window) -> list[date]:
    """The days of the window, and every day up to its end or built before whose inputs changed."""
    first, last = window
    changed = {day for day in {*inputs, *built} if inputs.get(day, "") != built.get(day, "")}
    asked = {first + timedelta(days=offset) for offset in range((last - first).days + 1)}
    return sorted(day for day in changed | asked if day <= last or day in built)


def to_windows(days: Iterable[date], bridge_days: int = _BRIDGE_DAYS) -> list[Window]:
    """Days as few unbroken windows; a gap up to `bridge_days` is cheaper built than skipped."""
    windows: list[Window] = []
    for day in sorted(days):
        if windows and (day - windows[-1][1]).days <= bridge_days:
            windows[-1] = (windows[-1][0], day)
        else:
            windows.append((day, day))
    return windows


def record_built_days(
    warehouse: Warehouse, windows: Iterable[Window], inputs: Mapping[date, str]
) -> None:
    """Remember what the days of the windows were built from."""
    days = sorted(
        {
            first + timedelta(days=offset)
            for first, last in windows
            for offset in range((last - first).days + 1)
        }
    )
    rows = {"business_date": days, "fingerprint": [inputs.get(day, "") for day in days]}
    warehouse.load_slices("ops_built_days", pa.table(rows, BUILT_DAYS), "business_date")
