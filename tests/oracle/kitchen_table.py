"""Serves a history to the models, and reads back what they say."""

from typing import Any

from oracle.plain_ladder import COMPONENTS, SUBTOTALS
from oracle.town_terms import FIRST, LAST, STORES, Row
from regulars.domain.records import RECORDS
from sql.kitchen import SHOP, Kitchen

SHOPS = [
    {**SHOP, "store_id": store, "store_name": store, "currency_code": currency}
    for store, currency in STORES.items()
]
COLUMNS = [f"{name}_minor" for name in (*COMPONENTS, *SUBTOTALS)]


def cook_history(kitchen: Kitchen, rows: dict[str, list[Row]]) -> Kitchen:
    """Build every table of the profit from the history alone."""
    kitchen.rows = {entity: list(rows.get(entity, ())) for entity in RECORDS}
    names = ("customer_key", "store_id", "contact_channel", "business_date")
    made = [{name: row[name] for name in names} for row in rows["contacts_made"]]
    return kitchen.stage().contacts(*made).cook(FIRST, LAST)


def ladders(kitchen: Kitchen, table: str, *key: str) -> dict[tuple[Any, ...], dict[str, int]]:
    """The ladder of every row of a table, by its key, as far as the table has it."""
    found = kitchen.taste(f"select * from {table}")
    return {
        tuple(row[name] for name in key): {name: row[name] for name in COLUMNS if name in row}
        for row in found
    }
