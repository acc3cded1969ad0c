"""What the lists and guardrails are called, in English and Chinese. Neutral: customers may ask."""

from dataclasses import dataclass

from regulars.sinks.manifest import Hold


@dataclass(frozen=True)
class ListWords:
    """A list's title, its colour, what it is and how to work with it, in both languages."""

    title: str
    title_zh: str
    colour: str
    meaning: str
    meaning_zh: str
    steps: tuple[tuple[str, str], ...]


WORK_DOWN = (
    "Work from the top: priority 1 comes first.",
    "从上往下处理：优先级 1 最先。",
)
ONE_OFFER = (
    "Send only what the row says, on its channel, before it expires.",
    "只发该行写明的内容，用指定渠道，并在截止日前发出。",
)
NOTHING_MORE = (
    "Do not add an offer of your own: each amount is the most that still pays off.",
    "请勿另外加码：表中金额已是仍然划算的上限。",
)

LIST_WORDS = {
    "reward": ListWords(
        "Reward",
        "奖励",
        "#9A6B00",
        "Guests who come faithfully. Thank them; recognition first, money last.",
        "忠诚的老顾客。请表达感谢：先认可，后优惠。",
        (WORK_DOWN, ONE_OFFER, NOTHING_MORE),
    ),
    "incentivise": ListWords(
        "Incentivise",
        "激励",
        "#B4451F",
        "Good guests who come less often than they used to. Give them a reason to return.",
        "来店变少的好顾客。请给他们一个回来的理由。",
        (WORK_DOWN, ONE_OFFER, NOTHING_MORE),
    ),
    "activate": ListWords(
        "Activate",
        "激活",
        "#1F6F54",
        "Guests who could come more often, or have not ordered yet. Invite them.",
        "还可以常来，或尚未下单的顾客。请发出邀请。",
        (WORK_DOWN, ONE_OFFER, NOTHING_MORE),
    ),
    "deprioritise": ListWords(
        "Fewer promotions",
        "减少促销",
        "#4A5A6A",
        "Guests for whom discounts and paid advertising are paused until the date in the row.",
        "在该行日期之前暂停折扣和付费广告的顾客。",
        (
            (
                "Leave them out of discount campaigns and paid audiences; send nothing extra.",
                "不纳入折扣活动和付费广告人群，也不额外发送信息。",
            ),
            (
                "Menu, prices and service stay the same for everybody. Serve them gladly.",
                "菜单、价格和服务人人相同。请一样热情接待。",
            ),
            (
                "The pause ends by itself and is reviewed before it is renewed.",
                "暂停到期自动结束，续期前会重新评估。",
            ),
        ),
    ),
}
LISTS = tuple(LIST_WORDS)

GUARDRAIL_WORDS = {
    "budget": ("The day's budget was used up", "当日预算已用完"),
    "consent": ("No consent for this channel", "未同意该渠道联系"),
    "needs_approval": ("Waits for a person's approval", "待人工审批"),
    "contact_cap": ("Contacted often enough lately", "近期联系已达上限"),
    "duplicate_contact": ("Same contact address as another row", "联系方式与他人重复"),
    "expired_offer": ("The offer has expired", "优惠已过期"),
    "holdout": ("Kept aside to measure the effect", "留作对照组"),
    "open_complaint": ("Has an open complaint: care first", "有未结投诉：先处理"),
    "profiling_opt_out": ("Opted out of profiling", "已拒绝画像"),
    "staff": ("Works for the restaurant", "本店员工"),
    "no_gain": ("Not expected to bring more than it costs", "预期收益低于成本"),
    "shadow": ("Left alone to check the judgement", "保留观察以复核判断"),
    "no_store": ("No store known yet", "尚无所属门店"),
    "suppression": ("Asked not to be contacted", "要求不再联系"),
    "unsafe_reference": (
        "Listed, but the member number is left blank: it is not a plain number",
        "已列入，但会员号格式不安全，留空",
    ),
}

CHANNEL_WORDS = {
    "email": "Email ‖ 邮件",
    "sms": "Text message ‖ 短信",
    "wechat": "WeChat ‖ 微信",
    "push": "App message ‖ 推送",
    "phone": "Call ‖ 电话",
    "at_next_visit": "At the next visit ‖ 下次到店时",
    "platform_audience": "Audience of the platform ‖ 平台人群包",
    "account_owner": "Call by the account owner ‖ 客户负责人致电",
    "internal": "Internal setting ‖ 内部设置",
}


HOLD_WORDS = {
    "became_empty": (
        "The list is empty; it was about {before} customers when it was delivered last",
        "名单为空；上次交付时涉及 {before} 人",
    ),
    "shrank": (
        "The list is about {after} customers; it was about {before} when it was delivered last",
        "名单涉及 {after} 人；上次交付时为 {before} 人",
    ),
    "grew": (
        "The list grew from {before} to {after} customers since it was delivered last",
        "名单自上次交付后由 {before} 人增至 {after} 人",
    ),
    "many_left": (
        "{after} of the {before} customers delivered last left for no contact's sake",
        "上次交付的 {before} 人中有 {after} 人非因已联系而移出",
    ),
    "source_missing": (
        "{before} source(s) did not bring the orders of the day",
        "{before} 个来源未提供当日订单",
    ),
}


def hold_words(hold: Hold) -> tuple[str, str]:
    """Why a list waits for a person, in English and Chinese."""
    english, chinese = HOLD_WORDS[hold.code]
    numbers = {"before": f"{hold.before:,}", "after": f"{hold.after:,}"}
    return english.format(**numbers), chinese.format(**numbers)


def guardrail_words(guardrail: str) -> tuple[str, str]:
    """What a guardrail means, in English and Chinese; an unknown one by its code."""
    return GUARDRAIL_WORDS.get(guardrail, (guardrail.replace("_", " "), guardrail))
