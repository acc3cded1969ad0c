"""Sending: whole or not at all, on from where it was cut, nothing twice."""

import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from upath import UPath

from regulars.patience import Patience
from regulars.sinks.delivery.sending import Destination

DAY = "2025-01-31"
FILES = {"reward/actions_full.csv": b"a" * 10, "reward/empty.csv": b"", "manifest.json": b"{}"}
AT_ONCE = Patience(3, 0, lambda _seconds: None)


class CutOff:
    """A stream that breaks after some bytes."""

    def __init__(self, stream: Any, room: int) -> None:
        self.stream, self.room = stream, room

    def __enter__(self) -> "CutOff":
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def write(self, data: bytes) -> int:
        self.stream.write(data[: self.room])
        raise ConnectionResetError("the line went dead")


class Unsteady:
    """A file system that lets the first writes break, each after so many bytes."""

    def __init__(self, fs: Any, cuts: list[int]) -> None:
        self.fs, self.cuts, self.written = fs, cuts, list[str]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.fs, name)

    def open(self, path: str, mode: str) -> Any:
        stream = self.fs.open(path, mode)
        if "r" not in mode:
            self.written.append(f"{mode} {Path(path).name.split('.')[1]}")
            if self.cuts:
                return CutOff(stream, self.cuts.pop(0))
        return stream


Opened = Callable[..., Any]


@pytest.fixture(params=["memory", "local"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """A place on one of two file systems, whose first writes may be cut."""
    folder = UPath(f"memory://{tmp_path}") if request.param == "memory" else UPath(str(tmp_path))

    def _open(*cuts: int) -> Any:
        return SimpleNamespace(fs=Unsteady(folder.fs, list(cuts)), path=folder.path)

    return _open


def lying(place: Any) -> dict[str, bytes]:
    root = f"{place.path}/{DAY}/"
    found = place.fs.find(root)
    return {path.partition(f"{DAY}/")[2]: place.fs.cat_file(path) for path in found}


def test_the_files_lie_there_under_their_names_and_nothing_else(place: Opened):
    there = place()
    assert Destination(there, AT_ONCE).send(DAY, FILES) == 3
    assert lying(there) == FILES


def test_the_manifest_is_the_last_to_come(place: Opened):
    there = place()
    Destination(there, AT_ONCE).send(DAY, FILES)
    assert there.fs.written[-1] == "wb manifest"


def test_a_second_time_nothing_is_sent(place: Opened):
    there = place()
    Destination(there, AT_ONCE).send(DAY, FILES)
    there.fs.written.clear()
    assert Destination(there, AT_ONCE).send(DAY, FILES) == 0
    assert there.fs.written == []


def test_a_cut_file_goes_on_where_it_was_cut(place: Opened):
    there = place(4)
    assert Destination(there, AT_ONCE).send(DAY, FILES) == 3
    assert there.fs.written[:2] == ["wb actions_full", "ab actions_full"]
    assert lying(there) == FILES


def test_what_never_arrives_leaves_no_manifest_and_the_next_call_goes_on(place: Opened):
    there = place()
    older = {**FILES, "reward/actions_full.csv": b"yesterday's", "manifest.json": b"{old}"}
    Destination(there, AT_ONCE).send(DAY, older)
    there.fs.cuts = [4, 0, 0]
    with pytest.raises(ConnectionResetError):
        Destination(there, AT_ONCE).send(DAY, FILES)
    assert "manifest.json" not in lying(there)
    assert lying(there)["reward/actions_full.csv"] == b"yesterday's"
    assert Destination(there, AT_ONCE).send(DAY, FILES) == 2
    assert lying(there) == FILES


def test_other_bytes_under_the_passing_name_are_thrown_away(place: Opened):
    there = place(4)
    with pytest.raises(ConnectionResetError):
        Destination(there, Patience(1, 0, lambda _seconds: None)).send(DAY, FILES)
    (part,) = [path for path in there.fs.find(f"{there.path}/{DAY}") if path.endswith(".part")]
    there.fs.pipe_file(part, b"zzzz")
    Destination(there, AT_ONCE).send(DAY, FILES)
    assert lying(there) == FILES


@given(cuts=st.lists(st.integers(0, 12), max_size=6))
def test_wherever_the_line_breaks_the_files_are_whole_in_the_end(cuts: list[int]):
    folder = UPath("memory:///unsteady")
    if folder.fs.exists(folder.path):
        folder.fs.rm(folder.path, recursive=True)
    there = SimpleNamespace(fs=Unsteady(folder.fs, cuts), path=folder.path)
    Destination(there, Patience(8, 0, lambda _seconds: None)).send(DAY, FILES)
    assert lying(there) == FILES


def test_private_files_are_for_their_owner_alone(tmp_path: Path):
    Destination(UPath(str(tmp_path)), AT_ONCE).send(DAY, FILES, private=True)
    file = tmp_path / DAY / "reward" / "actions_full.csv"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_an_error_of_a_library_counts_as_a_lost_connection(tmp_path: Path):
    class Odd:
        def __getattr__(self, name: str) -> Any:
            raise RuntimeError("SSHException or the like")

    with pytest.raises(ConnectionError, match="RuntimeError of the file system"):
        Destination(SimpleNamespace(fs=Odd(), path="/x"), AT_ONCE).send(DAY, FILES)
