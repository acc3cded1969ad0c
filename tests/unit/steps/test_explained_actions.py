"""Today's action in words: what, what nearly, and why."""

from regulars.steps.explained_actions import action_words

ROW = {
    "action_code": "A21", "currency_code": "CNY", "reason_1_code": "off_rhythm",
    "reason_2_code": "profit_at_stake", "reason_3_code": None, "usual_gap_days": 20,
    "silent_days": 41, "tier_profit_minor": 123456,
}  # fmt: skip
WHY = [
    ("Used to come about every 20 days; last visit 41 days ago",
     "以往约每 20 天光临一次；上次为 41 天前"),
    ("1,234.56 CNY of the review window at stake", "考察期内 1,234.56 CNY 的贡献存在流失风险"),
]  # fmt: skip


def test_an_action_is_told_with_its_reasons():
    assert action_words(ROW) == [
        ("Today: Reminder with a small offer.", "当日：提醒并附小额权益。"), *WHY,
    ]  # fmt: skip


def test_the_runner_up_and_what_both_are_worth_are_told_where_they_are_known():
    told = action_words(ROW | {
        "added_profit_minor": 1500, "runner_up_action_code": "A20",
        "runner_up_added_profit_minor": -5, "is_withheld": True,
    })  # fmt: skip
    assert told == [
        ("Today: Reminder with a small offer, worth CNY 15.00 of added profit.",
         "当日：提醒并附小额权益（预期增益 CNY 15.00）。"),
        ("Runner-up: Friendly reminder, worth CNY −0.05 of added profit.",
         "备选：温馨提醒（预期增益 CNY −0.05）。"),
        ("Waits for a person's approval.", "待人工审批。"), *WHY,
    ]  # fmt: skip
