"""Orders told by a payout file alone: without lines, so their food cost is visibly missing."""

from collections.abc import Iterator

from regulars.policy import SourcePolicy
from regulars.sources.files import Reason
from regulars.sources.payout_rules import EventRules, PayoutRules
from regulars.sources.row_cells import Amounts, RowFault, instant_of, read_clock
from regulars.sources.sheets import Record, SourceRow


def make_orders(
    row: SourceRow, event_id: str, kind: EventRules, rules: PayoutRules, source: SourcePolicy
) -> Iterator[Record]:
    """The order of a row that tells of a sale, with the restaurant's own promotions; or a refund.

    A row of no order makes nothing. Raises RowFault where an order has no number or no time.
    """
    if not kind.is_order or kind.whole:
        return
    order = _PayoutOrder(row, rules, Amounts(source.currency_code), source)
    if kind.is_sale:
        yield order.record()
        if promotions := -order.sum_of(rules.orders.promotions):
            yield order.adjustment(event_id, "merchant_promo", promotions)
    elif returned := -order.sum_of(rules.orders.gross):
        yield order.adjustment(event_id, "refund", returned)


class _PayoutOrder:
    """An order by the cells of a payout row."""

    def __init__(
        self, row: SourceRow, rules: PayoutRules, amounts: Amounts, source: SourcePolicy
    ) -> None:
        self.row, self.rules, self.amounts, self.source = row, rules, amounts, source
        self.order_id = next((row[name] for name in rules.order_key if row[name]), "")
        if not self.order_id:
            raise RowFault(row, Reason.MISSING_ID)

    def sum_of(self, names: tuple[str, ...]) -> int:
        return sum(self.amounts.read_all(self.row, names).values())

    def record(self) -> Record:
        told = self.rules.orders
        gross, tax, tip = (self.sum_of(names) for names in (told.gross, told.tax, told.tip))
        given = -self.sum_of(told.promotions)
        return self._record(
            "orders",
            order_id=self.order_id,
            closed_at=self._instant(),
            channel=told.channel,
            platform=self.rules.platform,
            status="paid",
            gross_amount=self.amounts.write(gross),
            discount_amount=self.amounts.write(max(given, 0)),
            tax_amount=self.amounts.write(tax),
            tip_amount=self.amounts.write(max(tip, 0)),
            total_amount=self.amounts.write(gross - max(given, 0) + tax + max(tip, 0)),
        )

    def adjustment(self, event_id: str, adjustment_type: str, minor: int) -> Record:
        if minor < 0:
            raise RowFault(self.row, Reason.WRONG_SIGN)
        return self._record(
            "adjustments",
            adjustment_id=f"{self.rules.platform}:{event_id}:{adjustment_type}",
            order_id=self.order_id,
            adjustment_type=adjustment_type,
            funded_by="merchant",
            amount=self.amounts.write(minor),
            adjusted_at=self._instant(),
        )

    def _record(self, entity: str, **values: str) -> Record:
        own = {"store_id": self.row["store_id"], "currency_code": self.amounts.currency_code}
        return Record(entity, self.row.number, {**own, **values})

    def _instant(self) -> str:
        told = self.rules.orders
        text = " ".join(self.row[name] for name in told.clock if self.row[name])
        local = read_clock(self.row, text, told.clock_formats)
        return instant_of(self.row, local, self.row[told.zone] or self.source.time_zone)
