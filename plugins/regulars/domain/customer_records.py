"""What the customer systems say: people, accounts, and what they allowed, said and booked."""

from typing import Annotated

from regulars.domain.fields import (
    CONSENT_CHANNELS,
    Amount,
    Contact,
    Count,
    CustomerRef,
    Day,
    Flag,
    Identifier,
    IdentifierType,
    LocalTime,
    Quantity,
    Record,
    Text,
    codes,
)


class Customer(Record):
    """A known person, household or business. Contact details go to the restricted table.

    `household_ref` is the same text for all members of a household: they stay persons of their own.
    """

    entity = "customers"
    key = ("customer_ref",)
    customer_ref: CustomerRef
    customer_kind: Annotated[str, codes("consumer", "household", "business")]
    joined_on: Day | None = None
    acquisition_source: Text | None = None
    account_id: Text | None = None
    household_ref: CustomerRef | None = None
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
    identifier_type: IdentifierType
    identifier_value: Identifier
    first_seen_on: Day | None = None


class Consent(Record):
    """What a customer allows on a channel, and since when. Unknown means no.

    `ads` is the consent to be matched in the audiences of advertising platforms.
    """

    entity = "consents"
    key = ("customer_ref", "contact_channel", "consented_at")
    customer_ref: CustomerRef
    contact_channel: Annotated[str, codes(*CONSENT_CHANNELS)]
    consent_status: Annotated[str, codes("granted", "denied", "unknown")]
    consented_at: LocalTime
    consent_source: Text | None = None


class Feedback(Record):
    """A rating or a complaint."""

    entity = "feedback"
    key = ("store_id", "feedback_id")
    feedback_id: Text
    store_id: Text
    feedback_kind: Annotated[str, codes("nps", "stars", "complaint")]
    given_at: LocalTime
    customer_ref: CustomerRef | None = None
    order_id: Text | None = None
    score: Quantity | None = None
    scale: Count | None = None
    complaint_status: Annotated[str, codes("open", "closed")] | None = None
    revision: Count | None = None


class LoyaltyEvent(Record):
    """Points that came or went. Earned points cost what they are expected to cost when used.

    `points` are positive when earned, negative when a correction takes them back; what was
    `redeemed` or `expired` is told for the balance and costs nothing again.
    """

    entity = "loyalty_events"
    key = ("store_id", "event_id")
    event_id: Text
    store_id: Text
    event_kind: Annotated[str, codes("earned", "corrected", "redeemed", "expired")]
    points: Quantity
    happened_at: LocalTime
    customer_ref: CustomerRef | None = None
    order_id: Text | None = None
    revision: Count | None = None


class ActionEvent(Record):
    """What became of an action at the tool that sent it, or at the till.

    `bounced` and `unsubscribed` withdraw the channel (all of them where none is given) from that
    day until a later consent; `complained` is a complaint that is open until a higher revision of
    the event says `closed`. `action_on` is the business date of the list, if the tool keeps it:
    without it the event belongs to the customer's newest action by then.
    """

    entity = "action_events"
    key = ("event_id",)
    event_id: Text
    event_kind: Annotated[
        str, codes("sent", "delivered", "redeemed", "bounced", "unsubscribed", "complained")
    ]
    happened_at: LocalTime
    customer_ref: CustomerRef
    contact_channel: Annotated[str, codes(*CONSENT_CHANNELS)] | None = None
    action_on: Day | None = None
    action_code: Text | None = None
    store_id: Text | None = None
    order_id: Text | None = None
    complaint_status: Annotated[str, codes("open", "closed")] | None = None
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
    owner_since_on: Day | None = None
    buying_mode: Annotated[str, codes("central", "scattered")] | None = None
    tax_id: Identifier | None = None


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


class Reservation(Record):
    """A table or an event that was booked, and whether anybody came."""

    entity = "reservations"
    key = ("store_id", "reservation_id")
    reservation_id: Text
    store_id: Text
    reserved_for_at: LocalTime
    reservation_status: Annotated[str, codes("booked", "seated", "no_show", "cancelled")]
    booked_at: LocalTime | None = None
    party_size: Count | None = None
    customer_ref: CustomerRef | None = None
    account_id: Text | None = None
    order_id: Text | None = None
    deposit_amount: Amount | None = None
    currency_code: Text | None = None
    revision: Count | None = None


class CustomerOverride(Record):
    """What a person decided about a customer: it wins over every rule, and can be taken back.

    `same_customer` joins two references, `different_customer` keeps them apart (what both carry
    stops linking anybody), `not_theirs` takes an identifier from a reference, `customer_kind` says
    consumer, household or business, `no_contact` keeps somebody off every list that is sent,
    `hand_offer` promises an amount. An override ends on `valid_to`, if it has one.
    """

    entity = "customer_overrides"
    key = ("override_id",)
    override_id: Text
    override_kind: Annotated[
        str,
        codes(
            "same_customer", "different_customer", "not_theirs", "customer_kind",
            "no_contact", "hand_offer",
        ),
    ]  # fmt: skip
    customer_ref: CustomerRef
    decided_by: Text
    decided_on: Day
    reason: Text
    other_customer_ref: CustomerRef | None = None
    identifier_type: IdentifierType | None = None
    identifier_value: Identifier | None = None
    customer_kind: Annotated[str, codes("consumer", "household", "business")] | None = None
    offer_amount: Amount | None = None
    valid_to: Day | None = None
    revision: Count | None = None
