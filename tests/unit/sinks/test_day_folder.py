"""The swap of a day's folder: never half, also after a crash."""

import json
from datetime import date

import pytest

from regulars.sinks import day_folder
from regulars.sinks.day_folder import publish_day, recover_day

DAY = date(2025, 1, 31)
OLD, NEXT = {"x/a.csv": b"old", "manifest.json": b"1"}, {"x/b.csv": b"new", "manifest.json": b"2"}


def held(folder):
    day = folder / "2025-01-31"
    return {str(p.relative_to(day)): p.read_bytes() for p in day.rglob("*") if p.is_file()}


def test_a_day_is_replaced_as_a_whole(tmp_path):
    assert publish_day(tmp_path, DAY, OLD)
    assert publish_day(tmp_path, DAY, NEXT)
    assert held(tmp_path) == NEXT
    assert [p.name for p in tmp_path.iterdir()] == ["2025-01-31"]


def test_the_same_bytes_are_not_written_again(tmp_path):
    publish_day(tmp_path, DAY, OLD)
    assert publish_day(tmp_path, DAY, OLD) is False


@pytest.mark.parametrize("writes_before_crash", [0, 1])
def test_a_crash_while_writing_leaves_the_old_day(tmp_path, monkeypatch, writes_before_crash):
    publish_day(tmp_path, DAY, OLD)
    write, written = day_folder._write, []

    def failing_write(path, content, private):
        if len(written) == writes_before_crash:
            raise OSError("disk full")
        written.append(path)
        write(path, content, private)

    monkeypatch.setattr(day_folder, "_write", failing_write)
    with pytest.raises(OSError, match="disk full"):
        publish_day(tmp_path, DAY, NEXT)
    monkeypatch.undo()
    assert held(tmp_path) == OLD
    recover_day(tmp_path, DAY)
    publish_day(tmp_path, DAY, NEXT)
    assert held(tmp_path) == NEXT


def test_a_crash_between_the_two_renames_brings_the_old_day_back(tmp_path):
    publish_day(tmp_path, DAY, OLD)
    (tmp_path / "2025-01-31").rename(tmp_path / ".2025-01-31.old")
    (tmp_path / ".2025-01-31.next").mkdir()
    recover_day(tmp_path, DAY)
    assert held(tmp_path) == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["2025-01-31"]


def test_a_crash_after_the_swap_keeps_the_new_day(tmp_path):
    publish_day(tmp_path, DAY, NEXT)
    (tmp_path / ".2025-01-31.old").mkdir()
    (tmp_path / ".2025-01-31.old/manifest.json").write_text(json.dumps("old"))
    recover_day(tmp_path, DAY)
    assert held(tmp_path) == NEXT
    assert [p.name for p in tmp_path.iterdir()] == ["2025-01-31"]


def test_the_manifest_is_written_last(tmp_path, monkeypatch, stamp, action, table):
    from regulars.sinks.columns import SUPPRESSED_TYPES
    from regulars.sinks.day_export import export_day

    written, write = [], day_folder._write
    monkeypatch.setattr(
        day_folder,
        "_write",
        lambda path, content, private: (written.append(path.name), write(path, content, private)),
    )
    export_day(tmp_path, table(action()), SUPPRESSED_TYPES.empty_table(), stamp)
    assert written[-1] == "manifest.json"
    assert written.count("manifest.json") == 1
