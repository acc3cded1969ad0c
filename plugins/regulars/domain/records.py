"""The canonical records: what a file in the drop folder may say, column by column.

Each class is one template. A field's annotation says how its text is read and under which
name it is stored: money as whole minor units, quantities in thousandths, unit costs in
millionths of a minor unit, rates in basis points. Nothing here is ever a float.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    """How a text cell is parsed and what it becomes."""

    TEXT = "text"
    COUNT = "count"
    MINOR = "minor"
    MICRO = "micro"
    MILLI = "milli"
    BPS = "bps"
    DAY = "day"
    LOCAL_TIME = "local_time"
    FLAG = "flag"
    CUSTOMER = "customer"
    CONTACT = "contact"


@dataclass(frozen=True)
class Stored:
    """The storage rule of a field: its kind, and the words it may hold if it is a code."""

    kind: Kind
    choices: tuple[str, ...] = ()
    signed: bool = False


def _codes(*choices: str) -> Stored:
    return Stored(Kind.TEXT, choices)


Text = Annotated[str, Stored(Kind.TEXT)]
Count = Annotated[int, Stored(Kind.COUNT)]
Amount = Annotated[int, Stored(Kind.MINOR)]
SignedAmount = Annotated[int, Stored(Kind.MINOR, signed=True)]
UnitCost = Annotated[int, Stored(Kind.MICRO)]
Quantity = Annotated[int, Stored(Kind.MILLI, signed=True)]
Rate = Annotated[int, Stored(Kind.BPS)]
Day = Annotated[date, Stored(Kind.DAY)]
LocalTime = Annotated[datetime, Stored(Kind.LOCAL_TIME)]
Flag = Annotated[bool, Stored(Kind.FLAG)]
CustomerRef = Annotated[str, Stored(Kind.CUSTOMER)]
Contact = Annotated[str, Stored(Kind.CONTACT)]

CHANNELS = ("dine_in", "takeaway", "delivery_own", "delivery_platform", "catering")
FUNDERS = ("merchant", "platform", "third_party")
TENDERS = (
    "cash", "card", "wallet", "gift_card", "stored_value",
    "voucher", "house_account", "platform", "other",
)  # fmt: skip
ADJUSTMENTS = (
    "discount", "coupon", "merchant_promo", "platform_promo", "loyalty_redemption",
    "comp", "refund", "chargeback", "error_charge", "compensation",
)  # fmt: skip
FEES = (
    "commission", "delivery", "processing", "merchant_promo", "ads", "marketing",
    "insurance", "tax_withheld", "adjustment", "payout",
)  # fmt: skip

Channel = Annotated[str, _codes(*CHANNELS)]
Funder = Annotated[str, _codes(*FUNDERS)]
Tender = Annotated[str, _codes(*TENDERS)]


class Record(BaseModel):
    """A row of a canonical file. `entity` is its template's name, `key` what makes it one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    entity: ClassVar[str]
    key: ClassVar[tuple[str, ...]]


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
    status: Annotated[str, _codes("paid", "open", "voided", "cancelled")]
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
    """An item on a check. `discount_amount` is the line's own, paid by the restaurant."""

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
    void_stage: Annotated[str, _codes("before_preparation", "after_preparation")] | None = None
    revision: Count | None = None


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
    adjustment_type: Annotated[str, _codes(*ADJUSTMENTS)]
    funded_by: Funder
    amount: Amount
    adjusted_at: LocalTime
    order_id: Text | None = None
    line_no: Count | None = None
    reason: Text | None = None
    currency_code: Text | None = None
    revision: Count | None = None


class Settlement(Record):
    """A line of a platform's payout. A positive amount is a cost to the restaurant."""

    entity = "settlements"
    key = ("store_id", "platform", "settlement_id")
    settlement_id: Text
    platform: Text
    store_id: Text
    fee_type: Annotated[str, _codes(*FEES)]
    amount: SignedAmount
    payout_date: Day
    order_id: Text | None = None
    payout_id: Text | None = None
    currency_code: Text | None = None
    revision: Count | None = None


class Customer(Record):
    """A known person, household or business. Contact details go to the restricted table."""

    entity = "customers"
    key = ("customer_ref",)
    customer_ref: CustomerRef
    customer_kind: Annotated[str, _codes("consumer", "household", "business")]
    joined_on: Day | None = None
    acquisition_source: Text | None = None
    account_id: Text | None = None
    home_store_id: Text | None = None
    language: Text | None = None
    is_staff: Flag | None = None
    is_profiling_opt_out: Flag | None = None
    display_name: Contact | None = None
    phone: Contact | None = None
    email: Contact | None = None
    revision: Count | None = None


class CustomerIdentifier(Record):
    """One more way to recognise a customer; stored only under a keyed hash."""

    entity = "customer_identifiers"
    key = ("customer_ref", "identifier_type", "identifier_value")
    customer_ref: CustomerRef
    identifier_type: Annotated[
        str,
        _codes(
            "phone", "email", "member_no", "card_token", "wechat_openid", "wechat_unionid",
            "wecom_external_userid", "platform_user", "external_id",
        ),
    ]  # fmt: skip
    identifier_value: Contact
    first_seen_on: Day | None = None


