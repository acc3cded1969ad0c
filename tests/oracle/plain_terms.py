"""The group's own figures, as its policy states them: minutes, points, contacts, capital."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from oracle.plain_ladder import Row, half_up
from oracle.plain_rules import in_force

A_DAY = 24 * 60
DAYS_A_YEAR = 365
STEP = 30
"""Costs that are spread over time are charged in steps of thirty days."""


class Terms:
    """The sections `service` and `charges` of a policy as they are written, in minor units."""

    def __init__(self, policy: Mapping[str, Any], currency: str = "CNY") -> None:
        self.service = policy.get("service", {})
        self.charges = policy.get("charges", {})
        self.currency = currency

    def service_cost(self, order: Row, line_count: int) -> int:
        """Minutes at the cost of a minute of practical capacity; the store's own rate wins."""
        rates = [
            rate
            for rate in self.service.get("rates", ())
            if in_force(rate, order["business_date"])
            and rate.get("store_id") in (None, order["store_id"])
            and (rate.get("store_id") or order["currency_code"] == self.currency)
        ]
        if not rates:
            return 0
        rate = max(rates, key=lambda one: bool(one.get("store_id")))
        hour = 60 * Fraction(str(self.service.get("practical_share", "0.8")))
        cost = minutes_of(order, rate, line_count) * rate["hour_cost_minor"] / hour
        return half_up(cost.numerator, cost.denominator)

    def points_cost(self, points_milli: int, day: date, currency: str) -> int | None:
        """What points are expected to cost when they are used; None where nothing is stated."""
        rate = self._figure("points", day) if currency == self.currency else None
        if rate is None:
            return None
        value = Fraction(str(rate["point_value_minor"])) * Fraction(str(rate["redemption_share"]))
        cost = value * points_milli / 1000
        return half_up(cost.numerator, cost.denominator)

    def contact_cost(self, channel: str, day: date) -> int:
        """What one contact on a channel costs."""
        rate = self._figure("contacts", day, contact_channel=channel)
        return int(rate["cost_minor"]) if rate else 0

    def installments(self, source: str | None, won_on: date) -> Iterable[tuple[int, int]]:
        """Days after the first paid order, and what of the cost of winning falls on each."""
        rate = self._figure("acquisition", won_on, source=source)
        if rate is None:
            return
        cost, spread = rate["cost_minor"], rate.get("amortisation_days", DAYS_A_YEAR)
        for day in range(0, spread, STEP):
            yield day, cost * min(day + STEP, spread) // spread - cost * day // spread

    def waiting_cost(self, amount: int, days: int, issued_on: date) -> int:
        """What an amount that is owed for some days costs at the rate of capital."""
        rate = self._figure("capital", issued_on)
        if rate is None:
            return 0
        cost = amount * days * Fraction(str(rate["annual_rate"])) / DAYS_A_YEAR
        return half_up(cost.numerator, cost.denominator)

    def _figure(self, section: str, day: date, **scope: Any) -> Row | None:
        for figure in self.charges.get(section, ()):
            if in_force(figure, day) and all(figure[key] == scope[key] for key in scope):
                return figure
        return None


def minutes_of(order: Row, rate: Row, line_count: int) -> Fraction:
    """Minutes of an order: base, channel, lines; guests and table time where they sit."""
    told = {
        name: Fraction(str(rate.get(name, 0)))
        for name in ("order_minutes", "cover_minutes", "line_minutes", "table_share")
    }
    extra = Fraction(str(rate.get("channel_minutes", {}).get(order["channel"], 0)))
    minutes = told["order_minutes"] + extra + told["line_minutes"] * line_count
    if order["channel"] == "dine_in":
        minutes += told["cover_minutes"] * (order.get("covers") or 0)
        minutes += told["table_share"] * stay_of(order)
    return minutes


def stay_of(order: Row) -> int:
    """Whole minutes the table was taken; none where the clock cannot be right."""
    opened: datetime | None = order.get("opened_local_at")
    if opened is None:
        return 0
    closed: datetime = order["closed_local_at"]
    stay = closed.replace(second=0) - opened.replace(second=0)
    minutes = int(stay.total_seconds()) // 60
    return minutes if 0 < minutes < A_DAY else 0
