"""What the two exports of Square say in the same way: times, channels, guests, refunds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from regulars.domain.fields import Channel, Tender
from regulars.sources.files import Reason
from regulars.sources.row_cells import (
    Amounts,
    RowFault,
    instant_of,
    read_clock,
    translate,
)
from regulars.sources.sheets import OutOfScope, Record, Sheet, SourceRow
from regulars.sources.source_words import find_word
from regulars.sources.whole_orders import Rows

Event = Literal["payment", "refund", "no_business"]
PAYMENT, REFUND, NO_BUSINESS = "payment", "refund", "no_business"


class SquareSettings(BaseModel):
    """What the layout file says about the assumptions of both readers."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    time_formats: tuple[str, ...]
    events: dict[str, Event]
    dining_options: dict[str, str]
    platforms: dict[str, str]
    default_channel: Channel
    gift_cards: tuple[str, ...] = ()
    statuses: dict[str, str] = {}
    tenders: dict[str, Tender] = {}
    other_tenders: dict[str, str] = {}
    default_tender: Tender = "other"


@dataclass(frozen=True)
class SquareSheet:
    """A sheet of Square with its settings and its currency."""

    sheet: Sheet
    settings: SquareSettings
    amounts: Amounts

    @classmethod
    def of(cls, sheet: Sheet) -> "SquareSheet":
        """The sheet under its layout's settings. Raises ValidationError for wrong ones."""
        settings = SquareSettings(**sheet.settings)
        return cls(sheet, settings, Amounts(sheet.source.currency_code))

    def event_of(self, row: SourceRow) -> str:
        """Payment, refund or no business of ours. Raises RowFault for an unknown event."""
        return translate(row, row["event_type"] or PAYMENT, self.settings.events)

    def by_event(self, rows: Rows) -> tuple[Rows, Rows, Rows]:
        """The rows of payments, of refunds, and of what is no sale."""
        events = [self.event_of(row) for row in rows]
        told = tuple(zip(rows, events, strict=True))
        sold, returned, others = (
            tuple(row for row, event in told if event == wanted)
            for wanted in (PAYMENT, REFUND, NO_BUSINESS)
        )
        return sold, returned, others

    def instant_of(self, row: SourceRow) -> str:
        """When it happened. Where clocks go back and an hour happens twice, the first is meant."""
        written = f"{row['date']} {row['time']}"
        local = read_clock(row, written, self.settings.time_formats)
        return instant_of(row, local, row["time_zone"] or self.sheet.source.time_zone)

    def place_of(self, row: SourceRow) -> dict[str, str]:
        """Channel and platform. Raises RowFault for a dining option that nobody has translated."""
        words = self.settings.platforms
        for told in (row["channel"], row["source"], row["dining_option"]):
            if told and (platform := find_word(told, words)):
                return {"channel": "delivery_platform", "platform": platform}
        option = row["dining_option"]
        if not option:
            return {"channel": self.settings.default_channel}
        return {"channel": translate(row, option, self.settings.dining_options)}

    def status_of(self, row: SourceRow) -> str:
        """Paid unless the row says otherwise. Raises RowFault for an unknown status."""
        told = row["transaction_status"]
        return translate(row, told, self.settings.statuses) if told else "paid"

    def order_of(self, row: SourceRow) -> dict[str, str]:
        """The columns of an order that both exports have."""
        return {
            **row.pick("order_id", "store_id", "customer_ref"),
            **self.place_of(row),
            "closed_at": self.instant_of(row),
            "currency_code": self.amounts.currency_code,
            "is_tax_included": "false",
        }

    def refund_of(self, rows: Sequence[SourceRow], minor: int, order_id: str) -> Record:
        """A refund under its own transaction; of an order only where the file says of which."""
        first, *others = rows
        if minor < 0:
            raise RowFault(first, Reason.WRONG_SIGN)
        return Record(
            "adjustments",
            first.number,
            {
                "adjustment_id": f"{first['order_id']}:refund",
                "store_id": first["store_id"],
                "order_id": order_id,
                "adjustment_type": "refund",
                "funded_by": "merchant",
                "amount": self.amounts.write(minor),
                "adjusted_at": self.instant_of(first),
                "currency_code": self.amounts.currency_code,
            },
            tuple(row.number for row in others),
        )


def find_originals(sheet: SquareSheet) -> dict[str, str]:
    """The orders of a file by the ids of their payments: what a refund of it may name."""
    originals = {}
    for row in sheet.sheet.rows:
        event = find_word(row["event_type"] or PAYMENT, sheet.settings.events)
        if row["payment_id"] and event == PAYMENT:
            originals[row["payment_id"]] = row["order_id"]
    return originals


def leave_out(rows: Iterable[SourceRow]) -> Iterator[OutOfScope]:
    """Rows that are no sale, each under the name of its event."""
    for row in rows:
        yield OutOfScope(row.number, f"the event {row['event_type']} is no sale")


def tell_guests(rows: Iterable[SourceRow]) -> Iterator[Record]:
    """Each guest of the rows once, by name and by the group's own number for him.

    Square lists the newest first, so the first name is the newest.
    """
    named: set[str] = set()
    numbered: set[tuple[str, str]] = set()
    for row in rows:
        guest, name, number = (
            row["customer_ref"], row["customer_name"], row["customer_reference_id"]
        )  # fmt: skip
        if guest and name and guest not in named:
            named.add(guest)
            values = {"customer_ref": guest, "customer_kind": "consumer", "display_name": name}
            yield Record("customers", row.number, values)
        if guest and number and (guest, number) not in numbered:
            numbered.add((guest, number))
            values = {"customer_ref": guest, "identifier_type": "external_id"}
            yield Record("customer_identifiers", row.number, {**values, "identifier_value": number})
