"""What an engine says at its limits, and what is left then: what was there before."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from regulars.domain.errors import DiskFull, LimitReached, OutOfMemory
from regulars.engines import StatementFailed, Warehouse, duckdb_limits, open_warehouse
from regulars.engines.errors import engine_errors
from regulars.limits import limits_told, machine_memory

OLD = "select 1 as n, 'old' as name"
MANY = "select cast(n as bigint) as n, md5(cast(n as varchar)) as name from range(1500000) r(n)"
SORTED = f"{MANY} order by name"
TINY = "memory_limit=40MB&threads=1"


def _refused(uri: str, sql: str, kind: type[LimitReached]) -> str:
    """Build an old table, fail to replace it, see that it stands, replace it by a small one."""
    with open_warehouse(uri) as warehouse:
        warehouse.build("dim_x", OLD)
    with open_warehouse(uri) as warehouse, pytest.raises(kind) as caught:
        warehouse.build("dim_x", sql)
    with open_warehouse(uri) as warehouse:
        assert warehouse.query("select * from dim_x").to_pylist() == [{"n": 1, "name": "old"}]
        assert warehouse.tables() == ("dim_x",)
    return str(caught.value)


def _next_run_works(uri: str) -> None:
    with open_warehouse(uri) as warehouse:
        warehouse.build("dim_x", "select 2 as n, 'new' as name")
        assert warehouse.query("select n from dim_x").to_pylist() == [{"n": 2}]


def test_a_build_that_runs_out_of_memory_leaves_the_old_table(tmp_path: Path):
    uri = f"duckdb:///{tmp_path / 'x.duckdb'}?{TINY}&temp_directory="
    told = _refused(uri, SORTED, OutOfMemory)
    assert told.startswith("dim_x: the engine ran out of memory: ")
    assert "38.1 MiB used" in told
    assert "Next: raise REGULARS_MEMORY_LIMIT" in told
    _next_run_works(uri)


def test_a_build_that_would_spill_too_much_leaves_the_old_table(tmp_path: Path):
    uri = f"duckdb:///{tmp_path / 'x.duckdb'}?{TINY}&max_temp_directory_size=1MB"
    told = _refused(uri, SORTED, DiskFull)
    assert told.startswith("dim_x: the limit of temporary files is reached: failed to offload")
    assert "raise REGULARS_TEMP_LIMIT" in told
    _next_run_works(uri)


def test_the_same_build_passes_where_it_may_spill_and_leaves_nothing_behind(tmp_path: Path):
    with open_warehouse(f"duckdb:///{tmp_path / 'x.duckdb'}?{TINY}") as warehouse:
        warehouse.build("dim_x", SORTED)
        counted = warehouse.query("select count(*) as n, count(distinct name) as names from dim_x")
    assert counted.to_pylist() == [{"n": 1_500_000, "names": 1_500_000}]
    assert [path.name for path in tmp_path.iterdir()] == ["x.duckdb"]


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 24 MB, in a folder that a server's user may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="disk"))
    folder.chmod(0o711)
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("a small file system needs the right to mount one")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


def test_a_full_disk_leaves_the_old_table_and_room_lets_the_next_run_pass(
    small_disk: Path, tmp_path: Path
):
    ballast = small_disk / "old exports"
    ballast.write_bytes(b"x" * 8_000_000)
    uri = f"duckdb:///{small_disk / 'x.duckdb'}?temp_directory={tmp_path / 'spill'}"
    told = _refused(uri, MANY, DiskFull)
    assert told.startswith("dim_x: the disk is full: ")
    assert "Next: make room on it" in told
    ballast.unlink()
    _next_run_works(uri)


def test_a_copy_that_does_not_fit_leaves_the_copy_of_before(small_disk: Path, tmp_path: Path):
    copy = small_disk / "dim_x.parquet"
    with open_warehouse(f"duckdb:///{tmp_path / 'x.duckdb'}") as warehouse:
        warehouse.build("dim_x", OLD)
        warehouse.export_parquet("dim_x", copy, ["n"])
        warehouse.build("dim_x", MANY.replace("1500000", "200000"))
        (small_disk / "old exports").write_bytes(b"x" * 22_000_000)
        told = r"^publish_marts: no space is left"
        with pytest.raises(DiskFull, match=told), limits_told("publish_marts"):
            warehouse.export_parquet("dim_x", copy, ["n"])
    assert pq.read_table(copy).to_pylist() == [{"n": 1, "name": "old"}]
    assert {path.name for path in small_disk.iterdir()} == {"dim_x.parquet", "old exports"}


@pytest.mark.postgres
@pytest.mark.parametrize("uri", ["postgres"], indirect=True)
def test_a_server_s_full_disk_leaves_the_old_table(
    uri: str, small_disk: Path, warehouse: Warehouse, rows_of: Callable[[str], list[dict[str, Any]]]
):
    shutil.chown(small_disk, "pgserver")  # As whom the wheel's server runs for root.
    warehouse.build("dim_x", OLD)
    warehouse._run(f"create tablespace small location '{small_disk}'", where="disk")
    warehouse._run("set default_tablespace = small", where="disk")
    many = MANY.replace("range(1500000)", "generate_series(1, 400000)")
    with pytest.raises(DiskFull, match=r"^dim_x: the disk is full: could not extend file"):
        warehouse.build("dim_x", many)
    assert rows_of("select name from dim_x") == [{"name": "old"}]
    assert warehouse.tables() == ("dim_x",)
    warehouse._run("drop tablespace small", where="disk")


def test_a_spill_that_fills_its_disk_leaves_the_old_table(small_disk: Path, tmp_path: Path):
    uri = f"duckdb:///{tmp_path / 'x.duckdb'}?{TINY}&temp_directory={small_disk / 'spill'}"
    told = _refused(uri, SORTED, DiskFull)
    assert told.startswith("dim_x: the limit of temporary files is reached: ")
    assert not list(small_disk.rglob("duckdb_temp_*"))
    _next_run_works(uri)


def test_unless_told_duckdb_takes_a_share_of_memory_and_half_of_the_free_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(duckdb_limits, "machine_memory", lambda: 2_000 << 20)
    monkeypatch.setattr(duckdb_limits, "free_bytes", lambda _: 900 << 20)
    file = tmp_path / "x.duckdb"
    with open_warehouse(f"duckdb:///{file}") as opened:
        limits = opened.limits()
        assert limits["memory_limit"] == "1.1 GiB"
        assert limits["max_temp_directory_size"] == "450.0 MiB"
        assert limits["temp_directory"] == f"{file}.tmp"
        assert (tmp_path / "x.duckdb.tmp").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in tmp_path.iterdir()] == ["x.duckdb"]


def test_the_share_is_of_what_the_machine_really_has(tmp_path: Path):
    given = duckdb_limits.with_defaults(tmp_path / "x.duckdb", {})
    assert given["memory_limit"] == f"{machine_memory() * 60 // 100 >> 20}MiB"


def test_what_a_killed_run_spilled_is_forgotten(tmp_path: Path):
    folder = tmp_path / "x.duckdb.tmp"
    folder.mkdir()
    (folder / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"rows of a run that was killed")
    with open_warehouse(f"duckdb:///{tmp_path / 'x.duckdb'}"):
        assert not list(folder.iterdir())
    assert not folder.exists()


def test_who_opens_a_file_first_decides_its_settings(tmp_path: Path):
    file = tmp_path / "x.duckdb"
    with (
        open_warehouse(f"duckdb:///{file}?threads=1&memory_limit=300MB") as first,
        open_warehouse(f"duckdb:///{file}?threads=2") as second,
    ):
        assert [one.limits()["threads"] for one in (first, second)] == ["1", "1"]
        assert second.limits()["memory_limit"] == "286.1 MiB"


def test_a_setting_that_duckdb_refuses_leaves_the_file_free(tmp_path: Path):
    file = tmp_path / "x.duckdb"
    with pytest.raises(StatementFailed, match="setting memory_limit"):
        open_warehouse(f"duckdb:///{file}?memory_limit=much")
    with open_warehouse(f"duckdb:///{file}?memory_limit=300MB") as opened:
        assert opened.limits()["memory_limit"] == "286.1 MiB"


@pytest.mark.parametrize(
    ("code", "message", "kind", "told"),
    [
        ("53100", "could not extend file \"base/1/2\": No space left on device", DiskFull,
         "the disk is full"),
        ("53100", "could not resize shared memory segment \"/PostgreSQL.1\" to 4194304 bytes: No"
         " space left on device", OutOfMemory, "too little shared memory"),
        ("53200", "out of memory", OutOfMemory, "the engine ran out of memory"),
        ("53400", "temporary file size exceeds temp_file_limit (1024kB)", DiskFull,
         "the limit of temporary files is reached"),
        ("", "java.lang.OutOfMemoryError: Java heap space", OutOfMemory, "ran out of memory"),
        ("", "java.io.IOException: No space left on device", DiskFull, "the disk is full"),
    ],
)  # fmt: skip
def test_each_engine_s_words_for_a_limit_are_known(
    code: str, message: str, kind: type[LimitReached], told: str
):
    from adbc_driver_manager import AdbcStatusCode, ProgrammingError

    said = ProgrammingError(message, status_code=AdbcStatusCode.INTERNAL, sqlstate=code or None)
    with pytest.raises(kind, match=rf"^dim_x: .*{told}"), engine_errors("dim_x"):
        raise said


@pytest.mark.postgres
@pytest.mark.parametrize("uri", ["postgres"], indirect=True)
def test_a_server_that_nobody_tuned_gets_room_to_sort_and_a_choice_stays(uri: str):
    with open_warehouse(uri) as untouched, open_warehouse(f"{uri}%20-cwork_mem%3D1MB") as chosen:
        assert untouched.limits()["work_mem"] == "64MB"
        assert chosen.limits() == {
            "work_mem": "1MB", "maintenance_work_mem": "256MB", "temp_file_limit": "-1"
        }  # fmt: skip


@pytest.mark.postgres
@pytest.mark.parametrize("uri", ["postgres"], indirect=True)
def test_a_server_s_limit_of_temporary_files_leaves_the_old_table(
    uri: str, rows_of: Callable[[str], list[dict[str, Any]]], warehouse: Warehouse
):
    many = MANY.replace("range(1500000)", "generate_series(1, 200000)")
    warehouse.build("dim_x", OLD)
    warehouse._run("set temp_file_limit = '1MB'", where="session")
    warehouse._run("set work_mem = '64kB'", where="session")
    with pytest.raises(DiskFull, match=r"^dim_x: the limit of temporary files is reached"):
        warehouse.build("dim_x", f"{many} order by name")
    assert rows_of("select name from dim_x") == [{"name": "old"}]
