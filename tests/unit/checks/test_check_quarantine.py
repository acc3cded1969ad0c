"""Where refused rows and files are kept."""

import json
import stat
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
from check_rows import FILE_A, FILE_B

from regulars.checks.quarantine import Refusal, refuse_file, write_quarantine

ASIDE = pd.DataFrame(
    {
        "source_file_sha256": [FILE_B, FILE_A, FILE_A],
        "source_row": [2, 9, 4],
        "reason": ["unknown_store"] * 3,
        "raw_json": ['{"store_id": "S7"}'] * 3,
    }
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_each_file_has_its_own_quarantine_for_few_eyes(tmp_path: Path) -> None:
    folder = tmp_path / "quarantine"
    written = write_quarantine(folder, "till", "orders", ASIDE)
    place = folder / "till" / "orders"
    assert written == [place / f"{FILE_A}.parquet", place / f"{FILE_B}.parquet"]
    assert [mode(path) for path in written] == [0o600, 0o600]
    assert [mode(path) for path in (folder, folder / "till", place)] == [0o700] * 3
    assert pq.read_table(written[0]).column("source_row").to_pylist() == [4, 9]
    assert sorted(place.iterdir()) == written


def test_i1_the_same_rows_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    first = write_quarantine(tmp_path / "one", "till", "orders", ASIDE)
    second = write_quarantine(tmp_path / "two", "till", "orders", ASIDE.iloc[::-1])
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_file_that_became_good_leaves_the_quarantine(tmp_path: Path) -> None:
    write_quarantine(tmp_path, "till", "orders", ASIDE)
    only_b = ASIDE[ASIDE["source_file_sha256"] == FILE_B]
    write_quarantine(tmp_path, "till", "orders", only_b, files=[FILE_A, FILE_B])
    assert [path.stem for path in (tmp_path / "till" / "orders").iterdir()] == [FILE_B]


def test_a_refused_file_leaves_a_note_and_no_content(tmp_path: Path) -> None:
    refusal = Refusal(
        source_name="till",
        file_name="orders 2025-01-31.csv",
        file_sha256=FILE_A,
        reason="missing_column",
        message="the column store_id is missing",
        next_move="add the column and drop the file again",
    )
    path = refuse_file(tmp_path, refusal)
    assert path == tmp_path / "till" / "refused_files" / f"{FILE_A}.json"
    assert mode(path) == 0o600 and mode(path.parent) == 0o700
    note = json.loads(path.read_text())
    assert note["next_move"] == "add the column and drop the file again"
    assert set(note) == set(vars(refusal))
