"""What the group says of itself: menu, costs, stores."""

from typing import Annotated

from regulars.domain.fields import (
    Amount,
    Channel,
    Count,
    Day,
    Exchange,
    Rate,
    Record,
    Tender,
    Text,
    UnitCost,
    codes,
)


class Item(Record):
    """Something on the menu. Only `sale` items are revenue; the rest is a liability."""

    entity = "items"
    key = ("item_id",)
    item_id: Text
    item_name: Text
    category: Text | None = None
    revenue_kind: Annotated[str, codes("sale", "gift_card", "stored_value")] | None = None


class RecipeCost(Record):
    """What one unit of an item costs to make, from a day to a day (both included)."""

    entity = "recipe_costs"
    key = ("item_id", "store_id", "valid_from", "currency_code")
    item_id: Text
    unit_cost: UnitCost
    valid_from: Day
    valid_to: Day | None = None
    store_id: Text | None = None
    currency_code: Text | None = None


class CostRule(Record):
    """A cost that is known by rule. Blank scope columns mean "any"; priority breaks ties."""

    entity = "cost_rules"
    key = ("rule_id",)
    rule_id: Text
    component: Annotated[str, codes("food", "packaging", "commission", "payment", "contact")]
    basis: Annotated[str, codes("rate", "per_order", "per_line")]
    valid_from: Day
    valid_to: Day | None = None
    rate: Rate | None = None
    amount: Amount | None = None
    store_id: Text | None = None
    channel: Channel | None = None
    platform: Text | None = None
    tender: Tender | None = None
    category: Text | None = None
    priority: Count | None = None
    currency_code: Text | None = None


class Store(Record):
    """A place that sells. Time zone and cut-off decide its business date."""

    entity = "stores"
    key = ("store_id",)
    store_id: Text
    store_name: Text
    time_zone: Text
    currency_code: Text
    cutoff: Text | None = None
    brand: Text | None = None
    city: Text | None = None
    country: Text | None = None
    opened_on: Day | None = None


class ExchangeRate(Record):
    """How much of `to_currency` one unit of `from_currency` is worth, from a day on.

    It holds until its last day or until a later one begins; a higher revision replaces it.
    """

    entity = "exchange_rates"
    key = ("from_currency", "to_currency", "valid_from")
    from_currency: Text
    to_currency: Text
    valid_from: Day
    rate: Exchange
    valid_to: Day | None = None
    revision: Count | None = None
