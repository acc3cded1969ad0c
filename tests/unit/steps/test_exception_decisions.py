"""What a person says to an exception is kept for ever, about the numbers he was shown."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from regulars.__main__ import main
from regulars.domain.errors import BadInput
from regulars.steps import emit_action_lists
from regulars.steps.action_tables import ACTION_MEMORY, ACTION_TABLES
from regulars.steps.chain import forget_built
from regulars.steps.exception_log import Decision, Signature, Verdict, keep_decisions
from regulars.steps.exceptions import decide_by_hand, list_exceptions, record_decisions
from regulars.steps.late_contacts import hold_contacted
from regulars.steps.raw_tables import IDENTITY_MAP
from regulars.steps.runtime import start

DAY = date(2025, 3, 3)
NINE = datetime(2025, 3, 4, 9, tzinfo=UTC)
SLOW, RICH = "5109-slow", "61c4-rich"
TEXTS = ("exception_key", "exception_code", "subject_kind", "customer_key", "list_name", "store_id",
         "withholds", "evidence_hash", "currency_code", "policy_version")  # fmt: skip
FOUND = pa.schema(
    {**dict.fromkeys(TEXTS, pa.string()), "measured_ratio": pa.float64(),
     "limit_ratio": pa.float64(), "measured_minor": pa.int64(), "limit_minor": pa.int64(),
     "business_date": pa.date32()}
)  # fmt: skip
Row = dict[str, Any]


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warehouse in which c2's action waits for one exception, and another withholds nothing."""
    for name in ("WAREHOUSE", "DROP", "IDENTITY_KEY"):
        monkeypatch.setenv(f"REGULARS_{name}", "")
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path))
    with start(str(DAY)).warehouse() as warehouse:
        for table, schema in (*ACTION_TABLES.items(), ("ops_identity_map", IDENTITY_MAP)):
            warehouse.load(table, schema.empty_table())
    find("e1")


def find(evidence: str, codes: Sequence[str] = ("big_slowing", "top_customer")) -> None:
    """Let the day's exceptions be these, found on this evidence."""
    run, keys = start(str(DAY)), {"big_slowing": SLOW, "top_customer": RICH}
    found = [
        {"exception_key": keys[code], "exception_code": code, "subject_kind": "customer",
         "customer_key": "c2" if code == "big_slowing" else "", "list_name": "",
         "store_id": "" if code == "big_slowing" else "S1", "withholds": "customer",
         "measured_ratio": 1.7, "limit_ratio": 1.5,
         "evidence_hash": evidence, "currency_code": "CNY", "policy_version": "p1",
         "business_date": DAY}
        for code in codes
    ]  # fmt: skip
    held = {"customer_key": "c2", "exception_key": SLOW, "evidence_hash": evidence}
    actions = [{"customer_key": key, "list_name": "reward", "business_date": DAY}
               for key in ("c1", "c2")]  # fmt: skip
    with run.warehouse() as warehouse:
        table = pa.Table.from_pylist(found, FOUND)
        warehouse.load("act_exceptions", table)
        warehouse.load("act_withholdings", pa.Table.from_pylist([held | {"business_date": DAY}]))
        warehouse.load("fct_actions", pa.Table.from_pylist(actions))
        warehouse.load("act_suppressions", pa.table({"business_date": pa.array([DAY])}))
        for view in ("fct_exceptions", "act_released_actions"):
            warehouse.create_view(view, run.catalog[view].sql)


def rows(sql: str) -> list[Row]:
    with start(str(DAY)).warehouse() as warehouse:
        return list(warehouse.query(sql).to_pylist())


def statuses() -> dict[str, str]:
    found = rows("select exception_key, exception_status from fct_exceptions")
    return {row["exception_key"]: row["exception_status"] for row in found}


def shipped() -> set[str]:
    return {row["customer_key"] for row in rows("select customer_key from act_released_actions")}


def say(verdict: Verdict, *keys: str, at: datetime = NINE, evidence: str = "e1") -> int:
    decisions = [Decision(key, evidence, "p1", verdict) for key in keys or (SLOW,)]
    with start(str(DAY)).warehouse() as warehouse:
        return keep_decisions(warehouse, decisions, Signature("li", at, "a known guest"))


def answer(**verdicts: str) -> Row:
    keys = {"slow": SLOW, "rich": RICH}
    said = [{"exception_key": keys[name], "evidence_hash": "e1", "policy_version": "p1",
             "verdict": verdict} for name, verdict in verdicts.items()]  # fmt: skip
    return {"decisions": said, "who": "boss", "when": NINE.isoformat(), "why": "a wedding"}


