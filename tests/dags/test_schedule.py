"""Which mornings have which business date, asked of Airflow's own timetable."""

from datetime import UTC, datetime

import pytest
from airflow.serialization.encoders import coerce_to_core_timetable
from airflow.timetables.base import DagRunInfo, TimeRestriction
from airflow.timetables.trigger import CronPartitionTimetable

from regulars_airflow.clock import every_morning


@pytest.fixture
def timetable() -> CronPartitionTimetable:
    made = coerce_to_core_timetable(every_morning())
    assert isinstance(made, CronPartitionTimetable)
    return made


def keys(timetable: CronPartitionTimetable, first: datetime, last: datetime) -> list[str | None]:
    return [
        info.partition_key
        for info in timetable.iter_partition_dagrun_infos(earliest=first, latest=last)
    ]


def test_a_morning_is_about_the_day_before(timetable: CronPartitionTimetable) -> None:
    # 05:30 on 1 March in Shanghai is 21:30 on 28 February in UTC.
    last_run = DagRunInfo(
        run_after=datetime(2035, 2, 27, 21, 30, tzinfo=UTC),
        data_interval=None,
        partition_date=None,
        partition_key=None,
    )
    restriction = TimeRestriction(earliest=None, latest=None, catchup=True)
    following = timetable.next_dagrun_info_v2(last_dagrun_info=last_run, restriction=restriction)
    assert following is not None
    assert following.run_after == datetime(2035, 2, 28, 21, 30, tzinfo=UTC)
    assert following.partition_key == "2035-02-28"


def test_a_backfill_up_to_the_end_of_a_day_includes_that_day(
    timetable: CronPartitionTimetable,
) -> None:
    first, last = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 3, 23, 59, 59, tzinfo=UTC)
    assert keys(timetable, first, last) == ["2025-01-01", "2025-01-02", "2025-01-03"]


def test_a_backfill_up_to_the_begin_of_a_day_leaves_that_day_out(
    timetable: CronPartitionTimetable,
) -> None:
    """Airflow's trap: the bound is compared with 05:30 of the day. The launcher gives its end."""
    first, last = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 3, tzinfo=UTC)
    assert keys(timetable, first, last) == ["2025-01-01", "2025-01-02"]
