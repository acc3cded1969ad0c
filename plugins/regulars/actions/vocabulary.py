"""The closed vocabulary of actions. Nobody can be refused and no price can be raised in it.

Codes are neutral on purpose: they may leave the house, labels such as a segment's name may not.
"""

from dataclasses import dataclass
from enum import StrEnum


class ActionList(StrEnum):
    """The four lists of the morning."""

    REWARD = "reward"
    INCENTIVISE = "incentivise"
    ACTIVATE = "activate"
    DEPRIORITISE = "deprioritise"


@dataclass(frozen=True)
class Action:
    """One thing that may be done for a customer, in words for people."""

    code: str
    on_list: ActionList
    name: str
    name_zh: str


ACTIONS = {
    action.code: action
    for action in (
        Action("A10", ActionList.REWARD, "Say thank you", "致谢"),
        Action("A11", ActionList.REWARD, "Thank you with a perk", "致谢并赠礼遇"),
        Action("A20", ActionList.INCENTIVISE, "Friendly reminder", "温馨提醒"),
        Action("A21", ActionList.INCENTIVISE, "Reminder with a small offer", "提醒并附小额权益"),
        Action("A30", ActionList.ACTIVATE, "Welcome", "欢迎"),
        Action("A31", ActionList.ACTIVATE, "Invite back", "邀请再次光临"),
        Action("A32", ActionList.ACTIVATE, "Suggest something new", "推荐新品"),
        Action("A40", ActionList.DEPRIORITISE, "Pause promotions", "暂停促销推送"),
        Action("A41", ActionList.DEPRIORITISE, "Suggest own channel", "引导自有渠道"),
    )
}
