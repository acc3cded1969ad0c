"""Where things are: one home, everything else below it unless said otherwise."""

import os
import stat
from pathlib import Path
from urllib.parse import quote

import pytest

from regulars.domain.errors import BadInput
from regulars.settings import INCLUDE, Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("REGULARS_")]:
        monkeypatch.delenv(name)


def test_without_settings_everything_is_below_the_folder_var(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    assert settings.root == tmp_path / "var"
    assert settings.warehouse_uri == f"duckdb:///{tmp_path / 'var' / 'warehouse.duckdb'}"
    assert settings.policy == INCLUDE / "policy" / "sample_group"


def test_one_home_moves_every_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path))
    settings = Settings()
    folders = {
        settings.drop_folder, settings.landing_folder, settings.quarantine_folder,
        settings.exports_folder, settings.reports_folder, settings.published_folder,
    }  # fmt: skip
    assert len(folders) == 6
    assert {folder.parent for folder in folders} == {tmp_path}


def test_each_place_can_be_set_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("REGULARS_DROP", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("REGULARS_WAREHOUSE", "postgresql://db/regulars")
    monkeypatch.setenv("REGULARS_POLICY", str(tmp_path / "rules"))
    settings = Settings()
    assert settings.drop_folder == tmp_path / "elsewhere"
    assert settings.warehouse_uri == "postgresql://db/regulars"
    assert settings.policy == tmp_path / "rules"


def test_a_key_from_the_environment_is_used_and_nothing_is_written(tmp_path: Path):
    settings = Settings(home=tmp_path, identity_key="secret")
    assert settings.identity_secret == b"secret"
    assert list(tmp_path.iterdir()) == []


def test_without_a_key_one_is_made_once_for_few_eyes_and_kept(tmp_path: Path):
    secret = Settings(home=tmp_path / "home").identity_secret
    path = tmp_path / "home" / "identity.key"
    assert len(secret) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Settings(home=tmp_path / "home").identity_secret == secret


def test_two_homes_have_two_keys(tmp_path: Path):
    secrets = {Settings(home=tmp_path / name).identity_secret for name in ("a", "b")}
    assert len(secrets) == 2


def test_settings_are_not_changed_after_they_are_read(tmp_path: Path):
    settings = Settings(home=tmp_path)
    with pytest.raises(ValueError, match="frozen"):
        settings.home = Path("other")


def test_limits_are_settings_and_what_the_uri_states_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("REGULARS_MEMORY_LIMIT", "2GB")
    monkeypatch.setenv("REGULARS_TEMP", str(tmp_path / "a b"))
    monkeypatch.setenv("REGULARS_TEMP_LIMIT", "10GB")
    monkeypatch.setenv("REGULARS_THREADS", "2")
    limits = f"temp_directory={tmp_path}%2Fa+b".replace(str(tmp_path), quote(str(tmp_path), ""))
    limits += "&max_temp_directory_size=10GB&threads=2"

    def uri(warehouse: str) -> str:
        return Settings(warehouse=warehouse).warehouse_uri

    assert uri("duckdb:////x.duckdb") == f"duckdb:////x.duckdb?memory_limit=2GB&{limits}"
    stated = "duckdb:////x.duckdb?memory_limit=1GB"
    assert uri(stated) == f"{stated}&{limits}"
    assert uri("postgresql://db/regulars") == "postgresql://db/regulars"


def test_only_an_embedded_warehouse_is_a_file_of_this_machine(tmp_path: Path):
    def file(warehouse: str) -> Path | None:
        return Settings(home=tmp_path, warehouse=warehouse).warehouse_file

    assert file("") == tmp_path / "warehouse.duckdb"
    assert file(f"duckdb:///{tmp_path}/x.duckdb?threads=1") == tmp_path / "x.duckdb"
    assert file("postgresql://db/regulars") is None


@pytest.mark.parametrize(("text", "size"), [("", 10**9), ("500MB", 5 * 10**8), ("2.5GiB", 5 << 29)])
def test_the_reserve_is_written_as_a_size(text: str, size: int, monkeypatch: pytest.MonkeyPatch):
    if text:
        monkeypatch.setenv("REGULARS_DISK_RESERVE", text)
    assert Settings().reserve == size


def test_a_reserve_that_is_no_size_is_a_sentence():
    with pytest.raises(BadInput, match=r"^REGULARS_DISK_RESERVE: 'much' is no size Next: write"):
        _ = Settings(disk_reserve="much").reserve
