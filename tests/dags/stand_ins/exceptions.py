"""Exceptions for the live tests: a day in 2031 has two, any other day none."""

from datetime import date
from typing import Any

from regulars.steps import take_note

SECONDS = {date(2031, 1, 3): 1.0}
"""How long the exceptions of a day wait; else a day."""


def list_exceptions(business_date: str, first_date: str | None) -> dict[str, Any]:
    take_note("list_exceptions", business_date=business_date, first_date=first_date)
    day = date.fromisoformat(business_date)
    if day.year != 2031:
        return {}
    exceptions = [
        {
            "exception_key": f"{business_date}-{code}", "evidence_hash": "e1",
            "policy_version": "p1", "code": code, "text": f"{code}: c_1 · 1,200 (800)",
        }
        for code in ("offer_above_ceiling", "list_size")
    ]  # fmt: skip
    hours = SECONDS.get(day, 86_400) / 3600
    return {
        "exceptions": exceptions, "withheld": 3, "timeout_hours": hours, "assigned_users": ["admin"]
    }  # fmt: skip


def record_decisions(
    business_date: str, first_date: str | None, answer: dict[str, Any]
) -> dict[str, Any]:
    take_note("record_decisions", business_date=business_date, answer=answer)
    approved = [one for one in answer["decisions"] if one["verdict"] == "approved"]
    return {"approved": len(approved)} if approved else {}
