"""The log of decisions on exceptions: appended to, never changed, kept for ever.

A decision is about the evidence it was shown. When the numbers change, the exception is open again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import pyarrow as pa

from regulars.engines import Warehouse
from regulars.steps.action_tables import EXCEPTION_DECISIONS

DECISIONS = "ops_exception_decisions"
MAX_WHY = 200
Verdict = Literal["approved", "rejected", "timed_out"]
Row = dict[str, Any]
_PERSONAL = re.compile(r"\S+@\S+|\+?\d(?:[ -]?\d){6,}")


@dataclass(frozen=True)
class Decision:
    """What was said to one exception, about the evidence it was raised on."""

    exception_key: str
    evidence_hash: str
    policy_version: str
    verdict: Verdict


@dataclass(frozen=True)
class Signature:
    """Who decided, when (with a time zone) and why."""

    who: str
    when: datetime
    why: str


def find_exceptions(
    warehouse: Warehouse, days: Sequence[date] | None = None, status: str | None = None
) -> list[Row]:
    """The exceptions with what became of them; of some days or of all, of one status or of any."""
    if not warehouse.has_table("fct_exceptions"):
        return []
    rows = warehouse.query(
        "select * from fct_exceptions order by business_date, exception_code, exception_key"
    ).to_pylist()
    return [
        row
        for row in rows
        if (days is None or row["business_date"] in days)
        and status in (None, row["exception_status"])
    ]


def keep_decisions(
    warehouse: Warehouse, decisions: Iterable[Decision], signature: Signature
) -> int:
    """Append decisions; returns how many. The same one kept twice is one.

    A time-out closes only what nobody has decided.
    """
    still_open = {_subject(row) for row in find_exceptions(warehouse, status="open")}
    fresh = [
        _row(one, signature)
        for one in decisions
        if one.verdict != "timed_out" or (one.exception_key, one.evidence_hash) in still_open
    ]
    keys = {row["exception_key"] for row in fresh}
    log = warehouse.query(f"select * from {DECISIONS}").to_pylist()  # noqa: S608
    kept = [row for row in log if row["exception_key"] in keys]
    added = [row for row in fresh if row not in kept]
    if added:
        table = pa.Table.from_pylist([*kept, *added], EXCEPTION_DECISIONS)
        warehouse.load_slices(DECISIONS, table, "exception_key")
    return len(added)


def _subject(row: Row) -> tuple[str, str]:
    return row["exception_key"], row["evidence_hash"]


def _row(decision: Decision, signature: Signature) -> Row:
    return {
        "exception_key": decision.exception_key,
        "evidence_hash": decision.evidence_hash,
        "decision": decision.verdict,
        "decided_by": signature.who.strip(),
        "decided_at": signature.when.astimezone(UTC).replace(tzinfo=None),
        "why": _fit_to_keep(signature.why),
        "policy_version": decision.policy_version,
    }


def _fit_to_keep(why: str) -> str:
    """One line of at most `MAX_WHY` signs, without what looks like an address or a number."""
    return _PERSONAL.sub("…", " ".join(why.split()))[:MAX_WHY]
