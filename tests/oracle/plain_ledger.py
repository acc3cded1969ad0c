"""A slow second ledger: plain dicts, whole numbers and one order at a time.

It is written from the domain page and from what readers are told about profit. It shares no code
with the models or the samples, so that the two can only agree by both being right.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from oracle.plain_books import WHOLE_ORDER, OrderKey, PlainBooks, Rows, newest
from oracle.plain_charges import Day, charges_of
from oracle.plain_ladder import Ladder, added, half_up, share_of
from oracle.plain_rules import RuleBook
from oracle.plain_terms import Terms

PROMOTIONS = ("discount", "coupon", "merchant_promo", "platform_promo", "loyalty_redemption")
TAKEN_BACK = ("refund", "chargeback")
PLATFORM_FEES = (
    "commission", "delivery", "processing", "insurance", "adjustment", "marketing",
)  # fmt: skip


class PlainLedger(PlainBooks):
    """What every line, order, customer-day and customer of the rows brought."""

    def __init__(self, rows: Rows, policy: Mapping[str, Any] | None = None) -> None:
        super().__init__(rows)
        self.terms = Terms(policy or {})
        self.rules = RuleBook(rows.get("cost_rules", ()), rows.get("recipe_costs", ()))
        self.firms = {row["account_id"]: row["customer_key"] for row in rows.get("customers", ())
                      if row["customer_kind"] == "business" and row.get("account_id")}  # fmt: skip
        self._climbed: dict[OrderKey, dict[int, Ladder]] = {}

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
        cost = "complaint_cost" if line.get("is_remake") else "food_cost"
        ladder = Ladder({cost: self.food_cost(key, line)})
        if not self.is_sold(key, line):
            return ladder
        ladder["gross"] = value = self.list_value(key, line)
        number = line["line_no"]
        ladder["refund"] = self.of_type(key, *TAKEN_BACK, line_no=number)
        if line.get("is_gift"):
            ladder["comp"] = value
            return ladder
        given = self.of_type(key, *PROMOTIONS, line_no=number)
        ladder["discount"] = (line.get("discount_minor") or 0) + given
        ladder["comp"] = self.of_type(key, "comp", line_no=number)
        return ladder

    def _share_out(self, key: OrderKey, lines: dict[int, Ladder]) -> None:
        """What was taken off the whole order falls on the lines by what they still are worth."""
        wide = Ladder(
            discount=self.of_type(key, *PROMOTIONS, line_no=WHOLE_ORDER),
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
            ladder["service_cost"] = self.terms.service_cost(order, self.line_count(key))
        ladder["channel_cost"] = self.channel_cost(key, ladder.net_sales)
        ladder["incentive_cost"] = self.incentive_cost(key)
        ladder["complaint_cost"] += self.of_type(key, "compensation")
        return ladder

    def line_count(self, key: OrderKey) -> int:
        """How many lines are on the check."""
        return sum(self.is_counted(key, line) for line in self.lines[key])

    def incentive_cost(self, key: OrderKey) -> int:
        """Points at what they are expected to cost; using them takes that cost back."""
        order, kinds = self.orders[key], ("earned", "corrected")
        earned = sum(row["points_milli"] for row in self.points[key] if row["event_kind"] in kinds)
        cost = self.terms.points_cost(earned, order["business_date"], order["currency_code"])
        return 0 if cost is None else cost - self.of_type(key, "loyalty_redemption")

    def _stated(self, key: OrderKey) -> Ladder:
        """An order without lines: its own stated sales, tax out, less what was taken off."""
        order, ladder = self.orders[key], Ladder()
        if self.is_paid(key):
            inside = order.get("tax_minor") if order.get("is_tax_included") else 0
            ladder["gross"] = (order.get("gross_minor") or 0) - (inside or 0)
        ladder["discount"] = self.of_type(key, *PROMOTIONS)
        ladder["comp"] = self.of_type(key, "comp")
        ladder["refund"] = self.of_type(key, *TAKEN_BACK)
        return ladder

    def packaging_cost(self, key: OrderKey) -> int:
        order = self.orders[key]
        per_order = self.rules.order_rule("packaging", "per_order", order)
        per_line = self.rules.order_rule("packaging", "per_line", order)
        return int(per_order + per_line * self.line_count(key))

    def channel_cost(self, key: OrderKey, net_sales: int) -> int:
        """What the platform really took, else its rule; and what it charged for errors, once."""
        told = [row["amount_minor"] for row in self.settlements[key]
                if row["fee_type"] == "error_charge"]  # fmt: skip
        charged = max(self.of_type(key, "error_charge"), sum(told))
        fees = (*PLATFORM_FEES, "merchant_promo")
        billed = [row for row in self.settlements[key] if row["fee_type"] in fees]
        if billed:
            taken = sum(row["amount_minor"] for row in billed if row["fee_type"] in PLATFORM_FEES)
            promos = sum(row["amount_minor"] for row in billed) - taken
            # A promotion that is in net sales already is not charged a second time.
            own = self.of_type(key, *PROMOTIONS)
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

    def customer_of(self, key: OrderKey) -> str | None:
        """Who an order is charged to: the account that pays it, else the guest."""
        order = self.orders[key]
        return self.firms.get(order.get("account_id"), order.get("customer_key"))

    def customer_days(self) -> dict[Day, Ladder]:
        """What each known customer brought, by day and currency, less what belongs to no order."""
        days: dict[Day, Ladder] = defaultdict(Ladder)
        for key, order in self.orders.items():
            if customer := self.customer_of(key):
                place = (customer, order["business_date"], order["currency_code"])
                days[place].update(self.order_ladder(key))
        for place, charges in self.charges().items():
            days[place].update(charges)
        return days

    def charges(self) -> dict[Day, Ladder]:
        """What belongs to a customer's day and to no order."""
        gifts = [row for key, rows in self.points.items() if key not in self.orders
                 for row in rows if row["event_kind"] in ("earned", "corrected")]  # fmt: skip
        return charges_of(
            self.terms,
            self.orders.values(),
            self.rows.get("customers", ()),
            newest(self.rows.get("invoices", ()), "invoice_id"),
            gifts,
            self.rows.get("contacts_made", ()),
        )

    def customers(self) -> dict[tuple[str, str], Ladder]:
        """What each known customer brought in all, by currency."""
        totals: dict[tuple[str, str], Ladder] = defaultdict(Ladder)
        for (customer, _, currency), ladder in self.customer_days().items():
            totals[customer, currency].update(ladder)
        return totals
