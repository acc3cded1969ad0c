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
_FREE_MAIL_DOMAINS = (
    "126.com", "139.com", "163.com", "189.cn", "aliyun.com", "aol.com", "bigpond.com",
    "daum.net", "foxmail.com", "free.fr", "gmail.com", "gmx.com", "gmx.de", "gmx.net",
    "googlemail.com", "hanmail.net", "hotmail.co.uk", "hotmail.com", "hotmail.fr", "icloud.com",
    "laposte.net", "libero.it", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com",
    "naver.com", "orange.fr", "outlook.com", "proton.me", "protonmail.com", "qq.com",
    "rediffmail.com", "sina.cn", "sina.com", "sohu.com", "t-online.de", "tom.com", "web.de",
    "yahoo.co.in", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.com.cn", "yandex.ru",
    "yeah.net", "zoho.com",
)  # fmt: skip


class IdentityPolicy(Section):
    """How people are recognised.

    An identifier that more than `max_people_per_identifier` carry stops linking.
    `virtual_phone_prefixes` (`+86170`) are numbers that platforms lend out; `shared_mailboxes` are
    names before the @ that are nobody's own; an e-mail outside of `free_mail_domains` is a
    company's.
    """

    max_people_per_identifier: Positive = 5
    virtual_phone_prefixes: tuple[Prefix, ...] = ()
    shared_mailboxes: tuple[LowerCase, ...] = _SHARED_MAILBOXES
    free_mail_domains: tuple[LowerCase, ...] = _FREE_MAIL_DOMAINS
