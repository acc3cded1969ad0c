"""Phone numbers: to E.164, or the reason why a number is nobody's own."""

import re

import phonenumbers
from phonenumbers import PhoneNumberType

from regulars.domain.identifiers import Unusable

_MASK = re.compile(r"[*•●]|[xX]{2,}|\d[xX]\d")
# A privacy number is a platform's line with a code behind it: 13800138000,1234 or 转1234.
_EXTENSION = re.compile(r"[,;_#]|转|分机|(?:ext|extension|x)\.?\s*\d+$", re.IGNORECASE)
_NOBODYS = frozenset({
    PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN, PhoneNumberType.VOICEMAIL,
})  # fmt: skip
_SAME_AT_THE_END = re.compile(r"(\d)\1{6,}$")


def read_phone(
    text: str, country: str, virtual_prefixes: tuple[str, ...]
) -> tuple[str | None, Unusable | None]:
    """E.164 of a number written in a country, or why it identifies nobody."""
    if _MASK.search(text):
        return None, Unusable.MASKED
    if _EXTENSION.search(text):
        return None, Unusable.EXTENSION
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None, Unusable.NOT_A_PHONE
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    why = _why_nobodys(number, written, virtual_prefixes)
    return (None, why) if why else (written, None)


def _why_nobodys(
    number: phonenumbers.PhoneNumber, written: str, virtual_prefixes: tuple[str, ...]
) -> Unusable | None:
    if number.extension:
        return Unusable.EXTENSION
    if _SAME_AT_THE_END.search(written):
        return Unusable.PLACEHOLDER
    if not phonenumbers.is_valid_number(number):
        return Unusable.NOT_A_PHONE
    if phonenumbers.number_type(number) in _NOBODYS:
        return Unusable.NOBODYS_NUMBER
    return Unusable.VIRTUAL_NUMBER if written.startswith(virtual_prefixes) else None
