"""Costs known by rule: the one in force, then the higher priority, then the narrower scope.

A rate is a share and knows no currency; an amount is in one.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from oracle.plain_ladder import Row

SCOPES = ("store_id", "channel", "platform", "tender", "category")


def in_force(row: Row, day: date) -> bool:
    """Whether a dated row holds on a day; both ends are included."""
    return bool(row["valid_from"] <= day <= (row.get("valid_to") or date.max))


class RuleBook:
    """The cost rules and recipe costs of a group."""

    def __init__(self, rules: Iterable[Row], recipes: Iterable[Row]) -> None:
        self.rules = list(rules)
        self.recipes = list(recipes)

    def order_rule(self, component: str, basis: str, order: Row, **scope: Any) -> int:
        """Basis points of a rate, minor units of an amount; zero where no rule holds."""
        sale = {name: order.get(name) for name in ("store_id", "channel", "platform")} | scope
        rule = self._choose(
            (component, basis), sale, order["business_date"], order["currency_code"]
        )
        return int((rule["rate_bps"] if basis == "rate" else rule["amount_minor"]) if rule else 0)

    def food_rule(self, line: Row, order: Row) -> Row | None:
        """The food rate of an item without a recipe cost."""
        sale = {"store_id": order["store_id"], "category": line.get("category")}
        return self._choose(("food", "rate"), sale, order["business_date"], order["currency_code"])

    def recipe_cost(self, item_id: str, order: Row) -> int | None:
        """Millionths of a minor unit for one; the store's own recipe wins over the group's."""
        known = [
            row
            for row in self.recipes
            if row["item_id"] == item_id
            and row["currency_code"] == order["currency_code"]
            and row.get("store_id") in (None, "", order["store_id"])
            and in_force(row, order["business_date"])
        ]
        best = max(known, key=lambda r: (bool(r.get("store_id")), r["valid_from"]), default=None)
        return int(best["unit_cost_micro"]) if best else None

    def _choose(
        self, kind: tuple[str, str], sale: Mapping[str, Any], day: date, currency: str
    ) -> Row | None:
        fitting = [
            rule
            for rule in self.rules
            if (rule["component"], rule["basis"]) == kind
            and (rule["basis"] == "rate" or rule["currency_code"] == currency)
            and in_force(rule, day)
            and all(not rule.get(name) or rule[name] == sale.get(name) for name in SCOPES)
        ]
        return min(fitting, key=_precedence, default=None)


def _precedence(rule: Row) -> tuple[int, int, str]:
    narrow = sum(bool(rule.get(name)) for name in SCOPES)
    return (-(rule.get("priority") or 0), -narrow, rule["rule_id"])
