"""Shopify's orders export: one row per line; the first row of an order has what is the order's."""

from collections.abc import Iterable, Iterator, Sequence

from regulars.domain.money import share_out
from regulars.sources.files import Finding, Reason
from regulars.sources.row_cells import Amounts
from regulars.sources.sheets import Outcome, OutOfScope, Record, Sheet
from regulars.sources.shopify import ShopifyLine, ShopifyOrder, ShopifySettings
from regulars.sources.whole_orders import Rows, read_groups


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Lines, orders, adjustments, payments, items, guests and their consents."""
    settings = ShopifySettings(**sheet.settings)
    amounts = Amounts(sheet.source.currency_code)
    orders: list[ShopifyOrder] = []

    def make(rows: Rows) -> Sequence[Outcome]:
        order = ShopifyOrder(rows, settings, sheet.source, amounts)
        if order.is_elsewhere:
            return [OutOfScope(row.number, "of a store that is not this source's") for row in rows]
        made = list(_make_order(order))
        orders.append(order)
        return made

    yield from read_groups(sheet.rows, ("order_id",), make)
    yield from _tell_guests(orders)
    yield from _name_items(orders)
    yield from _tell_untied(sheet, orders)


def _make_order(order: ShopifyOrder) -> Iterator[Record]:
    head, write = order.head, order.amounts.write
    order.amounts.check_currency(head, "currency")
    yield order.record(
        "orders",
        {
            "external_order_id": head["external_id"],
            "opened_at": order.created_at,
            "closed_at": order.closed_at,
            "channel": order.channel,
            "status": order.status,
            "customer_ref": order.guest,
            "gross_amount": write(sum(line.gross for line in order.lines)),
            "discount_amount": write(order.discount + sum(line.discount for line in order.lines)),
            "delivery_fee_amount": write(order.amount("shipping")),
            "tax_amount": write(order.amount("taxes")),
            "is_tax_included": str(order.settings.taxes_included).lower(),
            "total_amount": write(order.amount("total")),
            "currency_code": order.amounts.currency_code,
        },
        order.others,
    )
    for line, tax in zip(order.lines, _taxes_of(order), strict=True):
        yield _make_line(order, line, tax)
    yield from _make_adjustments(order)
    if order.status == "paid":
        yield order.record(
            "payments",
            {
                "payment_id": f"{head['order_id']}:1",
                "tender": order.tender,
                "amount": write(order.amount("total")),
                "paid_at": order.closed_at,
            },
        )
    yield from _make_identifiers(order)


def _make_line(order: ShopifyOrder, line: ShopifyLine, tax: int) -> Record:
    write = order.amounts.write
    return Record(
        "order_lines",
        line.row.number,
        {
            "order_id": order.head["order_id"],
            "store_id": order.store_id,
            "line_no": str(line.number),
            "item_id": line.item_id,
            "item_name": line.row["item"],
            "category": line.row["vendor"],
            "quantity": str(line.quantity),
            "gross_amount": write(line.gross),
            "discount_amount": write(line.discount),
            "tax_amount": write(tax) if order.settings.taxes_included else "",
        },
    )


def _taxes_of(order: ShopifyOrder) -> list[int]:
    """The tax inside the prices, shared over the lines; the export has it for the order only."""
    weights = [max(line.gross - line.discount, 0) for line in order.lines]
    return share_out(order.amount("taxes"), weights)


def _make_adjustments(order: ShopifyOrder) -> Iterator[Record]:
    """The order's own discount and what was given back: both only of what had been paid."""
    if order.status != "paid":
        return
    code = order.head["discount_code"]
    found = (
        ("coupon" if code else "discount", "discount", order.discount, code),
        ("refund", "refund", order.refund, ""),
    )
    for adjustment_type, name, minor, reason in found:
        if minor:
            yield order.record(
                "adjustments",
                {
                    "adjustment_id": f"{order.head['order_id']}:{name}",
                    "adjustment_type": adjustment_type,
                    "funded_by": "merchant",
                    "amount": order.amounts.write(minor),
                    "adjusted_at": order.closed_at,
                    "reason": reason,
                    "currency_code": order.amounts.currency_code,
                },
            )


def _make_identifiers(order: ShopifyOrder) -> Iterator[Record]:
    for kind, value in (("email", order.email), ("phone", order.phone)):
        if value:
            values = {"identifier_type": kind, "identifier_value": value}
            yield order.record("order_identifiers", values)


def _tell_guests(orders: Iterable[ShopifyOrder]) -> Iterator[Record]:
    """Each guest once, as the first order names him, and what each order says he accepts."""
    known: set[str] = set()
    told: set[tuple[str, str]] = set()
    for order in orders:
        row = order.head
        if order.guest and order.guest not in known:
            known.add(order.guest)
            contact = {"phone": order.phone, "email": order.email}
            values = {"customer_ref": order.guest, "customer_kind": "consumer", **contact}
            yield Record("customers", row.number, {**values, "display_name": row["billing_name"]})
        at = order.created_at
        if order.email and row["accepts_marketing"] and (order.guest, at) not in told:
            told.add((order.guest, at))
            is_granted = row["accepts_marketing"].casefold() in ("yes", "true")
            yield Record(
                "consents",
                row.number,
                {
                    "customer_ref": order.guest,
                    "contact_channel": "email",
                    "consent_status": "granted" if is_granted else "denied",
                    "consented_at": at,
                    "consent_source": "shopify",
                },
            )


def _name_items(orders: Iterable[ShopifyOrder]) -> Iterator[Record]:
    """Each item once, under the name of the first order that has it."""
    known: set[str] = set()
    for line in (line for order in orders for line in order.lines):
        if line.item_id not in known:
            known.add(line.item_id)
            kind = "gift_card" if line.is_gift_card else "sale"
            values = {"item_id": line.item_id, "item_name": line.row["item"]}
            values |= {"category": line.row["vendor"], "revenue_kind": kind}
            yield Record("items", line.row.number, values)


def _tell_untied(sheet: Sheet, orders: Iterable[ShopifyOrder]) -> Iterator[Finding]:
    untied = [order for order in orders if order.explained != order.amount("total")]
    if untied:
        message = (
            f"{sheet.file}: the parts of {len(untied)} orders are not their total (first row "
            f"{untied[0].head.number}); the difference is kept with the order"
        )
        yield Finding(Reason.AMOUNTS_DIFFER, message)
