"""Businesses among the customers: which signs count, and how much."""

from regulars.policy.sections import Positive, Section, Share

_PUBLIC_MAIL = (
    "126.com", "139.com", "163.com", "aol", "example", "foxmail.com", "gmail.com", "gmx",
    "googlemail.com", "hotmail", "icloud.com", "live", "mail.com", "mail.ru", "me.com", "msn.com",
    "outlook", "proton.me", "protonmail.com", "qq.com", "sina.cn", "sina.com", "sohu.com",
    "web.de", "yahoo", "yandex.ru", "yeah.net", "ymail.com",
)  # fmt: skip


class BusinessPolicy(Section):
    """When a customer is taken for a business.

    Each sign has a weight; together they make us sure by 1 − Π(1 − weight), and from `confidence`
    on a customer of whom nothing else is known is a business. `*_share` and the figures beside
    them say when a sign is one; shares need `min_orders`, lead times `min_bookings`.
    `public_mail` names the mail providers anybody may use: a whole domain, or a first label
    (`yahoo` stands for yahoo.com and yahoo.co.jp).
    """

    confidence: Share = 0.8
    account_weight: Share = 0.9
    invoice_weight: Share = 0.85
    catering_weight: Share = 0.6
    company_email_weight: Share = 0.5
    weekday_lunch_weight: Share = 0.4
    party_weight: Share = 0.35
    lead_time_weight: Share = 0.3
    account_order_share: Share = 0.5
    catering_share: Share = 0.3
    weekday_lunch_share: Share = 0.7
    party_covers: Positive = 6
    lead_days: Positive = 3
    min_orders: Positive = 5
    min_bookings: Positive = 3
    public_mail: tuple[str, ...] = _PUBLIC_MAIL
