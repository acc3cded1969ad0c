"""When the daily chain starts, and in whose time zone."""

import os

from airflow.sdk import CronPartitionTimetable

DAILY_AT = "30 5 * * *"
"""After the latest cut-off of a business day (04:00) and before the stores open."""


def time_zone() -> str:
    """Return the group's time zone: `REGULARS_TIME_ZONE`, else Shanghai."""
    return os.environ.get("REGULARS_TIME_ZONE", "Asia/Shanghai")


def every_morning() -> CronPartitionTimetable:
    """Return the schedule whose run on a morning has the day before as its partition key."""
    return CronPartitionTimetable(
        DAILY_AT, timezone=time_zone(), run_offset=-1, key_format="%Y-%m-%d"
    )
