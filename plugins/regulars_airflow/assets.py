"""What Regulars tells other DAGs about: schedule on these, partitioned by business date."""

from airflow.sdk import Asset, get_current_context

from regulars_airflow.business_date import read_days

LANDED_SALES = Asset(
    name="regulars_landed_sales",
    uri="x-regulars://warehouse/landed_sales",
    group="regulars",
)
CUSTOMER_PROFIT = Asset(
    name="regulars_customer_profit",
    uri="x-regulars://warehouse/customer_profit",
    group="regulars",
)
ACTION_LISTS = Asset(
    name="regulars_action_lists",
    uri="x-regulars://exports/action_lists",
    group="regulars",
)


def announce(asset: Asset) -> None:
    """Say that the run's business date of this asset is ready, at the end of the task.

    A run started by hand has no partition key of its own, and Airflow would wake no one: the day
    is named here. The first date of a longer window travels along in the event's extra.
    """
    days = read_days()
    event = get_current_context()["outlet_events"][asset]
    event.add_partitions(str(days["business_date"]))
    event.extra["first_date"] = days["first_date"]
