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


class Rung(StrEnum):
    """The ladder, from thanks to money; what people do themselves; and the indirect levers."""

    NOTE = "note"
    PERK = "perk"
    SMALL = "small"
    RICH = "rich"
    HAND = "hand"
    CALL = "call"
    PAUSE_PROMOTIONS = "pause_promotions"
    MINIMUM_SPEND = "minimum_spend"
    OWN_CHANNEL = "own_channel"
    QUIET_HOURS = "quiet_hours"


LEVERS = frozenset({Rung.PAUSE_PROMOTIONS, Rung.MINIMUM_SPEND, Rung.OWN_CHANNEL, Rung.QUIET_HOURS})
"""All that may be done about a customer who costs more than he brings: indirect, reversible."""
MONEY = frozenset({Rung.SMALL, Rung.RICH, Rung.HAND})


@dataclass(frozen=True)
class Action:
    """One thing that may be done for a customer, in words for people.

    `scopes` are the list it is for or, on the activate list, the situations.
    """

    code: str
    on_list: ActionList
    rung: Rung
    name: str
    name_zh: str
    scopes: tuple[str, ...] = ()

    @property
    def code_scopes(self) -> tuple[str, ...]:
        """Where the action is meant: the list itself unless situations are named."""
        return self.scopes or (self.on_list.value,)


_REWARD, _INCENTIVISE = ActionList.REWARD, ActionList.INCENTIVISE
_ACTIVATE, _DEPRIORITISE = ActionList.ACTIVATE, ActionList.DEPRIORITISE
_ALL_TO_ACTIVATE = ("prospect", "lapsed", "activate")
ACTIONS = {
    action.code: action
    for action in (
        Action("A10", _REWARD, Rung.NOTE, "Say thank you", "致谢"),
        Action("A11", _REWARD, Rung.PERK, "Thank you with a perk", "致谢并赠礼遇"),
        Action("A12", _REWARD, Rung.HAND, "Thank you with an agreed offer", "致谢并附约定权益"),
        Action("A19", _REWARD, Rung.CALL, "Personal call", "专人致电"),
        Action("A20", _INCENTIVISE, Rung.NOTE, "Friendly reminder", "温馨提醒"),
        Action("A21", _INCENTIVISE, Rung.SMALL, "Reminder with a small offer", "提醒并附小额权益"),
        Action("A22", _INCENTIVISE, Rung.PERK, "Reminder with a perk", "提醒并赠礼遇"),
        Action("A23", _INCENTIVISE, Rung.RICH, "Reminder with a larger offer", "提醒并附较大权益"),
        Action("A24", _INCENTIVISE, Rung.HAND, "Reminder with an agreed offer", "提醒并附约定权益"),
        Action("A29", _INCENTIVISE, Rung.CALL, "Personal call", "专人致电"),
        Action("A30", _ACTIVATE, Rung.NOTE, "Welcome", "欢迎", ("prospect",)),
        Action("A31", _ACTIVATE, Rung.NOTE, "Invite back", "邀请再次光临", ("lapsed",)),
        Action("A32", _ACTIVATE, Rung.NOTE, "Suggest something new", "推荐新品"),
        Action("A33", _ACTIVATE, Rung.SMALL, "Welcome with a small offer", "欢迎并附小额权益",
               ("prospect",)),
        Action("A34", _ACTIVATE, Rung.SMALL, "Invite back with a small offer",
               "邀请光临并附小额权益", ("lapsed",)),
        Action("A38", _ACTIVATE, Rung.HAND, "Invitation with an agreed offer", "邀请并附约定权益",
               _ALL_TO_ACTIVATE),
        Action("A39", _ACTIVATE, Rung.CALL, "Personal call", "专人致电", _ALL_TO_ACTIVATE),
        Action("A40", _DEPRIORITISE, Rung.PAUSE_PROMOTIONS, "Pause promotions", "暂停促销推送"),
        Action("A41", _DEPRIORITISE, Rung.OWN_CHANNEL, "Suggest own channel", "引导自有渠道"),
        Action("A42", _DEPRIORITISE, Rung.QUIET_HOURS, "Suggest quieter hours", "推荐错峰时段"),
        Action("A43", _DEPRIORITISE, Rung.MINIMUM_SPEND, "Promotions from a minimum spend",
               "促销设最低消费"),
    )
}  # fmt: skip
