"""The undated reference files as text: items, recipe costs and cost rules."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from regulars.domain.records import fields_of
from regulars.samples.menu import DISHES, ITEM_IDS, STORES, has_own_cost, unit_costs
from regulars.samples.rules import Rule, change_day, list_rules
from regulars.samples.size import SampleSize
from regulars.samples.spelling import micro_text, money_text, rate_text
from regulars.samples.till_rows import CURRENCY


def spell_items() -> Any:
    """The menu, gift cards and stored value included."""
    return _table(
        "items",
        [
            {
                "item_id": item_id,
                "item_name": dish.name,
                "category": dish.category,
                "revenue_kind": dish.revenue_kind,
            }
            for item_id, dish in zip(ITEM_IDS, DISHES, strict=True)
        ],
    )


def spell_recipe_costs(size: SampleSize) -> Any:
    """Two periods per dish; a store with its own cost has its own two rows."""
    change = size.first_day + timedelta(days=change_day(size))
    since = size.first_day - timedelta(days=365)
    periods = ((since, change - timedelta(days=1)), (change, None))
    costs, rows = unit_costs(), []
    for item, dish in enumerate(DISHES):
        own = [store for store in range(len(STORES)) if has_own_cost(dish, store)]
        for store_id, store in [("", 0), *((STORES[store], store) for store in own)]:
            for period, (first, last) in enumerate(periods):
                unit = int(costs[item, store, period])
                rows.append(_recipe_cost(ITEM_IDS[item], store_id, unit, first, last))
    return _table("recipe_costs", [row for row in rows if row["unit_cost"] != "0.0000"])


def _recipe_cost(
    item_id: str, store_id: str, unit: int, first: date, last: date | None
) -> dict[str, str]:
    return {
        "item_id": item_id,
        "unit_cost": micro_text(unit),
        "valid_from": first.isoformat(),
        "valid_to": last.isoformat() if last else "",
        "store_id": store_id,
        "currency_code": CURRENCY,
    }


def spell_cost_rules(size: SampleSize) -> Any:
    """Packaging, commission and payment rules."""
    rules = enumerate(list_rules(size), start=1)
    return _table("cost_rules", [_cost_rule(number, rule) for number, rule in rules])


def _cost_rule(number: int, rule: Rule) -> dict[str, str]:
    is_rate = rule.basis == "rate"
    return {
        "rule_id": f"R{number:02d}",
        "component": rule.component,
        "basis": rule.basis,
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else "",
        "rate": rate_text(rule.value) if is_rate else "",
        "amount": "" if is_rate else money_text(rule.value),
        "channel": rule.channel,
        "platform": rule.platform,
        "tender": rule.tender,
        "priority": "1",
        "currency_code": CURRENCY,
    }


def _table(entity: str, rows: list[dict[str, str]]) -> Any:
    names = [field.name for field in fields_of(entity)]
    return pa.table(
        {name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in names}
    )
