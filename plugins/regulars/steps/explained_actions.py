"""What is done for one customer on a day, why, and what was nearly done instead, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from regulars.actions.reasons import explain
from regulars.actions.vocabulary import ACTIONS
from regulars.engines import Warehouse
from regulars.reports.figures import amount_text, money_text
from regulars.reports.story import Line, both
from regulars.reports.wording import GUARDRAILS

NO_ACTION: Line = ("Today: no action.", "当日：无动作。")


def action_lines(warehouse: Warehouse, key: str, day: date) -> list[Line]:
    """The day's action of a customer, or which guardrail stands before his list."""
    rows = []
    if warehouse.has_table("fct_actions"):
        rows = warehouse.query(
            "select * from fct_actions where customer_key = :key and business_date = :day",
            key=key, day=day,
        ).to_pylist()  # fmt: skip
    return action_words(rows[0]) if rows else [_kept_off(warehouse, key, day)]


def action_words(row: Mapping[str, Any]) -> list[Line]:
    """A row of `fct_actions`: the action, its runner-up if there was one, and its reasons."""
    action, code = ACTIONS[row["action_code"]], row["currency_code"]
    numbers = dict(row) | {
        name.removesuffix("_minor") + "_amount": amount_text(int(value), code)
        for name, value in row.items()
        if name.endswith("_minor") and value is not None
    }
    worth, worth_zh = _worth(row.get("added_profit_minor"), code)
    lines = [(f"Today: {action.name}{worth}.", f"当日：{action.name_zh}{worth_zh}。")]
    if row.get("runner_up_action_code"):
        second = ACTIONS[row["runner_up_action_code"]]
        worth, worth_zh = _worth(row.get("runner_up_added_profit_minor"), code)
        lines.append((f"Runner-up: {second.name}{worth}.", f"备选：{second.name_zh}{worth_zh}。"))
    if row.get("is_withheld"):
        lines.append(("Waits for a person's approval.", "待人工审批。"))
    reasons = (explain(row[f"reason_{place}_code"], numbers) for place in (1, 2, 3))
    return lines + [reason for reason in reasons if reason[0]]


def _worth(minor: int | None, code: str) -> Line:
    if minor is None:
        return "", ""
    money = money_text(int(minor), code)
    return f", worth {money} of added profit", f"（预期增益 {money}）"


def _kept_off(warehouse: Warehouse, key: str, day: date) -> Line:
    """Only known of the newest day that was decided."""
    if not warehouse.has_table("act_candidates"):
        return NO_ACTION
    rows = warehouse.query(
        "select guardrail from act_candidates where customer_key = :key and snapshot_date = :day"
        " and guardrail is not null",
        key=key, day=day,
    ).to_pylist()  # fmt: skip
    if not rows:
        return NO_ACTION
    english, chinese = both(GUARDRAILS.get(rows[0]["guardrail"], rows[0]["guardrail"]))
    return f"Today: no action ({english}).", f"当日：无动作（{chinese}）。"
