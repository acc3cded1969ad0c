"""Explain: one customer on one day, from what he brought to what would change the verdict."""

from regulars.domain.errors import BadInput
from regulars.engines import Warehouse
from regulars.reports.customer_story import CustomerStory, chapters, profit_chapters
from regulars.reports.story import Language, tell
from regulars.steps.customer_rows import find_customer, find_snapshot, standing_rows
from regulars.steps.explained_actions import action_lines
from regulars.steps.runtime import Run, start


def explain_customer(
    customer: str, business_date: str, language: Language = "both", only_profit: bool = False
) -> str:
    """The story of a customer as he stood on a day, or what he brought alone.

    `customer` is a key, one he went by before a merge, or his number in the group's systems.
    Raises BadInput for somebody unknown, and for a day before anything was known of him.
    """
    run = start(business_date)
    with run.warehouse() as warehouse:
        story = gather_story(warehouse, run, customer)
    if only_profit and not story.is_refused:
        return tell(profit_chapters(story), language)
    return tell(chapters(story), language)


def gather_story(warehouse: Warehouse, run: Run, customer: str) -> CustomerStory:
    """Everything told of a customer on the newest date up to the run's on which he was judged."""
    if not warehouse.has_table("snap_customer_reasons"):
        raise BadInput("nobody was judged here yet", next_move="run the pipeline first: make run")
    key, asked_for = find_customer(warehouse, run, customer)
    day = find_snapshot(warehouse, key, run.business_date)
    rows = standing_rows(warehouse, key, day)
    profits = warehouse.query(
        "select * from fct_customer_profits where customer_key = :key and snapshot_date = :day"
        " order by currency_code",
        key=key, day=day,
    ).to_pylist()  # fmt: skip
    drivers = warehouse.query(
        "select * from fct_profit_drivers where customer_key = :key and snapshot_date = :day"
        " order by currency_code, driver_rank",
        key=key, day=day,
    ).to_pylist()  # fmt: skip
    return CustomerStory(
        {**rows["who"], "asked_for": asked_for},
        rows["standing"],
        rows["score"],
        [(one, [why for why in drivers if why["currency_code"] == one["currency_code"]])
         for one in profits],
        rows["last_move"],
        action_lines(warehouse, key, day),
    )  # fmt: skip
