"""The tables of the benchmark's documents, from figures that are easy to follow by hand."""

from pathlib import Path
from typing import Any

import pytest
from benchmarks.scale.engine_prices import crossing, engine_lines, line_of
from benchmarks.scale.processes import Measured, WorkFailed, measure, middle_of
from benchmarks.scale.report import BEGIN, DOCUMENT, END, aims, blocks, write_document
from benchmarks.scale.suite import Contestant


def _took(wall: float, peak: float = 1e9, **more: Any) -> dict[str, Any]:
    return {"wall": wall, "cpu": wall, "peak_bytes": peak, "figures": {}, "runs": 3, **more}


def _figures(history: float = 6.0, day: float = 0.5, polars: float = 9.0) -> dict[str, Any]:
    bound = _took(2.0, same="groups only") | {"figures": {"customer_days": 1234}}
    return {
        "size": {"lines": 50_000_000, "orders": 1, "customers": 500_000},
        "machine": {"processor": "Abacus", "cores": 2, "memory_bytes": 24e9, "system": "Linux",
                    "versions": {"duckdb": "2"}},
        "engines": {"duckdb": {"load": _took(30), "history": _took(history, same="the reference"),
                               "one_day": _took(day, same="same")}},
        "contestants": {"lower_bound": bound, "polars_careful": _took(polars, 3e9, same="same"),
                        "pandas_naive": {"note": "not run: would need about 40 GB of memory"}},
    }  # fmt: skip


def test_the_table_has_times_ratios_and_memory_fastest_first_and_who_did_not_run_last():
    text = "\n".join(blocks([_figures()], None))
    assert "Abacus, 2 cores, 24.0 GB" in text and "1,234 days of guests" in text
    rows = [line for line in text.splitlines() if line.startswith("| ") and "GB |" in line]
    assert rows[-3:] == [
        "| lower bound: scan + group by | 2.00 | 1.0 | 2.0 | 1.0 | 1.0 GB | groups only |",
        "| Regulars, core path, DuckDB | 6.00 | 3.0 | 6.0 | 3.0 | 1.0 GB | the reference |",
        "| Polars, careful, streaming | 9.00 | 4.5 | 9.0 | 4.5 | 3.0 GB | same |",
    ]
    assert "| pandas, the usual notebook | not run: would need about 40 GB of memory |" in text
    assert "| 50 million | 6.00 s | 0.50 s | 1/12, in CPU 1/12 | same |" in text


@pytest.mark.parametrize(
    ("figures", "airflow", "missed"),
    [
        (_figures(), 14.0, []),
        (_figures(history=10.0), 14.0, ["core path", "faster"]),
        (_figures(day=1.0), 16.0, ["one further day", "Airflow"]),
    ],
)
def test_an_aim_that_is_missed_is_called_so(
    figures: dict[str, Any], airflow: float, missed: list[str]
):
    told = aims(figures, {"overhead": airflow, "overhead_cpu": 5.0})
    found = [aim for aim, _, met in told if met != "yes"]
    assert [any(aim.startswith(one) for aim in found) for one in missed] == [True] * len(missed)
    assert len(found) == len(missed)


def test_only_what_stands_between_the_marks_is_written(tmp_path: Path):
    document = tmp_path / "page.md"
    document.write_text(f"by hand\n{BEGIN}\nold\n{END}\nby hand too\n", "utf-8")
    write_document(document, tmp_path)
    text = document.read_text("utf-8")
    assert text.startswith("by hand\n") and text.endswith("by hand too\n") and "old" not in text
    document.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="no marks"):
        write_document(document, tmp_path)


def test_the_page_in_the_repository_is_what_the_kept_figures_say(tmp_path: Path):
    copy = tmp_path / "page.md"
    copy.write_text(DOCUMENT.read_text("utf-8"), "utf-8")
    write_document(copy, DOCUMENT.parents[1] / "benchmarks" / "scale" / "measured")
    assert copy.read_text("utf-8") == DOCUMENT.read_text("utf-8")


def test_the_median_run_counts_with_the_highest_peak():
    runs = [Measured(3, 3, 7, {}), Measured(1, 1, 9, {}), Measured(2, 2, 8, {})]
    assert middle_of(runs) == Measured(2, 2, 9, {})


def test_a_process_that_fails_is_told_with_its_last_words():
    with pytest.raises(WorkFailed, match="no such thing"):
        measure(["python3", "-c", "raise SystemExit('no such thing')"])


def test_a_size_that_a_contestant_would_not_survive_is_not_tried():
    assert Contestant("pandas_careful").refusal(10**9) == ""
    greedy = Contestant("pandas_naive", line_bytes=1000)
    assert greedy.refusal(10**9) == "not run: would need about 1000 GB of memory"
    slow = Contestant("pandas_naive", line_seconds=60e-6)
    assert slow.refusal(50_000_000) == "not run: would take about 50 minutes"


def test_engines_cross_where_the_dearer_start_is_made_up_by_the_cheaper_line():
    small, large = (
        line_of({1_000_000: 3.0, 2_000_000: 5.0}),
        line_of({1_000_000: 9.0, 4_000_000: 12.0}),
    )
    assert small == pytest.approx((1.0, 2e-6)) and large == pytest.approx((8.0, 1e-6))
    assert crossing(small, large) == pytest.approx(7_000_000)
    assert crossing(large, small) is None


def test_another_engine_has_its_own_start_and_a_multiple_of_the_price_of_a_line():
    lines = engine_lines({
        "duckdb": {1_000_000: 1.5, 3_000_000: 2.5},
        "Spark 4 (Parquet)": {1_000_000: 40.0},
        "Abacus": {1_000_000: 9e9},
    })  # fmt: skip
    assert lines["duckdb"] == pytest.approx((1.0, 0.5e-6))
    assert lines["Spark 4 (Parquet)"] == pytest.approx((40 - 2.2, 2.2e-6))
    assert "Abacus" not in lines