# Asking


def test_the_approver_is_told_what_it_is_about_and_what_it_withholds() -> None:
    asked: Any = list_exceptions(str(DAY))
    assert (asked["withheld"], asked["timeout_hours"], asked["assigned_users"]) == (1, 24, [])
    slow, rich = (one["text"] for one in asked["exceptions"])
    assert slow == (
        "2025-03-03 Big customer slowing, own gaps ‖ 大客户放缓 · c2 · 1.7 × (limit ‖ 界限 1.5 ×)"
        " · withholds 1 rows ‖ 扣留 1 行"
    )
    assert "S1 · 170.0 % (limit ‖ 界限 150.0 %) · withholds 0 rows" in rich


def test_nobody_is_asked_when_all_is_routine_or_decided() -> None:
    say("rejected", SLOW, RICH)
    assert list_exceptions(str(DAY)) == {}
    find("e1", codes=())
    assert list_exceptions(str(DAY)) == {}


def test_what_timed_out_is_asked_again_when_the_day_is_run_again() -> None:
    say("timed_out", SLOW, RICH)
    asked: Any = list_exceptions(str(DAY))
    assert [one["exception_key"] for one in asked["exceptions"]] == [SLOW, RICH]
    tomorrow = DAY + timedelta(days=1)
    assert list_exceptions(str(tomorrow)) == {}


def test_an_approval_of_what_has_changed_meanwhile_lets_nothing_go() -> None:
    find("e2")
    assert record_decisions(str(DAY), answer=answer(slow="approved")) == {}
    assert shipped() == {"c1"}


# Keeping


def test_an_approval_is_kept_with_who_when_why_and_what_and_lets_the_row_go() -> None:
    assert shipped() == {"c1"}
    receipt = record_decisions(str(DAY), answer=answer(slow="approved", rich="rejected"))
    assert receipt == {"big_slowing": 1}
    assert shipped() == {"c1", "c2"}
    log = rows("select * from ops_exception_decisions order by decision")
    assert [row["decision"] for row in log] == ["approved", "rejected"]
    assert log[0] == {
        "exception_key": SLOW, "evidence_hash": "e1", "decision": "approved",
        "decided_by": "boss", "decided_at": NINE.replace(tzinfo=None), "why": "a wedding",
        "policy_version": "p1",
    }  # fmt: skip


def test_without_an_approval_there_is_nothing_to_export_again() -> None:
    assert record_decisions(str(DAY), answer=answer(slow="rejected", rich="rejected")) == {}
    assert shipped() == {"c1"}


def test_the_same_answer_recorded_twice_is_one() -> None:
    for _ in range(2):
        record_decisions(str(DAY), answer=answer(slow="approved"))
    assert len(rows("select * from ops_exception_decisions")) == 1


def test_when_the_numbers_change_the_exception_is_open_again_and_the_log_remembers() -> None:
    say("approved")
    find("e2")
    assert statuses()[SLOW] == "open"
    assert shipped() == {"c1"}
    assert len(rows("select * from ops_exception_decisions")) == 1
    find("e1")
    assert statuses()[SLOW] == "approved"


def test_a_later_word_counts_and_the_earlier_one_is_kept() -> None:
    say("approved")
    say("rejected", at=NINE + timedelta(hours=1))
    assert statuses()[SLOW] == "rejected"
    assert len(rows("select * from ops_exception_decisions")) == 2


def test_a_time_out_closes_what_nobody_decided_and_nothing_else() -> None:
    say("approved")
    assert say("timed_out", SLOW, RICH, at=NINE + timedelta(hours=1)) == 1
    assert statuses() == {SLOW: "approved", RICH: "timed_out"}


def test_a_person_may_still_approve_what_has_timed_out() -> None:
    say("timed_out")
    say("approved", at=NINE + timedelta(days=1))
    assert shipped() == {"c1", "c2"}


def test_decisions_survive_a_rebuild() -> None:
    say("approved")
    forget_built()
    find("e1")
    assert statuses()[SLOW] == "approved"


def test_moments_are_kept_in_utc() -> None:
    say("approved", at=datetime(2025, 3, 4, 17, tzinfo=timezone(timedelta(hours=8))))
    (row,) = rows("select decided_at from ops_exception_decisions")
    assert row["decided_at"] == NINE.replace(tzinfo=None)


