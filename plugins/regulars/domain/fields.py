"""The words templates are written in: how a cell is read, what it becomes, which codes there are.

A field's annotation says how its text is read and under which name it is stored: money as whole
minor units, quantities in thousandths, unit costs in millionths of a minor unit, rates in basis
points, rates of exchange in thousand-millionths. Nothing here is ever a float.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    """How a text cell is parsed and what it becomes."""

    TEXT = "text"
    COUNT = "count"
    MINOR = "minor"
    MICRO = "micro"
    MILLI = "milli"
    BPS = "bps"
    NANO = "nano"
    DAY = "day"
    LOCAL_TIME = "local_time"
    FLAG = "flag"
    CUSTOMER = "customer"
    CONTACT = "contact"
    IDENTIFIER = "identifier"


KEYED = frozenset({Kind.CUSTOMER, Kind.IDENTIFIER})
"""Kinds that are kept as written only until they are replaced by a keyed hash."""


@dataclass(frozen=True)
class Stored:
    """The storage rule of a field: its kind, and the words it may hold if it is a code."""

    kind: Kind
    choices: tuple[str, ...] = ()
    signed: bool = False


def codes(*choices: str) -> Stored:
    """The storage rule of a text that is one of these words."""
    return Stored(Kind.TEXT, choices)


Text = Annotated[str, Stored(Kind.TEXT)]
Count = Annotated[int, Stored(Kind.COUNT)]
Amount = Annotated[int, Stored(Kind.MINOR)]
SignedAmount = Annotated[int, Stored(Kind.MINOR, signed=True)]
UnitCost = Annotated[int, Stored(Kind.MICRO)]
Quantity = Annotated[int, Stored(Kind.MILLI, signed=True)]
Rate = Annotated[int, Stored(Kind.BPS)]
Exchange = Annotated[int, Stored(Kind.NANO)]
Day = Annotated[date, Stored(Kind.DAY)]
LocalTime = Annotated[datetime, Stored(Kind.LOCAL_TIME)]
Flag = Annotated[bool, Stored(Kind.FLAG)]
CustomerRef = Annotated[str, Stored(Kind.CUSTOMER)]
Contact = Annotated[str, Stored(Kind.CONTACT)]
Identifier = Annotated[str, Stored(Kind.IDENTIFIER)]
"""Something a person is recognised by. Stored only as a keyed hash of its normalised form."""

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
    "sales", "tax_collected", "tip", "platform_promo", "third_party_promo", "refund",
    "error_charge", "recon_delta",
)  # fmt: skip
"""What a line of a payout is. All but `payout` and the deltas add up to minus the payout."""
IDENTIFIERS = (
    "phone", "email", "member_no", "card_token", "wechat_openid", "wechat_unionid",
    "wecom_external_userid", "platform_user", "external_id", "card_suffix",
)  # fmt: skip
"""How a person may be recognised. A card suffix is kept as evidence and never links anybody."""
CONSENT_CHANNELS = ("email", "sms", "wechat", "push", "phone", "ads")
"""What a customer may be asked to agree to, each for itself."""

Channel = Annotated[str, codes(*CHANNELS)]
Funder = Annotated[str, codes(*FUNDERS)]
Tender = Annotated[str, codes(*TENDERS)]
IdentifierType = Annotated[str, codes(*IDENTIFIERS)]


class Record(BaseModel):
    """A row of a canonical file. `entity` is its template's name, `key` what makes it one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    entity: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
