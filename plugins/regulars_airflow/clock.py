"""When the daily chain starts, and in whose time zone."""

from airflow.sdk import CronPartitionTimetable

from regulars.settings import Settings

DAILY_AT = "30 5 * * *"
"""After the latest cut-off of a business day (04:00) and before the stores open."""


def time_zone() -> str:
    """Return the time zone in which the group's morning begins."""
    return Settings().time_zone


def every_morning() -> CronPartitionTimetable:
    """Return the schedule whose run on a morning has the day before as its partition key."""
    return CronPartitionTimetable(
        DAILY_AT, timezone=time_zone(), run_offset=-1, key_format="%Y-%m-%d"
    )
