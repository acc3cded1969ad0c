"""美团餐饮收银 全渠道订单明细: one row per order; a 退单 is a refund, never nothing.

What the export does not say is an assumption written in include/layouts/meituan_pos.yaml.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from regulars.sources.exact_cells import (
    UnreadableRow,
    is_blank,
    minor_text,
    moment_text,
    read_id,
    read_minor,
    read_moment,
    revision_of,
)
from regulars.sources.guest_contacts import identify, own_phone
from regulars.sources.sheets import Outcome, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import find_word, read_word
from regulars.sources.whole_orders import group_rows

_AMOUNTS = ("gross", "dishes", "discount", "income", "refunded")
_TIMES = ("created_at", "finished_at", "cancelled_at", "refunded_at")


class _Settings(BaseModel):
    """What the layout file says about this reader's words and assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    time_formats: tuple[str, ...]
    day_formats: tuple[str, ...]
    refund_marks: tuple[str, ...]
    statuses: dict[str, str]
    channels: dict[str, str]
    platforms: dict[str, str]
    dayparts: dict[str, str]
    fees: dict[str, str]
    is_tax_included: bool
    is_takeaway_refund_in_income: bool


@dataclass(frozen=True)
class _Sale:
    """One row with its amounts in minor units, its times and our words for its kind."""

    row: SourceRow
    minor: dict[str, int]
    times: dict[str, datetime | None]
    business_date: str
    is_refund: bool
    status: str
    channel: str
    platform: str
    currency_code: str

    @property
    def closed_at(self) -> datetime | None:
        """When the check was closed; the latest that is known of one that was not."""
        return self.times["finished_at"] or self.times["cancelled_at"] or self.times["created_at"]

    @property
    def phone(self) -> str:
        """The guest's own number; a platform's order has only a number of the platform's."""
        return "" if self.platform else own_phone(self.row["member_phone"])

    def text(self, minor: int) -> str:
        """An amount of this sale as text."""
        return minor_text(minor, self.currency_code)

    def record(self, entity: str, **values: str) -> Record:
        """A record of this sale's store."""
        return Record(entity, self.row.number, {**self.row.pick("store_id"), **values})


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Orders, refunds, what guests are recognised by, and members of the file's rows."""
    settings = _Settings(**sheet.settings)
    sales: list[_Sale] = []
    for row in sheet.rows:
        try:
            sales.append(_read_sale(row, settings, sheet.source.currency_code))
        except UnreadableRow as error:
            yield Rejected(row.number, error.reason)
    for sale in sales:
        if sale.is_refund:
            yield _make_refund(sale)
            continue
        yield _make_order(sale, settings)
        yield from _make_takeaway_refund(sale, settings)
        known = {"phone": sale.phone}
        yield from identify(sale.row.number, sale.row["store_id"], sale.row["order_id"], known)
    yield from _make_members(sales)


def _read_sale(row: SourceRow, settings: _Settings, currency_code: str) -> _Sale:
    read_id(row["order_id"])
    minor = {name: read_minor(row[name], currency_code) for name in _AMOUNTS}
    times = {name: read_moment(row[name], settings.time_formats) for name in _TIMES}
    day = read_moment(row["business_date"], settings.day_formats)
    is_refund = row["refund_mark"] in settings.refund_marks
    platform = _find_platform(row, settings)
    return _Sale(
        row,
        minor,
        times,
        business_date=day.date().isoformat() if day else "",
        is_refund=is_refund,
        status="" if is_refund else read_word(row["status"], settings.statuses),
        channel="" if is_refund else _channel(row, platform, settings),
        platform=platform,
        currency_code=currency_code,
    )


def _find_platform(row: SourceRow, settings: _Settings) -> str:
    texts = (row["sub_origin"], row["origin"])
    return next((p for t in texts if (p := find_word(t, settings.platforms))), "")


def _channel(row: SourceRow, platform: str, settings: _Settings) -> str:
    channel = read_word(row["way"], settings.channels)
    return "delivery_platform" if platform and channel == "delivery_own" else channel


def _make_order(sale: _Sale, settings: _Settings) -> Record:
    dishes = sale.minor["gross"] if is_blank(sale.row["dishes"]) else sale.minor["dishes"]
    extra = sale.minor["gross"] - dishes
    fees = {settings.fees[sale.channel]: sale.text(extra)} if extra > 0 else {}
    return sale.record(
        "orders",
        order_id=sale.row["order_id"],
        closed_at=moment_text(sale.closed_at),
        opened_at=moment_text(sale.times["created_at"]),
        business_date=sale.business_date,
        channel=sale.channel,
        platform=sale.platform,
        status=sale.status,
        daypart=find_word(sale.row["daypart"], settings.dayparts) or "",
        covers=sale.row["covers"] if sale.row["covers"].isdecimal() else "",
        customer_ref="" if is_blank(sale.row["member_card"]) else sale.row["member_card"],
        external_order_id=sale.row["platform_order_id"],
        gross_amount=sale.text(dishes if extra > 0 else sale.minor["gross"]),
        discount_amount=sale.text(abs(sale.minor["discount"])),
        total_amount=sale.text(sale.minor["income"]),
        is_tax_included=str(settings.is_tax_included).lower(),
        currency_code=sale.currency_code,
        revision=revision_of(sale.times["finished_at"]),
        **fees,
    )


def _make_refund(sale: _Sale) -> Record:
    """A 退单 as money given back for its 原单; without one it stays with its store and day."""
    origin = sale.row["origin_order_id"]
    refunded_at = sale.times["refunded_at"] or sale.closed_at
    return sale.record(
        "adjustments",
        adjustment_id=f"{sale.row['order_id']}:refund",
        order_id="" if is_blank(origin) else origin,
        adjustment_type="refund",
        funded_by="merchant",
        amount=sale.text(abs(sale.minor["income"])),
        adjusted_at=moment_text(refunded_at),
        reason="退单",
        currency_code=sale.currency_code,
        revision=revision_of(refunded_at),
    )


def _make_takeaway_refund(sale: _Sale, settings: _Settings) -> Iterator[Record]:
    if sale.minor["refunded"] and not settings.is_takeaway_refund_in_income:
        refunded_at = sale.times["refunded_at"] or sale.closed_at
        yield sale.record(
            "adjustments",
            adjustment_id=f"{sale.row['order_id']}:takeaway_refund",
            order_id=sale.row["order_id"],
            adjustment_type="refund",
            funded_by="merchant",
            amount=sale.text(abs(sale.minor["refunded"])),
            adjusted_at=moment_text(refunded_at),
            reason="外卖订单退款",
            currency_code=sale.currency_code,
            revision=revision_of(refunded_at),
        )


def _make_members(sales: Sequence[_Sale]) -> Iterator[Record]:
    """Each member once a file, as the newest order that says most names them."""
    members = [sale for sale in sales if not is_blank(sale.row["member_card"])]
    for card, orders in group_rows(members, lambda sale: sale.row["member_card"]):
        newest = max(orders, key=lambda sale: (revision_of(sale.closed_at), _member_facts(sale)))
        name, phone = _member_facts(newest)
        yield Record(
            "customers",
            newest.row.number,
            {
                "customer_ref": card, "customer_kind": "consumer",
                "display_name": name, "phone": phone, "revision": revision_of(newest.closed_at),
            },
            tuple(sale.row.number for sale in orders if sale is not newest),
        )  # fmt: skip


def _member_facts(sale: _Sale) -> tuple[str, str]:
    name = sale.row["member_name"]
    return ("" if is_blank(name) else name), sale.phone
