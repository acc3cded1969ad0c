"""Why a customer is on a list, in two languages, with the numbers of the row."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """What a reason is called, and its sentence with places for the numbers of an action row."""

    name: str
    name_zh: str
    en: str
    zh: str


REASONS = {
    "below_cost": Wording(
        "Promotions bring little",
        "促销效果有限",
        "Promotions bring little here: {discounted_order_count} of {order_count} orders discounted",
        "促销效果有限：{order_count} 单中 {discounted_order_count} 单有折扣",
    ),
    "no_visit_yet": Wording(
        "No paid visit yet", "尚未消费", "Registered, no paid visit yet", "已登记，尚未消费"
    ),
    "on_rhythm": Wording(
        "On the usual rhythm",
        "到店节奏正常",
        "Comes about every {usual_gap_days} days; last visit {silent_days} days ago",
        "约每 {usual_gap_days} 天光临一次；上次为 {silent_days} 天前",
    ),
    "off_rhythm": Wording(
        "Behind the usual rhythm",
        "到店节奏放缓",
        "Used to come about every {usual_gap_days} days; last visit {silent_days} days ago",
        "以往约每 {usual_gap_days} 天光临一次；上次为 {silent_days} 天前",
    ),
    "getting_to_know": Wording(
        "Few visits so far",
        "到店次数尚少",
        "{visit_count} visits so far; last visit {silent_days} days ago",
        "已光临 {visit_count} 次；上次为 {silent_days} 天前",
    ),
    "brings_profit": Wording(
        "Brings profit",
        "贡献利润",
        "Brought {tier_profit_amount} {currency_code} in the review window",
        "考察期内贡献 {tier_profit_amount} {currency_code}",
    ),
    "profit_at_stake": Wording(
        "Profit at stake",
        "利润存在流失风险",
        "{tier_profit_amount} {currency_code} of the review window at stake",
        "考察期内 {tier_profit_amount} {currency_code} 的贡献存在流失风险",
    ),
    "has_potential": Wording(
        "Has potential",
        "有潜力",
        "Similar guests bring up to {potential_amount} {currency_code} more",
        "同类客户最多可多贡献 {potential_amount} {currency_code}",
    ),
    "specials_only": Wording(
        "Mostly on discount",
        "多为折扣消费",
        "{discounted_order_count} of {order_count} orders discounted",
        "{order_count} 单中有 {discounted_order_count} 单享受折扣",
    ),
    "offer_pays": Wording(
        "The offer pays for itself",
        "权益划算",
        "{offer_amount} {currency_code} of at most {offer_ceiling_amount} that pay for themselves",
        "权益 {offer_amount} {currency_code}，划算上限 {offer_ceiling_amount}",
    ),
    "tier_held": Wording("Established guest", "稳定客户", "Established guest", "稳定客户"),
}


def explain(code: str | None, numbers: Mapping[str, object]) -> tuple[str, str]:
    """The reason in English and Chinese, or two empty texts where there is none.

    Raises KeyError when a code is not in the vocabulary or a number is missing.
    """
    if code is None:
        return "", ""
    wording = REASONS[code]
    return wording.en.format_map(dict(numbers)), wording.zh.format_map(dict(numbers))
