"""A slow second ledger: reads the files a person would read, adds up with Decimal and dicts.

It shares no code with the generator, so that the two can only agree by both being right.
"""

import csv
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pyarrow.parquet as pq

Row = dict[str, str]
CENT = Decimal("0.01")
PROMOTIONS = ("discount", "coupon", "merchant_promo", "loyalty_redemption")
COSTLY_FEES = ("commission", "delivery", "processing", "insurance", "adjustment")


def read_rows(drop: Path, entity: str) -> list[Row]:
    """All rows of an entity, as text, from every file that carries its name."""
    rows: list[Row] = []
    for path in sorted(drop.rglob(f"{entity}[._]*")):
        if path.suffix == ".parquet":
            rows += pq.read_table(path).to_pylist()
        elif not path.stem.removeprefix(entity)[1:2].isalpha():
            with path.open(encoding="utf-8", newline="") as lines:
                rows += csv.DictReader(lines)
    return rows


def is_sound(row: Row, amount: str, identifier: str) -> bool:
    known = row["store_id"] in ("S1", "S2", "S3") and row[identifier] != ""
    codes = (row.get(c) for c in ("channel", "tender", "adjustment_type", "fee_type"))
    return known and "O" not in row[amount] and "barter" not in codes


def read_latest(drop: Path, entity: str, amount: str, *key: str) -> list[Row]:
    """The sound rows, each once, in their highest revision."""
    latest: dict[tuple[str, ...], Row] = {}
    for row in read_rows(drop, entity):
        if is_sound(row, amount, key[-1]):
            place = tuple(row[name] for name in key)
            if place not in latest or int(row["revision"]) > int(latest[place]["revision"]):
                latest[place] = row
    return list(latest.values())


def money(text: str) -> Decimal:
    return Decimal(text or "0")


def half_up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def business_date(order: Row) -> str:
    closed = datetime.strptime(order["closed_at"], "%Y-%m-%d %H:%M")  # noqa: DTZ007
    return order["business_date"] or (closed - timedelta(hours=4)).date().isoformat()


def in_force(row: Row, day: str) -> bool:
    return row["valid_from"] <= day <= (row["valid_to"] or "9999")


