"""Delivering a day: to every place, once, with its own delta; held lists wait; people are told."""

import csv
import io
import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml
from upath import UPath

from regulars.__main__ import main
from regulars.domain.errors import BadInput, DeliveryFailed
from regulars.patience import Patience
from regulars.sinks.columns import ACTION_TYPES, SUPPRESSED_TYPES
from regulars.sinks.day_export import export_day
from regulars.sinks.manifest import ExportStamp
from regulars.steps.bringing_in import EnvironmentPlaces
from regulars.steps.delivering import deliver
from regulars.steps.releasing import accept, find_past
from regulars.steps.runtime import Run, start
from regulars.steps.telling import tell_waiting

AT_ONCE = Patience(2, 0, lambda _seconds: None)
PLACES = [{"name": "shelf", "to": "shelf"}, {"name": "cloud", "to": "memory:///cloud"}]
TOLD: list[tuple[str, str]] = []


@pytest.fixture(scope="module", autouse=True)
def _channel() -> None:
    """A channel of Apprise that remembers what it was told."""
    from apprise.decorators import notify

    @notify(on="remember")
    def _remember(body: str, title: str, *_: Any, **__: Any) -> bool:
        TOLD.append((title, body))
        return True


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with two places and a notice; its cloud is empty."""
    cloud = UPath("memory:///cloud")
    if cloud.fs.exists("/cloud"):
        cloud.fs.rm("/cloud", recursive=True)
    TOLD.clear()
    write_policy(tmp_path, delivery=PLACES, notices=[{"name": "team", "connection": "channel"}])
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path))
    monkeypatch.setenv("REGULARS_POLICY", str(tmp_path / "policy"))
    monkeypatch.setenv("REGULARS_CONNECTION_CHANNEL", "remember://s3cr3t-token")
    yield tmp_path


def write_policy(home: Path, **sections: Any) -> None:
    shop = {"store_id": "S1", "store_name": "S", "time_zone": "UTC", "currency_code": "CNY"}
    policy = {
        "name": "story", "valid_from": date(2020, 1, 1), "stores": [shop],
        "group": {"name": "Story", "name_zh": "故事", "currency_code": "CNY"},
        "sources": [{"name": "pos", "time_zone": "UTC", "currency_code": "CNY"}],
        **sections,
    }  # fmt: skip
    (home / "policy").mkdir(exist_ok=True)
    (home / "policy" / "p.yaml").write_text(yaml.safe_dump(policy, allow_unicode=True), "utf-8")


def export(day: int, keys: str) -> Run:
    """Export a reward list of customers named by single letters."""
    run = start(f"2025-01-{day:02}")
    row = {
        "business_date": run.business_date, "list_name": "reward", "member_ref": "88001",
        "action_code": "A10", "action_name": "Say thank you", "action_name_zh": "致谢",
        "contact_channel": "sms", "store_id": "S1", "offer_minor": 0, "currency_code": "CNY",
        "starts_on": date(2025, 1, 1), "expires_on": date(2025, 3, 1), "policy_version": "p",
    }  # fmt: skip
    rows = [{**row, "customer_key": key, "priority": ord(key)} for key in keys]
    stamp = ExportStamp(business_date=run.business_date, run_key="r", policy_version="p")
    folder, actions = run.settings.exports_folder, pa.Table.from_pylist(rows, ACTION_TYPES)
    export_day(folder, actions, SUPPRESSED_TYPES.empty_table(), stamp, find_past(run))
    return run


def send(run: Run, places: Any = None) -> dict[str, object]:
    return deliver(run, places or EnvironmentPlaces(run.settings), AT_ONCE)


def delta_at(place: Path | UPath, day: int) -> list[tuple[str, str]]:
    text = (place / f"2025-01-{day}" / "reward" / "actions_delta.csv").read_text()
    return [(row["operation"], row["customer_key"]) for row in csv.DictReader(io.StringIO(text))]


class BrokenCloud(EnvironmentPlaces):
    """Places of which the cloud does not answer."""

    def folder(self, place: Any) -> Any:
        raise ConnectionError("no route to sftp://user:pa55@cloud")


def test_a_day_reaches_every_place_whole_and_is_receipted(house: Path):
    receipt = send(export(30, "abc"))
    exported = sorted(p.relative_to(house / "exports") for p in (house / "exports").rglob("*.*"))
    shelf = sorted(p.relative_to(house / "shelf") for p in (house / "shelf").rglob("*.*"))
    assert shelf == exported
    assert len(UPath("memory:///cloud").fs.find("/cloud")) == len([p for p in shelf if p.suffix])
    assert receipt["reached"] == {"shelf lists": 25, "cloud lists": 25}
    kept = json.loads((house / "deliveries/shelf/lists/2025-01-30/receipt.json").read_text())
    assert (kept["files"], kept["counts"]["reward"]) == (25, 3)


def test_a_day_is_delivered_once_and_told_once(house: Path):
    run = export(30, "abc")
    send(run)
    before = (house / "shelf/2025-01-30/manifest.json").stat().st_ino
    send(run)
    assert (house / "shelf/2025-01-30/manifest.json").stat().st_ino == before
    assert len(TOLD) == 1


def test_the_notice_has_counts_and_nothing_else(house: Path, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        send(export(30, "abc"))
    ((title, body),) = TOLD
    assert title == "Regulars 2025-01-30: action lists ‖ 行动名单"
    assert body.splitlines()[0] == "Reward ‖ 奖励: 3 (+3 ~0 −0)"
    assert "→ shelf lists: 25 files ‖ 25 个文件" in body
    assert "88001" not in body
    assert "s3cr3t" not in caplog.text


def test_a_place_that_missed_a_day_gets_the_delta_from_its_own_last_one(house: Path):
    send(export(29, "abc"))
    missed = export(30, "bcd")
    with pytest.raises(DeliveryFailed, match=r"lists to cloud \(ConnectionError\)") as failure:
        send(missed, BrokenCloud(missed.settings))
    assert "pa55" not in str(failure.value)
    send(export(31, "cde"))
    assert delta_at(house / "shelf", 31) == [("add", "e"), ("remove", "b")]
    assert delta_at(UPath("memory:///cloud"), 31) == [
        ("add", "d"), ("add", "e"), ("remove", "a"), ("remove", "b"),
    ]  # fmt: skip


def test_a_failed_place_does_not_undo_the_export_and_the_retry_goes_on(house: Path):
    run = export(30, "abc")
    with pytest.raises(DeliveryFailed, match="mend the place"):
        send(run, BrokenCloud(run.settings))
    assert TOLD == []
    assert (house / "exports/2025-01-30/manifest.json").is_file()
    assert (house / "deliveries/shelf/lists/2025-01-30/receipt.json").is_file()
    assert send(run)["reached"] == {"shelf lists": 25, "cloud lists": 25}
    assert len(TOLD) == 1


def test_a_delta_starts_from_the_last_delivered_day_not_from_the_last_exported_one(house: Path):
    send(export(29, "abc"))
    export(30, "xyz")
    send(export(31, "abd"))
    assert delta_at(house / "shelf", 31) == [("add", "d"), ("remove", "c")]
    assert delta_at(house / "exports", 31) == [("add", "d"), ("remove", "c")]


def test_an_older_day_is_not_sent_after_a_newer_one(house: Path):
    send(export(30, "abc"))
    send(export(29, "xyz"))
    assert not (house / "shelf/2025-01-29").exists()


def test_a_held_list_waits_until_somebody_lets_it_go(house: Path):
    crowd = "abcdefghijklmnopqrstuvwxyz"
    send(export(29, crowd))
    run = export(30, "a")
    assert send(run)["waiting"] == ["reward"]
    assert not (house / "shelf/2025-01-30/reward").exists()
    assert (house / "shelf/2025-01-30/activate/actions_full.csv").is_file()
    assert "held ‖ 待放行: The list is about 1 customers; it was about 26" in TOLD[-1][1]
    accept(run.business_date, "reward", "A. Clerk", "the club was closed", date(2025, 1, 31))
    assert send(run)["waiting"] == []
    assert len(delta_at(house / "shelf", 30)) == 25
    kept = json.loads((house / "deliveries/shelf/lists/2025-01-30/receipt.json").read_text())
    assert list(kept["accepted"]) == ["reward"]


def test_the_command_line_shows_lets_go_and_delivers(
    house: Path, capsys: pytest.CaptureFixture[str]
):
    send(export(29, "abcdefghijklmnopqrstuvwxyz"))
    send(export(30, "a"))
    day = "2025-01-30"
    assert main(["lists", "show", day]) == 0
    assert "reward               1  held" in capsys.readouterr().out
    who = ["--who", "A. Clerk", "--why", "closed", "--decided-on", day]
    assert main(["lists", "accept", day, "reward", *who]) == 0
    assert main(["lists", "deliver", day]) == 0
    capsys.readouterr()
    assert main(["lists", "show", day]) == 0
    assert "let go by A. Clerk: closed" in capsys.readouterr().out
    assert delta_at(house / "shelf", 30)[0] == ("remove", "b")
    assert main(["lists", "accept", day, "activate", *who]) == 1


def test_nothing_exported_is_said(house: Path):
    with pytest.raises(BadInput, match="nothing was exported for 2025-01-30"):
        send(start("2025-01-30"))


@pytest.mark.parametrize("address", ["", "lark://", "nonsense s3cr3t"])
def test_a_bad_address_of_a_notice_is_told_without_the_address(
    house: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, address: str
):
    monkeypatch.setenv("REGULARS_CONNECTION_CHANNEL", address)
    with (
        caplog.at_level(logging.DEBUG),
        pytest.raises(DeliveryFailed, match="notice team has no address") as failure,
    ):
        send(export(30, "abc"))
    assert "s3cr3t" not in caplog.text + str(failure.value)


def test_without_deliveries_the_exports_folder_is_where_lists_are_fetched(house: Path):
    write_policy(house)
    send(export(29, "abc"))
    send(export(31, "abd"))
    assert delta_at(house / "exports", 31) == [("add", "d"), ("remove", "c")]
    assert not (house / "deliveries").exists()


def test_people_are_told_that_exceptions_wait_and_a_broken_channel_holds_up_nobody(
    house: Path, monkeypatch: pytest.MonkeyPatch
):
    asked = {"exceptions": [{"text": "c_1 is slowing"}] * 2, "withheld": 3, "timeout_hours": 24}
    places = EnvironmentPlaces(start("2025-01-31").settings)
    assert tell_waiting("2025-01-31", asked, places, "http://airflow/here") == []
    ((title, text),) = TOLD
    assert title == "Regulars 2025-01-31: 2 exceptions wait ‖ 2 项例外待批"
    assert text.splitlines()[0] == (
        "3 rows are withheld, for 24 hours at most; the routine has left."
    )
    assert text.endswith("http://airflow/here")
    assert "c_1" not in text

    monkeypatch.setenv("REGULARS_CONNECTION_CHANNEL", "nonsense")
    assert tell_waiting("2025-01-31", asked, places, "http://airflow/here") == ["team"]
