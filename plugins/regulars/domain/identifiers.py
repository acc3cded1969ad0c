"""What people are recognised by, and why what looks like it may identify nobody."""

from enum import StrEnum


class Unusable(StrEnum):
    """Why an identifier identifies nobody. The words are part of reason codes."""

    MASKED = "masked"
    EXTENSION = "extension"
    NOT_A_PHONE = "not_a_phone"
    NOBODYS_NUMBER = "nobodys_number"
    VIRTUAL_NUMBER = "virtual_number"
    NOT_AN_EMAIL = "not_an_email"
    SHARED_MAILBOX = "shared_mailbox"
    CARD_SUFFIX = "card_suffix"
    PLACEHOLDER = "placeholder"


CONTACT_IDENTIFIERS = ("phone", "email")
"""Contact details of a customer that identify him too: column and identifier type in one word."""
