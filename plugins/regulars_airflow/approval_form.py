"""What an approver is shown and asked, and what the answer means for each exception."""

from collections.abc import Mapping, Sequence
from typing import Any

from airflow.sdk import Param

APPROVE, REJECT = "Approve all ‖ 全部批准", "Reject all ‖ 全部驳回"
AS_CHOSEN = "As chosen below ‖ 按下列选择"
OPTIONS = [APPROVE, REJECT, AS_CHOSEN]
WITHHELD = [REJECT]
"""What the scheduler answers in the place of a person when the time is over."""
CHOICE_APPROVE, CHOICE_REJECT = "approve ‖ 批准", "reject ‖ 驳回"
SINGLE_LIMIT = 20
"""Up to here every exception has a choice of its own; beyond, every kind of exception has one."""
MAX_WHY = 200
Asked = Mapping[str, Any]


def subject_of(asked: Asked, day: str) -> str:
    """The headline: how many exceptions of which day."""
    count = len(asked["exceptions"])
    return f"{count} exceptions of {day} wait for a decision ‖ {day} 有 {count} 项例外待批"


def body_of(asked: Asked) -> str:
    """Markdown: what each exception is, and what happens with and without an answer."""
    lines = [f"{number}. {_title(group)}" for number, group in enumerate(_groups(asked), 1)]
    return "\n".join(
        [
            f"The routine has shipped; {asked['withheld']} rows are withheld. Approved rows follow "
            f"at once; rejected ones stay back, and so does all that is not answered within "
            f"{asked['timeout_hours']:g} hours.",
            f"常规名单已发出，{asked['withheld']} 行被扣留。批准后立即补发；驳回或 "
            f"{asked['timeout_hours']:g} 小时内未答复则继续扣留。",
            "",
            *lines,
        ]
    )


def params_of(asked: Asked) -> dict[str, Param]:
    """The fields of the form: why, and a choice for each exception or each kind of them."""
    why = Param(
        "", "Kept for ever: no names, no contact details ‖ 永久保存：请勿填写姓名或联系方式",
        type="string", minLength=1, maxLength=MAX_WHY, title="Why ‖ 理由",
    )  # fmt: skip
    choices = {
        _field(number): Param(
            CHOICE_REJECT, _title(group), type="string", enum=[CHOICE_REJECT, CHOICE_APPROVE],
            title=f"{number}. {group[0]['code']}",
        )
        for number, group in enumerate(_groups(asked), 1)
    }  # fmt: skip
    return {"why": why, **choices}


def read_answer(asked: Asked, event: Mapping[str, Any]) -> dict[str, Any]:
    """Who said what to which exception, for `record_decisions`; a field left out rejects."""
    person, given = event.get("responded_by_user"), event.get("params_input") or {}
    chosen = event["chosen_options"][0]
    is_late = bool(event.get("timedout")) or person is None
    decisions = [
        {
            "exception_key": one["exception_key"],
            "evidence_hash": one["evidence_hash"],
            "policy_version": one["policy_version"],
            "verdict": "timed_out" if is_late else _verdict(chosen, given.get(_field(number))),
        }
        for number, group in enumerate(_groups(asked), 1)
        for one in group
    ]
    return {
        "decisions": decisions,
        "who": "deadline" if person is None else person["id"],
        "when": event["responded_at"].isoformat(),
        "why": "nobody answered in time"
        if is_late
        else str(given.get("why") or "no reason was given"),
    }


def _verdict(chosen: str, choice: object) -> str:
    is_approved = chosen == APPROVE or (chosen == AS_CHOSEN and choice == CHOICE_APPROVE)
    return "approved" if is_approved else "rejected"


def _groups(asked: Asked) -> list[list[dict[str, str]]]:
    """The exceptions one by one; or, where they are many, by kind."""
    exceptions: Sequence[dict[str, str]] = asked["exceptions"]
    if len(exceptions) <= SINGLE_LIMIT:
        return [[one] for one in exceptions]
    codes = dict.fromkeys(one["code"] for one in exceptions)
    return [[one for one in exceptions if one["code"] == code] for code in codes]


def _title(group: Sequence[Mapping[str, str]]) -> str:
    if len(group) == 1:
        return group[0]["text"]
    return f"{group[0]['code']} × {len(group)}: {group[0]['text']}, …"


def _field(number: int) -> str:
    return f"exception_{number}"