def test_a_reason_is_one_short_line_without_numbers_to_call() -> None:
    for minute, (said, kept) in enumerate(
        [
            ("call 138 0013 8000 or li@corner.cn", "call … or …"),
            ("two\nlines \t of it", "two lines of it"),
            ("table 12 at 19:30", "table 12 at 19:30"),
            ("x" * 500, "x" * 200),
        ]
    ):
        moment = NINE + timedelta(minutes=minute)
        decide_by_hand([SLOW], "approved", Signature("li", moment, said))
        assert rows(f"select why from fct_exceptions where exception_key = '{SLOW}'") == [
            {"why": kept}
        ]


# Nobody is contacted twice

CONTACT = {"customer_key": "c2", "list_name": "reward", "action_code": "A10",
           "is_withheld": False, "is_held_out": False}  # fmt: skip


MEANWHILE: list[tuple[int, Row, bool]] = [
    (1, {}, False),
    (6, {}, False),
    (7, {}, True),
    (-6, {}, False),
    (-7, {}, True),
    (1, {"customer_key": "c1"}, True),
    (1, {"is_withheld": True}, True),
    (1, {"action_code": None, "is_held_out": True}, True),
    (1, {"list_name": "deprioritise"}, True),
]
"""A contact so many days off, what is different about it, and whether c2 may still be reached."""


def test_an_approval_lets_nobody_go_whom_another_day_has_reached_within_the_week() -> None:
    say("approved")
    run = start(str(DAY))
    for offset, changes, leaves in MEANWHILE:
        contact = CONTACT | changes | {"business_date": DAY + timedelta(days=offset)}
        with run.warehouse() as warehouse:
            warehouse.load("ops_action_memory", pa.Table.from_pylist([contact], ACTION_MEMORY))
            hold_contacted(warehouse, run)
        assert shipped() == ({"c1", "c2"} if leaves else {"c1"}), (offset, changes)


def test_a_guest_who_goes_by_another_key_since_is_known_again() -> None:
    say("approved")
    run = start(str(DAY))
    with run.warehouse() as warehouse:
        merged = {"node_key": ["c2"], "customer_key": ["c0"]}
        warehouse.load("ops_identity_map", pa.table(merged, IDENTITY_MAP))
        contact = CONTACT | {"customer_key": "c0", "business_date": DAY + timedelta(days=1)}
        table = pa.Table.from_pylist([contact], ACTION_MEMORY)
        warehouse.load_slices("ops_action_memory", table, "business_date")
        assert hold_contacted(warehouse, run) == 1
    assert shipped() == {"c1"}


# By hand


def test_a_key_may_be_shortened_but_must_fit_one_exception() -> None:
    assert decide_by_hand(["51"], "approved", Signature("li", NINE, "known")) == [DAY]
    assert shipped() == {"c1", "c2"}
    for key in ("", "7"):
        with pytest.raises(BadInput, match="Next: list them"):
            decide_by_hand([RICH, key], "approved", Signature("li", NINE, "known"))
    assert statuses()[RICH] == "open"


def test_a_decision_needs_a_name_and_a_reason() -> None:
    for who, why in ((" ", "known"), ("li", " ")):
        with pytest.raises(BadInput, match="--who and --why"):
            decide_by_hand([SLOW], "approved", Signature(who, NINE, why))


def test_the_command_line_lists_approves_and_exports_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[str] = []

    def export(day: str) -> dict[str, str]:
        again.append(day)
        return {"folder": f"exports/{day}"}

    monkeypatch.setattr(emit_action_lists, "export_lists", export)
    monkeypatch.setattr(emit_action_lists, "deliver_lists", lambda day: {"summary": f"sent {day}"})
    signed = ["--who", "li", "--why", "known", "--decided-at", "2025-03-04T17:00"]
    assert main(["exceptions", "list"]) == 0
    assert "5109-slow  open" in capsys.readouterr().out
    assert main(["exceptions", "approve", "51", *signed]) == 0
    assert main(["exceptions", "reject", RICH, *signed]) == 0
    assert again == [str(DAY)]
    assert f"sent {DAY}" in capsys.readouterr().out
    assert main(["exceptions", "list"]) == 0
    assert capsys.readouterr().out.endswith("0 exceptions\n")
    # Five in the afternoon in Shanghai, where the group's morning begins.
    (row,) = rows("select distinct decided_at from ops_exception_decisions")
    assert row["decided_at"] == NINE.replace(tzinfo=None)
