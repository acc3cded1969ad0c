"""Room on the disks: asked for before a step writes, so that it need not stop in the middle."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from regulars.domain.errors import DiskFull
from regulars.limits.sizes import in_words, size_of

FreeBytes = Callable[[Path], int]


@dataclass(frozen=True)
class Need:
    """An estimate: so many bytes will be written to this folder, for this purpose."""

    folder: Path
    size: int
    purpose: str


def free_bytes(folder: Path) -> int:
    """What an ordinary user may still write to the disk of a folder, which need not exist yet."""
    return shutil.disk_usage(_existing(folder)).free


def require_room(
    step: str,
    needs: Iterable[Need],
    reserve: int,
    may_go: Sequence[Path] = (),
    free_of: FreeBytes = free_bytes,
) -> None:
    """Raise DiskFull when a disk lacks room for what a step will write and the reserve.

    Needs on the same disk are added up. `may_go` are folders that people may clean: the message
    names those that hold something on the full disk.
    """
    wanted = sorted((need for need in needs if need.size), key=lambda need: _disk(need.folder))
    for disk, group in groupby(wanted, lambda need: _disk(need.folder)):
        there = list(group)
        needed, free = sum(need.size for need in there), free_of(there[0].folder)
        if needed + reserve > free:
            purposes = ", ".join(f"{in_words(one.size)} for {one.purpose}" for one in there)
            raise DiskFull(
                f"about {in_words(needed)} are needed ({purposes}) and {in_words(reserve)} are"
                f" kept in reserve, but only {in_words(free)} are free on the disk of"
                f" {there[0].folder}; nothing was written",
                where=step,
                next_move=_next_move([place for place in may_go if _disk(place) == disk]),
            )


def _next_move(may_go: Sequence[Path]) -> str:
    sizes = [(place, size_of(place)) for place in may_go]
    found = ", ".join(f"{place} ({in_words(size)})" for place, size in sizes if size)
    clean = f"clean what is old in {found}" if found else "make room on this disk"
    return f"{clean}, or move REGULARS_HOME to a larger one; see docs/howto/limits.md"


def _disk(folder: Path) -> int:
    return _existing(folder).stat().st_dev


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())
