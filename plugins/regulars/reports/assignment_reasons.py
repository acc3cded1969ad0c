"""Why a customer's segment, tier, stage and list are what they are: the words of every code.

The codes come from `snap_customer_reasons`, the numbers from its row and from the thresholds of
`snap_judgement_rules`. Internal: some of these words judge and never leave the house.
"""

from collections.abc import Mapping
from typing import Any

from regulars.reports.segment_reasons import NEAR_REASONS, SEGMENT_REASONS, Words
from regulars.reports.spoken_numbers import spoken
from regulars.reports.story import both
from regulars.reports.wording import TIERS

TIER_REASONS: dict[str, Words] = {
    "tier_no_visit_yet": (
        "At the foot of the pyramid: nothing to review yet.", "位于底层：尚无可评审。",
    ),
    "tier_moved": (
        "Moved in the review of this day, at percentile {value_percentile} of the peers.",
        "当日评审变动，同类百分位 {value_percentile}。",
    ),
    "tier_rising": (
        "{above_review_count} review above the next door, at percentile {value_percentile}: a"
        " second one running moves up.",
        "已有 {above_review_count} 次评审高于晋级线（百分位 {value_percentile}）：连续两次即晋级。",
    ),
    "tier_notice": (
        "Below the door at percentile {value_percentile}; notice of a downgrade since"
        " {downgrade_notice_on}, {notice_days} days of it at least.",
        "百分位 {value_percentile} 低于保级线；{downgrade_notice_on} 起已通知降级，至少提前"
        " {notice_days} 天。",
    ),
    "tier_borderline": (
        "Percentile {value_percentile}; other weights would give another tier, so nothing is"
        " taken away.",
        "百分位 {value_percentile}；换一组权重等级即不同，故不降级。",
    ),
    "tier_no_visit_lately": (
        "No visit in the review window; held for {tier_held_days} days, one step down a review at"
        " most.",
        "考察期内未到店；当前等级已持续 {tier_held_days} 天，每次评审至多降一级。",
    ),
    "tier_dwells": (
        "Held since the last move {tier_held_days} days ago; nothing moves for {dwell_days} days.",
        "上次变动距今 {tier_held_days} 天；{dwell_days} 天内不再变动。",
    ),
    "tier_big_unproven": (
        "At percentile {value_percentile}; gold needs proof that he is big for good, not once.",
        "百分位 {value_percentile}；升至黄金需证实为持续大客户，而非一次性。",
    ),
    "tier_held": (
        "Held for {tier_held_days} days, at percentile {value_percentile} of the peers.",
        "已持续 {tier_held_days} 天，同类百分位 {value_percentile}。",
    ),
}  # fmt: skip
STAGE_REASONS: dict[str, Words] = {
    "few_visits": (
        "{visit_count} visits: still getting to know each other.",
        "到店 {visit_count} 次：仍在相互了解。",
    ),
    "young": (
        "First visit {age_days} days ago: still getting to know each other.",
        "首次到店 {age_days} 天：仍在相互了解。",
    ),
    "overdue": (
        "{overdue_ratio} times the usual gap: to be won anew.",
        "间隔为通常的 {overdue_ratio} 倍：需重新建立关系。",
    ),
    "new_owner": (
        "Another person looks after the account since {owner_since_on}: the tie begins anew.",
        "自 {owner_since_on} 起由新负责人跟进：关系重新建立。",
    ),
    "settled": (
        "Known for {age_days} days with {visit_count} visits: a habit to be kept.",
        "相识 {age_days} 天，到店 {visit_count} 次：保持习惯。",
    ),
    "long_big": (
        "Big for {big_days} days: a tie to be strengthened.",
        "成为大客户 {big_days} 天：深化关系。",
    ),
}
LIST_REASONS: dict[str, Words] = {
    "none_refused": ("On no list: profiling was refused.", "不列入名单：拒绝画像。"),
    "none_unproven": (
        "On no list: a welcome is all, until there is more evidence.",
        "不列入名单：证据充分前仅表示欢迎。",
    ),
    "none_rest": (
        "On no list: gone, and brought too little to win back.",
        "不列入名单：已流失，且贡献不足以挽回。",
    ),
    "none_specials_only": (
        "On no list: a potential of {potential_amount}, and buys at a discount only"
        " ({discounted_order_count} of {order_count} orders).",
        "不列入名单：潜力 {potential_amount}，但仅购特价（{order_count} 单中"
        " {discounted_order_count} 单）。",
    ),
    "none_fine": (
        "On no list: a potential of {potential_amount} is below the {headroom_amount} that is"
        " worth a contact.",
        "不列入名单：潜力 {potential_amount} 低于值得联系的 {headroom_amount}。",
    ),
    "welcome": ("Activate: a welcome.", "激活：表示欢迎。"),
    "win_back": (
        "Activate: brought {curve_profit_amount} in a year, worth an invitation back.",
        "激活：一年贡献 {curve_profit_amount}，值得邀请再次光临。",
    ),
    "wake": (
        "Activate: the best of similar guests bring {potential_amount} more.",
        "激活：同类优秀客户多贡献 {potential_amount}。",
    ),
    "win_now": (
        "Incentivise: {tier_profit_amount} of the review window at stake.",
        "激励：考察期内 {tier_profit_amount} 的贡献面临流失。",
    ),
    "thank": (
        "Reward: brought {tier_profit_amount} in the review window.",
        "奖励：考察期内贡献 {tier_profit_amount}。",
    ),
    "fewer_promotions": (
        "Fewer promotions: {curve_profit_amount} in a year. Menu price and service stay the same.",
        "减少促销：一年 {curve_profit_amount}。菜单价格与服务不变。",
    ),
}
REASONS = SEGMENT_REASONS | NEAR_REASONS | TIER_REASONS | STAGE_REASONS | LIST_REASONS


def reason_words(code: str, row: Mapping[str, Any]) -> Words:
    """The reason in English and Chinese with the numbers of a row.

    Raises KeyError when a code has no words or a number is missing.
    """
    english, chinese = REASONS[code]
    tier, tier_zh = both(TIERS.get(str(row.get("tier")), ""))
    numbers = {**spoken(row), "tier_name": tier, "tier_name_zh": tier_zh}
    return english.format_map(numbers), chinese.format_map(numbers)
