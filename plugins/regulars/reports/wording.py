"""The names of all codes on the page, in English and Chinese."""

TIERS = {
    "platinum": "Platinum ‖ 白金",
    "gold": "Gold ‖ 黄金",
    "iron": "Iron ‖ 铁",
    "lead": "Lead ‖ 铅",
}
SEGMENTS = {
    "loyal": "Loyal ‖ 忠诚",
    "steady": "Steady ‖ 平稳",
    "wavering": "Wavering ‖ 若即若离",
    "prospect": "Prospect ‖ 潜在",
    "unproven": "Unproven ‖ 待观察",
    "lapsed": "Lapsed ‖ 流失",
    "loss_maker": "Loss-maker ‖ 亏损",
    "not_profiled": "Not profiled ‖ 不画像",
}
STAGES = {
    "establish": "Establish ‖ 建立",
    "stabilise": "Stabilise ‖ 稳固",
    "strengthen": "Strengthen ‖ 深化",
}
DIMENSIONS = {
    "profit": "Profit ‖ 利润",
    "loyalty": "Loyalty ‖ 忠诚",
    "potential": "Potential ‖ 潜力",
    "independence": "Independent of discounts ‖ 不依赖折扣",
    "ease": "Easy to serve ‖ 服务便利",
}
LISTS = {
    "reward": "Reward ‖ 奖励",
    "incentivise": "Incentivise ‖ 激励",
    "activate": "Activate ‖ 激活",
    "deprioritise": "Fewer promotions ‖ 减少促销",
}
COMPONENTS = {
    "gross": "Gross ‖ 总额",
    "discount": "Discounts ‖ 折扣",
    "comp": "Given for nothing ‖ 赠送",
    "refund": "Refunds ‖ 退款",
    "fee_income": "Fees of guests ‖ 附加费收入",
    "net_sales": "Net sales ‖ 净销售额",
    "food_cost": "Food ‖ 食材成本",
    "packaging_cost": "Packaging ‖ 包装成本",
    "channel_cost": "Channel cost ‖ 渠道成本",
    "payment_fee": "Payment fees ‖ 支付手续费",
    "incentive_cost": "Points ‖ 积分成本",
    "contact_cost": "Contacts ‖ 触达成本",
    "service_cost": "Service time ‖ 服务时间",
    "complaint_cost": "Complaints ‖ 投诉成本",
    "acquisition_cost": "Acquisition ‖ 获客成本",
    "credit_cost": "Credit to accounts ‖ 赊账资金",
    "true_profit": "True profit ‖ 真实利润",
}
GUARDRAILS = {
    "budget": "Budget used up ‖ 预算用完",
    "consent": "No consent ‖ 未同意",
    "needs_approval": "Waits for approval ‖ 待审批",
    "contact_cap": "Contact cap ‖ 联系上限",
    "duplicate_contact": "Same contact address ‖ 联系方式重复",
    "expired_offer": "Expired offer ‖ 优惠过期",
    "holdout": "Holdout ‖ 对照组",
    "no_gain": "Brings no more than it costs ‖ 收益不抵成本",
    "open_complaint": "Open complaint ‖ 投诉未结",
    "profiling_opt_out": "Profiling opt-out ‖ 拒绝画像",
    "shadow": "Left alone to check ‖ 保留观察",
    "staff": "Staff ‖ 员工",
    "no_store": "No store known ‖ 门店未知",
    "suppression": "Asked not to be contacted ‖ 要求不再联系",
    "unsafe_reference": "Member number left blank ‖ 会员号留空",
}
SCENARIOS = {
    "low": "Low costs ‖ 低成本",
    "base": "As booked ‖ 基准",
    "hard": "High costs ‖ 高成本",
}
CUSTOMER_KINDS = {
    "consumer": "Consumer ‖ 消费客户",
    "household": "Household ‖ 家庭客户",
    "business": "Business customer ‖ 商业客户",
}
KINDS = {"consumer": "Consumers ‖ 消费客户", "business": "Businesses ‖ 商业客户"}
SUBTOTALS = {
    "cm1": "CM1 ‖ 一级贡献",
    "cm2": "CM2, marginal ‖ 边际利润",
    "cm3": "CM3, full ‖ 完全利润",
}
STEPS = COMPONENTS | SUBTOTALS
DRIVERS = {
    "deep_discounts": "Deep discounts ‖ 折扣过深",
    "food_cost": "Dear food for the price ‖ 食材占比高",
    "commission": "Platform commission ‖ 平台抽成",
    "payment_fees": "Payment fees ‖ 支付手续费",
    "complaints": "Refunds, complaints, remakes ‖ 退款投诉重做",
    "small_ticket": "Small tickets ‖ 客单偏小",
    "long_service": "Long service ‖ 服务时间长",
    "packaging": "Packaging ‖ 包装",
    "winning_cost": "Winning and contacting ‖ 获客与触达",
    "late_payment": "Late payment ‖ 付款迟",
}


def named_counts(counts: dict[str, int], names: dict[str, str]) -> list[tuple[str, str, int]]:
    """Code, bilingual name and count: known codes in their order, then the others by name."""
    order = [code for code in names if code in counts] + sorted(counts.keys() - names.keys())
    return [(code, names.get(code, code.replace("_", " ")), counts[code]) for code in order]
