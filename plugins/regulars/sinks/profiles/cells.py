"""One cell of a tool's file: read, proven to be harmless, brought into form, hashed if asked."""

import re
from hashlib import sha256

from regulars.sinks.inspection import says_private_words
from regulars.sinks.profiles.definition import ProfileColumn
from regulars.sinks.profiles.people import VALUES, Asking

_NAME = re.compile(r"^[^\W\d_](?:[^\W\d_]|[.'’· -]){0,63}$")
_PATTERNS = {
    "email": re.compile(r"^[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}$"),
    "phone": re.compile(r"^\+[1-9][0-9]{6,14}$"),
    "first_name": _NAME,
    "last_name": _NAME,
    "external_id": re.compile(r"^[A-Za-z0-9][A-Za-z0-9._@:/#-]{0,63}$"),
    "customer_key": re.compile(r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$"),
    "country": re.compile(r"^[A-Z]{2}$"),
    "language": re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?$"),
}
"""What a value from a source must look like; the others are ours or the policy's."""
_MAINLAND = re.compile(r"^\+86(1[3-9][0-9]{9})$")


def read_cell(column: ProfileColumn, asking: Asking) -> str:
    """The cell as the tool wants it; blank without the consent it needs or when it is unsafe."""
    if column.needs and asking.person.consent(column.needs).status != "granted":
        return ""
    value = VALUES[column.value](asking)
    pattern = _PATTERNS.get(column.value)
    if not value or (pattern and not (pattern.fullmatch(value) and not says_private_words(value))):
        return ""
    formed = bring_into_form(value, column.form)
    return hash_text(formed) if column.is_hashed and formed else formed


def bring_into_form(value: str, form: str) -> str:
    """The form a tool asks for; phones come in E.164. `mainland` is blank for other countries."""
    match form:
        case "lower":
            return value.strip().lower()
        case "letters":
            return "".join(sign for sign in value.lower() if sign.isalpha())
        case "digits":
            return value.lstrip("+0")
        case "mainland":
            found = _MAINLAND.fullmatch(value)
            return found[1] if found else ""
        case _:
            return value.strip()


def hash_text(normal: str) -> str:
    """SHA-256 as lower-case hexadecimal text: what Google, Meta, Snap and TikTok compare."""
    return sha256(normal.encode()).hexdigest()
