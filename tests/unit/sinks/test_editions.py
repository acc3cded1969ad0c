"""A day is exported again when what had to wait may leave: a second edition, whole and named."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from regulars.sinks.day_export import export_day


@pytest.fixture
def write(tmp_path: Path, stamp: Any, action: Any, table: Any, nothing_suppressed: Any):
    """Export a day with these customers, those of them who had to wait, and read the manifest."""

    def _write(*keys: str, approved: tuple[str, ...] = ()) -> dict[str, Any]:
        rows = table(*(action(key) for key in keys))
        export_day(tmp_path, rows, nothing_suppressed, stamp, approved=approved)
        found: dict[str, Any] = json.loads(manifest(tmp_path, stamp).read_bytes())
        return found

    return _write


def manifest(folder: Path, stamp: Any) -> Path:
    return folder / str(stamp.business_date) / "manifest.json"


def approved_rows(folder: Path, stamp: Any) -> list[str]:
    path = folder / str(stamp.business_date) / "incentivise" / "actions_approved.csv"
    return [line.split(",")[3] for line in path.read_text().splitlines()[1:]]


def test_the_second_edition_names_the_first_and_has_the_approved_rows_by_themselves(
    tmp_path: Path, stamp: Any, write: Any
):
    assert write("c_routine")["supersedes"] is None
    first = hashlib.sha256(manifest(tmp_path, stamp).read_bytes()).hexdigest()

    second = write("c_routine", "c_held", approved=("c_held",))
    assert second["supersedes"] == {"business_date": "2025-01-31", "sha256": first}
    assert second["lists"]["incentivise"]["rows"] == 2
    assert approved_rows(tmp_path, stamp) == ["c_held"]


def test_the_second_edition_written_again_is_the_same_bytes(tmp_path: Path, stamp: Any, write: Any):
    write("c_routine")
    write("c_routine", "c_held", approved=("c_held",))
    second = manifest(tmp_path, stamp).read_bytes()
    write("c_routine", "c_held", approved=("c_held",))
    assert manifest(tmp_path, stamp).read_bytes() == second


def test_without_approvals_there_is_no_file_for_them(tmp_path: Path, write: Any):
    write("c_routine")
    assert not list(tmp_path.rglob("actions_approved.csv"))
