"""An order of Shopify's export: its first row has what is the order's, the others only lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from regulars.domain.fields import Channel, Tender
from regulars.policy import SourcePolicy
from regulars.sources.files import Reason
from regulars.sources.headers import fold
from regulars.sources.item_text import name_item_id
from regulars.sources.row_cells import Amounts, RowFault, not_below_zero, read_clock, translate
from regulars.sources.sheets import Record, SourceRow
from regulars.sources.stores import own_store
from regulars.sources.whole_orders import Rows, in_order_of_content


class ShopifySettings(BaseModel):
    """What the layout file says about the assumptions of the reader."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    online_store: str
    taxes_included: bool
    line_discounts_are_in_the_order_discount: bool
    statuses: dict[str, str]
    sources: dict[str, str]
    shipping_methods: dict[str, Channel]
    tenders: dict[str, Tender]
    default_tender: Tender
    gift_cards: tuple[str, ...]
    time_formats: tuple[str, ...]


@dataclass(frozen=True)
class ShopifyOrder:
    """The rows of one order. Raises RowFault where they are not one order that can be read."""

    rows: Rows
    settings: ShopifySettings
    source: SourcePolicy
    amounts: Amounts

    @cached_property
    def head(self) -> SourceRow:
        """The row that carries the order: the only one that says when it was made."""
        heads = [row for row in self.rows if row["created_at"]]
        if len(heads) != 1:
            reason = Reason.CONFLICTING_ROWS if heads else Reason.PART_OF_BAD_ORDER
            raise RowFault(self.rows[-1], reason)
        return heads[0]

    @property
    def others(self) -> tuple[int, ...]:
        """The numbers of its other rows."""
        return tuple(row.number for row in self.rows if row.number != self.head.number)

    @cached_property
    def store_id(self) -> str:
        """The group's own store; an order without a location was made online."""
        store_id = own_store(self.head["location"] or self.settings.online_store, self.source)
        if not store_id:
            raise RowFault(self.head, Reason.MISSING_ID)
        return store_id

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is an order of a store that the source may not speak for."""
        return bool(self.source.stores) and self.store_id not in self.source.stores

    @cached_property
    def status(self) -> str:
        """Paid, open, voided or cancelled; what was cancelled was never sold."""
        if self.head["cancelled_at"]:
            return "cancelled"
        return translate(self.head, self.head["financial_status"], self.settings.statuses)

    @cached_property
    def created_at(self) -> str:
        """When it was made; Shopify writes the offset beside the wall clock."""
        return self._clock("created_at")

    @cached_property
    def closed_at(self) -> str:
        """When it was paid, else made."""
        return self._clock("paid_at") if self.head["paid_at"] else self.created_at

    def _clock(self, name: str) -> str:
        moment = read_clock(self.head, self.head[name], self.settings.time_formats)
        return f"{moment:%Y-%m-%d %H:%M:%S%z}"

    @property
    def channel(self) -> str:
        """By where it was ordered, and how it was handed over where the name of that tells."""
        method = self.head["shipping_method"].casefold()
        for word, channel in self.settings.shipping_methods.items():
            if word.casefold() in method:
                return channel
        return translate(self.head, self.head["source"], self.settings.sources)

    @property
    def tender(self) -> str:
        """How it was paid. Two ways in one cell have no amounts of their own."""
        return self.settings.tenders.get(
            self.head["payment_method"].casefold(), self.settings.default_tender
        )

    @cached_property
    def lines(self) -> tuple["ShopifyLine", ...]:
        """Its lines, in an order that does not depend on the file's."""
        return tuple(
            ShopifyLine(row, number, self.settings, self.amounts)
            for number, row in enumerate(in_order_of_content(self.rows), start=1)
        )

    def amount(self, name: str) -> int:
        """An amount of the order, none below zero."""
        return not_below_zero(self.head, self.amounts.read(self.head, name))

    @cached_property
    def discount(self) -> int:
        """What was taken off the whole order, beside what its lines say."""
        taken = self.amount("discount_amount")
        if self.settings.line_discounts_are_in_the_order_discount:
            taken -= sum(line.discount for line in self.lines)
        return not_below_zero(self.head, taken)

    @property
    def explained(self) -> int:
        """What the parts of the order add up to."""
        lines = sum(line.gross - line.discount for line in self.lines)
        tax = 0 if self.settings.taxes_included else self.amount("taxes")
        return lines - self.discount + self.amount("shipping") + tax

    @property
    def refund(self) -> int:
        """What was given back of the price: the export's figure has its share of the tax in it."""
        given_back, total = self.amount("refunded"), self.amount("total")
        tax = (given_back * self.amount("taxes") + total // 2) // total if total else 0
        return given_back - tax

    @property
    def guest(self) -> str:
        """What Shopify knows a guest by: the e-mail address, else the phone number."""
        return self.email or self.phone

    @property
    def email(self) -> str:
        """The e-mail address, in lower case."""
        return self.head["email"].casefold()

    @property
    def phone(self) -> str:
        """The first phone number of the order; a spreadsheet's leading mark is no part of it."""
        told = (self.head[name] for name in ("phone", "billing_phone", "shipping_phone"))
        return next((text.removeprefix("'").strip() for text in told if text), "")

    def record(self, entity: str, values: dict[str, str], others: Sequence[int] = ()) -> Record:
        """A record of this order: its number and store, and these values."""
        own = {"order_id": self.head["order_id"], "store_id": self.store_id}
        return Record(entity, self.head.number, {**own, **values}, tuple(others))


@dataclass(frozen=True)
class ShopifyLine:
    """A line of an order."""

    row: SourceRow
    number: int
    settings: ShopifySettings
    amounts: Amounts

    @cached_property
    def quantity(self) -> int:
        """Whole units; Shopify sells nothing else."""
        if not self.row["quantity"].isdecimal():
            raise RowFault(self.row, Reason.AMOUNT_NOT_EXACT)
        return int(self.row["quantity"])

    @property
    def gross(self) -> int:
        """Price times quantity, in minor units."""
        return self.quantity * not_below_zero(self.row, self.amounts.read(self.row, "price"))

    @property
    def discount(self) -> int:
        """The line's own discount, for all its units."""
        return not_below_zero(self.row, self.amounts.read(self.row, "line_discount"))

    @property
    def is_gift_card(self) -> bool:
        """Whether what was sold is a liability."""
        return any(fold(word) in fold(self.row["item"]) for word in self.settings.gift_cards)

    @property
    def item_id(self) -> str:
        """The SKU, else the name."""
        own = self.row["sku"] or name_item_id("shopify", self.row["item"])
        return f"gift_card:{own}" if self.is_gift_card else own