class Consent(Record):
    """What a customer allows on a channel, and since when. Unknown means no."""

    entity = "consents"
    key = ("customer_ref", "contact_channel", "consented_at")
    customer_ref: CustomerRef
    contact_channel: Annotated[str, _codes("email", "sms", "wechat", "push", "phone")]
    consent_status: Annotated[str, _codes("granted", "denied", "unknown")]
    consented_at: LocalTime
    consent_source: Text | None = None


class Feedback(Record):
    """A rating or a complaint."""

    entity = "feedback"
    key = ("store_id", "feedback_id")
    feedback_id: Text
    store_id: Text
    feedback_kind: Annotated[str, _codes("nps", "stars", "complaint")]
    given_at: LocalTime
    customer_ref: CustomerRef | None = None
    order_id: Text | None = None
    score: Quantity | None = None
    scale: Count | None = None
    complaint_status: Annotated[str, _codes("open", "closed")] | None = None
    revision: Count | None = None


class Lead(Record):
    """Somebody who showed interest and has not paid yet."""

    entity = "leads"
    key = ("lead_id",)
    lead_id: Text
    customer_ref: CustomerRef
    created_at: LocalTime
    lead_source: Text | None = None
    lead_stage: Text | None = None
    home_store_id: Text | None = None
    estimated_amount: Amount | None = None
    currency_code: Text | None = None


class Account(Record):
    """A business customer's account."""

    entity = "accounts"
    key = ("account_id",)
    account_id: Text
    account_name: Contact
    parent_account_id: Text | None = None
    payment_terms_days: Count | None = None
    account_owner: Text | None = None
    buying_mode: Annotated[str, _codes("central", "scattered")] | None = None


class Invoice(Record):
    """A bill to an account, and when it was paid."""

    entity = "invoices"
    key = ("invoice_id",)
    invoice_id: Text
    account_id: Text
    issued_on: Day
    due_on: Day
    amount: Amount
    store_id: Text | None = None
    order_id: Text | None = None
    paid_on: Day | None = None
    currency_code: Text | None = None
    revision: Count | None = None


class Item(Record):
    """Something on the menu. Only `sale` items are revenue; the rest is a liability."""

    entity = "items"
    key = ("item_id",)
    item_id: Text
    item_name: Text
    category: Text | None = None
    revenue_kind: Annotated[str, _codes("sale", "gift_card", "stored_value")] | None = None


class RecipeCost(Record):
    """What one unit of an item costs to make, from a day to a day (both included)."""

    entity = "recipe_costs"
    key = ("item_id", "store_id", "valid_from")
    item_id: Text
    unit_cost: UnitCost
    valid_from: Day
    valid_to: Day | None = None
    store_id: Text | None = None
    currency_code: Text | None = None


class CostRule(Record):
    """A cost that is known by rule. Blank scope columns mean "any"; priority breaks ties."""

    entity = "cost_rules"
    key = ("rule_id",)
    rule_id: Text
    component: Annotated[str, _codes("food", "packaging", "commission", "payment", "contact")]
    basis: Annotated[str, _codes("rate", "per_order", "per_line")]
    valid_from: Day
    valid_to: Day | None = None
    rate: Rate | None = None
    amount: Amount | None = None
    store_id: Text | None = None
    channel: Channel | None = None
    platform: Text | None = None
    tender: Tender | None = None
    category: Text | None = None
    priority: Count | None = None
    currency_code: Text | None = None


class Store(Record):
    """A place that sells. Time zone and cut-off decide its business date."""

    entity = "stores"
    key = ("store_id",)
    store_id: Text
    store_name: Text
    time_zone: Text
    currency_code: Text
    cutoff: Text | None = None
    brand: Text | None = None
    city: Text | None = None
    opened_on: Day | None = None


RECORDS: dict[str, type[Record]] = {
    record.entity: record
    for record in (
        Order, OrderLine, Payment, Adjustment, Settlement, Customer, CustomerIdentifier, Consent,
        Feedback, Lead, Account, Invoice, Item, RecipeCost, CostRule, Store,
    )
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One column of a template: its name in the file, its rule, and its name when stored."""

    name: str
    stored: Stored
    is_required: bool

    @property
    def stored_name(self) -> str:
        """The column's name in the warehouse: `gross_amount` becomes `gross_minor`."""
        match self.stored.kind:
            case Kind.MINOR:
                return self.name.removesuffix("_amount") + "_minor"
            case Kind.MICRO:
                return f"{self.name}_micro"
            case Kind.MILLI:
                return f"{self.name}_milli"
            case Kind.BPS:
                return f"{self.name}_bps"
            case Kind.CUSTOMER:
                return self.name.replace("customer_ref", "customer_key")
            case Kind.LOCAL_TIME:
                return self.name.removesuffix("_at") + "_local_at"
            case _:
                return self.name


def fields_of(entity: str) -> tuple[Field, ...]:
    """The columns of a template in their published order. Raises KeyError for an unknown one."""
    return tuple(
        Field(name, _storage_rule(info.annotation, info.metadata), info.is_required())
        for name, info in RECORDS[entity].model_fields.items()
    )


def _storage_rule(annotation: Any, metadata: list[Any]) -> Stored:
    """The `Stored` mark of a field, also when it is optional (`X | None`)."""
    candidates = list(metadata)
    for part in get_args(annotation):
        candidates += list(get_args(part)) if get_origin(part) is Annotated else []
    candidates += list(getattr(annotation, "__metadata__", ()))
    return next(mark for mark in candidates if isinstance(mark, Stored))
