"""Room on a disk is asked for before anything is written."""

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.domain.errors import DiskFull, OutOfMemory
from regulars.limits import Need, in_words, limits_told, require_room, size_of

BYTES = st.integers(0, 10**12)


def test_the_message_says_what_is_needed_what_is_free_and_what_may_go(tmp_path: Path):
    (tmp_path / "exports/2025-01-01").mkdir(parents=True)
    (tmp_path / "exports/2025-01-01/a.csv").write_bytes(b"x" * 2_500)
    needs = [
        Need(tmp_path / "landing", 700_000_000, "2 files"),
        Need(tmp_path, 1_200_000_000, "the raw rows"),
    ]
    with pytest.raises(DiskFull) as caught:
        require_room(
            "loading", needs, 500_000_000,
            may_go=[tmp_path / "exports", tmp_path / "logs"], free_of=lambda _: 2_399_999_999,
        )  # fmt: skip
    assert str(caught.value) == (
        "loading: about 1.9 GB are needed (700 MB for 2 files, 1.2 GB for the raw rows) and 500 MB"
        f" are kept in reserve, but only 2.4 GB are free on the disk of {tmp_path / 'landing'};"
        f" nothing was written Next: clean what is old in {tmp_path / 'exports'} (2.5 kB), or move"
        " REGULARS_HOME to a larger one; see docs/howto/limits.md"
    )
    require_room("loading", needs, 500_000_000, free_of=lambda _: 2_400_000_000)


@given(sizes=st.lists(BYTES, min_size=1), reserve=BYTES, free=BYTES)
def test_a_step_begins_exactly_when_all_of_it_fits(sizes: list[int], reserve: int, free: int):
    needs = [Need(Path("/"), size, "rows") for size in sizes]
    fits = not any(sizes) or sum(sizes) + reserve <= free
    try:
        require_room("a step", needs, reserve, free_of=lambda _: free)
    except DiskFull:
        assert not fits
    else:
        assert fits


def test_disks_are_looked_at_one_by_one(tmp_path: Path):
    memory = Path("/dev/shm")
    if not memory.exists() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs a second file system: /dev/shm is none here")
    needs = [Need(tmp_path, 60, "rows"), Need(memory, 60, "copies")]
    require_room("a step", needs, 0, free_of=lambda _: 100)
    with pytest.raises(DiskFull, match=r"60 bytes for copies.*disk of /dev/shm"):
        require_room("a step", needs, 0, free_of=lambda place: 50 if place == memory else 100)


def test_a_step_that_needs_nothing_begins_on_a_full_disk(tmp_path: Path):
    require_room("a step", [Need(tmp_path, 0, "rows")], 10**9, free_of=lambda _: 0)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_up_in_the_middle_is_told_with_its_folder(number: int):
    told = r"^export_lists: .* of /data/exports Next: make room"
    with pytest.raises(DiskFull, match=told), limits_told("export_lists"):
        raise OSError(number, "the system's words", "/data/exports/a.csv")


def test_memory_that_is_refused_is_told():
    told = r"^build: the process ran out of memory Next: lower REGULARS_MEMORY_LIMIT"
    with pytest.raises(OutOfMemory, match=told), limits_told("build"):
        raise MemoryError


def test_other_errors_of_files_stay_what_they_are():
    with pytest.raises(FileNotFoundError), limits_told("build"):
        raise FileNotFoundError(errno.ENOENT, "No such file", "/data/a.csv")


def test_a_step_keeps_its_name_under_the_decorator():
    @limits_told("build")
    def build_marts() -> str:
        return "done"

    assert (build_marts.__name__, build_marts()) == ("build_marts", "done")


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (9_949_999, "9.9 MB"),
     (9_950_000, "10 MB"), (999_499_999, "999 MB"), (999_500_000, "1.0 GB"), (23 * 10**9, "23 GB"),
     (5 * 10**18, "5000 PB")],
)  # fmt: skip
def test_sizes_are_read_as_on_the_label_of_a_disk(size: int, words: str):
    assert in_words(size) == words


def test_the_size_of_a_folder_is_that_of_all_files_below(tmp_path: Path):
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/x").write_bytes(b"12345")
    (tmp_path / "y").write_bytes(b"123")
    assert [size_of(tmp_path), size_of(tmp_path / "y"), size_of(tmp_path / "z")] == [8, 3, 0]
