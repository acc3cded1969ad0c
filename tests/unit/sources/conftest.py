"""A drop folder of three-row files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from regulars.policy import SourcePolicy
from regulars.sources.discovery import discover
from regulars.sources.files import FileContents
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read

FIRST, LAST = date(2025, 1, 1), date(2025, 1, 31)


@pytest.fixture
def pos() -> SourcePolicy:
    return SourcePolicy(
        name="pos", folder="pos", time_zone="Asia/Shanghai", currency_code="CNY", expected="daily"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "drop" / "pos"
    path.mkdir(parents=True)
    return path


@pytest.fixture
def read_one(folder: Path, pos: SourcePolicy) -> Callable[..., FileContents]:
    """Drop one file, find it and read it by the canonical layout."""

    def drop_and_read(name: str, content: bytes | str, **changes: object) -> FileContents:
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
        source = pos.model_copy(update=changes)
        found = discover(source, folder.parent, FIRST, LAST)
        assert not found.refused
        (dropped,) = found.files
        return read(dropped, load_layout("canonical"), source)

    return drop_and_read
