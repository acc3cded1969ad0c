"""Sizes in words for people, in powers of ten as disks are sold."""

from pathlib import Path

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


def in_words(size: int) -> str:
    """A number of bytes as `950 bytes`, `1.5 GB`, `23 GB`."""
    number, unit = float(size), 0
    while number >= 999.5 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    digits = 1 if unit and number < 9.95 else 0
    return f"{number:.{digits}f} {_UNITS[unit]}"


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files below a folder; 0 where nothing is."""
    if path.is_file():
        return path.stat().st_size
    sizes = (_size_now(file) for file in path.rglob("*"))
    return sum(sizes)


def _size_now(file: Path) -> int:
    """Another task may remove a file while they are counted."""
    try:
        return file.stat().st_size if file.is_file() else 0
    except FileNotFoundError:
        return 0
