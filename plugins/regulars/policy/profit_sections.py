"""The figures of the profit ladder that no file tells: serving, points, contacts, capital.

Each is an assumption of the group, dated, and zero until it is given: without minutes CM3 is CM2,
without a rate of capital a late payment costs nothing. The run's report says what is not costed.
"""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from regulars.domain.fields import CHANNELS, Channel
from regulars.policy.dated import Dated, refuse_gaps, refuse_overlaps
from regulars.policy.sections import Currency, Positive, Section

Minutes = Annotated[Decimal, Field(ge=0, le=1440, decimal_places=3)]
ExactShare = Annotated[Decimal, Field(ge=0, le=1, decimal_places=4)]
Cost = Annotated[int, Field(ge=0)]
_MINUTES_PER_HOUR, _MICRO, _BPS = 60, 1_000_000, 10_000


class ServiceRate(Dated):
    """How long serving takes, and what an hour of it costs: one pair of hands, all included.

    Minutes of an order = `order_minutes` + `channel_minutes` of its channel + `cover_minutes` per
    seated guest + `line_minutes` per line + `table_share` of the minutes its table was taken.
    """

    hour_cost_minor: Cost
    store_id: str | None = None
    order_minutes: Minutes = Decimal(0)
    cover_minutes: Minutes = Decimal(0)
    line_minutes: Minutes = Decimal(0)
    table_share: ExactShare = Decimal(0)
    channel_minutes: dict[Channel, Minutes] = {}

    @model_validator(mode="after")
    def _known_channels(self) -> Self:
        if unknown := sorted(set(self.channel_minutes) - set(CHANNELS)):
            raise ValueError(f"channel_minutes names unknown channels {unknown}")
        return self

    def minute_cost_micro(self, practical_share: Decimal) -> int:
        """Cost of a minute at practical capacity, in millionths of a minor unit.

        An hour that is paid for has 60 minutes, of which the practical share can be worked
        (Kaplan and Anderson, time-driven activity-based costing).
        """
        workable = _MINUTES_PER_HOUR * int(practical_share * _BPS)
        return (self.hour_cost_minor * _MICRO * _BPS + workable // 2) // workable


class Capacity(Dated):
    """How many pairs of hands serve in a store's daypart, and for how many hours a day."""

    store_id: str
    daypart: str
    hours: Annotated[Decimal, Field(gt=0, le=24, decimal_places=2)]
    hands: Annotated[Decimal, Field(gt=0, decimal_places=2)]

    def practical_milli(self, practical_share: Decimal) -> int:
        """Thousandths of minutes a day that such a share of the paid time is."""
        return int(self.hours * self.hands * _MINUTES_PER_HOUR * practical_share * 1000)


class ServicePolicy(Section):
    """Time-driven service cost. Below `idle_share` of its capacity a store is idle."""

    practical_share: Annotated[Decimal, Field(gt=0, le=1, decimal_places=4)] = Decimal("0.8")
    idle_share: ExactShare = Decimal("0.7")
    rates: tuple[ServiceRate, ...] = ()
    capacity: tuple[Capacity, ...] = ()

    @property
    def store_ids(self) -> set[str]:
        """The stores that are named."""
        rated = {rate.store_id for rate in self.rates if rate.store_id}
        return rated | {one.store_id for one in self.capacity}

    @model_validator(mode="after")
    def _each_day_once(self) -> Self:
        refuse_overlaps("service rate of", self.rates, lambda one: one.store_id or "all stores")
        refuse_gaps(
            "service rate of",
            self.rates,
            lambda one: one.store_id or "all stores",
            lambda wide, narrow: wide.store_id in (None, narrow.store_id),
        )
        refuse_overlaps("capacity of", self.capacity, lambda one: (one.store_id, one.daypart))
        refuse_gaps("capacity of", self.capacity, lambda one: (one.store_id, one.daypart))
        return self


class PointCost(Dated):
    """What a point is worth when it is used, and the share of points that ever are."""

    point_value_minor: Annotated[Decimal, Field(ge=0, decimal_places=4)]
    redemption_share: ExactShare

    @property
    def unit_cost_micro(self) -> int:
        """Expected redemption cost of one point, in millionths of a minor unit."""
        return int(self.point_value_minor * self.redemption_share * _MICRO)


class AcquisitionCost(Dated):
    """What winning a customer from a source costs, spread from the first paid order on."""

    source: str
    cost_minor: Cost
    amortisation_days: Positive = 365


class ContactCost(Dated):
    """What one contact on a channel costs."""

    contact_channel: str
    cost_minor: Cost


class CapitalCost(Dated):
    """Cost of capital a year, for what accounts owe."""

    annual_rate: ExactShare


class ExchangeRatePolicy(Dated):
    """How much of the group's currency one unit of another is worth."""

    from_currency: Currency
    rate: Annotated[Decimal, Field(gt=0, decimal_places=9)]

    @property
    def rate_nano(self) -> int:
        """The rate in thousand-millionths."""
        return int(self.rate * 1_000_000_000)


class ChargePolicy(Section):
    """Costs that belong to a customer rather than to an order."""

    points: tuple[PointCost, ...] = ()
    acquisition: tuple[AcquisitionCost, ...] = ()
    contacts: tuple[ContactCost, ...] = ()
    capital: tuple[CapitalCost, ...] = ()

    @model_validator(mode="after")
    def _each_day_once(self) -> Self:
        for what, figures, scope in (
            ("cost of", self.points, lambda one: "points"),
            ("acquisition cost of", self.acquisition, lambda one: one.source),
            ("contact cost of", self.contacts, lambda one: one.contact_channel),
            ("cost of", self.capital, lambda one: "capital"),
        ):
            refuse_overlaps(what, figures, scope)
            refuse_gaps(what, figures, scope)
        return self
