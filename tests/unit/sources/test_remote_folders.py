"""Folders elsewhere: what arrives in the inbox is whole, comes once, and goes on after a cut."""

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from uuid import uuid4

import pytest
from upath import UPath

from regulars.domain.errors import BadInput
from regulars.patience import Patience
from regulars.policy import SourcePolicy
from regulars.sources import remote_files, remote_folders
from regulars.sources.files import Reason, RefusedFile
from regulars.sources.layouts import load_layout
from regulars.sources.remote_files import RemoteFile, is_safe, open_folder
from regulars.sources.remote_folders import Fetching

TENTH = date(2025, 1, 10)
ORDERS = "orders_2025-01-10.csv"
SOURCE = SourcePolicy(
    name="shop", folder="sftp://exports/shop", time_zone="Asia/Shanghai", currency_code="CNY"
)


class Cloud:
    """A folder that behaves as badly as it is told to.

    cuts: bytes after which the next openings break off, with `is_quiet` as if that were the end;
    errors: what the next calls raise; touched: names whose time moves on at every look; no_seek:
    files cannot be entered in the middle.
    """

    def __init__(self, **files: bytes) -> None:
        self.files = {name.replace("__", "/"): content for name, content in files.items()}
        self.links: set[str] = set()
        self.touched: set[str] = set()
        self.cuts: list[int] = []
        self.errors: list[Exception] = []
        self.no_seek = self.is_quiet = False
        self.looks = 0
        self.opened: list[tuple[str, int]] = []

    def at(self, path: str = "") -> "Place":
        return Place(self, path)


class Place:
    """A file or a folder of the cloud."""

    def __init__(self, cloud: Cloud, path: str) -> None:
        self.cloud, self.path = cloud, path

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def iterdir(self) -> Iterator["Place"]:
        if self.cloud.errors:
            raise self.cloud.errors.pop(0)
        above = f"{self.path}/" if self.path else ""
        inside = [name for name in self.cloud.files if name.startswith(above)]
        names = {above + name[len(above) :].partition("/")[0] for name in inside}
        return iter([self.cloud.at(name) for name in names])

    def is_dir(self) -> bool:
        return self.path not in self.cloud.files

    def is_symlink(self) -> bool:
        return self.path in self.cloud.links

    def stat(self) -> SimpleNamespace:
        self.cloud.looks += self.path in self.cloud.touched
        size = len(self.cloud.files[self.path])
        return SimpleNamespace(st_size=size, st_mtime=self.cloud.looks, as_info=dict)

    def open(self, mode: str) -> io.BytesIO:
        if self.cloud.errors:
            raise self.cloud.errors.pop(0)
        return Stream(self, self.cloud.cuts.pop(0) if self.cloud.cuts else None)


class Stream(io.BytesIO):
    """The content of a file, up to the byte where the line breaks."""

    def __init__(self, place: Place, cut: int | None) -> None:
        self.place, self.cut = place, cut
        super().__init__(place.cloud.files[place.path])
        place.cloud.opened.append((place.path, 0))

    def seek(self, offset: int, whence: int = 0) -> int:
        if self.place.cloud.no_seek:
            raise io.UnsupportedOperation("seek")
        self.place.cloud.opened[-1] = (self.place.path, offset)
        return super().seek(offset, whence)

    def read(self, size: int | None = -1) -> bytes:
        if self.cut is None:
            return super().read(size)
        if self.tell() >= self.cut and self.place.cloud.is_quiet:
            return b""
        if self.tell() >= self.cut:
            raise ConnectionResetError("the line broke")
        return super().read(self.cut - self.tell())


class Inbox:
    """An inbox, what was told and what was waited."""

    def __init__(self, path: Path, source: SourcePolicy = SOURCE, attempts: int = 3) -> None:
        self.path, self.source = path, source
        self.told: list[str] = []
        self.waits: list[float] = []
        self.patience = Patience(attempts, 60, self.waits.append)

    def fetch(self, cloud: Cloud, layout: str = "canonical") -> tuple[RefusedFile, ...]:
        fetching = Fetching(
            self.source, load_layout(layout), cloud.at(), self.path, self.told.append,
            self.patience,
        )  # fmt: skip
        return fetching.fetch(TENTH, TENTH)

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.path.rglob("*") if path.is_file())
        return {
            path.relative_to(self.path).as_posix(): path.read_bytes()
            for path in paths
            if not path.name.startswith(".")
        }


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "inbox")


@pytest.fixture
def cloud() -> Cloud:
    cloud = Cloud()
    cloud.files = {ORDERS: b"0123456789", "orders_2025-01-09.csv": b"yesterday"}
    return cloud


