"""The same rows in other files, and files that come late, lead to the same figures."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from chain_home import Home, differing
from group_sample import LAST_DAYS

WINDOW = (LAST_DAYS[0], LAST_DAYS[-1])
LATE = LAST_DAYS[1]
LOADS = "audit_loads"


@pytest.fixture(scope="module")
def punctual(history: Home, place: Callable[[], Path]) -> Home:
    """The last six days in one run, every file there in time."""
    home = history.copy(place())
    home.run(*WINDOW)
    return home


def marts_of(home: Home) -> dict[str, object]:
    """The published tables without the names of files and the history of the runs themselves."""
    own = (LOADS, "fct_restatements")
    tables = {name: rows for name, rows in home.published().items() if name not in own}
    unnamed = [{**row, "file_name": ""} for row in tables["fct_freshness"]]
    return {**tables, "fct_freshness": unnamed}


def split_in_two(path: Path) -> None:
    """Every other row goes to a second file of the same day."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for name, rows in (("first", lines[1::2]), ("second", lines[2::2])):
        text = "".join([lines[0], *rows])
        path.with_name(f"{path.stem}__{name}.csv").write_text(text, encoding="utf-8")
    path.unlink()


def send_as_parquet_too(path: Path) -> None:
    """The same rows again in a file of another type, hence with another sha256."""
    names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    options = pacsv.ConvertOptions(
        column_types={name: pa.string() for name in names}, strings_can_be_null=False
    )
    table = pacsv.read_csv(path, convert_options=options)
    pq.write_table(table, path.with_name(f"{path.stem}__typed.parquet"))


def test_renamed_repeated_and_split_files_change_no_mart_row(
    history: Home, punctual: Home, own_drop: Path, place: Callable[[], Path]
):
    pos = own_drop / "pos"
    for day in LAST_DAYS:
        split_in_two(pos / f"orders_{day}.csv")
        split_in_two(pos / f"order_lines_{day}.csv")
        send_as_parquet_too(pos / f"payments_{day}.csv")
        adjusted = pos / f"adjustments_{day}.csv"
        shutil.copy(adjusted, pos / f"adjustments_{day}__again.csv")
        adjusted.rename(pos / f"adjustments_{day}__renamed.csv")
    home = history.copy(place(), drop=own_drop)
    home.run(*WINDOW)
    assert differing(marts_of(punctual), marts_of(home)) == []
    loads, before = home.published()[LOADS], punctual.published()[LOADS]
    assert len(loads) == len(before) + 6 + 6 + 6  # two halves of two files, one typed copy


def test_a_day_that_comes_late_restates_that_day(
    history: Home, punctual: Home, own_drop: Path, tmp_path: Path, place: Callable[[], Path]
):
    late_files = list(own_drop.rglob(f"*_{LATE}.csv"))
    assert len(late_files) >= 5
    for path in late_files:
        (tmp_path / path.parent.name).mkdir(exist_ok=True)
        path.rename(tmp_path / path.parent.name / path.name)
    home = history.copy(place(), drop=own_drop)
    home.run(*WINDOW)
    report = (home.folder / "reports" / f"{WINDOW[1]}" / "report.json").read_text(encoding="utf-8")
    assert f"{LATE}" in report.split("missing_days")[1][:200], "the missing day is not reported"
    assert day_of(home) != day_of(punctual)

    for path in late_files:
        (tmp_path / path.parent.name / path.name).rename(path)
    home.run(LATE, LATE)
    straight = punctual.copy(place())
    straight.run(LATE, LATE)
    assert day_of(home) == day_of(straight)
    assert differing(marts_of(straight), marts_of(home)) == []
    assert differing(straight.digests("exports"), home.digests("exports")) == []


def day_of(home: Home) -> list[object]:
    return [row for row in home.published()["fct_orders"] if row["business_date"] == LATE]
