"""The order file of a six-brand delivery group: one row per order becomes six kinds of records.

What the file does not say is an assumption written in include/layouts/restaurant_group.yaml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pydantic import BaseModel, ConfigDict

from regulars.domain.fields import Channel, Funder
from regulars.domain.money import decimal_text
from regulars.sources.files import Finding, Reason
from regulars.sources.item_text import ItemCount, name_item_id, parse_items, share_amount
from regulars.sources.sheets import Outcome, Record, Rejected, Sheet, SourceRow

_AMOUNTS = ("gross_amount", "packaging_fee_amount", "total_amount")
_NOISE = Decimal("0.000001")


class _DiscountRule(BaseModel):
    """What one of the file's discounts is, and who pays for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    adjustment_type: str
    funded_by: Funder


class _Settings(BaseModel):
    """What the layout file says about this reader's assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    channel: Channel
    platform: str
    rating_scale: int
    complaint_status: str
    discounts: dict[str, _DiscountRule]
    expected_blank: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Sale:
    """One row of the file with its amounts in minor units."""

    row: SourceRow
    minor: dict[str, int]
    items: tuple[ItemCount, ...]
    currency_code: str

    def record(self, entity: str, **values: str) -> Record:
        """A record of this sale: its order and store, and these values."""
        return Record(entity, self.row.number, {**self.row.pick("order_id", "store_id"), **values})


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Orders, order lines, adjustments, payments, feedback and items of the file's rows."""
    settings = _Settings(**sheet.settings)
    yield from _tell_not_blank(sheet, settings)
    known: set[str] = set()
    for row in sheet.rows:
        sale = _read_sale(row, settings, sheet.source.currency_code)
        if isinstance(sale, Rejected):
            yield sale
            continue
        yield _make_order(sale, settings)
        yield from _make_lines(sale)
        yield from _make_adjustments(sale, settings)
        yield _make_payment(sale)
        yield from _make_feedback(sale, settings)
        yield from _make_items(sale, known)


def _read_sale(row: SourceRow, settings: _Settings, currency_code: str) -> _Sale | Rejected:
    try:
        minor = {name: _to_minor(row[name]) for name in (*_AMOUNTS, *settings.discounts)}
    except (InvalidOperation, ValueError):
        return Rejected(row.number, Reason.AMOUNT_NOT_EXACT)
    try:
        return _Sale(row, minor, parse_items(row["items"]), currency_code)
    except ValueError:
        return Rejected(row.number, Reason.UNREADABLE_ITEMS)


def _to_minor(text: str) -> int:
    """`31.75` as 3175. Raises where it is no amount, or not one of two decimals."""
    amount = Decimal(text or "0") * 100
    whole = amount.to_integral_value()
    if abs(amount - whole) > _NOISE:
        raise ValueError("more than two decimals")
    return int(whole)


def _to_text(minor: int) -> str:
    return decimal_text(minor, 2)


def _make_order(sale: _Sale, settings: _Settings) -> Record:
    taken = sum(sale.minor[name] for name in settings.discounts)
    return sale.record(
        "orders",
        **sale.row.pick("closed_at", "customer_ref"),
        business_date=sale.row["business_date"][:10],
        channel=settings.channel,
        platform=settings.platform,
        status="paid",
        **{name: _to_text(sale.minor[name]) for name in _AMOUNTS},
        discount_amount=_to_text(taken),
        tax_amount=_to_text(0),
        currency_code=sale.currency_code,
    )


def _make_lines(sale: _Sale) -> Iterator[Record]:
    shares = share_amount(sale.minor["gross_amount"], [item.quantity for item in sale.items])
    brand = sale.row["brand"]
    for line_no, (item, share) in enumerate(zip(sale.items, shares, strict=True), start=1):
        yield sale.record(
            "order_lines",
            line_no=str(line_no),
            item_id=name_item_id(brand, item.name),
            item_name=item.name,
            category=brand,
            quantity=str(item.quantity),
            gross_amount=_to_text(share),
        )


def _make_adjustments(sale: _Sale, settings: _Settings) -> Iterator[Record]:
    for name, rule in settings.discounts.items():
        if sale.minor[name]:
            yield sale.record(
                "adjustments",
                adjustment_id=f"{sale.row['order_id']}:{name}",
                adjustment_type=rule.adjustment_type,
                funded_by=rule.funded_by,
                amount=_to_text(sale.minor[name]),
                adjusted_at=sale.row["closed_at"],
                reason=name,
                currency_code=sale.currency_code,
            )


def _make_payment(sale: _Sale) -> Record:
    return sale.record(
        "payments",
        payment_id=f"{sale.row['order_id']}:1",
        tender="platform",
        amount=_to_text(sale.minor["total_amount"]),
        paid_at=sale.row["closed_at"],
    )


def _make_feedback(sale: _Sale, settings: _Settings) -> Iterator[Record]:
    said = {"given_at": sale.row["closed_at"], **sale.row.pick("customer_ref")}
    order_id = sale.row["order_id"]
    if rating := sale.row["rating"]:
        yield sale.record(
            "feedback", **said, feedback_id=f"{order_id}:rating", feedback_kind="stars",
            score=rating, scale=str(settings.rating_scale),
        )  # fmt: skip
    if sale.row["complaint"]:
        yield sale.record(
            "feedback", **said, feedback_id=f"{order_id}:complaint", feedback_kind="complaint",
            complaint_status=settings.complaint_status,
        )  # fmt: skip


def _make_items(sale: _Sale, known: set[str]) -> Iterator[Record]:
    """Each item once, as the first row that has it names it."""
    brand = sale.row["brand"]
    for item in sale.items:
        key = name_item_id(brand, item.name)
        if key not in known:
            known.add(key)
            names = {"item_id": key, "item_name": item.name, "category": brand}
            yield Record("items", sale.row.number, {**names, "revenue_kind": "sale"})


def _tell_not_blank(sheet: Sheet, settings: _Settings) -> Iterator[Finding]:
    for name in settings.expected_blank:
        if count := sum(1 for row in sheet.rows if row[name]):
            message = f"{sheet.file}: {name} has {count} values that nothing counts"
            yield Finding(Reason.COLUMN_NOT_READ, f"{message}; extend its layout")
