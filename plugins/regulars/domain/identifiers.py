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


_WORDS_FOR_NOBODY = frozenset({
    "-", "--", ".", "/", "?", "anonymous", "default", "guest", "n.a.", "n/a", "na", "nan", "nil",
    "no", "none", "null", "test", "unknown", "walk-in", "x", "xxx", "匿名", "散客", "无", "未知",
    "测试",
})  # fmt: skip


def is_word_for_nobody(text: str) -> bool:
    """Whether a text stands where a customer should and names none: `null`, `N/A`, `散客`, 0000."""
    plain = text.strip().casefold()
    return plain in _WORDS_FOR_NOBODY or (plain != "" and set(plain) == {"0"})


CONTACT_IDENTIFIERS = ("phone", "email")
"""Contact details of a customer that identify him too: column and identifier type in one word."""
