from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from regulars.domain.errors import BadInput
from regulars_airflow.business_date import business_date, first_date


def context(
    *,
    key: str | None = None,
    interval_end: datetime | None = None,
    events: list[dict[str, str | None]] | None = None,
    **params: str,
) -> dict[str, Any]:
    run = SimpleNamespace(
        partition_key=key, data_interval_end=interval_end, dag_id="ingest_sales", run_id="manual_1"
    )
    woken_by = [SimpleNamespace(extra=extra) for extra in events or []]
    given = {"business_date": None, "first_date": None} | params
    return {"dag_run": run, "params": given, "triggering_asset_events": {"landed": woken_by}}


def test_the_partition_key_goes_before_the_parameter() -> None:
    assert business_date(context(key="2025-01-30", business_date="2025-01-31")) == "2025-01-30"


def test_the_parameter_goes_before_the_data_interval() -> None:
    end = datetime(2025, 1, 31, tzinfo=UTC)
    assert business_date(context(business_date="2024-12-24", interval_end=end)) == "2024-12-24"


def test_without_both_it_is_the_last_whole_local_day_before_the_interval_ends() -> None:
    # 22:00 in London is already 06:00 of the 31st in Shanghai: the last whole day is the 30th.
    end = datetime(2025, 1, 30, 22, 0, tzinfo=UTC)
    assert business_date(context(interval_end=end)) == "2025-01-30"


def test_the_time_zone_of_the_group_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGULARS_TIME_ZONE", "Europe/London")
    end = datetime(2025, 1, 30, 22, 0, tzinfo=UTC)
    assert business_date(context(interval_end=end)) == "2025-01-29"


def test_a_run_that_says_no_day_asks_for_one() -> None:
    with pytest.raises(BadInput, match="parameter business_date"):
        business_date(context())


@pytest.mark.parametrize("key", ["north", "2025-02-30", "2025-01-31T05:30:00"])
def test_a_key_that_is_no_day_is_refused(key: str) -> None:
    with pytest.raises(BadInput, match="not a day"):
        business_date(context(key=key))


def test_the_first_date_is_the_parameter() -> None:
    assert first_date(context(first_date="2025-01-01")) == "2025-01-01"


def test_the_first_date_travels_with_the_event_that_woke_the_run() -> None:
    events: list[dict[str, str | None]] = [{"first_date": None}, {"first_date": "2025-01-05"}]
    assert first_date(context(events=events)) == "2025-01-05"


def test_without_a_first_date_the_run_is_about_one_day() -> None:
    assert first_date(context(events=[{"first_date": None}])) is None
