"""Exceptions: ask a named person about them, keep the answer, let go what was approved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from regulars.actions.exception_words import EXCEPTIONS, describe
from regulars.domain.errors import BadInput
from regulars.steps.emit_action_lists import days_to_emit
from regulars.steps.exception_log import (
    Decision,
    Row,
    Signature,
    Verdict,
    find_exceptions,
    keep_decisions,
)
from regulars.steps.open_exceptions import count_held_by, count_withheld
from regulars.steps.runtime import Receipt, start


def list_exceptions(business_date: str, first_date: str | None = None) -> Receipt:
    """What waits for a person on the days that the run emits; empty when nothing does.

    What timed out on the business date is asked again: then somebody has run the day again.
    """
    run = start(business_date, first_date)
    with run.warehouse() as warehouse:
        days = days_to_emit(warehouse, run)
        found = find_exceptions(warehouse, days, "open")
        found += find_exceptions(warehouse, [run.business_date], "timed_out")
        withheld, held_by = count_withheld(warehouse, days), count_held_by(warehouse)
    if not found:
        return {}
    approvals = run.policy.approvals
    return {
        "exceptions": [_asked(row, held_by) for row in found],
        "withheld": withheld,
        "timeout_hours": approvals.timeout_hours,
        "assigned_users": list(approvals.assigned_users),
    }


def record_decisions(
    business_date: str, first_date: str | None = None, *, answer: Mapping[str, Any]
) -> Receipt:
    """Keep what was answered in Airflow; how many were approved by kind, empty when none was.

    `answer` has `decisions` (the fields of `Decision`), `who`, `when` (ISO, with zone) and `why`.
    """
    run = start(business_date, first_date)
    signature = Signature(answer["who"], datetime.fromisoformat(answer["when"]), answer["why"])
    decisions = [Decision(**one) for one in answer["decisions"]]
    approved = {one.exception_key for one in decisions if one.verdict == "approved"}
    with run.warehouse() as warehouse:
        keep_decisions(warehouse, decisions, signature)
        known = find_exceptions(warehouse, status="approved")
    return dict(Counter(one["exception_code"] for one in known if one["exception_key"] in approved))


def decide_by_hand(keys: Sequence[str], verdict: Verdict, signature: Signature) -> list[date]:
    """Decide on exceptions by key (or its beginning); returns the days they are about.

    All or none: raises BadInput for a key that fits none or several, or without who and why.
    """
    if not (signature.who.strip() and signature.why.strip()):
        raise BadInput("who and why are needed", next_move="give --who and --why")
    with start(date.max.isoformat()).warehouse() as warehouse:
        known = find_exceptions(warehouse)
        rows = [_pick(known, key) for key in dict.fromkeys(keys)]
        decisions = [_decision(row, verdict) for row in rows]
        keep_decisions(warehouse, decisions, signature)
    return sorted({row["business_date"] for row in rows})


def list_by_hand(day: date | None, with_decided: bool) -> list[str]:
    """A line for every exception that is open, or for all: key, status and what it is."""
    with start(date.max.isoformat()).warehouse() as warehouse:
        rows = find_exceptions(warehouse, [day] if day else None)
        held_by = count_held_by(warehouse)
    return [
        f"{row['exception_key'][:12]}  {row['exception_status']:<9}  {_tell(row, held_by)}"
        for row in rows
        if with_decided or row["exception_status"] in ("open", "timed_out")
    ]


def read_moment(text: str, time_zone: str) -> datetime:
    """A moment as a person writes it; without a zone it is the group's. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(time_zone))


def _asked(row: Row, held_by: Mapping[str, int]) -> dict[str, str]:
    """An exception as it is shown to the approver: no personal data, only keys and numbers."""
    words = EXCEPTIONS[row["exception_code"]]
    return {
        "exception_key": row["exception_key"],
        "evidence_hash": row["evidence_hash"],
        "policy_version": row["policy_version"],
        "code": f"{words.name} ‖ {words.name_zh}",
        "text": _tell(row, held_by),
    }


def _tell(row: Row, held_by: Mapping[str, int]) -> str:
    count = held_by.get(row["exception_key"], 0)
    return f"{describe(row)} · withholds {count} rows ‖ 扣留 {count} 行"


def _decision(row: Row, verdict: Verdict) -> Decision:
    return Decision(row["exception_key"], row["evidence_hash"], row["policy_version"], verdict)


def _pick(known: Sequence[Row], key: str) -> Row:
    found = [row for row in known if key and row["exception_key"].startswith(key)]
    if len(found) == 1:
        return found[0]
    raise BadInput(
        f"{len(found)} exceptions begin with {key!r}",
        next_move="list them: python -m regulars exceptions list --all",
    )
