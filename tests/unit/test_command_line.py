"""The command line: what went wrong is a sentence and an exit code, never a traceback."""

from pathlib import Path

import pytest

from regulars.__main__ import main
from regulars.steps import documents


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path / "home"))
    for name in ("WAREHOUSE", "POLICY", "DROP", "IDENTITY_KEY"):
        monkeypatch.delenv(f"REGULARS_{name}", raising=False)
    return tmp_path / "home"


def _said(capsys: pytest.CaptureFixture[str]) -> str:
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    return told.err


def test_the_models_pass_their_own_lint(capsys: pytest.CaptureFixture[str]):
    assert main(["lint-sql"]) == 0
    assert capsys.readouterr().out == ""


def test_a_finding_of_the_lint_is_printed_and_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(documents, "lint_models", lambda: ["a.sql:3: no star. Next: list columns"])
    assert main(["lint-sql"]) == 1
    assert "a.sql:3" in capsys.readouterr().out


def test_the_generated_documents_are_up_to_date(capsys: pytest.CaptureFixture[str]):
    assert main(["docs", "--check"]) == 0, capsys.readouterr().out


def test_a_document_that_drifted_is_named_and_not_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(documents, "PROJECT", tmp_path)
    golden = tmp_path / "tests" / "golden"
    without_model = golden / "spark" / "marts" / "fct_gone.sql"
    without_model.parent.mkdir(parents=True)
    without_model.write_text("SELECT 1\n", "utf-8")
    assert main(["docs", "--check"]) == 1
    said = capsys.readouterr().out
    assert "differs: docs/DATA_DICTIONARY.md" in said
    assert "differs: tests/golden/spark/marts/fct_gone.sql" in said
    assert "Next: python -m regulars docs" in said
    assert not (tmp_path / "docs").exists()
    assert main(["docs"]) == 0
    assert not without_model.exists()
    said_otherwise = golden / "postgres" / "marts" / "fct_orders.sql"
    said_otherwise.write_text(said_otherwise.read_text("utf-8") + "-- new sqlglot\n", "utf-8")
    capsys.readouterr()
    assert main(["docs", "--check"]) == 1
    named = [line for line in capsys.readouterr().out.splitlines() if "differs" in line]
    assert named == ["differs: tests/golden/postgres/marts/fct_orders.sql"]


def test_a_run_without_files_says_so_and_what_to_do(capsys: pytest.CaptureFixture[str]):
    assert main(["run"]) == 1
    said = _said(capsys)
    assert "no dated file in the drop folder" in said
    assert "Next: give --business-date" in said


def test_a_run_of_a_day_for_which_nothing_was_dropped_says_where_it_looked(
    capsys: pytest.CaptureFixture[str], home: Path
):
    assert main(["run", "--business-date", "2025-03-03"]) == 1
    said = _said(capsys)
    assert f"{home / 'drop'}: no source has brought a readable file" in said


def test_a_window_that_ends_before_it_begins_is_refused(capsys: pytest.CaptureFixture[str]):
    words = ["run", "--business-date", "2025-03-02", "--first-date", "2025-03-03"]
    assert main(words) == 1
    assert "first_date 2025-03-03 is after business_date 2025-03-02" in _said(capsys)


def test_a_missing_policy_is_a_sentence_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("REGULARS_POLICY", str(tmp_path / "nowhere"))
    assert main(["run"]) == 1
    assert "no policy file" in _said(capsys)


def test_rebuilding_an_empty_home_forgets_nothing(capsys: pytest.CaptureFixture[str]):
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out.startswith("0 tables forgotten")


@pytest.mark.parametrize("words", [[], ["fly"], ["run", "--business-date", "31.01.2025"]])
def test_words_that_mean_nothing_get_the_usage(
    words: list[str], capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage: python -m regulars" in _said(capsys)


@pytest.mark.parametrize("words", [["explain", "c_k1_0", "2025-01-31"], ["profit", "c_k1_0"]])
def test_a_customer_of_an_empty_home_is_a_sentence_too(
    capsys: pytest.CaptureFixture[str], words: list[str]
):
    assert main(words) == 1
    assert "nobody was judged here yet Next: run the pipeline first" in _said(capsys)


def test_the_limits_in_force_are_told(
    capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("REGULARS_WAREHOUSE", "")
    monkeypatch.setenv("REGULARS_MEMORY_LIMIT", "300MB")
    monkeypatch.setenv("REGULARS_DISK_RESERVE", "2GB")
    assert main(["limits"]) == 0
    told = dict(line.split("  ", 1) for line in capsys.readouterr().out.splitlines())
    said = {name: value.strip() for name, value in told.items()}
    assert said["memory_limit"] == "286.1 MiB"
    assert said["kept in reserve on each disk"] == "2.0 GB"
    assert said["temp_directory"].startswith(str(home))
