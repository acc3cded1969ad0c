"""The canonical records: every template, its columns, and the names they are stored under."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from regulars.domain.customer_records import (
    Account,
    ActionEvent,
    Consent,
    Customer,
    CustomerIdentifier,
    CustomerOverride,
    Feedback,
    Invoice,
    Lead,
    LoyaltyEvent,
    Reservation,
)
from regulars.domain.fields import Kind, Record, Stored
from regulars.domain.reference_records import CostRule, ExchangeRate, Item, RecipeCost, Store
from regulars.domain.sales_records import (
    Adjustment,
    Order,
    OrderIdentifier,
    OrderLine,
    Payment,
    Settlement,
)

RECORDS: dict[str, type[Record]] = {
    record.entity: record
    for record in (
        Order, OrderLine, Payment, Adjustment, Settlement, OrderIdentifier, Customer,
        CustomerIdentifier, CustomerOverride, Consent, Feedback, Lead, Reservation, Account,
        Invoice, Item, RecipeCost, CostRule, Store, LoyaltyEvent, ExchangeRate, ActionEvent,
    )
}  # fmt: skip

_STORED_AS = {
    Kind.MINOR: ("_amount", "_minor"),
    Kind.MICRO: ("", "_micro"),
    Kind.MILLI: ("", "_milli"),
    Kind.BPS: ("", "_bps"),
    Kind.NANO: ("", "_nano"),
    Kind.CUSTOMER: ("_ref", "_key"),
    Kind.IDENTIFIER: ("_value", "_hash"),
    Kind.LOCAL_TIME: ("_at", "_local_at"),
}
"""What the stored name of a kind loses and gains at its end."""


@dataclass(frozen=True)
class Field:
    """One column of a template: its name in the file, its rule, and its name when stored."""

    name: str
    stored: Stored
    is_required: bool

    @property
    def stored_name(self) -> str:
        """The column's name in the warehouse: `gross_amount` becomes `gross_minor`."""
        cut, suffix = _STORED_AS.get(self.stored.kind, ("", ""))
        return self.name.removesuffix(cut) + suffix


@cache
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
