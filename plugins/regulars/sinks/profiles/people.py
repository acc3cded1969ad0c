"""A person at the edge: contact details, consents and action; and what a tool may ask of them."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Consent:
    """The newest word of a person on a channel: `granted`, `denied` or `unknown`, with offset."""

    status: str = "unknown"
    said_at: datetime | None = None
    source: str = ""


NO_WORD = Consent()
_WECOM_USERID = re.compile(r"w[mo][A-Za-z0-9_-]{10,62}")


@dataclass(frozen=True)
class Setup:
    """What the policy says of tools: one channel a person, texts, tags and staff of 企业微信."""

    only_chosen_channel: bool = True
    sms_sign_name: str = ""
    sms_template_code: str = ""
    wecom_tags: Mapping[str, str] = field(default_factory=dict)
    wecom_userids: Mapping[str, str] = field(default_factory=dict)
    wecom_default_userid: str = ""


@dataclass(frozen=True)
class Person:
    """A customer whose action runs; `is_today` when it is on today's list.

    Phone (E.164) and e-mail are already judged to be his own.
    `customer_key` is the pseudonym, `member_ref` the reference in the restaurant's own system,
    `wecom_ref` the one among his references that is an external_userid of 企业微信.
    """

    customer_key: str
    list_name: str
    priority: int
    store_id: str
    is_today: bool = True
    contact_channel: str = ""
    member_ref: str = ""
    wecom_ref: str = ""
    email: str = ""
    phone: str = ""
    first_name: str = ""
    last_name: str = ""
    country: str = ""
    language: str = ""
    visit_count: int = 0
    offer_amount: str = "0"
    expires_on: date = date.max
    consents: Mapping[str, Consent] = field(default_factory=dict)

    def consent(self, channel: str) -> Consent:
        """His newest word on a channel; unknown means no."""
        return self.consents.get(channel, NO_WORD)


@dataclass(frozen=True)
class Asking:
    """What a value is read from: the person, the audience, the tool's words and its setup."""

    person: Person
    audience: str
    words: Mapping[str, str]
    setup: Setup


def is_wecom_userid(reference: str) -> bool:
    """Whether a customer reference is an external_userid of 企业微信."""
    return _WECOM_USERID.fullmatch(reference) is not None


def split_name(display_name: str) -> tuple[str, str]:
    """First and last name of a displayed one; a Chinese name without blanks begins with the last.

    A single word is a first name: tools greet by it.
    """
    parts = display_name.split()
    if len(parts) > 1:
        return " ".join(parts[:-1]), parts[-1]
    (whole,) = parts or ("",)
    if not whole or not all("\u4e00" <= character <= "\u9fff" for character in whole):
        return whole, ""
    length = 2 if whole[:2] in _TWO_CHARACTER_NAMES and len(whole) > 2 else 1
    return (whole[length:], whole[:length]) if len(whole) > length else (whole, "")


_TWO_CHARACTER_NAMES = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯"}
)


def _consent_word(channel: str) -> Callable[[Asking], str]:
    def read(asking: Asking) -> str:
        status = asking.person.consent(channel).status
        return asking.words.get(status, status)

    return read


def _consent_time(channel: str) -> Callable[[Asking], str]:
    def read(asking: Asking) -> str:
        consent = asking.person.consent(channel)
        return consent.said_at.isoformat(timespec="seconds") if consent.said_at else ""

    return read


def _sms_parameters(asking: Asking) -> str:
    person = asking.person
    values = {"offer_amount": person.offer_amount, "valid_until": person.expires_on.isoformat()}
    return json.dumps(values, separators=(",", ":"))


def _wecom_userid(asking: Asking) -> str:
    setup = asking.setup
    return setup.wecom_userids.get(asking.person.store_id, setup.wecom_default_userid)


VALUES: dict[str, Callable[[Asking], str]] = {
    "email": lambda asking: asking.person.email,
    "phone": lambda asking: asking.person.phone,
    "first_name": lambda asking: asking.person.first_name,
    "last_name": lambda asking: asking.person.last_name,
    "external_id": lambda asking: asking.person.member_ref,
    "wecom_external_userid": lambda asking: asking.person.wecom_ref,
    "customer_key": lambda asking: asking.person.customer_key,
    "country": lambda asking: asking.person.country,
    "language": lambda asking: asking.person.language,
    "audience": lambda asking: asking.audience,
    "lifecycle_stage": lambda asking: "customer" if asking.person.visit_count else "lead",
    "email_consent": _consent_word("email"),
    "email_consented_at": _consent_time("email"),
    "sms_consent": _consent_word("sms"),
    "sms_consented_at": _consent_time("sms"),
    "sms_sign_name": lambda asking: asking.setup.sms_sign_name,
    "sms_template_code": lambda asking: asking.setup.sms_template_code,
    "sms_parameters": _sms_parameters,
    "wecom_userid": _wecom_userid,
    "wecom_tag": lambda asking: asking.setup.wecom_tags.get(asking.audience, ""),
    "blank": lambda _asking: "",
}
"""Everything a column may ask for."""
