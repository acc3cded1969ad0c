"""What the rows say before anything is worked out: newest records, by order, what was sold.

Rows are those of the canonical files with their amounts in minor units, as they are stored; a row
is a dict, a blank is None.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from oracle.plain_ladder import Row

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


class PlainBooks:
    """The rows, each record once, grouped by the order they are about."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        orders = newest(rows.get("orders", ()), "store_id", "order_id")
        self.orders = {(row["store_id"], row["order_id"]): row for row in orders}
        self.lines = self._of_closing(rows, "order_lines", "line_no")
        self.payments = self._of_closing(rows, "payments", "payment_id")
        self.adjustments = self._of_orders(rows, "adjustments", "adjustment_id", free=True)
        self.settlements = self._settlements(rows)
        self.points = self._of_orders(rows, "loyalty_events", "event_id", free=True)
        self.liabilities = {
            row["item_id"]
            for row in newest(rows.get("items", ()), "item_id")
            if (row.get("revenue_kind") or "sale") != "sale"
        }

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

    def _of_closing(
        self, rows: Rows, entity: str, *key: str
    ) -> dict[OrderKey, list[dict[str, Any]]]:
        """Rows of the newest closing of a check, if that brought any of its own; else all."""
        grouped = self._of_orders(rows, entity, *key)
        for order, mine in grouped.items():
            closing = (self.orders.get(order) or {}).get("revision") or 0
            newer = [row for row in mine if (row.get("revision") or 0) >= closing]
            grouped[order] = newer or mine
        return grouped

    def _settlements(self, rows: Rows) -> dict[OrderKey, list[dict[str, Any]]]:
        """Payout lines by order: by its number, else by the platform's own if only one has it."""
        platforms: dict[tuple[str, str, str], list[OrderKey]] = defaultdict(list)
        for key, order in self.orders.items():
            if order.get("platform") and order.get("external_order_id"):
                place = (order["store_id"], order["platform"], order["external_order_id"])
                platforms[place].append(key)
        matched: dict[OrderKey, list[dict[str, Any]]] = defaultdict(list)
        for row in newest(rows.get("settlements", ()), "store_id", "platform", "settlement_id"):
            key = (row["store_id"], row["order_id"])
            others = platforms[row["store_id"], row["platform"], row["order_id"]]
            if key in self.orders or len(others) == 1:
                matched[key if key in self.orders else others[0]].append(row)
        return matched

    # What was sold

    def is_paid(self, key: OrderKey) -> bool:
        return bool(self.orders[key]["status"] == "paid")

    def is_counted(self, key: OrderKey, line: Row) -> bool:
        """Whether the line is on the check: paid, and not voided."""
        return self.is_paid(key) and not line.get("void_stage")

    def is_sold(self, key: OrderKey, line: Row) -> bool:
        """Whether the line is revenue: a gift card is a debt to the guest, a remake is nothing."""
        is_sale = line["item_id"] not in self.liabilities and not line.get("is_remake")
        return self.is_counted(key, line) and is_sale

    def is_made(self, key: OrderKey, line: Row) -> bool:
        """Whether the kitchen made it: also what was voided when ready, never what came back."""
        cooked = self.is_counted(key, line) or line.get("void_stage") == "after_preparation"
        is_food = line["item_id"] not in self.liabilities and line["quantity_milli"] > 0
        return cooked and is_food

    def list_value(self, key: OrderKey, line: Row) -> int:
        """The list price of the line without the tax that is in it."""
        inside = line.get("tax_minor") if self.orders[key].get("is_tax_included") else 0
        return int(line["gross_minor"] - (inside or 0))

    def of_type(
        self, key: OrderKey, *types: str, line_no: int | None = None, funder: str = "merchant"
    ) -> int:
        """The adjustments of some types, of one line or of all, that somebody pays for."""
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
