"""One folder per day, swapped in whole: a reader sees the old day or the new one, never half."""

import os
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path


def recover_day(folder: Path, day: date) -> None:
    """Undo what a crash may have left: bring back an old day set aside, drop unfinished work."""
    current, following, previous = _paths(folder, day)
    if previous.exists() and not current.exists():
        previous.rename(current)
    for leftover in (following, previous):
        if leftover.exists():
            shutil.rmtree(leftover)


def publish_day(
    folder: Path, day: date, files: Mapping[str, bytes], *, private: bool = False
) -> bool:
    """Write the files (path within the day -> content, in this order) and swap them in.

    `private` ones are for their owner alone, from their first byte on. Returns False, touching
    nothing, when the day already holds exactly these bytes.
    """
    current, following, previous = _paths(folder, day)
    if _holds_exactly(current, files):
        return False
    for path, content in files.items():
        _write(following / path, content, private)
    if private:
        for inner in (following, *(path for path in following.rglob("*") if path.is_dir())):
            inner.chmod(0o700)
    if current.exists():
        current.rename(previous)
    following.rename(current)
    _settle(folder)
    if previous.exists():
        shutil.rmtree(previous)
    return True


def forget_days(folder: Path, before: date) -> None:
    """Delete the days of a folder that are older than a day: what is not needed is not kept."""
    for path in folder.glob("????-??-??"):
        if path.is_dir() and path.name < before.isoformat():
            shutil.rmtree(path)


def _paths(folder: Path, day: date) -> tuple[Path, Path, Path]:
    """Where the day is, where its next edition is written, where the old one waits."""
    return folder / f"{day}", folder / f".{day}.next", folder / f".{day}.old"


def _holds_exactly(current: Path, files: Mapping[str, bytes]) -> bool:
    if not current.is_dir():
        return False
    present = {str(p.relative_to(current)): p for p in current.rglob("*") if p.is_file()}
    return present.keys() == files.keys() and all(
        present[path].read_bytes() == content for path, content in files.items()
    )


def _write(path: Path, content: bytes, private: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rights = 0o600 if private else 0o666
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, rights), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make the renames last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
