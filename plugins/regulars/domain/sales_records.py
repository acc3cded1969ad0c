"""What the tills and the platforms say: orders and all that belongs to them."""

from typing import Annotated

from regulars.domain.fields import (
    ADJUSTMENTS,
    FEES,
    Amount,
    Channel,
    Count,
    CustomerRef,
    Day,
    Flag,
    Funder,
    Identifier,
    IdentifierType,
    LocalTime,
    Quantity,
    Record,
    SignedAmount,
    Tender,
    Text,
    codes,
)


class Order(Record):
    """A closed check. Amounts exclude nothing: tax and tip have their own columns.

    `total = gross − discount + service charge + delivery fee + packaging fee
    + tax (when not included) + tip + rounding`; what does not tie is reported.
    """

    entity = "orders"
    key = ("store_id", "order_id")
    order_id: Text
    store_id: Text
    closed_at: LocalTime
    channel: Channel
    status: Annotated[str, codes("paid", "open", "voided", "cancelled")]
    total_amount: SignedAmount
    business_date: Day | None = None
    opened_at: LocalTime | None = None
    platform: Text | None = None
    daypart: Text | None = None
    covers: Count | None = None
    customer_ref: CustomerRef | None = None
    account_id: Text | None = None
    external_order_id: Text | None = None
    gross_amount: SignedAmount | None = None
    discount_amount: Amount | None = None
    service_charge_amount: Amount | None = None
    delivery_fee_amount: Amount | None = None
    packaging_fee_amount: Amount | None = None
    tax_amount: SignedAmount | None = None
    is_tax_included: Flag | None = None
    tip_amount: Amount | None = None
    rounding_amount: SignedAmount | None = None
    currency_code: Text | None = None
    revision: Count | None = None


class OrderLine(Record):
    """An item on a check. `discount_amount` is the line's own, paid by the restaurant.

    `is_remake` is a dish made again for nothing: it is no sale, and its food is a complaint's cost.
    """

    entity = "order_lines"
    key = ("store_id", "order_id", "line_no")
    order_id: Text
    store_id: Text
    line_no: Count
    item_id: Text
    quantity: Quantity
    gross_amount: SignedAmount
    parent_line_no: Count | None = None
    item_name: Text | None = None
    category: Text | None = None
    discount_amount: Amount | None = None
    tax_amount: SignedAmount | None = None
    is_gift: Flag | None = None
    void_stage: Annotated[str, codes("before_preparation", "after_preparation")] | None = None
    revision: Count | None = None
    is_remake: Flag | None = None


class Payment(Record):
    """A tender on a check. `fee_amount` is what the processor really took, if known."""

    entity = "payments"
    key = ("store_id", "order_id", "payment_id")
    payment_id: Text
    order_id: Text
    store_id: Text
    tender: Tender
    amount: SignedAmount
    tip_amount: Amount | None = None
    fee_amount: Amount | None = None
    paid_at: LocalTime | None = None
    revision: Count | None = None


class Adjustment(Record):
    """Something that changed what a check is worth. A positive amount takes away."""

    entity = "adjustments"
    key = ("store_id", "adjustment_id")
    adjustment_id: Text
    store_id: Text
    adjustment_type: Annotated[str, codes(*ADJUSTMENTS)]
    funded_by: Funder
    amount: Amount
    adjusted_at: LocalTime
    order_id: Text | None = None
    line_no: Count | None = None
    reason: Text | None = None
    currency_code: Text | None = None
    revision: Count | None = None


class Settlement(Record):
    """A line of a platform's payout. A positive amount is a cost to the restaurant.

    So sales, tips and the payout itself are negative. What a payout does not explain by its own
    lines is a line of its own, `recon_delta`: kept and reported, never forced.
    """

    entity = "settlements"
    key = ("store_id", "platform", "settlement_id")
    settlement_id: Text
    platform: Text
    store_id: Text
    fee_type: Annotated[str, codes(*FEES)]
    amount: SignedAmount
    payout_date: Day
    order_id: Text | None = None
    payout_id: Text | None = None
    currency_code: Text | None = None
    revision: Count | None = None


class OrderIdentifier(Record):
    """What the guest of an order was recognised by at the till; stored only under a keyed hash."""

    entity = "order_identifiers"
    key = ("store_id", "order_id", "identifier_type", "identifier_value")
    order_id: Text
    store_id: Text
    identifier_type: IdentifierType
    identifier_value: Identifier
