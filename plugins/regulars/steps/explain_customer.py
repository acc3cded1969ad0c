"""Explain: one customer on one day, from what he brought to what would change the verdict."""

from datetime import date

from regulars.actions.reasons import explain
from regulars.actions.vocabulary import ACTIONS
from regulars.engines import Warehouse
from regulars.reports.customer_story import CustomerStory, chapters, profit_chapters
from regulars.reports.figures import amount_text
from regulars.reports.story import Language, Line, tell
from regulars.reports.wording import GUARDRAILS
from regulars.steps.customer_rows import Row, find_customer, find_snapshot, standing_rows
from regulars.steps.runtime import Run, start

NO_ACTION: Line = ("Today: no action.", "当日：无动作。")


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
    key = find_customer(warehouse, run, customer)
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
    asked_for = customer if customer != key else None
    return CustomerStory(
        {**rows["who"], "asked_for": asked_for},
        rows["standing"],
        rows["score"],
        [(one, [why for why in drivers if why["currency_code"] == one["currency_code"]])
         for one in profits],
        rows["last_move"],
        _action(warehouse, key, day),
    )  # fmt: skip


def _action(warehouse: Warehouse, key: str, day: date) -> list[Line]:
    """What is done for the customer on the day, why, and what was nearly done instead."""
    if not warehouse.has_table("fct_actions"):
        return [NO_ACTION]
    asked = {"key": key, "day": day}
    chosen = warehouse.query(
        "select * from fct_actions where customer_key = :key and business_date = :day", **asked
    ).to_pylist()
    return _told(chosen[0]) if chosen else [_kept_off(warehouse, key, day)]


def _told(row: Row) -> list[Line]:
    action, code = ACTIONS[row["action_code"]], row["currency_code"]
    numbers = row | {
        name.removesuffix("_minor") + "_amount": amount_text(int(value), code)
        for name, value in row.items()
        if name.endswith("_minor") and value is not None
    }
    reasons = [explain(row[f"reason_{place}_code"], numbers) for place in (1, 2, 3)]
    lines = [(f"Today: {action.name}.", f"当日：{action.name_zh}。")]
    if row.get("runner_up_action_code"):
        second = ACTIONS[row["runner_up_action_code"]]
        lines.append((f"Second best: {second.name}.", f"次优：{second.name_zh}。"))
    return lines + [reason for reason in reasons if reason[0]]


def _kept_off(warehouse: Warehouse, key: str, day: date) -> Line:
    """Which guardrail stands before a list; only known of the newest day that was decided."""
    if not warehouse.has_table("act_candidates"):
        return NO_ACTION
    rows = warehouse.query(
        "select guardrail from act_candidates where customer_key = :key and snapshot_date = :day"
        " and guardrail is not null",
        key=key, day=day,
    ).to_pylist()  # fmt: skip
    if not rows:
        return NO_ACTION
    english, _, chinese = GUARDRAILS.get(rows[0]["guardrail"], rows[0]["guardrail"]).partition(
        " ‖ "
    )
    return f"Today: no action ({english}).", f"当日：无动作（{chinese or english}）。"
