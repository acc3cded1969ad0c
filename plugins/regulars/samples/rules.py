"""The group's cost rules: what is known without an actual bill, and from when to when."""

from dataclasses import dataclass
from datetime import date, timedelta

from regulars.domain.fields import CHANNELS, TENDERS
from regulars.samples.size import SampleSize

PLATFORMS = ("meiwei", "kuaisong")
COMMISSION_BPS = ((1800, 2000), (2100, 2200))
"""Commission by platform, before and after the change of costs."""
PACKAGING_PER_ORDER = {"takeaway": 80, "delivery_own": 220, "delivery_platform": 250,
                       "catering": 1500}  # fmt: skip
PACKAGING_PER_LINE = {"takeaway": 30}
TENDER_RATES = {"card": 60, "wallet": 38, "voucher": 150}
"""Payment fees in basis points; every other tender is free."""


@dataclass(frozen=True)
class Rule:
    """One row of the cost rules. `value` is basis points for a rate, else minor units."""

    component: str
    basis: str
    value: int
    valid_from: date
    valid_to: date | None = None
    channel: str = ""
    platform: str = ""
    tender: str = ""


def change_day(size: SampleSize) -> int:
    """The day, counted from the first, on which recipe costs and a commission change."""
    return size.days * 11 // 20


def list_rules(size: SampleSize) -> tuple[Rule, ...]:
    """Every rule in force during the sample, the change of a commission included."""
    since = size.first_day - timedelta(days=365)
    change = size.first_day + timedelta(days=change_day(size))
    packaging = [
        Rule("packaging", basis, amount, since, channel=channel)
        for basis, amounts in (
            ("per_order", PACKAGING_PER_ORDER),
            ("per_line", PACKAGING_PER_LINE),
        )
        for channel, amount in amounts.items()
    ]
    commissions = []
    for platform, (before, after) in zip(PLATFORMS, COMMISSION_BPS, strict=True):
        until = change - timedelta(days=1)
        commissions.append(Rule("commission", "rate", before, since, until, platform=platform))
        commissions.append(Rule("commission", "rate", after, change, platform=platform))
    payment = [
        Rule("payment", "rate", rate, since, tender=tender) for tender, rate in TENDER_RATES.items()
    ]
    return (*packaging, *commissions, *payment)


def by_channel(amounts: dict[str, int]) -> list[int]:
    """The amounts in the order of the channels, 0 where there is none."""
    return [amounts.get(channel, 0) for channel in CHANNELS]


def by_tender() -> list[int]:
    """The fee rates in the order of the tenders, 0 where there is none."""
    return [TENDER_RATES.get(tender, 0) for tender in TENDERS]
