"""From a sale of the six-brand group to its records: orders, lines, adjustments, and the rest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from regulars.domain.fields import Channel, Funder
from regulars.sources.batches import make_batch
from regulars.sources.files import Batch
from regulars.sources.item_text import ItemCount, name_item_id, share_amount

AMOUNTS = ("gross_amount", "packaging_fee_amount", "total_amount")


class DiscountRule(BaseModel):
    """Where one of the file's discounts stands, what it is, and who pays for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    column: str
    adjustment_type: str
    funded_by: Funder


class GroupSettings(BaseModel):
    """What the layout file says about this reader's columns and assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    channel: Channel
    platform: str
    currency_code: str
    columns: dict[str, str]
    rating_scale: int
    complaint_status: str
    discounts: dict[str, DiscountRule]
    unused: tuple[str, ...] = ()
    expected_blank: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sale:
    """One row of the file: its texts by template column, its amounts in minor units."""

    source_row: int
    texts: dict[str, str]
    minor: dict[str, int]
    items: tuple[ItemCount, ...]

    def pick(self, *names: str) -> dict[str, str]:
        """The texts of these columns, blank where the file has none."""
        return {name: self.texts.get(name, "") for name in names}


Rows = Iterator[dict[str, str]]


def _to_text(minor: int) -> str:
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def make_batches(sales: Sequence[Sale], settings: GroupSettings) -> tuple[Batch, ...]:
    """A batch of every kind of record, in the order of the sales; items once each."""
    makers: dict[str, Callable[[Sale, GroupSettings], Rows]] = {
        "orders": _make_order,
        "order_lines": _make_lines,
        "adjustments": _make_adjustments,
        "payments": _make_payment,
        "feedback": _make_feedback,
    }
    batches = [
        _collect(entity, [(s.source_row, row) for s in sales for row in maker(s, settings)])
        for entity, maker in makers.items()
    ]
    return (*batches, _collect("items", _find_items(sales)))


def _collect(entity: str, rows: list[tuple[int, dict[str, str]]]) -> Batch:
    names = list(rows[0][1]) if rows else []
    columns = {name: pa.chunked_array([[row[name] for _, row in rows]]) for name in names}
    return make_batch(entity, columns, pa.array([number for number, _ in rows], pa.int64()))


def _make_order(sale: Sale, settings: GroupSettings) -> Rows:
    taken = sum(sale.minor[name] for name in settings.discounts)
    yield {
        **sale.pick("order_id", "store_id", "closed_at", "customer_ref"),
        "business_date": sale.texts.get("business_date", "")[:10],
        "channel": settings.channel,
        "platform": settings.platform,
        "status": "paid",
        **{name: _to_text(sale.minor[name]) for name in AMOUNTS},
        "discount_amount": _to_text(taken),
        "tax_amount": _to_text(0),
        "currency_code": settings.currency_code,
    }


def _make_lines(sale: Sale, settings: GroupSettings) -> Rows:
    shares = share_amount(sale.minor["gross_amount"], [item.quantity for item in sale.items])
    brand = sale.texts["brand"]
    for line_no, (item, share) in enumerate(zip(sale.items, shares, strict=True), start=1):
        yield {
            **sale.pick("order_id", "store_id"),
            "line_no": str(line_no),
            "item_id": name_item_id(brand, item.name),
            "item_name": item.name,
            "category": brand,
            "quantity": str(item.quantity),
            "gross_amount": _to_text(share),
        }


def _make_adjustments(sale: Sale, settings: GroupSettings) -> Rows:
    for name, rule in settings.discounts.items():
        if sale.minor[name]:
            yield {
                **sale.pick("order_id", "store_id"),
                "adjustment_id": f"{sale.texts['order_id']}:{name}",
                "adjustment_type": rule.adjustment_type,
                "funded_by": rule.funded_by,
                "amount": _to_text(sale.minor[name]),
                "adjusted_at": sale.texts["closed_at"],
                "reason": name,
                "currency_code": settings.currency_code,
            }


def _make_payment(sale: Sale, settings: GroupSettings) -> Rows:
    yield {
        **sale.pick("order_id", "store_id"),
        "payment_id": f"{sale.texts['order_id']}:1",
        "tender": "platform",
        "amount": _to_text(sale.minor["total_amount"]),
        "paid_at": sale.texts["closed_at"],
    }


def _make_feedback(sale: Sale, settings: GroupSettings) -> Rows:
    said = {
        **sale.pick("order_id", "store_id", "customer_ref"),
        "given_at": sale.texts["closed_at"],
    }
    if rating := sale.texts["rating"]:
        yield {
            **said,
            "feedback_id": f"{sale.texts['order_id']}:rating",
            "feedback_kind": "stars",
            "score": rating,
            "scale": str(settings.rating_scale),
            "complaint_status": "",
        }
    if sale.texts["complaint"]:
        yield {
            **said,
            "feedback_id": f"{sale.texts['order_id']}:complaint",
            "feedback_kind": "complaint",
            "score": "",
            "scale": "",
            "complaint_status": settings.complaint_status,
        }


def _find_items(sales: Sequence[Sale]) -> list[tuple[int, dict[str, str]]]:
    """Each item once, as the first row that has it names it."""
    found: dict[str, tuple[int, dict[str, str]]] = {}
    for sale in sales:
        for item in sale.items:
            brand = sale.texts["brand"]
            key = name_item_id(brand, item.name)
            names = {"item_id": key, "item_name": item.name, "category": brand}
            found.setdefault(key, (sale.source_row, {**names, "revenue_kind": "sale"}))
    return list(found.values())
