"""What would change the verdict on a customer: the nearest ways in and out, counted."""

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from regulars.reports.story import Line, say

Row = Mapping[str, Any]


def what_would_change(row: Row) -> list[Line]:
    """The ways that are open from the row's segment, the nearest first.

    `row` is a row of `snap_customer_reasons` with the thresholds of its day.
    """
    return [*_by_evidence(row), *_by_rhythm(row), *_by_profit(row), *_by_tier(row)]


def days_until(row: Row, ratio: str) -> int:
    """Days without a visit after which the silence reaches a threshold of the overdue ratio."""
    days = ceil(row[ratio] * row["expected_gap_days"] - row["silent_days"])
    return max(int(days), 0)


def _by_evidence(row: Row) -> Iterator[Line]:
    missing = row["min_visits"] - row["visit_count"]
    if row["segment"] == "prospect" and row["visit_count"] == 0:
        yield ("A first paid visit begins the evidence.", "首次付费到店后开始积累证据。")
    elif row["segment"] in ("prospect", "unproven"):
        yield _counted(missing, "more visit", "and he can be judged.",
                       f"再到店 {missing} 次即可判断。")  # fmt: skip
    if row["segment"] == "prospect" and row["visit_count"]:
        left = row["prospect_days"] - row["age_days"] + 1
        yield _counted(left, "day", "without that, and he is a newcomer no more.",
                       f"若未达到，{left} 天后不再是新客。")  # fmt: skip


def _by_rhythm(row: Row) -> Iterator[Line]:
    if row["expected_gap_days"] is None:
        return
    if row["segment"] in ("loyal", "steady") and row["overdue_ratio"] < row["slowing_ratio"]:
        days = days_until(row, "slowing_ratio")
        yield _counted(days, "day", "without a visit, and he counts as slowing.",
                       f"再过 {days} 天未到店即视为放缓。")  # fmt: skip
    if row["segment"] == "wavering":
        days = days_until(row, "lapsed_ratio")
        yield ("A visit on the usual level puts him back on rhythm.", "一次正常到店即恢复节奏。")
        yield _counted(days, "day", "without one, and he has lapsed.",
                       f"再过 {days} 天未到店即视为流失。")  # fmt: skip
    if row["segment"] == "lapsed":
        yield ("One visit, and the silence is over.", "到店一次即结束沉默。")


def _by_profit(row: Row) -> Iterator[Line]:
    if row["segment"] == "loss_maker":
        numbers = {"missing_minor": 1 - row["visit_profit_high_minor"], **row}
        yield say("{missing_amount} more of a visit, and the upper bound is above zero again.",
                  "单次利润提高 {missing_amount}，上界即重新高于零。", numbers)  # fmt: skip
        yield ("A review that sees no loss, or an open complaint, takes him off the list at once.",
               "一次评审未见亏损，或有未结投诉，即移出名单。")  # fmt: skip
    if row["near_reason_code"] == "loss_one_review":
        yield ("A next review that still sees a loss makes him a loss-maker.",
               "下次评审若仍亏损，即列为亏损客户。")  # fmt: skip
    if row["near_reason_code"] == "loss_too_young":
        days = row["loss_age_days"] - row["age_days"]
        yield _counted(days, "day", "more at a loss, and he may become a loss-maker.",
                       f"若持续亏损，{days} 天后可能列为亏损客户。")  # fmt: skip
    if row["near_reason_code"] == "big_too_lately":
        days = row["loyal_days"] - row["big_days"]
        yield _counted(days, "day", "more at this tier and on rhythm, and he is loyal.",
                       f"保持等级与节奏再 {days} 天即为忠诚。")  # fmt: skip


def _by_tier(row: Row) -> Iterator[Line]:
    above = {"lead": "iron", "iron": "gold", "gold": "platinum"}.get(row["tier"])
    if above and row["visit_count"]:
        yield say("Up a tier: percentile {door} or more on two reviews running (now"
                  " {value_percentile}).", "晋级：连续两次评审百分位不低于 {door}（现为"
                  " {value_percentile}）。", {**row, "door": row[f"{above}_promote"]})  # fmt: skip
    if row["tier"] != "lead":
        yield say("Down a tier: below percentile {door} after {notice_days} days of notice.",
                  "降级：百分位低于 {door} 且通知满 {notice_days} 天。",
                  {**row, "door": row[f"{row['tier']}_demote"]})  # fmt: skip


def _counted(count: int, noun: str, then: str, chinese: str) -> Line:
    return f"{count} {noun}{'' if count == 1 else 's'} {then}", chinese
