"""The section on identity: what identifies a person, and what never does."""

from typing import Annotated

from pydantic import AfterValidator, Field

from regulars.policy.sections import Positive, Section

Prefix = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{1,14}$")]
LowerCase = Annotated[str, AfterValidator(str.lower)]
_SHARED_MAILBOXES = (
    "abuse", "accounts", "admin", "billing", "booking", "bookings", "contact", "enquiries",
    "events", "finance", "hello", "help", "hr", "info", "invoice", "invoices", "mail",
    "marketing", "no-reply", "noreply", "office", "orders", "postmaster", "reception",
    "reservations", "sales", "service", "support", "webmaster",
)  # fmt: skip


class IdentityPolicy(Section):
    """How people are recognised.

    An identifier that more than `max_people_per_identifier` carry stops linking.
    `virtual_phone_prefixes` (`+86170`) are numbers that platforms lend out; `shared_mailboxes` are
    names before the @ that are nobody's own.
    """

    max_people_per_identifier: Positive = 5
    virtual_phone_prefixes: tuple[Prefix, ...] = ()
    shared_mailboxes: tuple[LowerCase, ...] = _SHARED_MAILBOXES
