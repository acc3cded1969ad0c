"""The sections of a policy: every number a restaurant may disagree with, with its default."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from regulars.domain.business_day import parse_cutoff, zone_of

Share = Annotated[float, Field(ge=0, le=1)]
Percentile = Annotated[float, Field(ge=0, le=100)]
Positive = Annotated[int, Field(gt=0)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2})?$")]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]


def _known_zone(name: str) -> str:
    zone_of(name)
    return name


def _early_morning(text: str) -> str:
    parse_cutoff(text)
    return text


Zone = Annotated[str, AfterValidator(_known_zone)]
CutOff = Annotated[str, AfterValidator(_early_morning)]


class Section(BaseModel):
    """A part of the policy: exactly the keys it names, never changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupPolicy(Section):
    """The restaurant group."""

    name: str
    name_zh: str
    currency_code: Currency


class StorePolicy(Section):
    """A store: its place and its business day."""

    store_id: str
    store_name: str
    brand: str | None = None
    city: str | None = None
    store_type: str = "restaurant"
    time_zone: Zone
    cutoff: CutOff = "04:00"
    currency_code: Currency
    country: Country = ""


class SourcePolicy(Section):
    """Where extracts come from and how they are read.

    `folder` is a folder of the drop folder, or a place elsewhere (`s3://…`, `sftp://…`), or, for
    a layout that reads a database, nothing. `connection` names the connection that opens such a
    place; the secret itself is in the environment. `store_map` translates what the source calls
    its stores. `country` (ISO 3166, two letters) is where phone numbers without a prefix belong.
    `done_marker` (`.done`) is the ending of the empty file that says that a file is whole: without
    it beside a file, the file waits. Elsewhere, a file without a marker has to stay the same for
    `settle_seconds`. `expected`, `closed_weekdays` (1 is Monday) and `closed_days` are the
    calendar of expected files.
    """

    name: Slug
    layout: Slug = "canonical"
    folder: str = "."
    connection: Slug | None = None
    done_marker: Annotated[str, Field(pattern=r"^(\.[a-z]{1,12})?$")] = ""
    settle_seconds: Annotated[int, Field(ge=0, le=600)] = 10
    time_zone: Zone
    cutoff: CutOff = "04:00"
    currency_code: Currency
    country: Country = ""
    expected: Literal["daily", "none"] = "none"
    closed_weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    closed_days: tuple[date, ...] = ()
    stores: tuple[str, ...] = ()
    store_map: dict[str, str] = {}

    def marker_of(self, name: str) -> str:
        """The marker that says that a file of this name is whole; blank where none is asked for."""
        return f"{name}{self.done_marker}" if self.done_marker else ""

    def is_marker(self, name: str) -> bool:
        """Whether a file of this name is such a marker, no file with rows."""
        return bool(self.done_marker) and name.endswith(self.done_marker)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the folder is a place of its own (`s3://…`), not one in the drop folder."""
        return "://" in self.folder

    def is_expected_on(self, day: date) -> bool:
        """Whether the source should bring a file for the day: its calendar of expected files."""
        is_open = day.isoweekday() not in self.closed_weekdays and day not in self.closed_days
        return self.expected == "daily" and is_open


class WindowPolicy(Section):
    """How far back we look, in days."""

    tier_days: Positive = 180
    curve_days: Positive = 365

    @model_validator(mode="after")
    def _nested(self) -> Self:
        if self.tier_days > self.curve_days:
            raise ValueError(
                f"tier_days ({self.tier_days}) must be within curve_days ({self.curve_days})"
            )
        return self


class ScorePolicy(Section):
    """How far the score looks ahead, in days: the next weeks, and about a year.

    With `blend: auto` the near prediction is drawn to what the same score came to on earlier dates,
    once so many customers have come back (`blend_returns`) that this can be learned.
    """

    horizon_days: Annotated[int, Field(ge=7, le=366)] = 30
    long_horizon_days: Annotated[int, Field(ge=30, le=1100)] = 365
    blend: Literal["auto", "never"] = "auto"
    blend_returns: Annotated[int, Field(ge=50)] = 200

    @model_validator(mode="after")
    def _near_before_far(self) -> Self:
        if self.horizon_days >= self.long_horizon_days:
            raise ValueError("horizon_days must be below long_horizon_days")
        return self


class ProofPolicy(Section):
    """When there is enough evidence to judge.

    Big is who is, with the lower bound of the interval that holds `interval_share` of the chance,
    worth more than his peers at `cut_percentile` (without one: those at the lower door of gold).
    `outlier_share` of a cohort's visits at either end say nothing of its spread; a cohort needs
    `min_cohort` customers who came twice, else all customers of the kind speak for it. However
    alike they are, `max_credibility_visits` visits of one's own weigh as much as all of theirs.
    """

    min_visits: Positive = 3
    min_credibility: Share = 0.5
    min_active_months: Annotated[int, Field(ge=1, le=6)] = 4
    max_largest_order_share: Share = 0.4
    interval_share: Annotated[float, Field(ge=0.5, le=0.99)] = 0.8
    cut_percentile: Percentile | None = None
    outlier_share: Annotated[float, Field(ge=0, le=0.1)] = 0.01
    min_cohort: Annotated[int, Field(ge=2)] = 30
    max_credibility_visits: Annotated[float, Field(ge=1, le=1000)] = 12


class TierBand(Section):
    """A tier's door: percentiles at which one goes up into it and down out of it."""

    promote: Percentile
    demote: Percentile

    @model_validator(mode="after")
    def _not_inverted(self) -> Self:
        if self.demote >= self.promote:
            raise ValueError("demote must be below promote: an inverted band flips every week")
        return self


class TierPolicy(Section):
    """The value pyramid and how slowly it moves; a downgrade is announced `notice_days` before."""

    platinum: TierBand = TierBand(promote=95, demote=88)
    gold: TierBand = TierBand(promote=82, demote=70)
    iron: TierBand = TierBand(promote=50, demote=35)
    dwell_days: Annotated[int, Field(ge=0)] = 56
    notice_days: Annotated[int, Field(ge=0)] = 28
    review_weekday: Annotated[int, Field(ge=1, le=7)] = 1

    @model_validator(mode="after")
    def _pyramid(self) -> Self:
        doors = (self.iron, self.gold, self.platinum)
        for lower, upper in pairwise(doors):
            if lower.promote >= upper.promote or lower.demote >= upper.demote:
                raise ValueError("bands must rise from iron over gold to platinum")
        return self