def test_files_of_the_window_arrive_once_and_are_known_by_their_hash(inbox, cloud):
    assert inbox.fetch(cloud) == ()
    assert inbox.files() == {ORDERS: b"0123456789"}
    ledger = json.loads((inbox.path / ".fetched.json").read_bytes())
    assert ledger[ORDERS]["sha256"] == hashlib.sha256(b"0123456789").hexdigest()
    inbox.fetch(cloud)
    assert cloud.opened == [(ORDERS, 0)]
    assert inbox.waits == [10]
    assert inbox.path.stat().st_mode & 0o077 == 0
    assert (inbox.path / ORDERS).stat().st_mode & 0o077 == 0


def test_a_file_that_was_replaced_comes_again(inbox, cloud):
    inbox.fetch(cloud)
    cloud.files[ORDERS] = b"corrected"
    inbox.fetch(cloud)
    assert inbox.files() == {ORDERS: b"corrected"}


@pytest.mark.parametrize("ledger", [None, b"{ torn"])
def test_without_its_ledger_everything_comes_again(inbox, cloud, ledger):
    inbox.fetch(cloud)
    (inbox.path / ".fetched.json").unlink()
    if ledger:
        (inbox.path / ".fetched.json").write_bytes(ledger)
    inbox.fetch(cloud)
    assert len(cloud.opened) == 2
    assert inbox.files() == {ORDERS: b"0123456789"}


@pytest.mark.parametrize("byte", range(1, 10))
def test_a_cut_at_any_byte_goes_on_there(inbox, cloud, byte):
    cloud.cuts = [byte]
    assert inbox.fetch(cloud) == ()
    assert inbox.files() == {ORDERS: b"0123456789"}
    assert cloud.opened == [(ORDERS, 0), (ORDERS, byte)]


def test_where_one_cannot_go_on_the_file_begins_anew(inbox, cloud):
    cloud.cuts, cloud.no_seek = [4], True
    inbox.fetch(cloud)
    assert inbox.files() == {ORDERS: b"0123456789"}
    assert cloud.opened == [(ORDERS, 0), (ORDERS, 0)]


def test_after_too_many_cuts_the_run_fails_and_the_next_one_goes_on(inbox, cloud):
    cloud.cuts = [2, 4, 6]
    with pytest.raises(ConnectionResetError):
        inbox.fetch(cloud)
    assert inbox.files() == {}
    inbox.fetch(cloud)
    assert inbox.files() == {ORDERS: b"0123456789"}
    assert [offset for _, offset in cloud.opened] == [0, 2, 4, 6]


def test_a_stream_that_ends_early_is_a_cut_and_not_a_file(inbox, cloud):
    cloud.cuts, cloud.is_quiet = [4], True
    inbox.fetch(cloud)
    assert inbox.files() == {ORDERS: b"0123456789"}
    assert cloud.opened == [(ORDERS, 0), (ORDERS, 4)]


@pytest.mark.parametrize("error", [OSError("503 slow down"), TimeoutError("timed out")])
def test_a_place_that_is_busy_is_asked_again(inbox, cloud, error):
    cloud.errors = [error, error]
    assert inbox.fetch(cloud) == ()
    assert inbox.files() == {ORDERS: b"0123456789"}


def test_a_place_that_never_answers_is_a_lost_connection(inbox, cloud):
    cloud.errors = [TimeoutError("timed out")] * 3
    with pytest.raises(TimeoutError):
        inbox.fetch(cloud)
    assert len(inbox.waits) == 2
    assert all(0 <= wait <= 60 for wait in inbox.waits)


def test_a_place_that_shuts_us_out_is_bad_input_and_not_tried_again(inbox, cloud):
    cloud.errors = [PermissionError("403")]
    with pytest.raises(BadInput, match="may not be read"):
        inbox.fetch(cloud)
    assert inbox.waits == []


def test_a_folder_that_is_not_there_is_told(inbox, cloud):
    cloud.errors = [FileNotFoundError("shop")]
    (refused,) = inbox.fetch(cloud)
    assert (refused.file, refused.reason_code) == ("sftp://exports/shop", Reason.FOLDER_MISSING)


def test_a_file_that_somebody_is_writing_waits_for_the_next_run(inbox, cloud):
    cloud.touched = {ORDERS}
    (refused,) = inbox.fetch(cloud)
    assert (refused.file, refused.reason_code) == (ORDERS, Reason.NOT_WHOLE_YET)
    assert (inbox.files(), cloud.opened) == ({}, [])
    cloud.touched = set()
    assert inbox.fetch(cloud) == ()
    assert inbox.files() == {ORDERS: b"0123456789"}


def test_a_file_that_changes_while_it_is_copied_is_not_kept(inbox, cloud, monkeypatch):
    whole = Stream.read

    def grow(self: Stream, size: int | None = -1) -> bytes:
        cloud.files[ORDERS] = b"0123456789 and more"
        return whole(self, size)

    monkeypatch.setattr(Stream, "read", grow)
    (refused,) = inbox.fetch(cloud)
    assert refused.reason_code is Reason.FILE_CHANGED_WHILE_READ
    assert (inbox.files(), list(inbox.path.glob(".*.part"))) == ({}, [])


