"""The canonical records: every template, its columns, and the names they are stored under."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from regulars.domain.customer_records import (
    Account,
    Consent,
    Customer,
    CustomerIdentifier,
    CustomerOverride,
    Feedback,
    Invoice,
    Lead,
    Reservation,
)
from regulars.domain.fields import Kind, Record, Stored
from regulars.domain.reference_records import CostRule, Item, RecipeCost, Store
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
        Invoice, Item, RecipeCost, CostRule, Store,
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
                return self.name.removesuffix("_ref") + "_key"
            case Kind.IDENTIFIER:
                return self.name.removesuffix("_value") + "_hash"
            case Kind.LOCAL_TIME:
                return self.name.removesuffix("_at") + "_local_at"
            case _:
                return self.name


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
