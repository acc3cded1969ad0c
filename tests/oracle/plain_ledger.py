"""A slow second ledger: plain dicts, whole numbers and one order at a time.

It is written from the domain reference alone and shares no code with the models or the samples,
so that the two can only agree by both being right. Rows are those of the canonical files with
their amounts in minor units, as they are stored; a row is a dict, a blank is None.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from oracle.plain_ladder import Ladder, Row, added, half_up, share_of
from oracle.plain_rules import RuleBook

PROMOTIONS = ("discount", "coupon", "merchant_promo", "platform_promo", "loyalty_redemption")
TAKEN_BACK = ("refund", "chargeback")
PLATFORM_FEES = ("commission", "delivery", "processing", "insurance", "adjustment")
WHOLE_ORDER = 0
OrderKey = tuple[str, str]
Rows = Mapping[str, Sequence[Row]]


def newest(rows: Iterable[Row], *key: str) -> list[dict[str, Any]]:
    """Each record once: its highest revision, of equals the one in the smallest file."""
    kept: dict[tuple[object, ...], Row] = {}
    for row in rows:
        place = tuple(row[name] for name in key)
        if place not in kept or _rank(row) < _rank(kept[place]):
            kept[place] = row
    return [dict(row) for row in kept.values()]


def _rank(row: Row) -> tuple[int, str, int]:
    file, number = row.get("source_file_sha256") or "", row.get("source_row") or 0
    return (-(row.get("revision") or 0), file, number)


class PlainLedger:
    """What every line, order, customer-day and customer of the rows brought."""

    def __init__(self, rows: Rows) -> None:
        orders = newest(rows.get("orders", ()), "store_id", "order_id")
        self.orders = {(row["store_id"], row["order_id"]): row for row in orders}
        self.lines = self._of_orders(rows, "order_lines", "line_no")
        self.payments = self._of_orders(rows, "payments", "payment_id")
        self.adjustments = self._of_orders(rows, "adjustments", "adjustment_id", free=True)
        self.settlements = self._of_orders(
            rows, "settlements", "platform", "settlement_id", free=True
        )
        self.liabilities = {
            row["item_id"]
            for row in newest(rows.get("items", ()), "item_id")
            if (row.get("revenue_kind") or "sale") != "sale"
        }
        self.rules = RuleBook(rows.get("cost_rules", ()), rows.get("recipe_costs", ()))
        self._climbed: dict[OrderKey, dict[int, Ladder]] = {}

    @staticmethod
    def _of_orders(
        rows: Rows, entity: str, *key: str, free: bool = False
    ) -> dict[OrderKey, list[dict[str, Any]]]:
        """The rows of an entity by their order; `free` ones are known without it."""
        place = ("store_id", *key) if free else ("store_id", "order_id", *key)
        grouped: dict[OrderKey, list[dict[str, Any]]] = defaultdict(list)
        for row in newest(rows.get(entity, ()), *place):
            grouped[row["store_id"], row["order_id"]].append(row)
        return grouped

    # What was sold

    def is_paid(self, key: OrderKey) -> bool:
        return bool(self.orders[key]["status"] == "paid")

    def is_counted(self, key: OrderKey, line: Row) -> bool:
        """Whether the line is on the check: paid, and not voided."""
        return self.is_paid(key) and not line.get("void_stage")

    def is_sold(self, key: OrderKey, line: Row) -> bool:
        """Whether the line is revenue: gift cards and stored value are a debt to the guest."""
        return self.is_counted(key, line) and line["item_id"] not in self.liabilities

    def is_made(self, key: OrderKey, line: Row) -> bool:
        """Whether the kitchen made it: also what was voided when it was ready."""
        cooked = self.is_counted(key, line) or line.get("void_stage") == "after_preparation"
        return cooked and line["item_id"] not in self.liabilities

    def list_value(self, key: OrderKey, line: Row) -> int:
        """The list price of the line without the tax that is in it."""
        inside = line.get("tax_minor") if self.orders[key].get("is_tax_included") else 0
        return int(line["gross_minor"] - (inside or 0))

    def of_type(
        self, key: OrderKey, *types: str, line_no: int | None = None, funder: str = ""
    ) -> int:
        """The adjustments of some types, of one line or of all, by who pays for them."""
        return sum(
            row["amount_minor"]
            for row in self.adjustments[key]
            if row["adjustment_type"] in types
            and funder in ("", row["funded_by"])
            and line_no in (None, self._aim(key, row))
        )

    def _aim(self, key: OrderKey, adjustment: Row) -> int:
        """The line an adjustment is about; one that names no line of the check is about all."""
        known = {line["line_no"] for line in self.lines[key]}
        line_no = adjustment.get("line_no")
        return line_no if line_no in known else WHOLE_ORDER

    # The ladder of a line

    def line_ladders(self, key: OrderKey) -> dict[int, Ladder]:
        """What every line brought before the costs that only the whole order has."""
        if key not in self._climbed:
            lines = sorted(self.lines[key], key=lambda line: line["line_no"])
            own = {line["line_no"]: self._own_ladder(key, line) for line in lines}
            self._share_out(key, own)
            self._climbed[key] = own
        return self._climbed[key]

    def _own_ladder(self, key: OrderKey, line: dict[str, Any]) -> Ladder:
        ladder = Ladder(food_cost=self.food_cost(key, line))
        if not self.is_sold(key, line):
            return ladder
        ladder["gross"] = value = self.list_value(key, line)
        number = line["line_no"]
        ladder["refund"] = self.of_type(key, *TAKEN_BACK, line_no=number)
        if line.get("is_gift"):
            ladder["comp"] = value
            return ladder
        given = self.of_type(key, *PROMOTIONS, line_no=number, funder="merchant")
        ladder["discount"] = (line.get("discount_minor") or 0) + given
        ladder["comp"] = self.of_type(key, "comp", line_no=number)
        return ladder

    def _share_out(self, key: OrderKey, lines: dict[int, Ladder]) -> None:
        """What was taken off the whole order falls on the lines by what they still are worth."""
        wide = Ladder(
            discount=self.of_type(key, *PROMOTIONS, line_no=WHOLE_ORDER, funder="merchant"),
            comp=self.of_type(key, "comp", line_no=WHOLE_ORDER),
            refund=self.of_type(key, *TAKEN_BACK, line_no=WHOLE_ORDER),
        )
        weights = [max(one["gross"] - one["discount"] - one["comp"], 0) for one in lines.values()]
        if not any(weights):
            weights = [1, *[0] * (len(lines) - 1)]
        before = 0
        for ladder, weight in zip(lines.values(), weights, strict=False):
            for name, total in wide.items():
                ladder[name] += share_of(total, weight, before, sum(weights))
            before += weight

    def food_cost(self, key: OrderKey, line: dict[str, Any]) -> int:
        """Recipe cost in force on the business date, else the food rule, else nothing known."""
        if not self.is_made(key, line):
            return 0
        order = self.orders[key]
        unit = self.rules.recipe_cost(line["item_id"], order)
        if unit is not None:
            return half_up(line["quantity_milli"] * unit, 1_000_000_000)
        rule = self.rules.food_rule(line, order)
        return half_up(self.list_value(key, line) * rule["rate_bps"], 10_000) if rule else 0

    # The ladder of an order

    def order_ladder(self, key: OrderKey) -> Ladder:
        """What the order brought, with every cost of selling it."""
        order = self.orders[key]
        ladder = added(self.line_ladders(key).values()) if self.lines[key] else self._stated(key)
        if self.is_paid(key):
            fees = ("service_charge_minor", "delivery_fee_minor", "packaging_fee_minor")
            ladder["fee_income"] = sum(order.get(fee) or 0 for fee in fees)
            ladder["packaging_cost"] = self.packaging_cost(key)
            ladder["payment_fee"] = sum(self._fee(key, paid) for paid in self.payments[key])
        ladder["channel_cost"] = self.channel_cost(key, ladder.net_sales)
        ladder["complaint_cost"] = self.of_type(key, "compensation")
        return ladder

    def _stated(self, key: OrderKey) -> Ladder:
        """An order without lines: its own stated sales, tax out, less what was taken off."""
        order, ladder = self.orders[key], Ladder()
        if self.is_paid(key):
            inside = order.get("tax_minor") if order.get("is_tax_included") else 0
            ladder["gross"] = (order.get("gross_minor") or 0) - (inside or 0)
        ladder["discount"] = self.of_type(key, *PROMOTIONS, funder="merchant")
        ladder["comp"] = self.of_type(key, "comp")
        ladder["refund"] = self.of_type(key, *TAKEN_BACK)
        return ladder

    def packaging_cost(self, key: OrderKey) -> int:
        order = self.orders[key]
        count = sum(self.is_counted(key, line) for line in self.lines[key])
        per_order = self.rules.order_rule("packaging", "per_order", order)
        per_line = self.rules.order_rule("packaging", "per_line", order)
        return int(per_order + per_line * count)

    def channel_cost(self, key: OrderKey, net_sales: int) -> int:
        """What the platform really took, else its rule; and what it charged for errors."""
        charged = self.of_type(key, "error_charge")
        fees = (*PLATFORM_FEES, "merchant_promo")
        billed = [row for row in self.settlements[key] if row["fee_type"] in fees]
        if billed:
            taken = sum(row["amount_minor"] for row in billed if row["fee_type"] in PLATFORM_FEES)
            promos = sum(row["amount_minor"] for row in billed) - taken
            # A promotion that is in net sales already is not charged a second time.
            own = self.of_type(key, *PROMOTIONS, funder="merchant")
            return int(charged + taken + max(promos - own, 0))
        if not self.is_paid(key):
            return charged
        rate = self.rules.order_rule("commission", "rate", self.orders[key])
        return charged + half_up(max(net_sales, 0) * rate, 10_000)

    def _fee(self, key: OrderKey, payment: dict[str, Any]) -> int:
        """The processor's own figure, else the rule of the tender; a platform settles by itself."""
        if payment.get("fee_minor") is not None:
            return int(payment["fee_minor"])
        if payment["tender"] == "platform":
            return 0
        tender, order = payment["tender"], self.orders[key]
        fixed = self.rules.order_rule("payment", "per_order", order, tender=tender)
        rate = self.rules.order_rule("payment", "rate", order, tender=tender)
        return fixed + half_up(payment["amount_minor"] * rate, 10_000)

    # Customers

    def customer_days(self) -> dict[tuple[str, date, str], Ladder]:
        """What each known customer brought, by day and currency."""
        days: dict[tuple[str, date, str], Ladder] = defaultdict(Ladder)
        for key, order in self.orders.items():
            if order.get("customer_key"):
                place = (order["customer_key"], order["business_date"], order["currency_code"])
                days[place].update(self.order_ladder(key))
        return days

    def customers(self) -> dict[tuple[str, str], Ladder]:
        """What each known customer brought in all, by currency."""
        totals: dict[tuple[str, str], Ladder] = defaultdict(Ladder)
        for (customer, _, currency), ladder in self.customer_days().items():
            totals[customer, currency].update(ladder)
        return totals
