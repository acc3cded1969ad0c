"""The business date, decided here and nowhere else, and the clocks of the stores.

A business date is the wall-clock day a store was trading on: local time minus the store's
cut-off. A dinner paid at 01:30 with a cut-off of 04:00 belongs to the evening before.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

LATEST_CUTOFF = time(6, 0)
_CUTOFF = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)


def parse_cutoff(text: str) -> time:
    """The cut-off from text such as "04:00". Raises ValueError outside 00:00 to 06:00."""
    match = _CUTOFF.fullmatch(text.strip())
    cutoff = time(int(match[1]), int(match[2])) if match else None
    if cutoff is None or cutoff > LATEST_CUTOFF:
        raise ValueError(f'the cut-off "{text}" is not a time between 00:00 and 06:00: use HH:MM')
    return cutoff


def zone_of(time_zone: str) -> ZoneInfo:
    """The time zone of an IANA name such as "Asia/Shanghai". Raises ValueError if unknown."""
    try:
        return ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(
            f'unknown time zone "{time_zone}": use an IANA name such as Asia/Shanghai'
        ) from error


def business_date(local: datetime, cutoff: time) -> date:
    """The business date of a store-local time."""
    return cast(datetime, _trading_clock(local, cutoff_span(cutoff))).date()


def business_dates(local: pd.Series, cutoff: time | pd.Series) -> pd.Series:
    """`business_date` for a column of store-local times, as midnights (datetime64).

    `cutoff` is one time for all rows, or a column of spans (timedelta64) on the same index.
    Missing times stay missing.
    """
    span = cutoff if isinstance(cutoff, pd.Series) else cutoff_span(cutoff)
    return cast(pd.Series, _trading_clock(local, span).dt.normalize())


def _trading_clock(local: Any, cutoff: Any) -> Any:
    """The one rule, for a time or a column: a store's day starts at its cut-off, on its clock."""
    return local - cutoff


def cutoff_span(cutoff: time) -> timedelta:
    """The time between midnight and the cut-off."""
    return timedelta(hours=cutoff.hour, minutes=cutoff.minute)


def utc_time(local: datetime, time_zone: str) -> datetime:
    """The UTC wall clock (naive) of a store-local time (naive).

    When clocks go back, an hour happens twice: the first one is meant. When they go forward,
    an hour is skipped: a time in it is read on the clock before the change, which lands it as
    far after the gap as it is written into it.
    """
    moment = local.replace(tzinfo=zone_of(time_zone), fold=0)
    return moment.astimezone(UTC).replace(tzinfo=None)


def local_time(utc: datetime, time_zone: str) -> datetime:
    """The store-local wall clock (naive) of a UTC time (naive)."""
    return utc.replace(tzinfo=UTC).astimezone(zone_of(time_zone)).replace(tzinfo=None)


def utc_times(local: pd.Series, time_zones: pd.Series) -> pd.Series:
    """`utc_time` for a column of naive local times, each in its own row's time zone."""
    return _per_zone(local, time_zones, _utc_in_zone)


def local_times(utc: pd.Series, time_zones: pd.Series) -> pd.Series:
    """Naive store-local times of a column of naive UTC times, each in its own time zone."""
    return _per_zone(utc, time_zones, _local_in_zone)


def _per_zone(
    clock: pd.Series, time_zones: pd.Series, convert: Callable[[pd.Series, str], pd.Series]
) -> pd.Series:
    result = pd.Series(pd.NaT, index=clock.index, dtype="datetime64[us]")
    known = clock.notna()
    for time_zone in time_zones[known].unique():
        rows = known & (time_zones == time_zone)
        result[rows] = convert(clock[rows].astype("datetime64[us]"), str(time_zone))
    return result


def _utc_in_zone(local: pd.Series, time_zone: str) -> pd.Series:
    moments = local.dt.tz_localize(
        zone_of(time_zone), ambiguous=np.ones(len(local), dtype=bool), nonexistent="NaT"
    )
    utc = moments.dt.tz_convert("UTC").dt.tz_localize(None)
    skipped = local[utc.isna()]
    utc[skipped.index] = [utc_time(moment.to_pydatetime(), time_zone) for moment in skipped]
    return cast(pd.Series, utc)


def _local_in_zone(utc: pd.Series, time_zone: str) -> pd.Series:
    local = utc.dt.tz_localize("UTC").dt.tz_convert(zone_of(time_zone)).dt.tz_localize(None)
    return cast(pd.Series, local)