def test_with_a_marker_a_file_is_whole_when_its_marker_is_there(tmp_path, cloud):
    inbox = Inbox(tmp_path, SOURCE.model_copy(update={"done_marker": ".done"}))
    (refused,) = inbox.fetch(cloud)
    assert (refused.reason_code, inbox.files()) == (Reason.WAITING_FOR_MARKER, {})
    cloud.files[f"{ORDERS}.done"] = b""
    assert inbox.fetch(cloud) == ()
    assert inbox.files() == {ORDERS: b"0123456789"}
    assert inbox.waits == []


def test_what_nobody_can_take_is_refused_by_name_and_never_copied(inbox, cloud, monkeypatch):
    monkeypatch.setattr(remote_folders, "MAX_FILE_BYTES", 12)
    cloud.files |= {
        "orders_2025-01-10__big.csv": b"x" * 13,
        "payments_2025-01-10.csv": b"secret",
        "holiday plan.csv": b"x",
        "a\\..\\escape_2025-01-10.csv": b"x",
        ".hidden.csv": b"x",
        "orders.csv.part": b"x",
    }
    cloud.links = {"payments_2025-01-10.csv"}
    refused = {one.file: one.reason_code for one in inbox.fetch(cloud)}
    assert refused == {
        "orders_2025-01-10__big.csv": Reason.FILE_TOO_LARGE,
        "payments_2025-01-10.csv": Reason.SYMLINK_LEAVES_FOLDER,
        "holiday plan.csv": Reason.UNRECOGNISED_FILE,
        "a\\..\\escape_2025-01-10.csv": Reason.SYMLINK_LEAVES_FOLDER,
    }
    assert inbox.files() == {ORDERS: b"0123456789"}
    assert [name for name, _ in cloud.opened] == [ORDERS]


@pytest.mark.parametrize(
    ("name", "answer"),
    [("a/b.csv", True), ("../b.csv", False), ("/etc/passwd", False), ("a\\b.csv", False),
     ("c:b.csv", False), ("a/../../b.csv", False), ("a\0b.csv", False), ("", False)],
)  # fmt: skip
def test_a_name_stays_in_its_folder(name, answer):
    assert is_safe(PurePosixPath(name)) is answer


def test_too_many_files_are_a_mistake(inbox, cloud, monkeypatch):
    monkeypatch.setattr(remote_files, "MAX_MEMBERS", 1)
    with pytest.raises(BadInput, match="more than 1 files"):
        inbox.fetch(cloud)


def test_folders_are_entered_only_where_the_layout_has_folders_of_days(inbox, cloud):
    cloud.files["older/orders_2025-01-10.csv"] = b"x"
    assert inbox.fetch(cloud) == ()
    assert list(inbox.files()) == [ORDERS]


@pytest.mark.parametrize("scheme", ["memory", "file"])
def test_real_path_objects_do_as_well(inbox, tmp_path, scheme):
    place = f"{tmp_path}/there" if scheme == "file" else f"/{uuid4().hex}"
    folder = open_folder(f"{scheme}://{place}", None)
    there = UPath(f"{scheme}://{place}")
    there.mkdir(parents=True)
    (there / ORDERS).write_bytes(b"from afar")
    fetching = Fetching(
        SOURCE, load_layout("canonical"), folder, inbox.path, inbox.told.append, inbox.patience
    )
    assert fetching.fetch(TENTH, TENTH) == ()
    assert fetching.fetch(TENTH, TENTH) == ()
    assert inbox.files() == {ORDERS: b"from afar"}
    assert inbox.told == [f"shop: {ORDERS}: 9 bytes copied"]


def test_a_tag_tells_versions_apart_where_there_is_one():
    tagged = SimpleNamespace(st_size=3, st_mtime=0, as_info=lambda: {"ETag": "abc"})
    place = SimpleNamespace(stat=lambda: tagged)
    assert RemoteFile(PurePosixPath("x"), place).state().changed == "abc"


def test_options_that_are_no_json_are_told_without_being_repeated():
    with pytest.raises(BadInput, match="not JSON") as told:
        open_folder("memory://x", "s3cr3t")
    assert "s3cr3t" not in str(told.value)


@pytest.mark.parametrize("scheme", ["s3", "sftp", "nowhere"])
def test_a_file_system_that_is_not_installed_is_told(scheme):
    try:
        open_folder(f"{scheme}://somewhere/x", None)
    except BadInput as error:
        assert "cannot be opened" in str(error)
    except OSError:
        pytest.skip(f"{scheme} is installed here and tried to connect")
    else:
        pytest.skip(f"{scheme} is installed here")
