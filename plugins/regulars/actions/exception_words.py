"""Exceptions in words for the person who decides: what was found, and how it is measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from regulars.domain.money import decimal_text, exponent_of

Unit = Literal["share", "multiple", "count"]
_SUBJECTS = ("customer_key", "list_name", "store_id")


@dataclass(frozen=True)
class ExceptionWords:
    """What an exception is called, and whether its figure is a share, a multiple or a count."""

    name: str
    name_zh: str
    unit: Unit


EXCEPTIONS = {
    "anonymous_jump": ExceptionWords("More unknown guests than usual", "匿名订单突增", "share"),
    "big_demoted": ExceptionWords("Big customer demoted, tiers", "大客户降级（级数）", "count"),
    "big_slowing": ExceptionWords("Big customer slowing, own gaps", "大客户放缓", "multiple"),
    "budget_overrun": ExceptionWords("Promises above the budget", "约定权益超预算", "multiple"),
    "cancelled_points": ExceptionWords("Points on cancelled orders", "取消订单积分", "count"),
    "distant_stores": ExceptionWords("In several cities on a day", "同日异地消费", "count"),
    "list_size": ExceptionWords("List of unusual size", "名单规模异常", "share"),
    "many_orders": ExceptionWords("Very many orders in few days", "短期订单过多", "count"),
    "offer_above_ceiling": ExceptionWords("Offer above its limit", "权益超上限", "multiple"),
    "own_average": ExceptionWords("Far above own average", "远超自身均值", "multiple"),
    "reconciliation": ExceptionWords("Ledger does not tie", "对账不符", "share"),
    "reused_receipt": ExceptionWords("Receipt used again", "小票重复使用", "count"),
    "staff_points": ExceptionWords("Points earned by staff", "员工积分", "count"),
    "tier_moves": ExceptionWords("Very many tier moves on a day", "等级大面积变动", "share"),
    "top_customer": ExceptionWords("Store depends on one guest", "过度依赖单一客户", "share"),
    "top_customers": ExceptionWords("Store depends on five guests", "过度依赖前五客户", "share"),
    "unfair_list": ExceptionWords("Groups served too unevenly", "群体待遇不均", "share"),
}


def describe(row: Mapping[str, Any]) -> str:
    """One line of codes, keys and numbers: nothing in it tells a person by name."""
    words = EXCEPTIONS[row["exception_code"]]
    subject = " · ".join(str(row[name]) for name in _SUBJECTS if row.get(name))
    measured, limit = (_figure(row, name, words.unit) for name in ("measured", "limit"))
    numbers = f"{measured} (limit ‖ 界限 {limit})" if limit else measured
    parts = [f"{row['business_date']} {words.name} ‖ {words.name_zh}", subject, numbers]
    return " · ".join(part for part in parts if part)


def _figure(row: Mapping[str, Any], name: str, unit: Unit) -> str:
    ratio, minor = row.get(f"{name}_ratio"), row.get(f"{name}_minor")
    parts = [] if ratio is None else [_number(ratio, unit)]
    if minor is not None:
        code = str(row["currency_code"])
        parts.append(f"{code} {decimal_text(minor, exponent_of(code))}")
    return ", ".join(parts)


def _number(ratio: float, unit: Unit) -> str:
    if unit == "share":
        return f"{ratio * 100:.1f} %"
    return f"{ratio:.1f} ×" if unit == "multiple" else f"{ratio:.0f}"
