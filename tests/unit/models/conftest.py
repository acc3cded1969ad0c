"""A folder into which a test writes its models."""

from pathlib import Path

import pytest
from model_files import SELECT, WriteModel, model_text


@pytest.fixture
def write(tmp_path: Path) -> WriteModel:
    def _write(name: str, sql: str = SELECT, folder: str = "marts", **header: str) -> Path:
        path = tmp_path / folder / f"{name}.sql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(model_text(sql, **header), encoding="utf-8")
        return path

    return _write