class PlainLedger:
    """Every order's components in CNY, by order id."""

    def __init__(self, drop: Path) -> None:
        self.orders = {
            row["order_id"]: row for row in read_latest(drop, "orders", "total_amount", "order_id")
        }
        self.lines = self._group(
            read_latest(drop, "order_lines", "gross_amount", "line_no", "order_id")
        )
        self.payments = self._group(read_latest(drop, "payments", "amount", "payment_id"))
        self.adjustments = self._group(read_latest(drop, "adjustments", "amount", "adjustment_id"))
        self.settlements = self._group(
            read_latest(drop, "settlements", "amount", "platform", "settlement_id")
        )
        self.liabilities = {
            row["item_id"] for row in read_rows(drop, "items") if row["revenue_kind"] != "sale"
        }
        self.costs = read_rows(drop, "recipe_costs")
        self.rules = read_rows(drop, "cost_rules")

    @staticmethod
    def _group(rows: list[Row]) -> dict[str, list[Row]]:
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            grouped[row["order_id"]].append(row)
        return grouped

    def counted(self, order_id: str) -> list[Row]:
        return [row for row in self.lines[order_id] if row["void_stage"] == ""]

    def adjusted(self, order_id: str, *types: str, funder: str = "") -> Decimal:
        return sum(
            (
                money(row["amount"])
                for row in self.adjustments[order_id]
                if row["adjustment_type"] in types and funder in ("", row["funded_by"])
            ),
            Decimal(0),
        )

    def net_sales(self, order_id: str) -> Decimal:
        order = self.orders[order_id]
        if order["status"] != "paid":
            return Decimal(0)
        sales = Decimal(0)
        for row in self.counted(order_id):
            if row["is_gift"] != "true" and row["item_id"] not in self.liabilities:
                sales += money(row["gross_amount"]) - money(row["discount_amount"])
        sales -= self.adjusted(order_id, *PROMOTIONS, funder="merchant")
        sales -= self.adjusted(order_id, "comp", "refund", "chargeback")
        fees = ("service_charge_amount", "delivery_fee_amount", "packaging_fee_amount")
        return sales + sum(money(order[fee]) for fee in fees)

    def food(self, order_id: str) -> Decimal:
        order, total = self.orders[order_id], Decimal(0)
        day, is_paid = business_date(order), order["status"] == "paid"
        for row in self.lines[order_id]:
            is_cooked = row["void_stage"] == "after_preparation" or (
                is_paid and row["void_stage"] == ""
            )
            if is_cooked and row["item_id"] not in self.liabilities:
                unit = self.unit_cost(row["item_id"], order["store_id"], day)
                total += half_up(Decimal(row["quantity"]) * unit)
        return total

    def unit_cost(self, item_id: str, store_id: str, day: str) -> Decimal:
        valid = {
            row["store_id"]: Decimal(row["unit_cost"])
            for row in self.costs
            if row["item_id"] == item_id and in_force(row, day)
        }
        return valid.get(store_id, valid.get("", Decimal(0)))

    def rule(self, component: str, basis: str, day: str, **scope: str) -> Decimal:
        ((name, value),) = scope.items()
        for row in self.rules:
            is_meant = (row["component"], row["basis"], row[name]) == (component, basis, value)
            if is_meant and in_force(row, day):
                return Decimal(row["rate"] or row["amount"])
        return Decimal(0)

    def packaging(self, order_id: str) -> Decimal:
        order = self.orders[order_id]
        if order["status"] != "paid":
            return Decimal(0)
        day, channel = business_date(order), order["channel"]
        per_line = self.rule("packaging", "per_line", day, channel=channel)
        per_order = self.rule("packaging", "per_order", day, channel=channel)
        return per_order + per_line * len(self.counted(order_id))

    def channel(self, order_id: str) -> Decimal:
        order, billed = self.orders[order_id], self.settlements[order_id]
        cost = sum(money(r["amount"]) for r in billed if r["fee_type"] in COSTLY_FEES)
        if order["channel"] == "delivery_platform" and not billed:
            day = business_date(order)
            rate = self.rule("commission", "rate", day, platform=order["platform"])
            cost = half_up(rate * max(self.net_sales(order_id), Decimal(0)))
        return cost + self.adjusted(order_id, "error_charge")

    def payment_fee(self, order_id: str) -> Decimal:
        day, total = business_date(self.orders[order_id]), Decimal(0)
        for row in self.payments[order_id]:
            rate = self.rule("payment", "rate", day, tender=row["tender"])
            by_rule = half_up(rate * money(row["amount"]))
            total += money(row["fee_amount"]) if row["fee_amount"] else by_rule
        return total

    def service(self, order_id: str) -> Decimal:
        order = self.orders[order_id]
        if order["status"] != "paid":
            return Decimal(0)
        covers = int(order["covers"] or 0) if order["channel"] == "dine_in" else 0
        minutes = 2 + 6 * covers + Decimal("1.5") * len(self.counted(order_id))
        return half_up(minutes * Decimal("0.90"))

    def components(self, order_id: str) -> dict[str, Decimal]:
        net_sales, food = self.net_sales(order_id), self.food(order_id)
        packaging, channel = self.packaging(order_id), self.channel(order_id)
        payment_fee, service = self.payment_fee(order_id), self.service(order_id)
        complaint = self.adjusted(order_id, "compensation")
        cm1 = net_sales - food - packaging
        cm2 = cm1 - channel - payment_fee
        return {
            "net_sales": net_sales, "food": food, "packaging": packaging, "channel": channel,
            "payment_fee": payment_fee, "cm1": cm1, "cm2": cm2, "service": service,
            "complaint": complaint, "true_profit": cm2 - service - complaint,
        }  # fmt: skip
