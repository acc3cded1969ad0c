"""Opening a warehouse, and what is said when that fails."""

import subprocess
import sys
from pathlib import Path

import pytest

from regulars.domain.errors import BadInput
from regulars.engines import Warehouse, WarehouseBusy, WarehouseUnreachable, open_warehouse

HOLD = """
import sys
from regulars.engines import open_warehouse
with open_warehouse(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""


def _setting(warehouse: Warehouse, name: str) -> str:
    return str(warehouse._rows(f"select current_setting('{name}') as v", where="test")[0]["v"])


@pytest.mark.parametrize("uri", ["mysql://host/db", "warehouse.duckdb", ""], ids=str)
def test_an_unknown_scheme_names_the_known_ones(uri: str):
    with pytest.raises(BadInput, match=r"known are duckdb, postgresql.*sc.*opening\.py"):
        open_warehouse(uri)


def test_settings_of_a_duckdb_file_are_in_its_uri(tmp_path: Path):
    uri = (
        f"duckdb:///{tmp_path / 'x.duckdb'}?memory_limit=300MB&threads=2&temp_directory={tmp_path}"
    )
    with open_warehouse(uri) as opened:
        assert _setting(opened, "threads") == "2"
        assert _setting(opened, "memory_limit") == "286.1 MiB"
        assert _setting(opened, "temp_directory") == str(tmp_path)


def test_an_unknown_setting_is_refused(tmp_path: Path):
    with pytest.raises(BadInput, match=r"'speed' is no setting.*memory_limit"):
        open_warehouse(f"duckdb:///{tmp_path / 'x.duckdb'}?speed=11")


def test_a_relative_path_is_relative_to_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    with open_warehouse("duckdb:///var/100%25 #1.duckdb"):
        assert (tmp_path / "var" / "100%25 #1.duckdb").exists()


def test_a_duckdb_uri_without_a_file_is_refused():
    with pytest.raises(BadInput, match="names no file"):
        open_warehouse("duckdb:///")


def test_what_was_written_is_there_after_closing(uri: str):
    with open_warehouse(uri) as opened:
        opened.build("dim_x", "select 1 as n")
    with open_warehouse(uri) as opened:
        assert opened.query("select n from dim_x").to_pylist() == [{"n": 1}]


def test_a_file_open_in_another_process_is_busy(tmp_path: Path):
    uri = f"duckdb:///{tmp_path / 'x.duckdb'}"
    command = [sys.executable, "-c", HOLD, uri]
    plugins = str(Path(__file__).parents[2] / "plugins")
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": plugins},
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(WarehouseBusy, match=rf"x\.duckdb: another process \(PID {holder.pid}"):
            open_warehouse(uri)
        holder.communicate()
    with open_warehouse(uri) as opened:
        assert opened.tables() == ()


def test_a_file_that_is_no_warehouse_is_said_to_be_none(tmp_path: Path):
    (tmp_path / "x.duckdb").write_text("not a database, " * 1000)
    with pytest.raises(WarehouseUnreachable, match="not a valid DuckDB database file"):
        open_warehouse(f"duckdb:///{tmp_path / 'x.duckdb'}")


def test_a_silent_server_is_unreachable_and_the_password_stays_secret():
    with pytest.raises(WarehouseUnreachable) as caught:
        open_warehouse("postgresql://somebody:secret@127.0.0.1:1/nowhere")
    assert "Connection refused" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.postgres
@pytest.mark.parametrize("uri", ["postgres"], indirect=True)
def test_a_database_that_sorts_by_language_is_refused(uri: str, monkeypatch: pytest.MonkeyPatch):
    from regulars.engines import postgres_engine

    monkeypatch.setattr(postgres_engine, "_BYTE_ORDER", "select false as is_byte_order")
    with pytest.raises(WarehouseUnreachable, match="sorts text by the rules of a language"):
        open_warehouse(uri)


def test_a_numeric_without_precision_asks_for_a_cast(uri: str):
    with open_warehouse(uri) as opened:
        found = opened.query("select cast(1.25 as decimal(18, 2)) as exact")
        assert str(found.column(0)[0]) == "1.25"
        if opened.dialect == "postgres":
            with pytest.raises(Exception, match=r"column total is a NUMERIC.*cast it to bigint"):
                opened.query("select sum(cast(1 as bigint)) as total")
